#include "base/json.h"
#include "base/nearest.h"
#include "command/context.h"
#include "lint/rules/rule.h"
#include "report/rule_pages.h"

namespace strata {
namespace {

const char* LevelName(RuleLevel level) {
  switch (level) {
    case RuleLevel::kOff:
      return "off";
    case RuleLevel::kNote:
      return "note";
    case RuleLevel::kWarning:
      return "warning";
    case RuleLevel::kError:
      return "error";
  }
  return "";
}

std::string Json(const std::vector<const Rule*>& rules) {
  JsonWriter json;
  json.BeginObject().Key("version").Int(1).Key("rules").BeginArray();
  for (const Rule* rule : rules) {
    json.BeginObject()
        .Key("name")
        .String(rule->name)
        .Key("family")
        .String(FamilyName(rule->family));
    json.Key("level").String(LevelName(rule->level)).Key("summary").String(rule->summary);
    json.Key("why")
        .String(rule->why)
        .Key("blocks")
        .String(rule->blocks)
        .Key("help")
        .String(rule->help);
    json.Key("bad")
        .String(rule->bad)
        .Key("good")
        .String(rule->good)
        .Key("source")
        .String(rule->source);
    json.Key("squawk").String(rule->squawk).Key("atlas").String(rule->atlas);
    json.Key("strong_migrations")
        .String(rule->strong_migrations)
        .Key("eugene")
        .String(rule->eugene);
    json.EndObject();
  }
  return json.EndArray().EndObject().text() + "\n";
}

Exit Run(Context& context) {
  std::vector<const Rule*> rules = AllRules();
  if (!context.arguments.positional.empty()) {
    const std::string& name = context.arguments.positional[0];
    const Rule* rule = FindRule(name);
    if (rule == nullptr) {
      std::vector<std::string> names;
      for (const Rule* known : rules) names.emplace_back(known->name);
      const auto near = Nearest(name, names);
      return Fail(context, Exit::kUsage, "there is no rule \"" + name + "\"",
                  near ? "did you mean \"" + *near + "\"?" : "strata rules lists them");
    }
    rules = {rule};
    if (context.settings.format != "json") {
      context.terminal.Out(report::RuleText(*rule));
      return Exit::kDone;
    }
  }
  context.terminal.Out(context.settings.format == "json"     ? Json(rules)
                       : context.arguments.Has("--markdown") ? report::RuleIndex(rules)
                                                             : report::RuleList(rules));
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_rules;
const Command kCommand_rules = {
    .name = "rules",
    .group = Group::kProve,
    .summary = "the linter's rules, each with its reason and what to do instead",
    .arguments = "[NAME]",
    .options = {{"--markdown", nullptr, "the index with the names that other linters have for them",
                 ""}},
    .example = "strata rules\nstrata rules index-not-concurrent",
    .run = Run,
};

}  // namespace strata

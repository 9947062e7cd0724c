#include <iostream>

#include "absl/strings/str_format.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/running.h"
#include "command/line/words.h"

namespace strata {
namespace {

struct Choice {
  const char* option;
  RepairChoice choice;
  const char* help;
  const char* done;
};

constexpr Choice kChoices[] = {
    {"--resume", RepairChoice::kResume, "drop what is invalid, skip what is done, run the rest",
     "resumed, and now applied"},
    {"--mark-applied", RepairChoice::kMarkApplied, "the history says applied; nothing runs",
     "marked as applied"},
    {"--mark-rolled-back", RepairChoice::kMarkRolledBack, "the history forgets it; nothing runs",
     "marked as rolled back"},
    {"--undo", RepairChoice::kUndo, "run its down script, then forget it", "undone"},
};

const char* KindName(RepairReport::Found::Kind kind) {
  switch (kind) {
    case RepairReport::Found::Kind::kNotRun:
      return "not-run";
    case RepairReport::Found::Kind::kDone:
      return "done";
    case RepairReport::Found::Kind::kInvalidIndex:
      return "invalid-index";
    case RepairReport::Found::Kind::kUnknown:
      return "unknown";
  }
  return "";
}

std::string Json(const RepairReport& report) {
  JsonWriter json;
  json.BeginObject().Key("dirty").Bool(report.dirty);
  if (report.dirty) {
    json.Key("version").Unsigned(report.version).Key("name").String(report.name);
    json.Key("failed").Bool(report.failed).Key("running").Bool(report.running);
    json.Key("statement").Unsigned(report.statement);
    json.Key("statements").Unsigned(report.statements);
    json.Key("message").String(report.message).Key("found").BeginArray();
    for (const RepairReport::Found& found : report.found) {
      json.BeginObject().Key("kind").String(KindName(found.kind));
      json.Key("statement").Unsigned(found.statement).Key("sql").String(found.sql);
      json.Key("object").String(found.object).Key("message").String(found.message).EndObject();
    }
    json.EndArray();
  }
  return json.EndObject().text() + "\n";
}

std::string Text(const Context& context, const RepairReport& report) {
  std::string text = absl::StrFormat("%s %s is dirty: %d of %d statements done\n",
                                     VersionText(context.set, report.version), report.name,
                                     report.statement, report.statements);
  for (const RepairReport::Found& found : report.found) {
    absl::StrAppendFormat(&text, "  statement %d: %s\n    %s\n", found.statement, found.sql,
                          found.message);
  }
  if (!report.message.empty()) text += report.message + "\n";
  return text;
}

// What the database keeps where only the history is changed.
std::vector<std::string> WhatStays(const RepairReport& report, RepairChoice choice) {
  using Kind = RepairReport::Found::Kind;
  std::vector<std::string> stays;
  const bool applied = choice == RepairChoice::kMarkApplied;
  if (!applied && choice != RepairChoice::kMarkRolledBack) return stays;
  if (!applied && report.statement > 0) {
    stays.push_back(
        absl::StrFormat("what the first %s did stays", Count(report.statement, "statement")));
  }
  for (const RepairReport::Found& found : report.found) {
    if (found.kind == Kind::kInvalidIndex) {
      stays.push_back(found.object +
                      " stays INVALID: drop it, and build it anew where it is wanted");
    } else if (found.kind == Kind::kNotRun && applied) {
      stays.push_back(absl::StrFormat("statement %d was not run: %s", found.statement, found.sql));
    } else if (found.kind == Kind::kDone && !applied) {
      stays.push_back(
          absl::StrFormat("what statement %d did stays: %s", found.statement, found.sql));
    }
  }
  return stays;
}

// Asks which of the choices; null: none of them.
const Choice* Ask(Context& context) {
  std::string question = "What now?\n";
  int number = 0;
  for (const Choice& choice : kChoices) {
    absl::StrAppendFormat(&question, "  %d  %-18s %s\n", ++number, choice.option + 2, choice.help);
  }
  context.terminal.Err(question + "A number, or anything else to leave it: ");
  std::string answer;
  std::getline(std::cin, answer);
  if (answer.size() != 1 || answer[0] < '1' || answer[0] > '4') return nullptr;
  return &kChoices[answer[0] - '1'];
}

Exit Act(Context& context, const Choice& choice) {
  absl::StatusOr<RepairReport> report =
      Repair(*context.set, context.url, choice.choice, RunOptions(context));
  if (!report.ok()) return ReportFailure(context, report.status());
  if (context.settings.format == "json") {
    context.terminal.Out(Json(*report));
  } else if (!context.settings.quiet) {
    context.terminal.Out(report->dirty ? absl::StrFormat("%s %s: %s\n",
                                                         VersionText(context.set, report->version),
                                                         report->name, choice.done)
                                       : "nothing to repair\n");
    for (const std::string& note : WhatStays(*report, choice.choice)) {
      context.terminal.Err(
          absl::StrFormat("%s %s\n", context.terminal.PaintErr(Style::kCyan, "note:"), note));
    }
  }
  return Exit::kDone;
}

Exit Run(Context& context) {
  const Choice* chosen = nullptr;
  for (const Choice& choice : kChoices) {
    if (!context.arguments.Has(choice.option)) continue;
    if (chosen != nullptr) {
      return Fail(context, Exit::kUsage,
                  absl::StrFormat("%s and %s: choose one", chosen->option, choice.option));
    }
    chosen = &choice;
  }
  if (chosen != nullptr) return Act(context, *chosen);

  absl::StatusOr<RepairReport> report =
      Repair(*context.set, context.url, RepairChoice::kInspect, RunOptions(context));
  if (!report.ok()) return ReportFailure(context, report.status());
  const bool json = context.settings.format == "json";
  if (!report->dirty) {
    context.terminal.Out(json ? Json(*report) : "nothing to repair\n");
    return Exit::kDone;
  }
  context.terminal.Out(json ? Json(*report) : Text(context, *report));
  if (report->running) return Exit::kRefused;
  if (context.arguments.Has("--yes")) return Act(context, kChoices[0]);
  if (!json && context.terminal.in_is_terminal()) {
    if (const Choice* answer = Ask(context)) return Act(context, *answer);
  }
  return Fail(context, Exit::kRefused, "nothing was changed; choose one of the ways out");
}

}  // namespace

extern const Command kCommand_repair;
const Command kCommand_repair = {
    .name = "repair",
    .group = Group::kRun,
    .summary = "get out of a migration that stopped half way",
    .options = {{kChoices[0].option, nullptr, kChoices[0].help},
                {kChoices[1].option, nullptr, kChoices[1].help},
                {kChoices[2].option, nullptr, kChoices[2].help},
                {kChoices[3].option, nullptr, kChoices[3].help},
                {"--yes", nullptr, "do not ask; without a choice: resume", "-y"}},
    .notes =
        "Only what cannot run in a transaction can stop half way. Without a choice it looks at\n"
        "the server, says what ran and what is left, and asks on a terminal; else it exits 3.",
    .example =
        "strata repair --url postgresql://localhost/shop\n"
        "strata repair --resume --yes",
    .needs = Needs::kDatabase,
    .run = Run,
};

}  // namespace strata

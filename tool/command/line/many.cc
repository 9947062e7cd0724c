#include "command/line/many.h"

#include <algorithm>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "base/files.h"
#include "base/json.h"
#include "command/line/child.h"
#include "command/line/running.h"
#include "migrate/open.h"

namespace strata {
namespace {

struct Target {
  std::string url;
  std::string schema;  // empty: as the URL says
  Child child;
  absl::Status unasked;  // why its schemas are not known; not OK: there is nothing to start
  std::string Label() const {
    return schema.empty() ? RedactUrl(url) : RedactUrl(url) + " schema " + schema;
  }
};

constexpr const char* kOwnOptions[] = {"--url",  "--urls-from", "--schemas",
                                       "--jobs", "--fail-fast", "--color"};

absl::Status AddUrlsFrom(const std::string& file, std::vector<std::string>& urls) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  for (const std::string& raw : lines) {
    const std::string line(absl::StripAsciiWhitespace(raw));
    if (!line.empty() && line[0] != '#') urls.push_back(line);
  }
  return absl::OkStatus();
}

// `pattern` as in the shell: * and ? match any characters and any one.
absl::StatusOr<std::vector<std::string>> Schemas(Context& context, const std::string& url,
                                                 const std::string& pattern) {
  std::string like = "'";
  for (const char c : pattern) {
    if (c == '%' || c == '_' || c == '\\') like += '\\';
    if (c == '\'') like += '\'';
    like += c == '*' ? '%' : c == '?' ? '_' : c;
  }
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, RunOptions(context)));
  if (database->dialect() != Dialect::kPostgres) {
    return absl::InvalidArgumentError("--schemas is for PostgreSQL; SQLite has no schemas");
  }
  ASSIGN_OR_RETURN(
      const Rows rows,
      database->Query("SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname LIKE " + like +
                      "' AND nspname !~ '^pg_' ORDER BY nspname"));
  std::vector<std::string> schemas;
  for (const Row& row : rows.rows) schemas.push_back(row[0].value_or(""));
  if (schemas.empty()) {
    return absl::InvalidArgumentError("no schema of " + RedactUrl(url) + " matches " + pattern +
                                      " (* stands for any characters, ? for one)");
  }
  return schemas;
}

absl::StatusOr<std::vector<Target>> Targets(Context& context) {
  std::vector<std::string> urls = context.arguments.Values("--url");
  for (const std::string& file : context.arguments.Values("--urls-from")) {
    RETURN_IF_ERROR(AddUrlsFrom(file, urls));
  }
  if (urls.empty()) urls = context.settings.urls;
  if (urls.empty()) {
    const auto file = context.arguments.Value("--urls-from");
    return absl::InvalidArgumentError(file ? *file + " names no database" : "no database given");
  }
  std::vector<Target> targets;
  const std::optional<std::string> pattern = context.arguments.Value("--schemas");
  for (const std::string& url : urls) {
    absl::StatusOr<std::vector<std::string>> schemas = std::vector<std::string>{""};
    if (pattern) schemas = Schemas(context, url, *pattern);
    if (!schemas.ok()) {
      if (urls.size() == 1 || absl::IsInvalidArgument(schemas.status())) return schemas.status();
      targets.emplace_back();  // one that cannot be asked does not stop the others
      targets.back().url = url;
      targets.back().unasked = schemas.status();
      continue;
    }
    for (const std::string& schema : *schemas) {
      targets.emplace_back();
      targets.back().url = url;
      targets.back().schema = schema;
    }
  }
  return targets;
}

const Option* FindOption(const Command& command, const std::string& name) {
  for (const Option& option : command.options) {
    if (option.name != nullptr && name == option.name) return &option;
  }
  for (const Option& option : GlobalOptions()) {
    if (name == option.name) return &option;
  }
  return nullptr;
}

// The command line again, without what names the databases.
std::vector<std::string> ChildArguments(const Context& context, const Target& target) {
  std::vector<std::string> words = {context.arguments.command->name};
  for (const auto& [name, values] : context.arguments.options) {
    const bool own = std::any_of(std::begin(kOwnOptions), std::end(kOwnOptions),
                                 [&name = name](const char* option) { return name == option; });
    if (own || (name == "--history-table" && !target.schema.empty())) continue;
    const bool takes_value = FindOption(*context.arguments.command, name)->value != nullptr;
    for (const std::string& value : values) {
      words.push_back(takes_value ? name + "=" + value : name);
    }
  }
  if (!target.schema.empty()) {
    const std::string& table = context.settings.history_table;
    words.push_back("--history-table=" + target.schema + "." +
                    table.substr(table.find_last_of('.') + 1));
  }
  words.push_back("--");
  words.insert(words.end(), context.arguments.positional.begin(),
               context.arguments.positional.end());
  return words;
}

// An identifier in quotes; libpq cuts options at blanks that no backslash stands before.
std::string QuotedForOptions(const std::string& name) {
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"') quoted += '"';
    if (c == ' ' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

// URLs go by the environment: a command line can be read by everyone on the machine.
void Start(Context& context, Target& target) {
  if (!target.unasked.ok()) {
    target.child.err_text =
        absl::StrFormat("strata %s: error: %s\n", context.arguments.command->name,
                        std::string(target.unasked.message()));
    target.child.exit = ExitCode(target.unasked);
    return;
  }
  std::vector<std::pair<std::string, std::string>> variables = {{"DATABASE_URL", target.url}};
  if (!target.schema.empty()) {
    variables.emplace_back("PGOPTIONS", "-c search_path=" + QuotedForOptions(target.schema));
  }
  absl::StatusOr<Child> child = StartChild(ChildArguments(context, target), variables);
  if (child.ok()) {
    target.child = *std::move(child);
    return;
  }
  target.child.err_text = std::string(child.status().message()) + "\n";
  target.child.exit = static_cast<int>(Exit::kUnreachable);
}

// The closing line of a command, without the database's name where it begins with that.
std::string ClosingLine(const Target& target) {
  const std::string text(absl::StripTrailingAsciiWhitespace(target.child.out_text));
  const std::string line = text.substr(text.find_last_of('\n') + 1);
  const std::string name = RedactUrl(target.url) + ": ";
  return line.rfind(name, 0) == 0 ? line.substr(name.size()) : line;
}

void PrintOne(Context& context, const Target& target) {
  Terminal& terminal = context.terminal;
  const bool done = target.child.exit == 0;
  if (done && context.settings.quiet) return;
  terminal.Out(absl::StrFormat(
      "%s %s: %s\n",
      done ? terminal.Paint(Style::kGreen, "ok    ") : terminal.Paint(Style::kRed, "failed"),
      target.Label(),
      done ? ClosingLine(target) : absl::StrFormat("exit code %d", target.child.exit)));
  if (done && !context.settings.verbose) return;
  std::string all = target.child.out_text + target.child.err_text;
  const std::vector<std::string> lines =
      absl::StrSplit(std::string(absl::StripTrailingAsciiWhitespace(all)), '\n');
  for (const std::string& line : lines) terminal.Out("    " + line + "\n");
}

void PrintJson(Context& context, const std::vector<Target>& targets) {
  JsonWriter json;
  json.BeginObject().Key("databases").BeginArray();
  for (const Target& target : targets) {
    json.BeginObject().Key("url").String(RedactUrl(target.url));
    if (!target.schema.empty()) json.Key("schema").String(target.schema);
    json.Key("exit_code").Int(target.child.exit).Key("result");
    const std::string text(absl::StripTrailingAsciiWhitespace(target.child.out_text));
    text.empty() ? json.Null() : json.Raw(text);
    json.Key("message").String(target.child.err_text).EndObject();
  }
  json.EndArray().EndObject();
  context.terminal.Out(json.text() + "\n");
}

// Those that failed are named again where more ran than a screen holds.
void PrintSummary(Context& context, const std::vector<Target>& targets, std::size_t failed,
                  std::size_t left) {
  constexpr std::size_t kScreen = 20;
  context.terminal.Out(absl::StrFormat(
      "%s: %d ok, %d failed%s\n", Count(targets.size(), "database"), targets.size() - failed - left,
      failed, left > 0 ? absl::StrFormat(", %d not started", left) : ""));
  if (targets.size() <= kScreen) return;
  for (const Target& target : targets) {
    if (target.child.exit == 0) continue;
    context.terminal.Out(
        absl::StrFormat("    failed: %s, exit code %d\n", target.Label(), target.child.exit));
  }
}

// "[=====>    ] 3 of 6 done, 1 failed", to be drawn over by the next.
std::string ProgressBar(std::size_t ended, std::size_t failed, std::size_t total) {
  constexpr std::size_t kWidth = 30;
  const std::size_t filled = total == 0 ? kWidth : kWidth * ended / total;
  std::string bar(kWidth, ' ');
  std::fill_n(bar.begin(), filled, '=');
  if (filled < kWidth) bar[filled] = '>';
  return absl::StrFormat("[%s] %d of %d done%s", bar, ended, total,
                         failed == 0 ? "" : absl::StrFormat(", %d failed", failed));
}

// Runs all of them; returns how many did not start because --fail-fast or a signal said so.
std::size_t RunAll(Context& context, std::vector<Target>& targets, std::size_t jobs) {
  const bool fail_fast = context.arguments.Has("--fail-fast");
  const bool live = context.terminal.err_is_terminal() && !context.settings.quiet;
  const bool text = context.settings.format == "text";
  std::size_t next = 0;
  std::size_t ended = 0;
  std::size_t failed = 0;
  std::vector<Target*> running;
  if (live) context.terminal.Draw(ProgressBar(0, 0, targets.size()));
  const auto end = [&](const Target& target) {
    ++ended;
    failed += target.child.exit != 0 ? 1 : 0;
    if (text) PrintOne(context, target);
    if (text) context.terminal.Flush();
    if (live) context.terminal.Draw(ProgressBar(ended, failed, targets.size()));
  };
  for (;;) {
    const bool stop = StopAsked() || (fail_fast && failed > 0);
    while (!stop && next < targets.size() && running.size() < jobs) {
      Start(context, targets[next]);
      targets[next].child.open() ? running.push_back(&targets[next]) : end(targets[next]);
      ++next;
    }
    if (running.empty()) break;
    std::vector<Child*> children;
    for (Target* target : running) children.push_back(&target->child);
    ReadChildren(children);
    for (Target* target : running) {
      if (!target->child.open()) end(*target);
    }
    running.erase(std::remove_if(running.begin(), running.end(),
                                 [](const Target* target) { return !target->child.open(); }),
                  running.end());
  }
  context.terminal.Erase();
  return targets.size() - next;
}

}  // namespace

bool NamesMany(const Context& context) {
  const Needs needs = context.arguments.command->needs;
  if (needs != Needs::kUrl && needs != Needs::kDatabase && needs != Needs::kRun) return false;
  return context.arguments.Values("--url").size() > 1 || context.arguments.Has("--urls-from") ||
         context.arguments.Has("--schemas");
}

Exit RunOnMany(Context& context) {
  std::uint32_t jobs = 4;
  if (const auto given = context.arguments.Value("--jobs")) {
    if (!absl::SimpleAtoi(*given, &jobs) || jobs == 0) {
      return Fail(context, Exit::kUsage,
                  "--jobs cannot be \"" + *given + "\": it is a number from 1 on");
    }
  }
  RunOptions(context);  // a signal is passed on by the terminal; here it stops further starts
  absl::StatusOr<std::vector<Target>> targets = Targets(context);
  if (!targets.ok()) return ReportFailure(context, targets.status());
  const std::size_t left = RunAll(context, *targets, jobs);
  int worst = left > 0 ? static_cast<int>(Exit::kFailed) : 0;
  std::size_t failed = 0;
  for (const Target& target : *targets) {
    failed += target.child.exit != 0 ? 1 : 0;
    worst = std::max(worst, std::min(target.child.exit, static_cast<int>(Exit::kUnreachable)));
  }
  if (context.settings.format == "json") {
    PrintJson(context, *targets);
  } else {
    PrintSummary(context, *targets, failed, left);
  }
  return static_cast<Exit>(worst);
}

}  // namespace strata

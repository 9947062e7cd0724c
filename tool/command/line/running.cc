#include "command/line/running.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <memory>

#include "absl/strings/str_format.h"
#include "base/diagnostic_text.h"
#include "base/json.h"
#include "command/line/open.h"
#include "sql/load_set.h"

namespace strata {
namespace {

volatile std::sig_atomic_t stop_asked = 0;

// The first signal lets the migration at work finish or fail; a second one ends the process, which
// leaves a transaction to the database to roll back.
extern "C" void AskToStop(int signal) {
  stop_asked = 1;
  constexpr char kText[] = "\nstopping; once more ends it at once\n";
  if (isatty(STDERR_FILENO) != 0 && write(STDERR_FILENO, kText, sizeof kText - 1) < 0) {
    // Nowhere to say it.
  }
  std::signal(signal, SIG_DFL);
}

std::string Line(const Context& context, const std::string& word, std::uint64_t version,
                 const std::string& name, const std::string& rest) {
  std::string line =
      absl::StrFormat("%s %s %-32s %10s", word, VersionText(context.set, version), name, rest);
  return line.erase(line.find_last_not_of(' ') + 1) + "\n";
}

// What a run waits for, said again and again while it waits.
class Waiting {
 public:
  void Say(Terminal& terminal, const std::string& message) {
    if (terminal.err_is_terminal()) return terminal.Draw("waiting: " + message);
    const Clock::time_point now = Clock::now();
    if (message == said_ && now < next_) return;
    gap_ = message == said_ ? std::min(gap_ * 2, kLongestGap) : kFirstGap;
    said_ = message;
    next_ = now + gap_;
    terminal.Err(terminal.PaintErr(Style::kYellow, "waiting:") + " " + message + "\n");
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds kFirstGap{5};
  static constexpr std::chrono::seconds kLongestGap{60};

  std::string said_;
  Clock::time_point next_;
  std::chrono::seconds gap_ = kFirstGap;
};

void Show(Context& context, const Event& event, Waiting& waiting) {
  Terminal& terminal = context.terminal;
  const bool text = context.settings.format == "text";
  switch (event.kind) {
    case Event::Kind::kApplied:
    case Event::Kind::kRolledBack:
      if (!text || context.settings.quiet) return;
      terminal.Out(Line(context, terminal.Paint(Style::kGreen, event.down ? "down" : "up  "),
                        event.version, event.name, DurationText(event.duration_ms)));
      terminal.Flush();
      return;
    case Event::Kind::kStatement:
      if (!text || !context.settings.verbose) return;
      terminal.Err(Line(context, "    ", event.version, event.name,
                        absl::StrFormat("statement %d of %d, %s", event.position, event.total,
                                        DurationText(event.duration_ms))));
      return;
    case Event::Kind::kWaiting:
      if (context.settings.quiet) return;
      waiting.Say(terminal, event.message);
      return;
    case Event::Kind::kRetry:
      if (context.settings.quiet) return;
      terminal.Err(terminal.PaintErr(Style::kYellow, "retry:") + " " + event.message + "\n");
      return;
    case Event::Kind::kNotice:
      if (context.settings.quiet) return;
      terminal.Err(terminal.PaintErr(Style::kCyan, "server:") + " " + event.message + "\n");
      return;
  }
}

const Script* ScriptOf(const MigrationSet* set, const std::string& file) {
  if (set == nullptr) return nullptr;
  for (const Migration& migration : set->migrations) {
    if (migration.up.file == file) return &migration.up;
    for (const auto* script : {&migration.down, &migration.verify, &migration.sqlite_up,
                               &migration.sqlite_down, &migration.sqlite_verify}) {
      if (script->has_value() && (*script)->file == file) return &**script;
    }
  }
  return nullptr;
}

std::string Remarks(const Failure& failure) {
  std::string text;
  if (!failure.detail.empty()) text += "detail: " + failure.detail + "\n";
  if (!failure.hint.empty()) text += "hint: " + failure.hint + "\n";
  return text;
}

// The place in compiler form, with the excerpt and what the server added.
std::string FailureText(const Context& context, const Failure& failure) {
  if (failure.line == 0) {  // of no statement: at the commit, or in writing the history
    const std::string folder = context.baked == nullptr ? context.settings.dir + "/" : "";
    return absl::StrFormat("%s%s: %s %s%s\n%s", folder, failure.file,
                           context.terminal.PaintErr(Style::kRed, "error:"), failure.message,
                           failure.sqlstate.empty() ? "" : " [" + failure.sqlstate + "]",
                           Remarks(failure));
  }
  Diagnostic diagnostic;
  diagnostic.cls = DiagnosticClass::kReject;
  diagnostic.rule = failure.sqlstate;
  diagnostic.message = failure.message;
  diagnostic.file = failure.file;
  diagnostic.span = {failure.begin, failure.end};
  diagnostic.migration = failure.version;
  Sources sources;
  if (const Script* script = ScriptOf(context.set, failure.file)) {
    sources.folder = context.baked == nullptr ? context.settings.dir : "";
    sources.texts[failure.file] = script->text;
  }
  return DiagnosticText(diagnostic, sources, context.terminal.paints_err()) + Remarks(failure);
}

// The engine's sentence without what FailureText has shown of it.
std::string WithoutPlace(const std::string& message, const Failure& failure) {
  std::string shown = failure.file;
  if (failure.line > 0) absl::StrAppendFormat(&shown, ":%d:%d", failure.line, failure.column);
  if (!shown.empty()) shown += ": ";
  shown += failure.message;
  if (!failure.sqlstate.empty()) absl::StrAppendFormat(&shown, " [%s]", failure.sqlstate);
  if (!failure.detail.empty()) shown += "; detail: " + failure.detail;
  if (!failure.hint.empty()) shown += "; hint: " + failure.hint;
  return message.rfind(shown + "; ", 0) == 0 ? message.substr(shown.size() + 2) : message;
}

// What runs on SQLite not quite as it would on PostgreSQL, of the migrations that went up.
void PrintApproximations(Context& context, const MigrateResult& result) {
  if (context.settings.quiet) return;
  for (const Diagnostic& diagnostic : context.approximations) {
    bool ran = false;
    for (const Change& change : result.changes) {
      ran = ran || (!change.down && diagnostic.migration == change.version);
    }
    if (!ran) continue;
    const int line =
        PlaceOf(context.loaded->sources.TextOf(diagnostic.file), diagnostic.span.begin).line;
    context.terminal.Err(absl::StrFormat("%s on SQLite, %s:%d: %s\n",
                                         context.terminal.PaintErr(Style::kCyan, "note:"),
                                         diagnostic.file, line, diagnostic.message));
  }
}

std::string Done(const std::vector<Change>& changes, bool dry_run) {
  std::size_t ups = 0;
  for (const Change& change : changes) ups += change.down ? 0 : 1;
  const std::size_t downs = changes.size() - ups;
  const char* would = dry_run ? "would be " : "";
  std::string done;
  if (downs > 0) done = absl::StrFormat("%d %srolled back", downs, would);
  if (ups > 0) {
    absl::StrAppendFormat(&done, "%s%d %sapplied", done.empty() ? "" : ", ", ups, would);
  }
  return done.empty() ? "nothing to do" : done;
}

void PrintJson(Context& context, const MigrateResult& result, bool dry_run) {
  JsonWriter json;
  json.BeginObject().Key("dry_run").Bool(dry_run).Key("changes").BeginArray();
  for (const Change& change : result.changes) {
    json.BeginObject().Key("version").Unsigned(change.version).Key("name").String(change.name);
    json.Key("direction").String(change.down ? "down" : "up");
    json.Key("duration_ms").Double(change.duration_ms).EndObject();
  }
  json.EndArray().Key("current");
  result.current ? json.Unsigned(*result.current) : json.Null();
  json.Key("pending").Unsigned(result.pending).EndObject();
  context.terminal.Out(json.text() + "\n");
}

}  // namespace

bool StopAsked() { return stop_asked != 0; }

MigrateOptions RunOptions(Context& context) {
  std::signal(SIGINT, AskToStop);
  std::signal(SIGTERM, AskToStop);
  const Settings& settings = context.settings;
  MigrateOptions options;
  options.history_table = settings.history_table;
  if (settings.lock_timeout_ms)
    options.lock_timeout = std::chrono::milliseconds(*settings.lock_timeout_ms);
  if (settings.statement_timeout_ms) {
    options.statement_timeout = std::chrono::milliseconds(*settings.statement_timeout_ms);
  }
  options.connect_wait = std::chrono::seconds(settings.wait_seconds);
  options.progress = [&context, waiting = std::make_shared<Waiting>()](const Event& event) {
    Show(context, event, *waiting);
  };
  options.cancelled = StopAsked;
  if (context.reads_late) {
    options.prepare = [&context](const std::vector<std::uint64_t>& versions) {
      Diagnostics found;
      sql::ReadScripts(versions, context.loaded.get(), &found);
      return RefuseFaults(context, found);
    };
  }
  return options;
}

Exit ReportFailure(Context& context, const absl::Status& status) {
  const auto exit = static_cast<Exit>(ExitCode(status));
  std::string message(status.message());
  if (const std::optional<Failure> failure = FailureOf(status)) {
    context.terminal.Err(FailureText(context, *failure));
    message = WithoutPlace(message, *failure);
  }
  return Fail(context, exit, message);
}

void ReportResult(Context& context, const MigrateResult& result, bool dry_run) {
  Terminal& terminal = context.terminal;
  for (const std::string& note : result.notes) {
    terminal.Err(terminal.PaintErr(Style::kCyan, "note:") + " " + note + "\n");
  }
  PrintApproximations(context, result);
  if (context.settings.format == "json") return PrintJson(context, result, dry_run);
  if (context.settings.quiet) return;
  for (const Change& change : result.changes) {
    if (!dry_run) break;
    terminal.Out(Line(context, change.down ? "would go down" : "would go up  ", change.version,
                      change.name, ""));
  }
  if (dry_run) {
    terminal.Out(Done(result.changes, dry_run) + "; nothing was changed\n");
    return;
  }
  terminal.Out(absl::StrFormat(
      "%s; %s, %s\n", Done(result.changes, dry_run),
      result.current ? "at " + VersionText(context.set, *result.current) : "nothing is applied",
      result.pending == 0 ? "nothing pending" : absl::StrFormat("%d pending", result.pending)));
}

}  // namespace strata

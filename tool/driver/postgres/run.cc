#include <algorithm>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "base/span.h"
#include "driver/postgres/database.h"

namespace strata::postgres {
namespace {

bool IsDone(const RunReport& report) { return report.outcome == Outcome::kDone; }

// A verify row fails where it is a single boolean that is false or NULL.
std::string VerifyFailure(const Reply& reply) {
  if (reply.columns() != 1 || !reply.is_boolean(0)) return "";
  for (int i = 0; i < reply.rows(); ++i) {
    const char* value = reply.value(i, 0);
    if (value == nullptr) return "the verify query returned NULL";
    if (*value != 't') return "the verify query returned false";
  }
  return "";
}

// The segment that holds byte `position`; the last where it is past the end.
std::size_t SegmentAt(const Message& message, std::size_t position) {
  auto after = std::upper_bound(message.segments.begin(), message.segments.end(), position,
                                [](std::size_t p, const Segment& s) { return p < s.offset; });
  return after == message.segments.begin()
             ? 0
             : static_cast<std::size_t>(after - message.segments.begin()) - 1;
}

const Script* ScriptOf(const Work& work, Role role) {
  if (role == Role::kScript) return work.script;
  return role == Role::kVerify ? work.verify : nullptr;
}

constexpr char kDivisionByZero[] = "22012";   // CheckNewest
constexpr char kNoSuchStatement[] = "26000";  // a script deallocated it behind our back

// No language for the block that prepares the record statement, or no right to use it.
bool CannotPrepare(Role role, const std::string& state) {
  return role == Role::kPrepare && (state == "42704" || state == "42501");
}

// What an error at a statement of that role means.
Outcome Meaning(Role role, const std::string& state) {
  const bool lock = state == "55P03";                          // lock_not_available
  const bool conflict = state == "40001" || state == "40P01";  // serialization, deadlock
  // Two that create one table at once may also meet at its row type or in the catalog's own index.
  const bool twin = state == "23505" || state == "23502" || state == "42P07" || state == "42P06" ||
                    state == "42710";
  const bool takes = role == Role::kLock || role == Role::kPrepare;
  if (takes && lock) return Outcome::kBusy;
  if (takes && state == "42P01") return Outcome::kOvertaken;  // dropped meanwhile
  if (role == Role::kRecord && state == kNoSuchStatement) return Outcome::kOvertaken;
  if (CannotPrepare(role, state)) return Outcome::kOvertaken;
  if (role == Role::kWatch) return Outcome::kOvertaken;  // the server's system cannot
  if (role == Role::kCheck && state == kDivisionByZero) return Outcome::kOvertaken;
  if (role == Role::kLock && RefusesLocks(state)) return Outcome::kOvertaken;
  if (role == Role::kCreate && (twin || lock || conflict)) return Outcome::kOvertaken;
  if (role == Role::kRecord && (twin || conflict)) return Outcome::kOvertaken;
  return lock || conflict ? Outcome::kLockMissed : Outcome::kFailed;
}

}  // namespace

MessageOptions PostgresDatabase::OptionsForMessages() const {
  MessageOptions options;
  options.table = table_;
  options.table_exists = table_exists_;
  options.create_schema = !facts_.schema_exists;
  options.lock = locks_ && !facts_.distributed;
  options.lock_timeout = options_.lock_timeout;
  options.statement_timeout = options_.statement_timeout;
  // PostgreSQL 14: a statement ends when nobody is there any more to hear of it, and with it what
  // it holds. A killed runner's would else run on.
  options.watch = watches_ && !facts_.distributed && wire_->ServerVersion() >= 140000;
  options.run = run_;
  options.prepare = prepares_;
  return options;
}

void PostgresDatabase::NoteError(const Reply& reply, Answers& answers) {
  answers.report.outcome = Outcome::kFailed;
  answers.report.message = reply.message();
  answers.report.detail = reply.detail();
  answers.report.hint = reply.hint();
  answers.report.sqlstate = reply.sqlstate();
}

void PostgresDatabase::NoteDone(const Reply& reply, const Message& message,
                                const Observer& observer, Answers& answers) {
  if (answers.statements >= message.segments.size()) return;  // more results than statements: rules
  const Segment& segment = message.segments[answers.statements];
  if (segment.role == Role::kVerify && answers.verify_failure.empty()) {
    answers.verify_failure = VerifyFailure(reply);
    answers.verify_segment = answers.statements;
  }
  if (segment.role == Role::kRecord && reply.rows() == 1 && reply.value(0, 0) != nullptr) {
    answers.duration = std::strtod(reply.value(0, 0), nullptr);
  }
  if (segment.role == Role::kPrepare) prepared_ = true;
  if (segment.role == Role::kDeallocate) prepared_ = false;
  if (segment.role == Role::kCommit) {
    table_exists_ = true;
    facts_.schema_exists = true;
    observer.done(segment.work, answers.duration);
  }
  ++answers.statements;
}

PostgresDatabase::Answers PostgresDatabase::RunMessage(const Message& message,
                                                       const std::vector<Work>& works,
                                                       const Observer& observer) {
  Answers answers;
  blockers_.clear();
  if (!wire_->Send(message.text)) {
    answers.report = Lost(wire_->LastError());
    return answers;
  }
  const auto tick = [this](std::chrono::milliseconds waited) { return Tick(waited); };
  for (;;) {
    Reply reply = wire_->Next(tick);
    switch (reply.kind()) {
      case Reply::Kind::kEnd:
        return answers;
      case Reply::Kind::kLost:
        answers.report = Lost(reply.message());
        return answers;
      case Reply::Kind::kCopyIn: {
        const Segment& segment = message.segments[answers.statements];
        const Script& script = *works[segment.work].script;
        const Statement& copy = script.statements[segment.statement];
        wire_->SendCopyData(script.text.substr(copy.data_begin, copy.data_end - copy.data_begin));
        break;
      }
      case Reply::Kind::kError:
        NoteError(reply, answers);
        if (reply.position() > 0) {
          answers.position = ByteOfCharacter(message.text, reply.position() - 1);
        }
        break;
      case Reply::Kind::kDone:
        NoteDone(reply, message, observer, answers);
        break;
      case Reply::Kind::kSkipped:
        break;
    }
  }
}

RunReport PostgresDatabase::Explain(const Message& message, const std::vector<Work>& works,
                                    const Answers& answers) {
  RunReport report = answers.report;
  std::size_t at = std::min(answers.statements, message.segments.size() - 1);
  if (!answers.verify_failure.empty()) {
    at = answers.verify_segment;
    report.outcome = Outcome::kFailed;
    report.message = answers.verify_failure;
  } else if (answers.position != Answers::kNoPlace) {
    at = SegmentAt(message, answers.position);
  }
  const Segment& segment = message.segments[at];
  if (answers.verify_failure.empty()) {
    report.outcome = Meaning(segment.role, report.sqlstate);
    if (report.sqlstate == "57014" && options_.cancelled && options_.cancelled()) {
      report.outcome = Outcome::kCancelled;
    }
  }
  if (segment.role == Role::kRecord && report.sqlstate == kNoSuchStatement) prepares_ = false;
  if (CannotPrepare(segment.role, report.sqlstate)) prepares_ = false;
  if (segment.role == Role::kWatch) watches_ = false;
  if (segment.role == Role::kLock && RefusesLocks(report.sqlstate)) locks_ = false;
  if (segment.role == Role::kRecord) {
    report.message = absl::StrCat("its row of the history could not be written: ", report.message);
    report.detail.clear();  // all of that row
  }
  if (segment.role == Role::kCreate) {
    report.message = absl::StrCat("the history could not be made: ", report.message);
  }
  report.done = segment.work;
  report.holders = blockers_;
  report.script = ScriptOf(works[segment.work], segment.role);
  if (report.script == nullptr) return report;
  const Statement& statement = report.script->statements[segment.statement];
  report.statement = segment.statement;
  report.begin = statement.begin;
  report.end = statement.end;
  if (answers.position != Answers::kNoPlace && answers.position > segment.offset) {
    report.begin =
        std::min<std::size_t>(statement.begin + (answers.position - segment.offset), statement.end);
  }
  return report;
}

RunReport PostgresDatabase::RunUpTo(const std::vector<Work>& works, std::size_t end,
                                    const Observer& observer) {
  RunReport report;
  std::size_t committed = 0;
  Observer counting;
  counting.done = [&](std::size_t index, double ms) {
    committed = index + 1;
    observer.done(index, ms);
  };
  const bool may_prepare = MayPrepare(works, end);
  NoteShortestLock(works, end);
  Cursor cursor;
  while (cursor.work < end) {
    if (options_.cancelled && options_.cancelled()) {
      Rollback();
      report.outcome = Outcome::kCancelled;
      break;
    }
    const std::size_t first = cursor.work;
    MessageOptions options = OptionsForMessages();
    options.prepare = options.prepare && may_prepare;
    const std::size_t stream_end =
        streams_ && !cursor.verified ? StreamEnd(works, first, end, options.limit) : first;
    if (stream_end > first) {
      options.streams = true;
      options.limit /= 2;  // two of them are on their way
      report = RunStream(works, stream_end, options, cursor, counting);
      if (!IsDone(report)) break;
      continue;
    }
    const Message message = NextMessage(works, end, options, cursor);
    const Answers answers = RunMessage(message, works, counting);
    if (answers.report.outcome == Outcome::kLost) {
      report = answers.report;
      break;
    }
    if (answers.good()) continue;
    report = Explain(message, works, answers);
    Rollback(&works[report.done]);
    // A text that the parser refuses stops the whole message before its first statement: what
    // stands before it is sent again without it.
    if (answers.statements == 0 && report.done > first && report.outcome == Outcome::kFailed) {
      const RunReport before =
          RunUpTo({works.begin() + static_cast<std::ptrdiff_t>(first),
                   works.begin() + static_cast<std::ptrdiff_t>(report.done)},
                  report.done - first,
                  {[&](std::size_t i, double ms) { counting.done(first + i, ms); }, nullptr});
      if (!IsDone(before)) report = before;
    }
    break;
  }
  report.done = committed;
  return report;
}

RunReport PostgresDatabase::Run(const std::vector<Work>& works, const Observer& observer) {
  return RunUpTo(works, works.size(), observer);
}

}  // namespace strata::postgres

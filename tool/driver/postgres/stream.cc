// A run that is larger than one message.
//
// libpq sends no second Query message before the first is answered, so several of them would wait
// for each other; and the server parses all of a message before it runs its first statement, at
// more than ten times its size in memory and with nothing to show meanwhile, so one message for
// everything is no way either. In libpq's pipeline mode each statement travels on its own and
// nothing waits: the server runs what has arrived while the rest is on its way. There is one
// synchronisation point, at the end, and that makes it behave as one long message does: the first
// error skips everything behind it, and what was committed before stays.
//
// At most two messages of half the usual size are unanswered at a time: that bounds this side's
// memory, and the server has work while the next is built.
#include <deque>

#include "absl/strings/str_cat.h"
#include "base/span.h"
#include "driver/postgres/database.h"

namespace strata::postgres {
namespace {

constexpr std::size_t kAhead = 2;  // messages

// A script whose statements were not told apart rightly: a message takes it as it is.
bool IsSeveral(const Reply& reply) {
  return reply.sqlstate() == "42601" && reply.position() == 0;  // a syntax error without a place
}

}  // namespace

// Each statement bears the run's mark: others see only the one that is under way.
bool PostgresDatabase::QueueMessage(const Message& message) {
  const std::string mark = Mark();
  for (std::size_t i = 0; i < message.segments.size(); ++i) {
    if (!wire_->Queue(absl::StrCat(mark, std::string(TextOf(message, i))))) return false;
    // The server keeps answers back until there are many; a migration's end is news.
    const bool told = message.segments[i].role == Role::kCommit || i + 1 == message.segments.size();
    if (told && !wire_->QueueFlush()) return false;
  }
  return true;
}

bool PostgresDatabase::EndStream() {
  if (!wire_->QueueEnd()) return false;
  const auto tick = [this](std::chrono::milliseconds waited) { return Tick(waited); };
  for (;;) {
    const Reply reply = wire_->Next(tick);
    if (reply.kind() == Reply::Kind::kLost) return false;
    if (reply.kind() == Reply::Kind::kEnd) break;
  }
  wire_->StopStream();
  return true;
}

void PostgresDatabase::NoteStreamed(const Message& message, const Observer& observer,
                                    Answers& answers) {
  const Reply reply = wire_->Next([this](auto waited) { return Tick(waited); });
  switch (reply.kind()) {
    case Reply::Kind::kLost:
      answers.report = Lost(reply.message());
      return;
    case Reply::Kind::kError: {
      NoteError(reply, answers);
      if (IsSeveral(reply)) streams_ = false;
      if (reply.position() == 0) return;
      const std::string text =
          absl::StrCat(Mark(), std::string(TextOf(message, answers.statements)));
      answers.position = message.segments[answers.statements].offset +
                         ByteOfCharacter(text, reply.position() - 1) - Mark().size();
      return;
    }
    default:
      NoteDone(reply, message, observer, answers);
  }
}

RunReport PostgresDatabase::RunStream(const std::vector<Work>& works, std::size_t end,
                                      const MessageOptions& options, Cursor& cursor,
                                      const Observer& observer) {
  struct Sent {
    Message message;
    Answers answers;
  };
  std::deque<Sent> sent;
  RunReport report;
  blockers_.clear();
  if (!wire_->StartStream()) return Lost(wire_->LastError());
  while (cursor.work < end || !sent.empty()) {
    const bool pauses = !sent.empty() && sent.back().message.pauses;
    if (cursor.work < end && sent.size() < kAhead && !pauses) {
      if (options_.cancelled && options_.cancelled()) {
        report.outcome = Outcome::kCancelled;
        end = cursor.work;  // what is on its way comes to its end
        continue;
      }
      sent.push_back({NextMessage(works, end, options, cursor), Answers()});
      if (!QueueMessage(sent.back().message)) return Lost(wire_->LastError());
      continue;
    }
    auto& [message, answers] = sent.front();
    NoteStreamed(message, observer, answers);
    if (answers.report.outcome == Outcome::kLost) return answers.report;
    if (answers.report.outcome != Outcome::kDone) break;
    if (answers.statements < message.segments.size()) continue;
    if (!answers.good()) break;
    sent.pop_front();
  }
  if (!EndStream()) return Lost(wire_->LastError());
  if (!sent.empty()) {
    report = Explain(sent.front().message, works, sent.front().answers);
    if (!streams_) report.outcome = Outcome::kOvertaken;  // and then by messages
    Rollback(&works[report.done]);
  } else if (report.outcome != Outcome::kDone) {
    Rollback();
  }
  return report;
}

}  // namespace strata::postgres

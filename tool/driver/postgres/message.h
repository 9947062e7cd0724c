// Works -> the text of Query messages, and what each of their statements is. Pure text, no server.
//
// A message of several statements stops at its first error; the transactions that it committed
// before stay. So every pending migration can travel in one message and still be its own
// transaction: BEGIN; timeouts; lock; script; history row; COMMIT; what undoes its session
// settings. The first work's history is checked before its script, so that a script that another
// runner overtook is not seen to fail; behind it the history row checks it. In a message of many,
// the statement that writes the history row is prepared before the first and deallocated behind the
// last: planning it is dearer than all the rest of the bookkeeping.
//
// What is too large for one message travels as a stream (stream.cc): the same statements, message
// by message as they are built here, each on its own.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "driver/driver.h"
#include "migration/history_sql.h"
#include "migration/resets.h"

namespace strata::postgres {

enum class Role : std::uint8_t {
  kOther,
  kCreate,
  kWatch,
  kLock,
  kCheck,
  kPrepare,
  kScript,
  kVerify,
  kRecord,
  kCommit,
  kDeallocate
};

// One statement of a message.
struct Segment {
  Role role = Role::kOther;
  std::uint32_t offset = 0;     // byte in the message
  std::uint32_t work = 0;       // index
  std::uint32_t statement = 0;  // kScript, kVerify: index into the script's statements
};

struct MessageOptions {
  TableName table;
  bool table_exists = true;  // false: the first message makes the history
  bool create_schema = false;
  bool lock = true;  // false: servers without LOCK TABLE; the history's key decides alone
  std::chrono::milliseconds lock_timeout{5000};
  std::chrono::milliseconds statement_timeout{0};
  bool watch = false;    // the server is to watch for its client to go away
  std::string run;       // marks the message in pg_stat_activity
  bool prepare = true;   // the record statement, where enough of them follow (MayPrepare)
  bool streams = false;  // the statements will travel one by one
  // Bytes; a message ends with the work that passes it. libpq keeps two copies of a message, one of
  // them in a buffer that doubles.
  std::size_t limit = std::size_t{1000} * 1024;
};

// Where the next message begins.
struct Cursor {
  std::size_t work = 0;
  bool prepared = false;  // the record statement stands in the session
  bool verified = false;  // the work's script ran and its verify rows were good: record it next
};

struct Message {
  std::string text;
  std::vector<Segment> segments;
  bool pauses = false;  // ends inside a transaction, for the verify rows to be looked at
};

// Whether a server that answers LOCK TABLE with this SQLSTATE does not know it: not supported, or
// no syntax of its own.
bool RefusesLocks(std::string_view sqlstate);

// Builds the message that starts at `cursor` and moves the cursor behind it; `end` is the first
// work that is not to be sent.
Message NextMessage(const std::vector<Work>& works, std::size_t end, const MessageOptions& options,
                    Cursor& cursor);

// Whether no script of works[0, end) speaks of removing prepared statements.
bool MayPrepare(const std::vector<Work>& works, std::size_t end);

// The end of the works from `begin` on that travel as a stream: those that are more than one
// message together, up to one that copies data to or from this side, which a stream cannot.
// `begin`: none.
std::size_t StreamEnd(const std::vector<Work>& works, std::size_t begin, std::size_t end,
                      std::size_t limit);

// The bytes of a statement of the message, without what ends it.
std::string_view TextOf(const Message& message, std::size_t segment);

// Appends one statement, and what ends it.
void Append(Message& message, Segment segment, std::string_view sql);

// The transaction that makes the history tables.
void AppendCreate(Message& message, std::uint32_t index, const MessageOptions& options);

// The statements that take the history for a transaction: timeouts, then the lock.
void AppendStart(Message& message, std::uint32_t index, const Work& work,
                 const MessageOptions& options, bool wait);

// The prepared record statement of a run.
std::string RecordName(const std::string& run);

RecordedRow RowOf(const Work& work);

// What the work's scripts may leave in the session.
Resets ResetsOf(const Work& work);

}  // namespace strata::postgres

#include "driver/postgres/message.h"

#include <initializer_list>

#include "absl/strings/str_cat.h"

namespace strata::postgres {
namespace {

constexpr std::string_view kEnd = "\n;";  // a line comment may end the statement

void AppendScript(Message& message, std::uint32_t index, const Script& script, Role role) {
  for (std::size_t i = 0; i < script.statements.size(); ++i) {
    const Statement& statement = script.statements[i];
    if ((statement.flags & Statement::kWrapper) != 0) continue;
    Append(message, {role, 0, index, static_cast<std::uint32_t>(i)},
           script.text.substr(statement.begin, statement.end - statement.begin));
  }
}

// So few records that preparing their statement does not pay.
constexpr std::size_t kFew = 8;

// Whether one of `words`, which are in lower case, stands in the text in whatever case.
bool Mentions(std::string_view text, std::initializer_list<std::string_view> words) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char first = lower(text[i]);
    for (const std::string_view word : words) {
      if (first != word[0] || text.size() - i < word.size()) continue;
      std::size_t at = 1;
      while (at < word.size() && lower(text[i + at]) == word[at]) ++at;
      if (at == word.size()) return true;
    }
  }
  return false;
}

bool Deallocates(std::string_view text) {
  return Mentions(text, {"prepare", "deallocate", "discard"});
}

// SET TRANSACTION and the like must come before any query.
bool ChoosesIsolation(const Script& script) {
  return Mentions(script.text, {"transaction", "characteristics"});
}

bool WorthPreparing(std::size_t begin, std::size_t end, const MessageOptions& options) {
  return options.prepare && options.lock && end - begin >= kFew;
}

// As `sql`, but with a source text of its own.
std::string InBlock(const std::string& sql) {
  return absl::StrCat(
      "DO ", Literal(absl::StrCat("BEGIN EXECUTE ", Literal(sql, Dialect::kPostgres), "; END"),
                     Dialect::kPostgres));
}

// In a transaction of its own: a snapshot taken in a script's transaction would come before the
// script's own words on isolation, and before the wait for the lock.
//
// The server keeps with a prepared statement the text of the whole message that it came in, and
// copies that at each EXECUTE (ExecuteQuery in its commands/prepare.c): in a long message it is
// prepared by a block, whose text is its own.
void AppendPrepare(Message& message, std::uint32_t index, const Work& work,
                   const MessageOptions& options, std::size_t size) {
  constexpr std::size_t kLong = std::size_t{64} * 1024;
  const std::string name = RecordName(options.run);
  const std::string sql =
      work.down ? PrepareDown(options.table, name) : PrepareUp(options.table, name, STRATA_VERSION);
  Append(message, {Role::kOther, 0, index, 0}, "BEGIN");
  Append(message, {Role::kOther, 0, index, 0},
         absl::StrCat("SET LOCAL lock_timeout = ", options.lock_timeout.count()));
  Append(message, {Role::kPrepare, 0, index, 0},
         size > kLong && !options.streams ? InBlock(sql) : sql);
  Append(message, {Role::kOther, 0, index, 0}, "COMMIT");
}

std::string Record(const Work& work, const MessageOptions& options, bool prepared) {
  const RecordedRow row = RowOf(work);
  if (!prepared) return work.down ? RecordDown(options.table, row) : RecordUp(options.table, row);
  const std::string name = RecordName(options.run);
  return work.down ? ExecuteDown(name, row) : ExecuteUp(name, row);
}

void AppendEnd(Message& message, std::uint32_t index, const Work& work,
               const MessageOptions& options, bool prepared) {
  const Resets resets = ResetsOf(work);
  for (const char* reset : resets.inside) Append(message, {Role::kOther, 0, index, 0}, reset);
  Append(message, {Role::kRecord, 0, index, 0}, Record(work, options, prepared));
  Append(message, {Role::kCommit, 0, index, 0}, "COMMIT");
  if (resets.after.empty()) return;
  Append(message, {Role::kOther, 0, index, 0}, "BEGIN");
  for (const char* reset : resets.after) Append(message, {Role::kOther, 0, index, 0}, reset);
  Append(message, {Role::kOther, 0, index, 0}, "COMMIT");
}

// About how many bytes of a message the work will take.
std::size_t SizeOf(const Work& work) {
  constexpr std::size_t kBookkeeping = 450;
  return work.script->text.size() + work.down_script.size() + kBookkeeping;
}

// About how long the message that begins with this work will be.
std::size_t SizeOf(const std::vector<Work>& works, std::size_t begin, std::size_t end,
                   const MessageOptions& options) {
  std::size_t size = 4096;
  for (std::size_t i = begin; i < end && size < options.limit; ++i) size += SizeOf(works[i]);
  return size;
}

}  // namespace

Resets ResetsOf(const Work& work) {
  return strata::ResetsOf(work.script->text,
                          work.verify == nullptr ? std::string_view() : work.verify->text);
}

bool MayPrepare(const std::vector<Work>& works, std::size_t end) {
  for (std::size_t i = 0; i < end; ++i) {
    if (Deallocates(works[i].script->text)) return false;
    if (works[i].verify != nullptr && Deallocates(works[i].verify->text)) return false;
  }
  return true;
}

std::size_t StreamEnd(const std::vector<Work>& works, std::size_t begin, std::size_t end,
                      std::size_t limit) {
  const auto copies = [](const Script* script) {
    return script != nullptr && Mentions(script->text, {"stdin", "stdout"});
  };
  std::size_t size = 0;
  std::size_t at = begin;
  for (; at < end && !copies(works[at].script) && !copies(works[at].verify); ++at) {
    size += SizeOf(works[at]);
  }
  return size > limit ? at : begin;
}

std::string_view TextOf(const Message& message, std::size_t segment) {
  const std::size_t begin = message.segments[segment].offset;
  const std::size_t next = segment + 1 < message.segments.size()
                               ? message.segments[segment + 1].offset
                               : message.text.size();
  return std::string_view(message.text).substr(begin, next - begin - kEnd.size());
}

bool RefusesLocks(std::string_view sqlstate) { return sqlstate == "0A000" || sqlstate == "42601"; }

std::string RecordName(const std::string& run) { return absl::StrCat("strata_record_", run); }

RecordedRow RowOf(const Work& work) {
  RecordedRow row;
  row.version = work.version;
  row.name = work.name;
  row.checksum = work.checksum;
  row.down_checksum = work.down_checksum;
  row.down_script = work.down_script;
  row.tool_version = STRATA_VERSION;
  row.newest = work.newest;
  return row;
}

void Append(Message& message, Segment segment, std::string_view sql) {
  segment.offset = static_cast<std::uint32_t>(message.text.size());
  message.segments.push_back(segment);
  message.text.append(sql);
  message.text += kEnd;
}

void AppendCreate(Message& message, std::uint32_t index, const MessageOptions& options) {
  Append(message, {Role::kCreate, 0, index, 0}, "BEGIN");
  if (options.create_schema) {
    Append(message, {Role::kCreate, 0, index, 0},
           absl::StrCat("CREATE SCHEMA ", Quoted(options.table.schema)));
  }
  for (const std::string& sql : CreateHistory(options.table, Dialect::kPostgres, false)) {
    Append(message, {Role::kCreate, 0, index, 0}, sql);
  }
  Append(message, {Role::kCreate, 0, index, 0}, "COMMIT");
}

void AppendStart(Message& message, std::uint32_t index, const Work& work,
                 const MessageOptions& options, bool wait) {
  const auto lock_ms = work.script != nullptr && work.script->lock_timeout_ms
                           ? *work.script->lock_timeout_ms
                           : options.lock_timeout.count();
  const auto statement_ms = work.script != nullptr && work.script->statement_timeout_ms
                                ? *work.script->statement_timeout_ms
                                : options.statement_timeout.count();
  Append(message, {Role::kOther, 0, index, 0}, absl::StrCat("SET LOCAL lock_timeout = ", lock_ms));
  if (statement_ms > 0) {
    Append(message, {Role::kOther, 0, index, 0},
           absl::StrCat("SET LOCAL statement_timeout = ", statement_ms));
  }
  if (options.watch && work.script != nullptr) {
    Append(message, {Role::kWatch, 0, index, 0},
           "SET LOCAL client_connection_check_interval = 1000");
  }
  if (!options.lock) return;
  Append(message, {Role::kLock, 0, index, 0},
         absl::StrCat("LOCK TABLE ", Qualified(options.table), " IN SHARE ROW EXCLUSIVE MODE",
                      wait ? "" : " NOWAIT"));
}

Message NextMessage(const std::vector<Work>& works, std::size_t end, const MessageOptions& options,
                    Cursor& cursor) {
  Message message;
  message.text = absl::StrCat("/* strata ", options.run, " */ ");
  const std::size_t size = SizeOf(works, cursor.work, end, options);
  message.text.reserve(size);
  bool first = true;
  while (cursor.work < end) {
    const auto index = static_cast<std::uint32_t>(cursor.work);
    const Work& work = works[cursor.work];
    if (!cursor.verified) {
      if (cursor.work == 0 && !options.table_exists) AppendCreate(message, index, options);
      if (first && !cursor.prepared && WorthPreparing(cursor.work, end, options)) {
        AppendPrepare(message, index, work, options, size);
        cursor.prepared = true;
      }
      Append(message, {Role::kOther, 0, index, 0}, "BEGIN");
      AppendStart(message, index, work, options, !first);
      if (first && !ChoosesIsolation(*work.script)) {
        Append(message, {Role::kCheck, 0, index, 0}, CheckNewest(options.table, work.newest));
      }
      if (work.down) Append(message, {Role::kOther, 0, index, 0}, StartClock());
      AppendScript(message, index, *work.script, Role::kScript);
      if (work.verify != nullptr) {
        AppendScript(message, index, *work.verify, Role::kVerify);
        cursor.verified = true;
        message.pauses = true;
        return message;
      }
    }
    AppendEnd(message, index, work, options, cursor.prepared);
    cursor.verified = false;
    ++cursor.work;
    first = false;
    if (message.text.size() >= options.limit) break;
  }
  if (cursor.prepared) {
    Append(message, {Role::kDeallocate, 0, static_cast<std::uint32_t>(cursor.work - 1), 0},
           absl::StrCat("DEALLOCATE ", RecordName(options.run)));
    cursor.prepared = false;
  }
  return message;
}

}  // namespace strata::postgres

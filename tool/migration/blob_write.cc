#include <vector>

#include "migration/blob.h"
#include "migration/blob_format.h"

namespace strata {
namespace {

class Writer {
 public:
  explicit Writer(const MigrationSet& set) : set_(set) { Count(); }

  absl::StatusOr<std::string> Write() {
    if (size_ > 0xffffffff) return absl::OutOfRangeError("the set is larger than 4 GiB");
    out_.reserve(size_);
    Header();
    for (const Migration& migration : set_.migrations) WriteMigration(migration);
    for (const Script* script : scripts_) WriteScript(*script);
    for (const Script* script : scripts_) WriteStatements(*script);
    for (const std::string_view text : texts_) out_.append(text);
    return std::move(out_);
  }

 private:
  void Count() {
    for (const Migration& migration : set_.migrations) {
      CountScript(migration.up);
      for (const auto* script : Optional(migration)) {
        if (*script) CountScript(**script);
      }
    }
    scripts_at_ = blob::kHeaderSize + set_.migrations.size() * blob::kMigrationSize;
    statements_at_ = scripts_at_ + scripts_.size() * blob::kScriptSize;
    texts_at_ = statements_at_ + statements_ * blob::kStatementSize;
    size_ = texts_at_ + set_.name.size();
    for (const Migration& m : set_.migrations) size_ += m.name.size() + m.irreversible.size();
    for (const Script* s : scripts_) size_ += s->file.size() + s->text.size() + s->checksum.size();
  }

  void CountScript(const Script& script) {
    scripts_.push_back(&script);
    statements_ += script.statements.size();
  }

  static std::vector<const OptionalScript*> Optional(const Migration& m) {
    return {&m.down, &m.verify, &m.sqlite_up, &m.sqlite_down, &m.sqlite_verify};
  }

  void Number(std::uint64_t value, int bytes = 4) {
    for (; bytes > 0; --bytes, value >>= 8) out_.push_back(static_cast<char>(value & 0xff));
  }

  void String(std::string_view text) {
    Number(texts_at_);
    Number(text.size());
    texts_at_ += text.size();
    texts_.push_back(text);
  }

  void Header() {
    out_.append(blob::kMagic);
    Number(kBlobFormat);
    Number(set_.dialect == Dialect::kSqlite ? 1 : 0);
    Number(size_);
    Number(set_.migrations.size());
    Number(blob::kHeaderSize);
    Number(scripts_.size());
    Number(scripts_at_);
    Number(statements_);
    Number(statements_at_);
    String(set_.name);
    out_.append(blob::kHeaderSize - out_.size(), '\0');
  }

  void WriteMigration(const Migration& migration) {
    Number(migration.version, 8);
    String(migration.name);
    String(migration.irreversible);
    Number(next_script_++);
    for (const auto* script : Optional(migration)) {
      Number(*script ? next_script_++ : blob::kNoScript);
    }
  }

  void WriteScript(const Script& script) {
    String(script.file);
    String(script.text);
    String(script.checksum);
    Number(next_statement_);
    Number(script.statements.size());
    next_statement_ += script.statements.size();
    std::uint32_t flags = 0;
    if (script.transactional) flags |= blob::kTransactional;
    if (script.lock_timeout_ms) flags |= blob::kHasLockTimeout;
    if (script.statement_timeout_ms) flags |= blob::kHasStatementTimeout;
    if (script.byte_order_mark) flags |= blob::kByteOrderMark;
    Number(flags);
    Number(script.lock_timeout_ms.value_or(0));
    Number(script.statement_timeout_ms.value_or(0));
  }

  void WriteStatements(const Script& script) {
    for (const Statement& statement : script.statements) {
      Number(statement.begin);
      Number(statement.end);
      Number(statement.flags);
      Number(statement.data_begin);
      Number(statement.data_end);
    }
  }

  const MigrationSet& set_;
  std::string out_;
  std::vector<const Script*> scripts_;  // in the order of their numbers
  std::vector<std::string_view> texts_;
  std::uint64_t statements_ = 0;
  std::uint64_t scripts_at_ = 0;
  std::uint64_t statements_at_ = 0;
  std::uint64_t texts_at_ = 0;  // where the next string goes
  std::uint64_t size_ = 0;
  std::uint64_t next_script_ = 0;
  std::uint64_t next_statement_ = 0;
};

}  // namespace

absl::StatusOr<std::string> WriteBlob(const MigrationSet& set) { return Writer(set).Write(); }

}  // namespace strata

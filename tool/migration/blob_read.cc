#include <sys/mman.h>
#include <unistd.h>

#include <memory>

#include "migration/blob.h"
#include "migration/blob_format.h"

namespace strata {
namespace {

absl::Status Damaged(const char* what) {
  return absl::DataLossError(std::string("the embedded migration set is damaged: ") + what);
}

// Has the kernel map the pages of memory that is about to be filled in one call, where it can: to
// touch them one by one took longer than all the rest of reading a large set.
void MapPages(void* memory, std::size_t size) {
#ifdef MADV_POPULATE_WRITE
  constexpr std::size_t kWorthACall = std::size_t{256} * 1024;
  if (size < kWorthACall) return;
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) / page * page;
  const auto end = (reinterpret_cast<std::uintptr_t>(memory) + size) / page * page;
  // An older kernel knows no such advice; then the pages come as they are touched.
  static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_POPULATE_WRITE));
#else
  static_cast<void>(memory);
  static_cast<void>(size);
#endif
}

class Reader {
 public:
  explicit Reader(std::string_view blob) : blob_(blob) {}
  // Of a blob that was read before.
  explicit Reader(const char* blob) : blob_(blob, blob::kHeaderSize) {
    blob_ = std::string_view(blob, Number(16));
  }

  absl::StatusOr<MigrationSet> Read() {
    RETURN_IF_ERROR(CheckHeader());
    MigrationSet set;
    set.dialect = Number(12) == 1 ? Dialect::kSqlite : Dialect::kPostgres;
    RETURN_IF_ERROR(String(44, &set.name));
    set.migrations.reserve(Number(20));
    MapPages(set.migrations.data(), set.migrations.capacity() * sizeof(Migration));
    set.migrations.resize(Number(20));
    std::size_t at = Number(24);
    for (Migration& migration : set.migrations) {
      RETURN_IF_ERROR(ReadMigration(at, &migration));
      at += blob::kMigrationSize;
    }
    return set;
  }

  // REQUIRES: the script was checked.
  Script ReadScript(std::uint32_t number) const {
    const std::size_t at = Number(32) + number * blob::kScriptSize;
    Script script;
    script.file = Text(at);
    script.text = Text(at + 8);
    script.checksum = Text(at + 16);
    const std::uint32_t flags = Number(at + 32);
    script.transactional = flags & blob::kTransactional;
    script.byte_order_mark = flags & blob::kByteOrderMark;
    if (flags & blob::kHasLockTimeout) script.lock_timeout_ms = Number(at + 36);
    if (flags & blob::kHasStatementTimeout) script.statement_timeout_ms = Number(at + 40);
    script.statements.resize(Number(at + 28));
    std::uint64_t next = Number(at + 24);
    for (Statement& statement : script.statements) statement = ReadStatement(next++);
    return script;
  }

 private:
  absl::Status CheckHeader() {
    if (blob_.size() < blob::kHeaderSize) return Damaged("it is too short");
    if (blob_.substr(0, blob::kMagic.size()) != blob::kMagic) return Damaged("it has no header");
    if (Number(8) != kBlobFormat) {
      return absl::UnimplementedError("the embedded migration set is of format " +
                                      std::to_string(Number(8)) + "; this library reads format " +
                                      std::to_string(kBlobFormat));
    }
    if (Number(12) > 1) return Damaged("its dialect is unknown");
    if (Number(16) != blob_.size()) return Damaged("its size is not the recorded one");
    if (!Table(24, 20, blob::kMigrationSize) || !Table(32, 28, blob::kScriptSize) ||
        !Table(40, 36, blob::kStatementSize)) {
      return Damaged("a table reaches past its end");
    }
    return absl::OkStatus();
  }

  // Whether the table whose offset and count stand at these places lies inside the blob.
  bool Table(std::size_t offset_at, std::size_t count_at, std::size_t record) const {
    return Number(offset_at) + std::uint64_t{Number(count_at)} * record <= blob_.size();
  }

  // Little-endian. Spelt out, it is one load; as a loop it was most of the work of reading a set.
  std::uint32_t Number(std::size_t at) const {
    const auto* bytes = reinterpret_cast<const unsigned char*>(blob_.data()) + at;
    return bytes[0] | std::uint32_t{bytes[1]} << 8 | std::uint32_t{bytes[2]} << 16 |
           std::uint32_t{bytes[3]} << 24;
  }

  absl::Status String(std::size_t at, std::string_view* text) const {
    const std::uint64_t offset = Number(at);
    const std::uint64_t size = Number(at + 4);
    if (offset + size > blob_.size()) return Damaged("a text reaches past its end");
    *text = blob_.substr(offset, size);
    return absl::OkStatus();
  }

  absl::Status ReadMigration(std::size_t at, Migration* migration) const {
    migration->version = Number(at) | std::uint64_t{Number(at + 4)} << 32;
    RETURN_IF_ERROR(String(at + 8, &migration->name));
    RETURN_IF_ERROR(String(at + 16, &migration->irreversible));
    RETURN_IF_ERROR(CheckScript(Number(at + 24)));
    migration->up = ReadScript(Number(at + 24));
    OptionalScript* const optional[] = {&migration->down, &migration->verify, &migration->sqlite_up,
                                        &migration->sqlite_down, &migration->sqlite_verify};
    at += 28;
    for (OptionalScript* script : optional) {
      if (Number(at) != blob::kNoScript) {
        RETURN_IF_ERROR(CheckScript(Number(at)));
        *script = Later(Number(at));
      }
      at += 4;
    }
    return absl::OkStatus();
  }

  OptionalScript Later(std::uint32_t number) const {
    const bool even = reinterpret_cast<std::uintptr_t>(blob_.data()) % 2 == 0;
    return even ? OptionalScript(blob_.data(), number) : OptionalScript(ReadScript(number));
  }

  absl::Status CheckScript(std::uint32_t number) const {
    if (number >= Number(28)) return Damaged("a script is missing");
    const std::size_t at = Number(32) + number * blob::kScriptSize;
    std::string_view file, text, checksum;
    RETURN_IF_ERROR(String(at, &file));
    RETURN_IF_ERROR(String(at + 8, &text));
    RETURN_IF_ERROR(String(at + 16, &checksum));
    const std::uint64_t first = Number(at + 24);
    const std::uint64_t count = Number(at + 28);
    if (first + count > Number(36)) return Damaged("a statement is missing");
    for (std::uint64_t i = 0; i < count; ++i) {
      const Statement s = ReadStatement(first + i);
      if (s.begin > s.end || s.end > text.size() || s.data_begin > s.data_end ||
          s.data_end > text.size()) {
        return Damaged("a statement reaches past its script");
      }
    }
    return absl::OkStatus();
  }

  Statement ReadStatement(std::uint64_t number) const {
    const std::size_t at = Number(40) + number * blob::kStatementSize;
    return {Number(at), Number(at + 4), Number(at + 8), Number(at + 12), Number(at + 16)};
  }

  // REQUIRES: the string was checked.
  std::string_view Text(std::size_t at) const { return blob_.substr(Number(at), Number(at + 4)); }

  std::string_view blob_;
};

}  // namespace

Script* OptionalScript::Read(std::uintptr_t word) const {
  const auto* begin = reinterpret_cast<const char*>(word & ~kInBlob);
  auto script = std::make_unique<Script>(Reader(begin).ReadScript(number_));
  if (word_.compare_exchange_strong(word, Word(script.get()))) return script.release();
  return reinterpret_cast<Script*>(word);  // another thread was faster
}

absl::StatusOr<MigrationSet> ReadBlob(std::string_view blob) { return Reader(blob).Read(); }

}  // namespace strata

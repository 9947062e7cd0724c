#include <sys/mman.h>
#include <unistd.h>

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
    RETURN_IF_ERROR(ReadScript(Number(at + 24), &migration->up));
    OptionalScript* const optional[] = {&migration->down, &migration->verify, &migration->sqlite_up,
                                        &migration->sqlite_down, &migration->sqlite_verify};
    at += 28;
    for (OptionalScript* script : optional) {
      if (Number(at) != blob::kNoScript) {
        RETURN_IF_ERROR(ReadScript(Number(at), &script->emplace()));
      }
      at += 4;
    }
    return absl::OkStatus();
  }

  absl::Status ReadScript(std::uint32_t number, Script* script) const {
    if (number >= Number(28)) return Damaged("a script is missing");
    const std::size_t at = Number(32) + number * blob::kScriptSize;
    RETURN_IF_ERROR(String(at, &script->file));
    RETURN_IF_ERROR(String(at + 8, &script->text));
    RETURN_IF_ERROR(String(at + 16, &script->checksum));
    const std::uint32_t flags = Number(at + 32);
    script->transactional = flags & blob::kTransactional;
    script->byte_order_mark = flags & blob::kByteOrderMark;
    if (flags & blob::kHasLockTimeout) script->lock_timeout_ms = Number(at + 36);
    if (flags & blob::kHasStatementTimeout) script->statement_timeout_ms = Number(at + 40);
    return ReadStatements(Number(at + 24), Number(at + 28), script);
  }

  absl::Status ReadStatements(std::uint64_t first, std::uint64_t count, Script* script) const {
    if (first + count > Number(36)) return Damaged("a statement is missing");
    script->statements.resize(count);
    std::size_t at = Number(40) + first * blob::kStatementSize;
    for (Statement& s : script->statements) {
      s = {Number(at), Number(at + 4), Number(at + 8), Number(at + 12), Number(at + 16)};
      if (s.begin > s.end || s.end > script->text.size() || s.data_begin > s.data_end ||
          s.data_end > script->text.size()) {
        return Damaged("a statement reaches past its script");
      }
      at += blob::kStatementSize;
    }
    return absl::OkStatus();
  }

  std::string_view blob_;
};

}  // namespace

absl::StatusOr<MigrationSet> ReadBlob(std::string_view blob) { return Reader(blob).Read(); }

}  // namespace strata

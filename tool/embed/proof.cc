#include "embed/proof.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "base/files.h"
#include "embed/mapped_file.h"
#include "embed/outputs.h"
#include "migration/blob.h"

namespace strata::embed {
namespace {

constexpr char kProved[] = " proved\n";
constexpr char kOpen[] = " open\n";

std::string FilesOf(const Migration& m) {
  std::string letters = "u";
  if (m.down) letters += 'd';
  if (m.verify) letters += 'v';
  if (m.sqlite_up) letters += 'U';
  if (m.sqlite_down) letters += 'D';
  if (m.sqlite_verify) letters += 'V';
  return letters;
}

bool Same(const Script& a, const Script& b) {
  return a.file == b.file && a.text == b.text && a.byte_order_mark == b.byte_order_mark;
}

bool SameWhereWritten(const OptionalScript& now, const OptionalScript& before) {
  return !now || (before && Same(*now, *before));
}

// REQUIRES: both have the same files.
bool Same(const Migration& now, const Migration& before) {
  return now.version == before.version && Same(now.up, before.up) &&
         SameWhereWritten(now.down, before.down) && SameWhereWritten(now.verify, before.verify) &&
         SameWhereWritten(now.sqlite_up, before.sqlite_up) &&
         SameWhereWritten(now.sqlite_down, before.sqlite_down) &&
         SameWhereWritten(now.sqlite_verify, before.sqlite_verify);
}

void TakeTranslations(const Migration& before, Migration* now) {
  if (!now->sqlite_up) now->sqlite_up = before.sqlite_up;
  if (!now->sqlite_down) now->sqlite_down = before.sqlite_down;
  if (!now->sqlite_verify) now->sqlite_verify = before.sqlite_verify;
}

std::string Row(const Migration& migration, const std::string& files) {
  return std::to_string(migration.version) + ' ' + files;
}

// Takes `start` off the front of `text`, if it stands there.
bool Take(const std::string& start, std::string_view* text) {
  if (text->substr(0, start.size()) != start) return false;
  text->remove_prefix(start.size());
  return true;
}

}  // namespace

Proof::Proof(std::string path, std::string blob_path, std::string key, const MigrationSet& set)
    : path_(std::move(path)), blob_path_(std::move(blob_path)), key_(std::move(key)) {
  for (const Migration& migration : set.migrations) files_.push_back(FilesOf(migration));
}

Proved Proof::Read(MigrationSet* set) const {
  Proved proved(set->migrations.size());
  const absl::StatusOr<std::string> text = ReadFile(path_);
  if (!text.ok()) return proved;
  std::string_view rows = *text;
  if (!Take(key_ + Fingerprint({blob_path_}), &rows)) return proved;
  const absl::StatusOr<std::shared_ptr<const MappedFile>> blob = MappedFile::Open(blob_path_);
  if (!blob.ok()) return proved;
  const absl::StatusOr<MigrationSet> before = ReadBlob((*blob)->bytes());
  if (!before.ok()) return proved;
  const std::size_t both = std::min(before->migrations.size(), set->migrations.size());
  for (std::size_t i = 0; i < both; ++i) {
    Migration& migration = set->migrations[i];
    if (!Take(Row(migration, files_[i]), &rows) || !Same(migration, before->migrations[i])) break;
    proved[i] = Take(kProved, &rows);
    if (!proved[i] && !Take(kOpen, &rows)) break;
    if (proved[i]) TakeTranslations(before->migrations[i], &migration);
  }
  using Storages = std::pair<std::shared_ptr<const void>, std::shared_ptr<const void>>;
  set->storage = std::make_shared<const Storages>(set->storage, *blob);
  return proved;
}

absl::Status Proof::Write(const MigrationSet& set, const Diagnostics& found) const {
  std::set<std::optional<std::uint64_t>> open;
  for (const Diagnostic& d : found) {
    if (d.severity != Severity::kNote && d.cls != DiagnosticClass::kLint) open.insert(d.migration);
  }
  const bool all = open.count(std::nullopt) > 0;
  std::string text = key_ + Fingerprint({blob_path_});
  for (std::size_t i = 0; i < set.migrations.size(); ++i) {
    const Migration& migration = set.migrations[i];
    text +=
        Row(migration, files_[i]) + (all || open.count(migration.version) > 0 ? kOpen : kProved);
  }
  return WriteFile(path_, text);
}

}  // namespace strata::embed

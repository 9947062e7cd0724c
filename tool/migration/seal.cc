#include "migration/seal.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/sha256.h"

namespace strata {
namespace {

constexpr std::string_view kFile = "strata.lock";
constexpr std::string_view kHeader =
    "# strata.lock, written by `strata seal`. Each line answers for all lines above it: do not "
    "edit.\n";
constexpr std::array<std::string_view, 6> kParts = {"up",        "down",        "verify",
                                                    "sqlite.up", "sqlite.down", "sqlite.verify"};

Diagnostic Fault(std::string rule, std::string message, std::string help) {
  Diagnostic d;
  d.rule = std::move(rule);
  d.message = std::move(message);
  d.help = std::move(help);
  return d;
}

Diagnostic SealFault(std::string rule, std::string message, Span span, std::string help) {
  Diagnostic d = Fault(std::move(rule), std::move(message), std::move(help));
  d.file = std::string(kFile);
  d.span = span;
  return d;
}

std::vector<std::string_view> Words(std::string_view line) {
  std::vector<std::string_view> words;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(' '), line.size());
    if (end > 0) words.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return words;
}

bool IsHex(std::string_view text, std::size_t length) {
  return text.size() == length &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Returns false where the line does not have the form that PrintSeal gives it.
bool ReadLine(std::string_view line, SealedMigration* migration, std::string_view* chain) {
  const std::vector<std::string_view> words = Words(line);
  if (words.size() < 4) return false;
  FileNameFault unused;
  const std::string file = FormatFileName(words[0], words[1], /*sqlite=*/false, FilePart::kUp);
  const std::optional<FileName> name = ParseFileName(file, &unused);
  if (!name) return false;
  migration->version = name->version;
  migration->digits = std::string(words[0]);
  migration->name = std::string(words[1]);
  for (std::size_t i = 2; i + 1 < words.size(); ++i) {
    const std::size_t colon = words[i].find(':');
    if (colon == std::string_view::npos || !IsHex(words[i].substr(colon + 1), 64)) return false;
    migration->checksums.emplace_back(words[i].substr(0, colon), words[i].substr(colon + 1));
  }
  if (words.back().substr(0, 6) != "chain:") return false;
  *chain = words.back().substr(6);
  return IsHex(*chain, 16);
}

std::string BodyOf(const SealedMigration& migration) {
  std::string line = migration.digits + " " + migration.name;
  for (const auto& [part, checksum] : migration.checksums) line += " " + part + ":" + checksum;
  return line;
}

std::string NextChain(const std::string& chain, std::string_view body) {
  return Sha256Hex(chain + "\n" + std::string(body)).substr(0, 16);
}

bool IsMergeMarker(std::string_view line) {
  for (std::string_view marker : {"<<<<<<<", "=======", ">>>>>>>", "|||||||"}) {
    if (line.substr(0, marker.size()) == marker) return true;
  }
  return false;
}

class Checker {
 public:
  Checker(const std::vector<SealedMigration>& sealed, const MigrationSet& set, bool require_sealed,
          Diagnostics* diagnostics)
      : sealed_(sealed), set_(set), require_sealed_(require_sealed), diagnostics_(diagnostics) {}

  void Run() {
    for (const SealedMigration& expected : sealed_) Sealed(expected);
    for (const Migration& migration : set_.migrations) {
      if (FindSealed(migration.version) == nullptr) Unsealed(migration);
    }
  }

 private:
  void Sealed(const SealedMigration& expected) {
    const auto found =
        std::find_if(set_.migrations.begin(), set_.migrations.end(),
                     [&](const Migration& m) { return m.version == expected.version; });
    if (found == set_.migrations.end()) {
      diagnostics_->push_back(SealFault("sealed-deleted",
                                        "migration " + expected.digits + "_" + expected.name +
                                            " is sealed and its files are gone",
                                        expected.line, "restore them from version control"));
      return;
    }
    if (found->name != expected.name) {
      return Report(*found,
                    Fault("sealed-renamed", "the migration is sealed as \"" + expected.name + "\"",
                          "give it its name back"));
    }
    MigrationSet one;
    one.migrations.push_back(*found);
    const SealedMigration actual = SealOf(one)[0];
    for (std::string_view part : kParts) ComparePart(expected, actual, part, *found);
  }

  void ComparePart(const SealedMigration& expected, const SealedMigration& actual,
                   std::string_view part, const Migration& migration) {
    auto checksum = [&](const SealedMigration& m) {
      for (const auto& [name, value] : m.checksums) {
        if (name == part) return value;
      }
      return std::string();
    };
    const std::string before = checksum(expected), now = checksum(actual);
    if (before == now) return;
    const std::string words(part);
    if (now.empty()) {
      return Report(
          migration,
          Fault("sealed-deleted", "the " + words + " script of this migration is sealed and gone",
                "restore it from version control"));
    }
    Diagnostic d = before.empty()
                       ? Fault("sealed-edited", "the file was added after its migration was sealed",
                               "put the change into a new migration")
                       : Fault("sealed-edited", "the file was edited after it was sealed",
                               "restore it from version control and put the change into a new "
                               "migration");
    d.file = FormatFileName(expected.digits, expected.name, false, FilePart::kUp);
    d.file.replace(d.file.size() - 6, 2, words);
    d.direction = part.find("down") != std::string_view::npos ? Direction::kDown : Direction::kUp;
    d.migration = migration.version;
    diagnostics_->push_back(std::move(d));
  }

  void Unsealed(const Migration& migration) {
    const std::uint64_t newest = sealed_.empty() ? 0 : sealed_.back().version;
    if (!sealed_.empty() && migration.version < newest) {
      return Report(migration, Fault("inserted-below-seal",
                                     "the migration stands below the newest sealed one, " +
                                         sealed_.back().digits + "_" + sealed_.back().name,
                                     "renumber it with strata seal --rebase"));
    }
    Diagnostic d =
        Fault("not-sealed", "the migration is not sealed yet", "run strata seal when it is done");
    if (!require_sealed_) d.severity = Severity::kNote;
    Report(migration, std::move(d));
  }

  void Report(const Migration& migration, Diagnostic d) {
    d.file = std::string(migration.up.file);
    d.migration = migration.version;
    diagnostics_->push_back(std::move(d));
  }

  const SealedMigration* FindSealed(std::uint64_t version) const {
    for (const SealedMigration& sealed : sealed_) {
      if (sealed.version == version) return &sealed;
    }
    return nullptr;
  }

  const std::vector<SealedMigration>& sealed_;
  const MigrationSet& set_;
  bool require_sealed_;
  Diagnostics* diagnostics_;
};

bool SameMigration(const SealedMigration& sealed, const FileName& file) {
  return sealed.version == file.version && sealed.name == file.name;
}

bool IsTimestamp(std::string_view digits) { return digits.size() == 14; }

std::string TimestampOf(std::int64_t seconds) {
  // Days to civil date: Howard Hinnant, "chrono-compatible low-level date algorithms".
  const std::int64_t days = seconds / 86400 + 719468;
  const std::int64_t era = days / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_index = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * month_index + 2) / 5 + 1;
  const std::int64_t month = month_index < 10 ? month_index + 3 : month_index - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2);
  const std::int64_t second = seconds % 86400;
  std::uint64_t number = year;
  for (std::int64_t part : {month, day, second / 3600, second / 60 % 60, second % 60}) {
    number = number * 100 + part;
  }
  return std::to_string(number);
}

std::string Padded(std::uint64_t version, std::size_t width) {
  std::string digits = std::to_string(version);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

}  // namespace

std::vector<SealedMigration> ParseSeal(std::string_view text, Diagnostics* diagnostics) {
  std::vector<SealedMigration> sealed;
  std::string chain;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const Span span = {begin, begin + line.size()};
    begin = end + 1;
    if (line.empty() || line[0] == '#') continue;
    if (IsMergeMarker(line)) {
      diagnostics->push_back(
          SealFault("seal-conflict", "strata.lock holds a merge conflict", span,
                    "keep the shared branch's strata.lock, then run strata seal --rebase"));
      return sealed;
    }
    SealedMigration migration;
    std::string_view recorded;
    if (!ReadLine(line, &migration, &recorded)) {
      diagnostics->push_back(SealFault("seal-broken", "this line of strata.lock cannot be read",
                                       span, "restore strata.lock from version control"));
      return sealed;
    }
    migration.line = {span.begin, span.begin + migration.digits.size() + 1 + migration.name.size()};
    chain = NextChain(chain, line.substr(0, line.rfind(" chain:")));
    const bool ascending = sealed.empty() || sealed.back().version < migration.version;
    if (chain != recorded || !ascending) {
      diagnostics->push_back(
          SealFault("seal-broken",
                    "strata.lock was edited: this line does not follow from the lines above it",
                    span, "restore strata.lock from version control"));
      return sealed;
    }
    sealed.push_back(std::move(migration));
  }
  return sealed;
}

std::string PrintSeal(const std::vector<SealedMigration>& sealed) {
  std::string text(kHeader);
  std::string chain;
  for (const SealedMigration& migration : sealed) {
    const std::string body = BodyOf(migration);
    chain = NextChain(chain, body);
    text += body + " chain:" + chain + "\n";
  }
  return text;
}

std::vector<SealedMigration> SealOf(const MigrationSet& set) {
  std::vector<SealedMigration> sealed;
  for (const Migration& migration : set.migrations) {
    SealedMigration line;
    line.version = migration.version;
    line.digits = std::string(migration.up.file.substr(0, migration.up.file.find('_')));
    line.name = std::string(migration.name);
    auto add = [&](std::string_view part, const OptionalScript& script) {
      if (script) line.checksums.emplace_back(part, script->checksum);
    };
    add(kParts[0], migration.up);
    add(kParts[1], migration.down);
    add(kParts[2], migration.verify);
    add(kParts[3], migration.sqlite_up);
    add(kParts[4], migration.sqlite_down);
    add(kParts[5], migration.sqlite_verify);
    sealed.push_back(std::move(line));
  }
  return sealed;
}

void CheckSeal(const Folder& folder, const MigrationSet& set, bool require_sealed,
               Diagnostics* diagnostics) {
  if (!folder.has_seal && !require_sealed) return;
  Diagnostics faults;
  const std::vector<SealedMigration> sealed = ParseSeal(folder.seal, &faults);
  diagnostics->insert(diagnostics->end(), faults.begin(), faults.end());
  if (faults.empty()) Checker(sealed, set, require_sealed, diagnostics).Run();
}

std::vector<Rename> PlanRebase(const std::vector<SealedMigration>& sealed,
                               const std::vector<std::string>& files, std::int64_t now) {
  if (sealed.empty()) return {};
  const SealedMigration& newest = sealed.back();
  std::vector<FileName> own;
  FileNameFault unused;
  for (const std::string& file : files) {
    const std::optional<FileName> name = ParseFileName(file, &unused);
    if (!name) continue;
    const bool is_sealed = std::any_of(sealed.begin(), sealed.end(), [&](const SealedMigration& s) {
      return SameMigration(s, *name);
    });
    if (!is_sealed) own.push_back(*name);
  }
  std::stable_sort(own.begin(), own.end(), [](const FileName& a, const FileName& b) {
    return std::tie(a.version, a.name) < std::tie(b.version, b.name);
  });

  std::vector<Rename> renames;
  std::uint64_t last = newest.version;
  const FileName* group = nullptr;  // the first file of the migration at hand
  std::string digits;
  for (const FileName& file : own) {
    const bool same =
        group != nullptr && group->version == file.version && group->name == file.name;
    if (!same) {
      group = &file;
      digits = std::string(file.digits);
      if (file.version <= last) {
        digits = IsTimestamp(newest.digits) ? TimestampOf(now++)
                                            : Padded(last + 1, newest.digits.size());
        if (IsTimestamp(digits) && std::stoull(digits) <= last) digits = std::to_string(last + 1);
      }
      last = std::stoull(digits);
    }
    if (digits == file.digits) continue;
    renames.push_back({FormatFileName(file.digits, file.name, file.sqlite, file.part),
                       FormatFileName(digits, file.name, file.sqlite, file.part)});
  }
  return renames;
}

}  // namespace strata

#include "migration/baseline.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "migration/file_name.h"
#include "migration/plan.h"

namespace strata {
namespace {

constexpr std::string_view kDirective = "-- strata: replaces ";

std::string_view TakeLine(std::string_view* text) {
  const std::size_t end = std::min(text->find('\n'), text->size());
  std::string_view line = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

// Reads on to the next directive; false where there is none before the first statement.
bool NextReplaced(std::string_view* up, Replaced* replaced) {
  while (!up->empty()) {
    const std::string_view line = TakeLine(up);
    const bool comment = line.substr(0, 2) == "--";
    if (!comment && line.find_first_not_of(" \t") != std::string_view::npos) return false;
    if (line.substr(0, kDirective.size()) == kDirective &&
        ParseReplaced(line.substr(kDirective.size()), replaced))
      return true;
  }
  return false;
}

bool Matches(const HistoryRow& row, const Replaced& replaced) {
  return row.state == RowState::kApplied && row.version == replaced.version &&
         row.checksum == replaced.checksum;
}

// Where a baseline's own line stands among the lines of what it replaced: a database has either.
bool IsEarlierBaseline(const std::vector<Replaced>& all, std::size_t at) {
  return at > 0 && all[at].version <= all[at - 1].version;
}

// The lines that a database has which began with line `start`.
std::vector<const Replaced*> Variant(const std::vector<Replaced>& all, std::size_t start) {
  std::vector<const Replaced*> lines;
  for (std::size_t i = start; i < all.size(); ++i) {
    if (i == start || !IsEarlierBaseline(all, i)) lines.push_back(&all[i]);
  }
  return lines;
}

struct Judged {
  const HistoryRow* other = nullptr;  // the first row that is of no line
  const Replaced* absent = nullptr;   // the first line without a row
};

Judged Judge(const std::vector<const HistoryRow*>& rows,
             const std::vector<const Replaced*>& lines) {
  Judged judged;
  std::size_t row = 0;
  for (const Replaced* line : lines) {
    if (row < rows.size() && Matches(*rows[row], *line)) {
      ++row;
    } else if (row < rows.size() && rows[row]->version <= line->version) {
      judged.other = rows[row];
      return judged;
    } else if (judged.absent == nullptr) {
      judged.absent = line;
    }
  }
  if (row < rows.size()) judged.other = rows[row];
  return judged;
}

std::string RangeOf(const std::vector<Replaced>& all) {
  return absl::StrCat(std::string(all.front().label), " to ", std::string(all.back().label));
}

absl::Status Refuse(const Migration& baseline, const std::vector<Replaced>& all,
                    const std::vector<const HistoryRow*>& rows, const Judged& judged) {
  const std::string who = Label(baseline);
  if (judged.other != nullptr) {
    return absl::FailedPreconditionError(absl::StrCat(
        "version ", judged.other->version, " (", judged.other->name,
        ") was applied in another form than the one that ", who,
        " replaces: compare the schemas "
        "with `strata verify`, and where they are the same accept it with `strata stamp ",
        baseline.version, "`"));
  }
  return absl::FailedPreconditionError(absl::StrCat(
      "the database stands at version ", rows.back()->version, ", in the middle of what ", who,
      " replaces (", RangeOf(all), "), and ", std::string(judged.absent->label),
      " is not in this set any more: bring it to version ", baseline.version,
      " with the files from before the squash (`strata up --to ", baseline.version,
      "` on an older checkout or program), then come back"));
}

}  // namespace

bool ParseReplaced(std::string_view arguments, Replaced* replaced) {
  const std::size_t blank = arguments.find(' ');
  if (blank == std::string_view::npos) return false;
  replaced->label = arguments.substr(0, blank);
  replaced->checksum =
      arguments.substr(std::min(arguments.find_first_not_of(' ', blank), arguments.size()));
  const bool hex =
      replaced->checksum.size() == 64 &&
      replaced->checksum.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  FileNameFault unused;
  const std::string file = std::string(replaced->label) + ".up.sql";
  const std::optional<FileName> name = ParseFileName(file, &unused);
  if (!hex || !name || name->sqlite) return false;
  replaced->version = name->version;
  replaced->name = replaced->label.substr(name->digits.size() + 1);
  return true;
}

std::vector<Replaced> ReplacedBy(std::string_view up) {
  std::vector<Replaced> all;
  Replaced replaced;
  while (NextReplaced(&up, &replaced)) all.push_back(replaced);
  return all;
}

const Migration* Baseline(const MigrationSet& set) {
  if (set.migrations.empty()) return nullptr;
  const Migration& first = set.migrations.front();
  std::string_view up = first.up.text;
  Replaced unused;
  return NextReplaced(&up, &unused) ? &first : nullptr;
}

bool IsReplaced(const MigrationSet& set, const HistoryRow& row) {
  const Migration* baseline = Baseline(set);
  if (baseline == nullptr || row.version > baseline->version) return false;
  return row.version < baseline->version || row.checksum != baseline->up.checksum;
}

std::string LabelAmong(const std::vector<Replaced>& replaced, const HistoryRow& row) {
  const auto found = std::find_if(replaced.begin(), replaced.end(), [&](const Replaced& line) {
    return line.version == row.version && line.name == row.name;
  });
  return found != replaced.end() ? std::string(found->label)
                                 : absl::StrCat(row.version, "_", row.name);
}

absl::StatusOr<History> UnderBaseline(const MigrationSet& set, const History& history) {
  const Migration* baseline = Baseline(set);
  if (baseline == nullptr || history.rows.empty()) return history;
  std::vector<const HistoryRow*> rows;
  for (const HistoryRow& row : history.rows) {
    if (row.version <= baseline->version) rows.push_back(&row);
  }
  if (rows.empty() || rows.back()->checksum == baseline->up.checksum) return history;

  const std::vector<Replaced> all = ReplacedBy(baseline->up.text);
  Judged first;
  for (std::size_t start = 0; start < all.size(); ++start) {
    if (start > 0 && !IsEarlierBaseline(all, start)) continue;
    const Judged judged = Judge(rows, Variant(all, start));
    if (judged.other == nullptr && judged.absent == nullptr) {
      History folded = history;
      folded.rows.assign(1, *rows.back());
      HistoryRow& row = folded.rows[0];
      row.version = baseline->version;
      row.name = std::string(baseline->name);
      row.checksum = std::string(baseline->up.checksum);
      row.down_checksum.clear();
      folded.rows.insert(folded.rows.end(),
                         history.rows.begin() + static_cast<std::ptrdiff_t>(rows.size()),
                         history.rows.end());
      return folded;
    }
    // The form that has the row is the one to speak of.
    if (start == 0 || (first.other != nullptr && judged.other == nullptr)) first = judged;
  }
  return Refuse(*baseline, all, rows, first);
}

}  // namespace strata

#include "lint/apply_fixes.h"

#include <algorithm>
#include <map>

#include "migration/file_name.h"
#include "migration/lexical.h"
#include "sql/script.h"

namespace strata::lint {
namespace {

constexpr std::string_view kDirective = "-- strata: no-transaction\n";

std::string Edited(std::string_view text, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.span.begin < at) continue;
    out += text.substr(at, edit.span.begin - at);
    out += edit.text;
    at = edit.span.end;
  }
  return out + std::string(text.substr(at));
}

// Whether every statement is one that runs outside a transaction by itself.
bool RunsAlone(const std::string& text) {
  const sql::ParsedScript parsed = sql::Parse(text);
  return std::all_of(parsed.statements.begin(), parsed.statements.end(),
                     [](const sql::ParsedStatement& s) {
                       return s.tree != nullptr && !sql::OutsideTransactionName(s.tree).empty();
                     });
}

class Fixer {
 public:
  explicit Fixer(const sql::LoadedSet& set) : set_(set) {}

  std::vector<ChangedFile> Run(const std::vector<FixableFinding>& findings) {
    for (const FixableFinding& finding : findings) Take(finding);
    std::vector<ChangedFile> changed;
    for (const auto& [file, work] : work_)
      changed.push_back({file, TextOf(*work.script, work), false});
    for (const auto& [file, text] : downs_) changed.push_back({file, text, false});
    changed.insert(changed.end(), added_.begin(), added_.end());
    return changed;
  }

 private:
  struct Work {
    const Script* script = nullptr;
    std::vector<Edit> edits;
    bool no_transaction = false;
  };

  void Take(const FixableFinding& finding) {
    const Migration* migration = nullptr;
    for (const Migration& m : set_.set.migrations) {
      if (m.up.file == finding.file) migration = &m;
    }
    if (migration == nullptr) return;
    Work& work = work_[finding.file];
    work.script = &migration->up;
    work.edits.insert(work.edits.end(), finding.fix.edits.begin(), finding.fix.edits.end());
    work.no_transaction = work.no_transaction || finding.fix.no_transaction;
    if (!finding.fix.down_append.empty() && migration->down) {
      std::string& down = downs_[std::string(migration->down->file)];
      if (down.empty()) down = std::string(migration->down->text);
      if (!down.empty() && down.back() != '\n') down += '\n';
      down += finding.fix.down_append;
    }
    if (!finding.fix.next_up.empty()) AddNext(finding.fix);
  }

  void AddNext(const Fix& fix) {
    const Migration& last = set_.set.migrations.back();
    const std::string_view digits = last.up.file.substr(0, last.up.file.find('_'));
    std::string version = std::to_string(last.version + ++count_);
    if (version.size() < digits.size()) version.insert(0, digits.size() - version.size(), '0');
    std::string name = fix.next_name;
    for (char& c : name) {
      const bool fits =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      if (!fits) c = '_';
    }
    added_.push_back({FormatFileName(version, name, false, FilePart::kUp), fix.next_up, true});
    added_.push_back({FormatFileName(version, name, false, FilePart::kDown), fix.next_down, true});
  }

  std::string TextOf(const Script& script, const Work& work) {
    std::vector<Edit> edits = work.edits;
    if (work.no_transaction) {
      for (const Statement& statement : script.statements) {
        if ((statement.flags & Statement::kWrapper) == 0) continue;
        const std::size_t semicolon = SkipBlanks(script.text, statement.end);
        const bool ends = semicolon < script.text.size() && script.text[semicolon] == ';';
        edits.push_back({{statement.begin, ends ? semicolon + 1 : statement.end}, ""});
      }
    }
    std::string text = Edited(script.text, std::move(edits));
    const bool told = text.find("strata: no-transaction") != std::string::npos;
    if (work.no_transaction && !told && !RunsAlone(text)) text.insert(0, kDirective);
    return text;
  }

  const sql::LoadedSet& set_;
  std::map<std::string, Work> work_;
  std::map<std::string, std::string> downs_;
  std::vector<ChangedFile> added_;
  std::uint64_t count_ = 0;
};

}  // namespace

std::vector<ChangedFile> ApplyFixes(const sql::LoadedSet& set,
                                    const std::vector<FixableFinding>& findings) {
  return Fixer(set).Run(findings);
}

}  // namespace strata::lint

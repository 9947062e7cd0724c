#include "migration/load.h"

#include <algorithm>
#include <utility>

#include "base/files.h"
#include "base/texts.h"
#include "base/utf8.h"
#include "migration/baseline.h"
#include "migration/checksum.h"
#include "migration/file_name.h"

namespace strata {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSealFile = "strata.lock";

struct File {
  FileName name;
  Script script;
  std::vector<Directive> directives;
};

ScriptHome HomeOf(FilePart part) {
  return part == FilePart::kUp     ? ScriptHome::kUp
         : part == FilePart::kDown ? ScriptHome::kDown
                                   : ScriptHome::kVerify;
}

class Loader {
 public:
  Loader(std::string folder, Dialect dialect, Diagnostics* diagnostics)
      : dialect_(dialect), diagnostics_(diagnostics), texts_(std::make_shared<Texts>()) {
    folder_.sources.folder = std::move(folder);
    folder_.set.dialect = dialect;
  }

  absl::StatusOr<Folder> Run() {
    ASSIGN_OR_RETURN(const std::vector<std::string> names, ListFiles(folder_.sources.folder));
    files_.reserve(names.size());
    for (const std::string& name : names) {
      if (IsSqlFile(name)) Take(Keep(name));
      if (name == kSealFile) TakeSeal(Keep(name));
    }
    if (folder_.files.empty()) {
      Fault("empty-folder", "the folder holds no migration", "", {},
            "make the first one with strata new NAME");
    }
    const auto older = [](const File& a, const File& b) { return a.name.version < b.name.version; };
    // Most folders are in order by name already; sorting would take as much memory again.
    if (!std::is_sorted(files_.begin(), files_.end(), older)) {
      std::stable_sort(files_.begin(), files_.end(), older);
    }
    folder_.set.migrations.reserve(CountVersions());
    for (auto it = files_.begin(); it != files_.end();) {
      const auto end = std::find_if(it, files_.end(), [&](const File& file) {
        return file.name.version != it->name.version;
      });
      Join(it, end);
      it = end;
    }
    CheckBaselines();
    folder_.set.storage = texts_;
    folder_.sources.storage = texts_;
    return std::move(folder_);
  }

 private:
  using FileIterator = std::vector<File>::iterator;

  std::size_t CountVersions() const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (i == 0 || files_[i].name.version != files_[i - 1].name.version) ++count;
    }
    return count;
  }

  std::string_view Keep(std::string_view text) { return texts_->Keep(text); }

  void Fault(std::string rule, std::string message, std::string_view file, Span span,
             std::string help) {
    Diagnostic d;
    d.rule = std::move(rule);
    d.message = std::move(message);
    d.file = std::string(file);
    d.span = span;
    d.help = std::move(help);
    if (FileNameFault unused; const auto name = ParseFileName(file, &unused)) {
      d.migration = name->version;
      d.direction = name->part == FilePart::kDown ? Direction::kDown : Direction::kUp;
    }
    diagnostics_->push_back(std::move(d));
  }

  void Take(std::string_view file) {
    folder_.files.emplace_back(file);
    FileNameFault fault;
    const std::optional<FileName> name = ParseFileName(file, &fault);
    if (!name) return Fault("bad-file-name", fault.message, file, {}, fault.help);
    if (name->sqlite && dialect_ == Dialect::kSqlite) {
      return Fault(
          "bad-file-name", "a set of the sqlite dialect has no SQLite variants", file, {},
          "rename it to " + FormatFileName(name->digits, name->name, /*sqlite=*/false, name->part));
    }
    File result;
    result.name = *name;
    result.script.file = file;
    ReadText(file, &result.script);
    result.script.checksum = Keep(ScriptChecksum(result.script.text));
    ReadDirectivesOf(&result);
    files_.push_back(std::move(result));
  }

  // Reads the file's text without a byte-order mark, or reports why it cannot be used.
  void ReadText(std::string_view file, Script* script) {
    absl::StatusOr<std::string> bytes =
        ReadFile(JoinPath(folder_.sources.folder, std::string(file)));
    if (!bytes.ok()) {
      folder_.unreadable.emplace(file);
      Fault("unreadable-file", std::string(bytes.status().message()), file, {},
            "make it readable, or move it out of the folder");
      return;
    }
    const bool marked = bytes->compare(0, kByteOrderMark.size(), kByteOrderMark) == 0;
    const std::string_view text =
        Keep(std::string_view(*bytes).substr(marked ? kByteOrderMark.size() : 0));
    // Files come in order by name: the place for the next is behind the last.
    folder_.sources.texts.emplace_hint(folder_.sources.texts.end(), file, text);
    const bool utf16 = text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF";
    const std::size_t invalid = FindInvalidUtf8(text);
    const std::size_t nul = text.find('\0');
    if (invalid != std::string_view::npos) {
      Fault("invalid-utf8", utf16 ? "the file is UTF-16, not UTF-8" : "the file is not UTF-8 here",
            file, {invalid, invalid + 1}, "save it as UTF-8");
    } else if (nul != std::string_view::npos) {
      Fault("nul-byte", "the file holds a NUL byte here", file, {nul, nul + 1},
            "remove it; no database takes one in a script");
    } else {
      script->text = text;
      script->byte_order_mark = marked;
      return;
    }
    folder_.unreadable.emplace(file);
  }

  void TakeSeal(std::string_view file) {
    folder_.has_seal = true;
    absl::StatusOr<std::string> bytes =
        ReadFile(JoinPath(folder_.sources.folder, std::string(file)));
    if (!bytes.ok()) {
      return Fault("unreadable-file", std::string(bytes.status().message()), file, {},
                   "make it readable");
    }
    folder_.seal = *bytes;
    folder_.sources.texts[std::string(file)] = Keep(*bytes);
  }

  void ReadDirectivesOf(File* file) {
    const bool runs_on_sqlite = file->name.sqlite || dialect_ == Dialect::kSqlite;
    Diagnostics faults;
    file->directives =
        ReadDirectives(file->script.text, runs_on_sqlite ? Dialect::kSqlite : Dialect::kPostgres,
                       HomeOf(file->name.part), &faults);
    for (Diagnostic& d : faults) Fault(d.rule, d.message, file->script.file, d.span, d.help);
    for (const Directive& directive : file->directives) {
      if (directive.kind == Directive::Kind::kNoTransaction) file->script.transactional = false;
      if (directive.kind == Directive::Kind::kLockTimeout) {
        file->script.lock_timeout_ms = directive.ms;
      }
      if (directive.kind == Directive::Kind::kStatementTimeout) {
        file->script.statement_timeout_ms = directive.ms;
      }
    }
    if (file->directives.empty()) return;
    folder_.directives[std::string(file->script.file)] = file->directives;
  }

  // Joins the files of one version into a migration.
  void Join(FileIterator begin, FileIterator end) {
    const FileIterator up = std::find_if(begin, end, [](const File& file) {
      return file.name.part == FilePart::kUp && !file.name.sqlite;
    });
    if (up == end) {
      for (FileIterator file = begin; file != end; ++file) Orphan(file->script.file);
      return;
    }
    Migration migration;
    migration.version = up->name.version;
    migration.name = up->name.name;
    for (FileIterator file = begin; file != end; ++file) Place(*file, *up, &migration);
    CheckReversible(*up, &migration);
    folder_.set.migrations.push_back(std::move(migration));
  }

  // A baseline is the set's oldest migration, and has the version of the newest that it replaces.
  void CheckBaselines() {
    for (const Migration& migration : folder_.set.migrations) {
      const auto directives = folder_.directives.find(std::string(migration.up.file));
      if (directives == folder_.directives.end()) continue;
      const Directive* last = nullptr;
      for (const Directive& directive : directives->second) {
        if (directive.kind == Directive::Kind::kReplaces) last = &directive;
      }
      if (last != nullptr) CheckBaseline(migration, *last);
    }
  }

  void CheckBaseline(const Migration& migration, const Directive& last) {
    const Migration& oldest = folder_.set.migrations.front();
    if (&oldest != &migration) {
      return Fault(
          "baseline-not-first",
          "\"" + std::string(oldest.up.file) + "\" is older than this baseline", migration.up.file,
          last.span,
          "remove it where the baseline replaces it, else give it a version above the baseline's");
    }
    if (ReplacedBy(migration.up.text).back().version != migration.version) {
      Fault("baseline-version",
            "the last migration that this baseline replaces is not version " +
                std::to_string(migration.version),
            migration.up.file, last.span, "give the baseline the version of the newest one");
    }
  }

  void Orphan(std::string_view file) {
    FileNameFault unused;
    const FileName name = *ParseFileName(file, &unused);
    const std::string up = FormatFileName(name.digits, name.name, false, FilePart::kUp);
    const std::string rule =
        name.part == FilePart::kDown && !name.sqlite ? "down-without-up" : "no-up-file";
    Fault(rule, "there is no \"" + up + "\" beside it", file, {},
          "add " + up + ", or remove this file");
  }

  void Place(const File& file, const File& up, Migration* migration) {
    if (&file != &up && file.name.name != up.name.name) {
      const bool second_up = file.name.part == FilePart::kUp && !file.name.sqlite;
      if (second_up) return Duplicate(file, up);
      return Fault("name-mismatch",
                   "its name is not that of version " + std::to_string(file.name.version) + ", \"" +
                       std::string(up.script.file) + "\"",
                   file.script.file, {},
                   "rename it to " + FormatFileName(up.name.digits, up.name.name, file.name.sqlite,
                                                    file.name.part));
    }
    const bool sqlite = file.name.sqlite;
    OptionalScript* place = nullptr;
    switch (file.name.part) {
      case FilePart::kUp:
        if (!sqlite && &file != &up) return Duplicate(file, up);
        if (!sqlite) {
          migration->up = file.script;
          return;
        }
        place = &migration->sqlite_up;
        break;
      case FilePart::kDown:
        place = sqlite ? &migration->sqlite_down : &migration->down;
        break;
      case FilePart::kVerify:
        place = sqlite ? &migration->sqlite_verify : &migration->verify;
        break;
    }
    if (*place) return DuplicateOf(file, (*place)->file);
    *place = file.script;
  }

  void Duplicate(const File& file, const File& up) { DuplicateOf(file, up.script.file); }

  void DuplicateOf(const File& file, std::string_view other) {
    Fault("duplicate-version",
          "version " + std::to_string(file.name.version) + " is taken by \"" + std::string(other) +
              "\"",
          file.script.file, {},
          "give it a version of its own (strata seal --rebase renumbers unsealed migrations)");
  }

  void CheckReversible(const File& up, Migration* migration) {
    const auto irreversible =
        std::find_if(up.directives.begin(), up.directives.end(),
                     [](const Directive& d) { return d.kind == Directive::Kind::kIrreversible; });
    const bool marked = irreversible != up.directives.end();
    if (marked) migration->irreversible = Keep(irreversible->text);
    if (marked && migration->down) {
      Fault("irreversible-with-down",
            "the migration is marked irreversible and has \"" + std::string(migration->down->file) +
                "\"",
            up.script.file, irreversible->span, "remove the directive or the down file");
    }
    const bool misspelt = folder_.unreadable.count(up.script.file) > 0;
    if (marked || migration->down || misspelt || HasNamesake(up)) return;
    const std::string down = FormatFileName(up.name.digits, up.name.name, false, FilePart::kDown);
    Fault("missing-down", "there is no \"" + down + "\" beside it", up.script.file, {},
          "write it, or put this line at the top: -- strata: irreversible \"why\"");
  }

  // A down file of this version under another name is reported for what it is.
  bool HasNamesake(const File& up) const {
    return std::any_of(files_.begin(), files_.end(), [&](const File& file) {
      return file.name.version == up.name.version && file.name.part == FilePart::kDown &&
             !file.name.sqlite && file.name.name != up.name.name;
    });
  }

  Dialect dialect_;
  Diagnostics* diagnostics_;
  std::shared_ptr<Texts> texts_;
  Folder folder_;
  std::vector<File> files_;
};

}  // namespace

absl::StatusOr<Folder> LoadFolder(const std::string& folder, Dialect dialect,
                                  Diagnostics* diagnostics) {
  return Loader(folder, dialect, diagnostics).Run();
}

}  // namespace strata

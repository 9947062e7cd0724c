#include "shadow/sqlite_set.h"

#include <sqlite3.h>

#include <memory>
#include <set>

#include "shadow/database.h"
#include "shadow/sqlite_schema.h"

namespace strata::shadow {
namespace {

// The words in which SQLite says what is wrong, and the rule that it is.
struct Words {
  const char* part;
  const char* rule;
};
constexpr Words kRules[] = {
    {"syntax error", "syntax-error"},
    {"incomplete input", "syntax-error"},
    {"unrecognized token", "syntax-error"},
    {"no such table", "undefined-table"},
    {"no such view", "undefined-table"},
    {"no such index", "undefined-object"},
    {"no such trigger", "undefined-object"},
    {"no such column", "undefined-column"},
    {"has no column named", "undefined-column"},
    {"no such function", "undefined-function"},
    {"wrong number of arguments", "undefined-function"},
    {"duplicate column name", "duplicate-column"},
    {"already exists", "duplicate-table"},
    {"already another table or index with this name", "duplicate-table"},
    {"UNIQUE constraint failed", "unique-violation"},
    {"NOT NULL constraint failed", "not-null-violation"},
    {"CHECK constraint failed", "check-violation"},
    {"FOREIGN KEY constraint failed", "foreign-key-violation"},
};

std::string RuleOf(const std::string& message) {
  for (const Words& words : kRules) {
    if (message.find(words.part) != std::string::npos) return words.rule;
  }
  return "sqlite-error";
}

// The names in a message: what is not there, or there already.
std::string NameIn(const std::string& message) {
  const std::size_t colon = message.rfind(": ");
  const std::string name = colon == std::string::npos ? message : message.substr(colon + 2);
  return name.substr(0, 5) == "main." ? name.substr(5) : name;
}

bool IsUndefined(const std::string& message) { return RuleOf(message).substr(0, 9) == "undefined"; }

class Runner {
 public:
  explicit Runner(const MigrationSet& set) : set_(set) { Open(); }

  SqliteSetResult Run(bool roundtrip) {
    for (std::size_t i = 0; i < set_.migrations.size(); ++i) {
      const Migration& migration = set_.migrations[i];
      const SqliteSchema before = roundtrip ? ReadSchema(*db_) : SqliteSchema();
      const bool clean = Apply(migration, migration.up, Direction::kUp, &result_.executed);
      if (migration.verify && clean) Verify(migration);
      if (roundtrip) result_.roundtrip.push_back(Roundtrip(i, before, clean));
    }
    return std::move(result_);
  }

 private:
  void Open() {
    db_ = std::make_unique<Database>();
    db_->Execute("PRAGMA foreign_keys = OFF");
  }

  void Report(const Migration& migration, Direction direction, const Script& script, Span span,
              std::string message) {
    Diagnostic d;
    d.cls = DiagnosticClass::kReject;
    d.rule = RuleOf(message);
    d.message = std::move(message);
    d.file = std::string(script.file);
    d.span = span;
    d.migration = migration.version;
    d.direction = direction;
    result_.diagnostics.push_back(std::move(d));
  }

  // Where SQLite points into the statement; its whole where it does not.
  Span PlaceOf(const Statement& statement, std::string_view text) const {
    int offset = sqlite3_error_offset(db_->handle());
    const std::string_view sql = text.substr(statement.begin, statement.end - statement.begin);
    const std::size_t named = sql.find(NameIn(sqlite3_errmsg(db_->handle())));
    if (offset < 0 && named != std::string_view::npos) offset = static_cast<int>(named);
    if (offset < 0) return {statement.begin, statement.end};
    const std::size_t begin = statement.begin + static_cast<std::size_t>(offset);
    std::size_t end = begin;
    while (end < statement.end &&
           (std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_'))
      ++end;
    return {begin, std::max(end, std::min<std::size_t>(begin + 1, statement.end))};
  }

  // Runs one script in a transaction of its own. False: something failed. With `failure` the first
  // error goes there instead of among the diagnostics, and the script is undone.
  bool Apply(const Migration& migration, const Script& script, Direction direction, int* executed,
             std::string* failure = nullptr) {
    if (script.transactional) db_->Execute("BEGIN");
    bool clean = true;
    for (const Statement& statement : script.statements) {
      if ((statement.flags & Statement::kWrapper) != 0) continue;
      const std::string sql(script.text.substr(statement.begin, statement.end - statement.begin));
      const std::optional<SqliteError> error = db_->Execute(sql);
      if (executed != nullptr) ++*executed;
      if (!error) continue;
      clean = false;
      if (failure != nullptr) {
        *failure = error->message;
        break;
      }
      const bool repeated =
          IsUndefined(error->message) && mistaken_.count(NameIn(error->message)) > 0;
      RememberNames(sql, error->message);
      if (repeated) {
        ++result_.skipped;
      } else {
        Report(migration, direction, script, PlaceOf(statement, script.text), error->message);
      }
    }
    const std::string orphans = script.transactional && clean ? ForeignKeyFault() : "";
    if (!orphans.empty()) {
      clean = false;
      if (failure != nullptr) {
        *failure = orphans;
      } else {
        Report(migration, direction, script, {0, 0}, orphans);
      }
    }
    if (script.transactional) db_->Execute(failure != nullptr && !clean ? "ROLLBACK" : "COMMIT");
    if (sqlite3_get_autocommit(db_->handle()) == 0) db_->Execute("ROLLBACK");
    return clean;
  }

  // What a failed definition would have made is missing later on.
  void RememberNames(const std::string& sql, const std::string& message) {
    if (IsUndefined(message)) mistaken_.insert(NameIn(message));
    const std::string verb = sql.substr(0, 5);
    if (sqlite3_strnicmp(verb.c_str(), "CREAT", 5) != 0 &&
        sqlite3_strnicmp(verb.c_str(), "ALTER", 5) != 0)
      return;
    for (std::string& token : SqliteTokens(sql)) mistaken_.insert(std::move(token));
  }

  // "" where every reference is met.
  std::string ForeignKeyFault() {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_total_changes(db_->handle()) == checked_changes_) return "";
    std::string fault;
    if (sqlite3_prepare_v2(db_->handle(), "PRAGMA foreign_key_check", -1, &statement, nullptr) ==
            SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
      const auto text = [&](int column) {
        const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
        return std::string(bytes == nullptr ? "" : bytes);
      };
      fault = "FOREIGN KEY constraint failed: a row of \"" + text(0) + "\" refers to a row of \"" +
              text(2) + "\" that is not there";
    }
    sqlite3_finalize(statement);
    if (fault.empty()) checked_changes_ = sqlite3_total_changes(db_->handle());
    return fault;
  }

  void Verify(const Migration& migration) {
    for (const Statement& statement : migration.verify->statements) {
      const std::string sql(
          migration.verify->text.substr(statement.begin, statement.end - statement.begin));
      sqlite3_stmt* prepared = nullptr;
      const Span span{statement.begin, statement.end};
      if (sqlite3_prepare_v2(db_->handle(), sql.c_str(), -1, &prepared, nullptr) != SQLITE_OK) {
        Report(migration, Direction::kUp, *migration.verify, span, sqlite3_errmsg(db_->handle()));
        continue;
      }
      int code = 0;
      bool holds = true;
      while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
        if (sqlite3_column_count(prepared) == 1) holds &= sqlite3_column_int(prepared, 0) != 0;
      }
      if (code != SQLITE_DONE) {
        Report(migration, Direction::kUp, *migration.verify, span, sqlite3_errmsg(db_->handle()));
      } else if (!holds) {
        Report(migration, Direction::kUp, *migration.verify, span,
               "the verify query gives a row that is not true");
        result_.diagnostics.back().rule = "verify-failed";
      }
      sqlite3_finalize(prepared);
    }
  }

  SqliteRoundtripResult Roundtrip(std::size_t index, const SqliteSchema& before, bool clean) {
    const Migration& migration = set_.migrations[index];
    SqliteRoundtripResult trip{migration.version, SqliteRoundtrip::kNotChecked, {}};
    if (!migration.down) {
      trip.result = SqliteRoundtrip::kIrreversible;
      return trip;
    }
    if (!clean) {
      trip.differences.push_back("the up script is in error");
      return trip;
    }
    // Undoing by SAVEPOINT keeps the rows that were there, but makes SQLite read the schema anew.
    const bool has_rows = sqlite3_total_changes(db_->handle()) > 0 &&
                          migration.down->transactional && migration.up.transactional;
    if (has_rows) db_->Execute("SAVEPOINT roundtrip");
    const bool intact = DownAndUp(migration, before, &trip);
    if (has_rows) {
      db_->Execute("ROLLBACK TO roundtrip; RELEASE roundtrip");
    } else if (!intact) {
      Replay(index);
    }
    return trip;
  }

  // False: the database is not as it was after the up.
  bool DownAndUp(const Migration& migration, const SqliteSchema& before,
                 SqliteRoundtripResult* trip) {
    std::string failure;
    const bool nested = sqlite3_get_autocommit(db_->handle()) == 0;
    Script down = *migration.down, up = migration.up;
    if (nested) down.transactional = up.transactional = false;
    const std::size_t count = result_.diagnostics.size();
    if (!RunDown(migration, down)) {
      trip->result = SqliteRoundtrip::kDownFailed;
      trip->differences.push_back(result_.diagnostics.size() > count
                                      ? result_.diagnostics[count].message
                                      : "the down script fails");
      return false;
    }
    trip->differences = SchemaDifferences(before, ReadSchema(*db_));
    trip->result = trip->differences.empty() ? SqliteRoundtrip::kOk : SqliteRoundtrip::kDiffers;
    if (trip->result == SqliteRoundtrip::kDiffers) ReportDifferences(migration, *trip);
    if (Apply(migration, up, Direction::kUp, nullptr, &failure))
      return trip->result == SqliteRoundtrip::kOk;
    if (trip->result == SqliteRoundtrip::kOk) {
      trip->result = SqliteRoundtrip::kDiffers;
      trip->differences.push_back("the up script fails after the down: " + failure);
      ReportDifferences(migration, *trip);
    }
    return false;
  }

  bool RunDown(const Migration& migration, const Script& down) {
    if (down.transactional) db_->Execute("BEGIN");
    for (const Statement& statement : down.statements) {
      if ((statement.flags & Statement::kWrapper) != 0) continue;
      const std::string sql(down.text.substr(statement.begin, statement.end - statement.begin));
      const std::optional<SqliteError> error = db_->Execute(sql);
      ++result_.executed;
      if (!error) continue;
      Report(migration, Direction::kDown, down, PlaceOf(statement, down.text), error->message);
      if (down.transactional) db_->Execute("ROLLBACK");
      return false;
    }
    const std::string fault = ForeignKeyFault();
    if (!fault.empty()) Report(migration, Direction::kDown, down, {0, 0}, fault);
    if (down.transactional) db_->Execute(fault.empty() ? "COMMIT" : "ROLLBACK");
    return fault.empty();
  }

  void ReportDifferences(const Migration& migration, const SqliteRoundtripResult& trip) {
    for (const std::string& difference : trip.differences) {
      Diagnostic d;
      d.cls = DiagnosticClass::kRoundtrip;
      d.rule = "roundtrip";
      d.message = difference;
      d.help = "undo it in the down script";
      d.file = std::string(migration.down->file);
      d.migration = migration.version;
      d.direction = Direction::kDown;
      result_.diagnostics.push_back(std::move(d));
    }
  }

  // Makes the database anew, as it was after the up of migration `index`.
  void Replay(std::size_t index) {
    Open();
    for (std::size_t i = 0; i <= index; ++i) {
      for (const Statement& statement : set_.migrations[i].up.statements) {
        const std::string sql(
            set_.migrations[i].up.text.substr(statement.begin, statement.end - statement.begin));
        if ((statement.flags & Statement::kWrapper) == 0) db_->Execute(sql);
      }
    }
  }

  const MigrationSet& set_;
  std::unique_ptr<Database> db_;
  SqliteSetResult result_;
  std::set<std::string> mistaken_;  // names in errors, so that one mistake is said once
  int checked_changes_ = 0;
};

}  // namespace

SqliteSetResult RunSqliteSet(const MigrationSet& set, bool roundtrip) {
  return Runner(set).Run(roundtrip);
}

}  // namespace strata::shadow

#include "migrate/script.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "migration/history_sql.h"
#include "migration/plan.h"
#include "migration/resets.h"
#include "strata/strata.h"

namespace strata {
namespace {

void Line(std::string& out, std::string_view sql) {
  out.append(sql);
  out += ";\n";
}

// The file as it is; where BEGIN and COMMIT stand round it, its statements one by one.
void AppendText(std::string& out, const Script& script) {
  const bool wrapped =
      std::any_of(script.statements.begin(), script.statements.end(),
                  [](const Statement& s) { return (s.flags & Statement::kWrapper) != 0; });
  if (!wrapped) {
    out.append(script.text);
    if (out.empty() || out.back() != '\n') out += '\n';
    if (script.statements.empty()) return;
    const Statement& last = script.statements.back();
    const bool copies = (last.flags & Statement::kCopyFromStdin) != 0;
    if (!copies && script.text.find(';', last.end) == std::string_view::npos) out += ";\n";
    return;
  }
  for (const Statement& statement : script.statements) {
    if ((statement.flags & Statement::kWrapper) != 0) continue;
    Line(out, script.text.substr(statement.begin, statement.end - statement.begin));
    if ((statement.flags & Statement::kCopyFromStdin) == 0) continue;
    out.append(script.text.substr(statement.data_begin, statement.data_end - statement.data_begin));
    out += "\\.\n";
  }
}

std::uint32_t Given(const std::optional<std::uint32_t>& own, std::uint32_t general) {
  return own.value_or(general);
}

class Printer {
 public:
  Printer(const MigrationSet& set, const ScriptOptions& options, TableName table)
      : set_(set), options_(options), table_(std::move(table)) {}

  std::string Print(const std::vector<Step>& steps, std::optional<std::uint64_t> newest) {
    Head(steps);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      One(steps[i], newest);
      newest = steps[i].version;
      if (options_.down) {
        newest = i + 1 < steps.size() ? std::optional(steps[i + 1].version) : std::nullopt;
      }
    }
    return std::move(out_);
  }

 private:
  bool postgres() const { return options_.target == Dialect::kPostgres; }

  void Head(const std::vector<Step>& steps) {
    absl::StrAppend(&out_, "-- Strata ", Version(), ": ", steps.size(),
                    steps.size() == 1 ? " migration " : " migrations ",
                    options_.down ? "down\n" : "up\n");
    if (steps.empty()) return;
    out_ += postgres() ? "\\set ON_ERROR_STOP on\n" : ".bail on\nPRAGMA foreign_keys = OFF;\n";
    if (options_.down) return;
    for (const std::string& sql : CreateHistory(table_, options_.target, true)) Line(out_, sql);
  }

  void Timeouts(const Script& script) {
    if (!postgres()) return;
    const std::uint32_t lock = Given(script.lock_timeout_ms, options_.lock_timeout_ms);
    const std::uint32_t statement =
        Given(script.statement_timeout_ms, options_.statement_timeout_ms);
    if (lock > 0) Line(out_, absl::StrCat("SET LOCAL lock_timeout = ", lock));
    if (statement > 0) Line(out_, absl::StrCat("SET LOCAL statement_timeout = ", statement));
    Line(out_, absl::StrCat("LOCK TABLE ", Qualified(table_), " IN SHARE ROW EXCLUSIVE MODE"));
  }

  void Record(const Step& step, std::optional<std::uint64_t> newest) {
    const Migration& migration = *step.migration;
    RecordedRow row;
    row.version = step.version;
    row.name = migration.name;
    row.checksum = migration.up.checksum;
    const Script* down = DownScript(set_, migration, options_.target);
    if (migration.down && down != nullptr) {
      row.down_checksum = migration.down->checksum;
      row.down_script = down->text;
    }
    row.tool_version = Version();
    row.newest = newest;
    row.by = "plan";
    if (postgres()) {
      Line(out_, step.down ? RecordDown(table_, row) : RecordUp(table_, row));
      return;
    }
    for (const std::string& sql :
         step.down ? RecordDownSqlite(table_, row) : RecordUpSqlite(table_, row)) {
      Line(out_, sql);
    }
  }

  void One(const Step& step, std::optional<std::uint64_t> newest) {
    const Script& script = *step.script;
    absl::StrAppend(&out_, "\n-- ", std::string(script.file), "\n");
    if (!script.transactional) {
      out_ += "-- (runs outside a transaction, statement by statement)\n";
      AppendText(out_, script);
    }
    Line(out_, postgres() ? "BEGIN" : "BEGIN IMMEDIATE");
    Timeouts(script);
    if (postgres() && step.down) Line(out_, StartClock());
    if (script.transactional) AppendText(out_, script);
    const Script* verify =
        step.down ? nullptr : VerifyScript(set_, *step.migration, options_.target);
    if (verify != nullptr) {
      absl::StrAppend(&out_, "-- ", std::string(verify->file), ": every boolean must be true\n");
      AppendText(out_, *verify);
    }
    const Resets resets = ResetsOf(script.text, verify == nullptr ? "" : verify->text);
    if (postgres()) {
      for (const char* reset : resets.inside) Line(out_, reset);
      if (script.text.find("search_path") != std::string_view::npos) {
        Line(out_, "RESET search_path");
      }
    }
    Record(step, newest);
    Line(out_, "COMMIT");
    if (!postgres()) return;
    for (const char* reset : resets.after) Line(out_, reset);
  }

  const MigrationSet& set_;
  const ScriptOptions& options_;
  const TableName table_;
  std::string out_;
};

absl::Status CheckVersion(const MigrationSet& set, std::optional<std::uint64_t> version) {
  if (!version || FindMigration(set, *version) != nullptr) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("version ", *version, " is not in the set"));
}

// The history that the script takes for granted: every migration up to `from`.
History Assumed(const MigrationSet& set, const ScriptOptions& options) {
  History history;
  for (const Migration& migration : set.migrations) {
    if (options.from ? migration.version > *options.from : !options.down) break;
    HistoryRow row;
    row.version = migration.version;
    row.name = std::string(migration.name);
    row.checksum = std::string(migration.up.checksum);
    if (migration.down) row.down_checksum = std::string(migration.down->checksum);
    history.rows.push_back(std::move(row));
  }
  return history;
}

}  // namespace

absl::StatusOr<std::string> PlanScript(const MigrationSet& set, const ScriptOptions& options) {
  ASSIGN_OR_RETURN(TableName table, ParseTableName(options.history_table));
  if (options.from != std::optional<std::uint64_t>(0))
    RETURN_IF_ERROR(CheckVersion(set, options.from));
  RETURN_IF_ERROR(CheckVersion(set, options.to));
  const History history = Assumed(set, options);
  PlanRequest request;
  request.down = options.down;
  request.database = options.target;
  request.target = options.to;
  request.all = options.down && !options.to;
  ASSIGN_OR_RETURN(Plan plan, MakePlan(set, history, request));
  std::optional<std::uint64_t> newest;
  if (!history.rows.empty()) newest = history.rows.back().version;
  // A script for the sqlite3 shell names the main database itself.
  if (options.target == Dialect::kSqlite && table.schema.empty()) table.schema = "main";
  return Printer(set, options, std::move(table)).Print(plan.steps, newest);
}

}  // namespace strata

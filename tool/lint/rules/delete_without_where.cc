#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* remove = As<sql::DeleteStmt>(step.tree);
  if (remove == nullptr || remove->where_clause != nullptr || remove->n_using_clause > 0) return;
  if (!step.InProduction(remove->relation)) return;
  report->Add(HeadOf(step.text, step.span()), "DELETE without WHERE deletes every row of table \"" +
                                                  NameOf(remove->relation) + "\"");
}

void CheckSqlite(const SqliteStep& step, Report* report) {
  if (!HasWords(step, 0, {"DELETE", "FROM"}) || FindWord(step, "WHERE") != std::string::npos)
    return;
  const std::string table = TableNameAt(step, 2);
  if (step.tables.count(table) == 0) return;
  report->Add(HeadOf(step.text, step.span),
              "DELETE without WHERE deletes every row of table \"" + table + "\"");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_delete_without_where;
const Rule kRule_delete_without_where = {
    .name = "delete-without-where",
    .family = RuleFamily::kDestructive,
    .summary = "DELETE without WHERE",
    .why = "Every row goes, most often because the condition was forgotten.",
    .blocks = "other writers of the same rows, until the migration is through",
    .help = "say which rows in a WHERE; WHERE true says that all are meant",
    .bad = "DELETE FROM sessions;",
    .good = "DELETE FROM sessions WHERE expires_at < now();",
    .step = lint::Check,
    .sqlite = lint::CheckSqlite,
};

}  // namespace strata

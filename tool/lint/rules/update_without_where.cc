#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

// A column that this very file adds has to be filled in every row.
bool FillsNewColumns(const Step& step, const sql::UpdateStmt* update) {
  const sql::RangeVar* table = update->relation;
  const catalog::Relation* known = step.known.FindRelation(table->schemaname, table->relname);
  if (known == nullptr) return false;
  for (const sql::Node* node : Each(update->n_target_list, update->target_list)) {
    const auto* target = As<sql::ResTarget>(node);
    if (target == nullptr || known->FindColumn(std::string(target->name)) != nullptr) return false;
  }
  return true;
}

void Check(const Step& step, Report* report) {
  const auto* update = As<sql::UpdateStmt>(step.tree);
  if (update == nullptr || update->where_clause != nullptr || update->n_from_clause > 0) return;
  if (!step.InProduction(update->relation) || FillsNewColumns(step, update)) return;
  report->Add(HeadOf(step.text, step.span()), "UPDATE without WHERE changes every row of table \"" +
                                                  NameOf(update->relation) + "\"");
}

void CheckSqlite(const SqliteStep& step, Report* report) {
  if (!HasWords(step, 0, {"UPDATE"}) || FindWord(step, "WHERE") != std::string::npos) return;
  const std::string table = TableNameAt(step, HasWords(step, 1, {"OR"}) ? 3 : 1);
  if (step.tables.count(table) == 0) return;
  report->Add(HeadOf(step.text, step.span),
              "UPDATE without WHERE changes every row of table \"" + table + "\"");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_update_without_where;
const Rule kRule_update_without_where = {
    .name = "update-without-where",
    .family = RuleFamily::kDestructive,
    .summary = "UPDATE without WHERE",
    .why =
        "Every row is overwritten, most often because the condition was forgotten; the old values "
        "are gone. "
        "On a large table all rows stay locked until the migration is through.",
    .blocks = "other writers of the same rows, until the migration is through",
    .help = "say which rows in a WHERE; WHERE true says that all are meant",
    .bad = "UPDATE users SET active = false;",
    .good = "UPDATE users SET active = false WHERE last_seen < '2020-01-01';",
    .step = lint::Check,
    .sqlite = lint::CheckSqlite,
};

}  // namespace strata

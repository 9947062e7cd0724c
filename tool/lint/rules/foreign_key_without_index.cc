#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

bool Covers(const catalog::Relation& index, const catalog::Constraint& key) {
  if (!index.index || index.index->predicate != nullptr ||
      index.index->keys.size() < key.columns.size())
    return false;
  // Any order of the key's columns serves, as long as they come first.
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const auto& columns = key.columns;
    if (std::find(columns.begin(), columns.end(), index.index->keys[i].column) == columns.end())
      return false;
  }
  return true;
}

// Where to look for the column's name: in its own definition, or behind FOREIGN KEY.
std::size_t From(const NewConstraint& c) {
  const int location = c.column != nullptr ? c.column->location : c.constraint->location;
  return location < 0 ? 0 : static_cast<std::size_t>(location);
}

// A key that is dropped and made anew was judged where it came in.
bool WasThere(const File& file, const catalog::Constraint& key) {
  if (file.start.relation(key.relation) == nullptr) return false;
  const auto old = file.start.ConstraintsOf(key.relation);
  return std::any_of(old.begin(), old.end(), [&](const catalog::Constraint* before) {
    return before->kind == key.kind && before->columns == key.columns;
  });
}

void Check(const File& file, Report* report) {
  for (const Step& step : file.steps) {
    for (const NewConstraint& c : NewConstraints(step.tree)) {
      if (c.constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN) continue;
      const catalog::Relation* made = step.FindAfter(c.table);
      const catalog::Relation* table = made == nullptr ? nullptr : file.end.relation(made->oid);
      if (table == nullptr) continue;
      std::vector<std::string> columns =
          Names(Each(c.constraint->n_fk_attrs, c.constraint->fk_attrs));
      if (c.column != nullptr) columns = {c.column->colname};
      for (const catalog::Constraint* key : file.end.ConstraintsOf(table->oid)) {
        std::vector<std::string> names;
        for (std::int16_t number : key->columns) {
          const catalog::Column* column = table->FindColumn(number);
          if (column != nullptr) names.push_back(column->name);
        }
        if (key->kind != catalog::ConstraintKind::kForeignKey || names != columns) continue;
        if (WasThere(file, *key)) break;
        const auto indexes = file.end.IndexesOf(table->oid);
        if (std::any_of(indexes.begin(), indexes.end(),
                        [&](const auto* index) { return Covers(*index, *key); }))
          break;
        report->Add(columns.empty() ? SpanAt(step, c.constraint->location)
                                    : SpanOfName(step, columns[0], From(c)),
                    "foreign key column" + std::string(columns.size() > 1 ? "s " : " ") +
                        QuotedList(columns) + " of table \"" + table->name + "\" " +
                        (columns.size() > 1 ? "have" : "has") + " no index");
        break;
      }
    }
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_foreign_key_without_index;
const Rule kRule_foreign_key_without_index = {
    .name = "foreign-key-without-index",
    .family = RuleFamily::kDesign,
    .summary = "a foreign key without an index on its columns",
    .why =
        "Each DELETE or key change in the referenced table looks for rows that refer to it: "
        "without an index "
        "it reads the whole table, once for each row, under locks. Joins along the key read it "
        "too.",
    .help = "create an index that begins with the key's columns",
    .bad =
        "CREATE TABLE orders (\n    id bigint PRIMARY KEY,\n    user_id bigint REFERENCES users "
        "(id)\n);",
    .good =
        "CREATE TABLE orders (\n    id bigint PRIMARY KEY,\n    user_id bigint REFERENCES users "
        "(id)\n);\n"
        "CREATE INDEX orders_user_id_idx ON orders (user_id);",
    .source = "https://www.postgresql.org/docs/15/ddl-constraints.html#DDL-CONSTRAINTS-FK",
    .strong_migrations = "add_reference",
    .eugene = "E15",
    .file = lint::Check,
};

}  // namespace strata

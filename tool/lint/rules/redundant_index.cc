#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

bool SameKey(const catalog::IndexKey& a, const catalog::IndexKey& b) {
  return a.column != 0 && a.column == b.column && a.opclass == b.opclass &&
         a.collation == b.collation && a.descending == b.descending &&
         a.nulls_first == b.nulls_first;
}

// Whether whatever `index` serves, `other` serves as well.
bool IsServedBy(const catalog::IndexDefinition& index, const catalog::IndexDefinition& other) {
  if (index.method != other.method || index.predicate || other.predicate || index.exclusion ||
      other.exclusion)
    return false;
  if (index.keys.size() > other.keys.size() || !other.valid) return false;
  for (std::size_t i = 0; i < index.keys.size(); ++i) {
    if (!SameKey(index.keys[i], other.keys[i])) return false;
  }
  const bool same = index.keys.size() == other.keys.size();
  if (index.unique) return same && other.unique;
  if (!index.included.empty()) return same && index.included == other.included;
  return index.method == "btree" || same;
}

void Check(const File& file, Report* report) {
  for (const Step& step : file.steps) {
    const auto* create = As<sql::IndexStmt>(step.tree);
    if (create == nullptr) continue;
    const catalog::Relation* table = step.FindAfter(create->relation);
    if (table == nullptr || file.end.relation(table->oid) == nullptr) continue;
    for (const catalog::Relation* index : file.end.IndexesOf(table->oid)) {
      const bool made_here =
          step.after.relation(index->oid) != nullptr && step.before.relation(index->oid) == nullptr;
      if (!made_here || !index->index) continue;
      for (const catalog::Relation* other : file.end.IndexesOf(table->oid)) {
        if (other == index || !other->index || !IsServedBy(*index->index, *other->index)) continue;
        const bool twins = IsServedBy(*other->index, *index->index);
        if (twins && other->oid > index->oid) continue;
        report->Add(HeadOf(step.text, step.span()), "index \"" + index->name +
                                                        "\" does nothing that index \"" +
                                                        other->name + "\" does not");
        break;
      }
    }
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_redundant_index;
const Rule kRule_redundant_index = {
    .name = "redundant-index",
    .family = RuleFamily::kDesign,
    .summary = "an index that another one makes needless",
    .why =
        "A b-tree over (a, b) serves every query that one over (a) serves. The needless one costs "
        "room, and "
        "time at every write.",
    .help = "leave it out",
    .bad = "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE INDEX users_id_idx ON users (id);",
    .good = "CREATE TABLE users (id bigint PRIMARY KEY);",
    .source = "https://www.postgresql.org/docs/15/indexes-multicolumn.html",
    .file = lint::Check,
};

}  // namespace strata

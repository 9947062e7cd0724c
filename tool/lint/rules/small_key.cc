#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

bool IsSmall(const std::string& type) {
  return type == "int4" || type == "int2" || type == "serial" || type == "smallserial" ||
         type == "serial4" || type == "serial2";
}

void Check(const Step& step, Report* report) {
  std::vector<std::string> keys;
  for (const NewConstraint& c : NewConstraints(step.tree)) {
    if (c.constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY) continue;
    keys = c.column != nullptr ? std::vector<std::string>{c.column->colname}
                               : Names(Each(c.constraint->n_keys, c.constraint->keys));
  }
  if (keys.size() != 1) return;
  for (const NewColumn& c : NewColumns(step.tree)) {
    // A key that the database counts up; a number with a meaning (a year, a code) knows its own
    // size.
    const bool counts = TypeWord(c.column->type_name).find("serial") != std::string::npos ||
                        FindConstraint(c.column, PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY) != nullptr;
    if (keys[0] != c.column->colname || !counts || !IsSmall(TypeWord(c.column->type_name)))
      continue;
    report->Add(SpanOfName(step, c.column->colname),
                "key \"" + keys[0] + "\" of table \"" + NameOf(c.table) + "\" ends at 2147483647");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_small_key;
const Rule kRule_small_key = {
    .name = "small-key",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .summary = "a counted-up primary key of less than 64 bits",
    .why =
        "A table that lives long, or whose inserts often fail and burn numbers, runs out; changing "
        "the type "
        "then rewrites the table and every table that refers to it.",
    .help = "use bigint",
    .bad = "CREATE TABLE events (id serial PRIMARY KEY);",
    .good = "CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
    .squawk = "prefer-bigint-over-int, prefer-bigint-over-smallint",
    .step = lint::Check,
};

}  // namespace strata

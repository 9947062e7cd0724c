#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

// Alignment of the fixed-size built-in types (pg_type.typalign).
int AlignmentOf(const std::string& type) {
  if (type == "int8" || type == "bigserial" || type == "float8" || type == "timestamp" ||
      type == "timestamptz")
    return 8;
  if (type == "int4" || type == "serial" || type == "float4" || type == "date") return 4;
  if (type == "int2" || type == "smallserial") return 2;
  return type == "bool" ? 1 : 0;
}

void Check(const Step& step, Report* report) {
  if (As<sql::CreateStmt>(step.tree) == nullptr) return;
  int offset = 0, waste = 0;
  for (const NewColumn& c : NewColumns(step.tree)) {
    const int size = AlignmentOf(TypeWord(c.column->type_name));
    if (size == 0) break;  // from here on the offsets vary from row to row
    const int padding = (size - offset % size) % size;
    waste += padding;
    offset += padding + size;
  }
  if (waste < 8) return;
  report->Add(HeadOf(step.text, step.span()),
              "the order of the columns wastes " + std::to_string(waste) + " bytes in every row");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_column_padding;
const Rule kRule_column_padding = {
    .name = "column-padding",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kOff,
    .summary = "an order of columns that wastes room",
    .why =
        "Each value begins at a multiple of its alignment; a small column before a large one "
        "leaves a gap in every row.",
    .help =
        "put the columns of eight bytes first, then those of four, two and one, then text and the "
        "like",
    .bad = "CREATE TABLE t (a bool, b bigint, c bool, d bigint, id bigint PRIMARY KEY);",
    .good = "CREATE TABLE t (id bigint PRIMARY KEY, b bigint, d bigint, a bool, c bool);",
    .atlas = "PG110",
    .step = lint::Check,
};

}  // namespace strata

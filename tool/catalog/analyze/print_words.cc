// Functions that the grammar calls by words of its own. Source: get_func_sql_syntax of ruleutils.c.
#include "absl/strings/ascii.h"
#include "catalog/analyze/print.h"
#include "catalog/analyze/types.h"
#include "catalog/facts/facts.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

using Kind = Expr::Kind;

// A word that stands bare in the grammar's form, as the field of EXTRACT: a constant; "" where it
// is none.
std::string WordOf(const Expr& expr) {
  const Expr* field = &expr;
  while (field->kind == Kind::kCast) field = field->args[0].get();
  return field->kind == Kind::kConst && !field->is_null ? field->text : "";
}

// The field of EXTRACT. 'YEAR' in quotes keeps its letters, YEAR would be year; it means the same.
std::string Field(const std::string& field, bool exact) {
  const std::string lower = absl::AsciiStrToLower(field);
  return exact || field == lower ? lower : QuoteLiteral(field);
}

}  // namespace

std::string Printer::CallInWords(const Expr& expr) {
  const Function* function = expr.object == 0 ? nullptr : catalog_.function(expr.object);
  if (function == nullptr || function->schema != facts::kPgCatalog) return "";
  const std::string& name = function->name;
  const std::size_t count = expr.args.size();
  const auto arg = [&](std::size_t i) { return Expression(*expr.args[i]); };
  if (name == "timezone" && count == 2) return "(" + arg(1) + " AT TIME ZONE " + arg(0) + ")";
  if (name == "overlaps" && count == 4) {
    return "((" + arg(0) + ", " + arg(1) + ") OVERLAPS (" + arg(2) + ", " + arg(3) + "))";
  }
  if (name == "extract" && count == 2) {
    const std::string field = WordOf(*expr.args[0]);
    return field.empty()
               ? ""
               : "EXTRACT(" + Field(field, catalog_.session.exact_print) + " FROM " + arg(1) + ")";
  }
  if (name == "overlay" && count >= 3) {
    const std::string length = count == 4 ? " FOR " + arg(3) : "";
    return "OVERLAY(" + arg(0) + " PLACING " + arg(1) + " FROM " + arg(2) + length + ")";
  }
  if (name == "position" && count == 2) return "POSITION((" + arg(1) + ") IN (" + arg(0) + "))";
  if (name == "substring" && count >= 2) {
    const bool by_place = expr.args[1]->type.type == types::kInt4;
    if (by_place) {
      const std::string length = count == 3 ? " FOR " + arg(2) : "";
      return "SUBSTRING(" + arg(0) + " FROM " + arg(1) + length + ")";
    }
    if (count == 2) return "";
    return "SUBSTRING(" + arg(0) + " SIMILAR " + arg(1) + " ESCAPE " + arg(2) + ")";
  }
  if (name == "normalize" || name == "is_normalized") {
    const std::string form = count == 2 ? WordOf(*expr.args[1]) : "";
    if (count == 2 && form.empty()) return "";
    if (name == "normalize") return "NORMALIZE(" + arg(0) + (count == 2 ? ", " + form : "") + ")";
    return "(" + arg(0) + " IS " + (count == 2 ? form + " " : "") + "NORMALIZED)";
  }
  const char* side = name == "btrim"   ? "BOTH"
                     : name == "ltrim" ? "LEADING"
                     : name == "rtrim" ? "TRAILING"
                                       : nullptr;
  if (side != nullptr && count >= 1) {
    const std::string characters = count == 2 ? " " + arg(1) : "";
    return std::string("TRIM(") + side + characters + " FROM " + arg(0) + ")";
  }
  return "";
}

}  // namespace strata::catalog

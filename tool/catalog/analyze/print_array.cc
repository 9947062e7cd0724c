// Arrays, and the tests of a value against a list of them.
#include <algorithm>

#include "catalog/analyze/print.h"
#include "catalog/analyze/types.h"
#include "catalog/quote.h"

namespace strata::catalog {

using Kind = Expr::Kind;

namespace {

const Expr& WithoutImplicitCast(const Expr& expr) {
  return expr.kind == Kind::kCast && !expr.explicit_cast ? *expr.args[0] : expr;
}

// Constants that IN would take to the type of the value.
bool IsList(const Expr& array, Oid type) {
  return array.kind == Kind::kArray && array.args.size() > 1 &&
         std::all_of(array.args.begin(), array.args.end(), [&](const ExprPtr& item) {
           const Expr& value = WithoutImplicitCast(*item);
           return value.kind == Kind::kConst && !value.is_null && item->type.type == type &&
                  item->type.typmod < 0;
         });
}

}  // namespace

// With every cast of an element, said or not. PostgreSQL takes a cast of ARRAY[…] to each element
// when it reads one, but not when it makes one itself, as for a column of varchar in a list.
std::string Printer::CastArray(const Expr& array, Oid type) {
  const Oid element = ElementOf(catalog_, type);
  std::string text;
  for (const ExprPtr& item : array.args) {
    text += text.empty() ? "ARRAY[" : ", ";
    const Expr& value = WithoutImplicitCast(*item);
    if (item->kind == Kind::kArray) {
      text += CastArray(*item, type);
    } else if (value.type.type == element || element == 0) {
      text += Expression(*item);
    } else {
      text += "(" + Expression(value) + ")::" + CastName({element, -1});
    }
  }
  return text + "]";
}

std::string Printer::ArrayTest(const Expr& test) {
  const std::string left = "(" + Expression(*test.args[0]) + " ";
  const Expr& value = WithoutImplicitCast(*test.args[0]);
  const Expr& array = WithoutImplicitCast(*test.args[1]);
  const bool in = test.word == "any" && test.text == "=";
  const bool not_in = test.word == "all" && test.text == "<>";
  if (catalog_.session.exact_print || !(in || not_in) || test.object >= kFirstUserOid ||
      !IsList(array, value.type.type)) {
    std::string word = test.word;
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return static_cast<char>(c - 'a' + 'A'); });
    return left + OperatorName(test, test.text) + " " + word + " (" + Expression(*test.args[1]) +
           "))";
  }
  std::string text;
  const bool quoted = value.type.type == types::kText || value.type.type == types::kVarchar;
  for (const ExprPtr& item : array.args) {
    if (!text.empty()) text += ", ";
    text += quoted ? QuoteLiteral(WithoutImplicitCast(*item).text)
                   : Expression(WithoutImplicitCast(*item));
  }
  return left + (in ? "IN (" : "NOT IN (") + text + "))";
}

}  // namespace strata::catalog

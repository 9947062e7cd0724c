#include <algorithm>
#include <map>
#include <string_view>

#include "catalog/analyze/analyze.h"
#include "catalog/analyze/canonical.h"
#include "catalog/analyze/print.h"
#include "catalog/analyze/types.h"
#include "catalog/facts/facts.h"
#include "catalog/quote.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

std::string Upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

// A test that PostgreSQL keeps as one test a column.
bool IsOfRows(const Expr& test) {
  const bool rows = test.args.size() == 2 && test.args[0]->kind == Kind::kRow &&
                    test.args[1]->kind == Kind::kRow &&
                    test.args[0]->args.size() == test.args[1]->args.size();
  const bool each = test.kind == Kind::kDistinct || test.word == "=" || test.word == "<>";
  return rows && each && test.args[0]->args.size() > 1;
}

bool IsNumber(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos &&
         text.find_first_of("0123456789") != std::string::npos;
}

}  // namespace

std::string Printer::List(const std::vector<ExprPtr>& list) {
  std::string text;
  for (const ExprPtr& expr : list) {
    if (!text.empty()) text += ", ";
    text += Expression(*expr);
  }
  return text;
}

std::string Printer::Constant(const Expr& expr) const {
  const Oid type = expr.type.type;
  if (expr.is_null) return type == 0 || type == kUnknown ? "NULL" : "NULL::" + CastName(expr.type);
  const Relation* named = type == kRegclass ? catalog_.relation(expr.object) : nullptr;
  if (named != nullptr) return QuoteLiteral(RelationName(named->oid)) + "::regclass";
  if (catalog_.session.exact_print) return Exact(expr);
  switch (type) {
    case kBool:
      if (expr.text == "true" || expr.text == "false") return expr.text;
      if (!expr.text.empty() && (expr.text[0] == 't' || expr.text[0] == 'T' ||
                                 expr.text[0] == '1' || expr.text[0] == 'y'))
        return "true";
      return expr.text == "on" ? "true" : "false";
    case kInt4:
      if (IsNumber(expr.text)) return expr.text;
      break;
    case kNumeric:
      if (IsNumber(expr.text) && expr.text.find('.') != std::string::npos && expr.type.typmod < 0)
        return expr.text;
      break;
    case kUnknown:
    case 0:
      return QuoteLiteral(expr.text);
    case kBit:
      if (!expr.text.empty() && (expr.text[0] == 'b' || expr.text[0] == 'x')) {
        return std::string(1, expr.text[0] == 'b' ? 'B' : 'X') + "'" + expr.text.substr(1) + "'";
      }
      break;
    default:
      break;
  }
  // A length that comes from the context is no part of the literal, but an interval's fields are.
  const bool modified = expr.explicit_cast || type == types::kInterval;
  return QuoteLiteral(expr.text) + "::" + CastName({type, modified ? expr.type.typmod : -1});
}

std::string Printer::CastName(TypeRef type) const {
  // "character" alone would be character(1).
  return type.type == kBpchar && type.typmod < 0 ? "bpchar" : catalog_.TypeName(type);
}

std::string Printer::Exact(const Expr& expr) const {
  const Oid type = expr.type.type;
  const std::string text = QuoteLiteral(CanonicalLiteral(catalog_, type, expr.text));
  if (type == 0 || type == kUnknown) return text;
  return text + "::" + CastName({type, type == types::kInterval ? expr.type.typmod : -1});
}

std::string Printer::ColumnName(const RangeEntry& range, std::size_t index) const {
  const bool renamed = index < range.column_aliases.size();
  if (!renamed && range.kind == RangeEntry::Kind::kRelation && index < range.numbers.size()) {
    const Relation* relation = catalog_.relation(range.relation);
    const auto* column = relation == nullptr ? nullptr : relation->FindColumn(range.numbers[index]);
    if (column != nullptr) return column->name;
  }
  return index < range.columns.size() ? range.columns[index].name : "";
}

std::string Printer::Column(const Expr& expr) const {
  const auto level = static_cast<std::size_t>(expr.level);
  const Query* query = level < levels_.size() ? levels_[levels_.size() - 1 - level] : nullptr;
  const RangeEntry* range = nullptr;
  if (query != nullptr && expr.range >= 0 &&
      static_cast<std::size_t>(expr.range) < query->ranges.size()) {
    range = &query->ranges[static_cast<std::size_t>(expr.range)];
  }
  std::string name = expr.word;
  if (range != nullptr && expr.number > 0) {
    std::size_t index = static_cast<std::size_t>(expr.number - 1);
    if (!range->numbers.empty()) {
      index = static_cast<std::size_t>(
          std::find(range->numbers.begin(), range->numbers.end(), expr.number) -
          range->numbers.begin());
    }
    if (index < range->columns.size()) name = ColumnName(*range, index);
  } else if (expr.relation != 0 && expr.number > 0) {
    const Relation* relation = catalog_.relation(expr.relation);
    const ::strata::catalog::Column* column =
        relation == nullptr ? nullptr : relation->FindColumn(expr.number);
    if (column != nullptr) name = column->name;
  }
  // Of the table that a policy is for: in a query a column of that query's could be meant.
  const Relation* around = query == nullptr && !levels_.empty() && expr.number > 0
                               ? catalog_.relation(expr.relation)
                               : nullptr;
  if (around != nullptr) return QuoteIdentifier(around->name) + "." + QuoteIdentifier(name);
  if (range == nullptr) return QuoteIdentifier(name);
  if (catalog_.session.exact_print && IsRenamable(*range)) {
    const std::string alias = PlaceOf(levels_.size() - 1 - level, expr.range);
    return expr.number == 0 ? alias : alias + "." + QuoteIdentifier(name);
  }
  std::string alias = range->alias;
  if (!range->has_alias && range->relation != 0 && alias != "excluded" && alias != "old" &&
      alias != "new") {
    if (const Relation* relation = catalog_.relation(range->relation)) alias = relation->name;
  }
  if (expr.number == 0) return QuoteIdentifier(alias);
  return alias.empty() ? QuoteIdentifier(name)
                       : QuoteIdentifier(alias) + "." + QuoteIdentifier(name);
}

std::string Printer::CallName(const Expr& expr) const {
  const Function* function = expr.object == 0 ? nullptr : catalog_.function(expr.object);
  if (function == nullptr) return expr.text;  // as written
  const Schema* schema = catalog_.schema(function->schema);
  // Names that the grammar has for itself are reached through their schema.
  static constexpr const char* kGrammar[] = {
      "extract",  "overlay",  "position", "substring", "trim",  "normalize",
      "timezone", "coalesce", "nullif",   "greatest",  "least", "xmlexists",
      "overlaps", "grouping", "row",      "values",    "exists"};
  const bool grammar = std::any_of(std::begin(kGrammar), std::end(kGrammar),
                                   [&](const char* w) { return function->name == w; });
  if (function->schema == facts::kPgCatalog)
    return grammar ? "pg_catalog.\"" + function->name + "\"" : QuoteIdentifier(function->name);
  const auto seen = catalog_.FindFunctions("", function->name);
  // Of those with the same arguments the first one hides the others.
  const auto first = std::find_if(seen.begin(), seen.end(),
                                  [&](const Function* f) { return f->inputs == function->inputs; });
  const bool visible = first != seen.end() && *first == function;
  if (visible || schema == nullptr) return QuoteIdentifier(function->name);
  return QuoteIdentifier(schema->name) + "." + QuoteIdentifier(function->name);
}

std::string Printer::Order(const std::vector<SortItem>& order) {
  std::string text;
  for (const SortItem& item : order) {
    if (!text.empty()) text += ", ";
    // A bare number would be a place in the select list.
    const bool number = item.value->kind == Kind::kConst;
    text += number
                ? "(" + Expression(*item.value) + "::" + catalog_.TypeName(item.value->type) + ")"
                : Expression(*item.value);
    if (!item.using_operator.empty()) text += " USING " + item.using_operator;
    if (item.descending) text += " DESC";
    const char usual = item.descending ? 'f' : 'l';
    if (item.nulls != 0 && item.nulls != usual)
      text += item.nulls == 'f' ? " NULLS FIRST" : " NULLS LAST";
  }
  return text;
}

std::string Printer::Window(const WindowSpec& window) {
  if (!window.name.empty()) return QuoteIdentifier(window.name);
  std::vector<std::string> parts;
  if (!window.refines.empty()) parts.push_back(QuoteIdentifier(window.refines));
  if (!window.partition.empty()) parts.push_back("PARTITION BY " + List(window.partition));
  if (!window.order.empty()) parts.push_back("ORDER BY " + Order(window.order));
  if (!window.frame.empty()) {
    std::string frame;
    std::size_t offset = 0;
    for (const char c : window.frame) {
      if (c == '$' && offset < window.frame_offsets.size()) {
        frame += Expression(*window.frame_offsets[offset++]);
      } else {
        frame += c;
      }
    }
    parts.push_back(frame);
  }
  std::string text = "(";
  for (const std::string& part : parts) text += (text.size() > 1 ? " " : "") + part;
  return text + ")";
}

std::string Printer::Call(const Expr& expr) {
  if (expr.sql_syntax) {
    std::string words = CallInWords(expr);
    if (!words.empty()) return words;
  }
  std::string text = CallName(expr) + "(";
  if (expr.distinct) text += "DISTINCT ";
  if (expr.star) text += "*";
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    if (i > 0) text += ", ";
    if (expr.variadic && i + 1 == expr.args.size()) text += "VARIADIC ";
    if (i < expr.names.size() && !expr.names[i].empty())
      text += QuoteIdentifier(expr.names[i]) + " => ";
    text += Expression(*expr.args[i]);
  }
  if (!expr.order.empty() && !expr.within_group) text += " ORDER BY " + Order(expr.order);
  text += ")";
  if (expr.within_group) text += " WITHIN GROUP (ORDER BY " + Order(expr.order) + ")";
  if (expr.filter != nullptr) text += " FILTER (WHERE " + Expression(*expr.filter) + ")";
  if (expr.window != nullptr) text += " OVER " + Window(*expr.window);
  return text;
}

std::string Printer::OperatorName(const Expr& expr, const std::string& name) const {
  const Operator* op = expr.object == 0 ? nullptr : catalog_.operator_(expr.object);
  if (op == nullptr || op->schema == facts::kPgCatalog) return name;
  const auto seen = catalog_.FindOperators("", op->name);
  if (std::find(seen.begin(), seen.end(), op) != seen.end()) return op->name;
  const Schema* schema = catalog_.schema(op->schema);
  return schema == nullptr ? op->name
                           : "OPERATOR(" + QuoteIdentifier(schema->name) + "." + op->name + ")";
}

std::string Printer::Operation(const Expr& expr) {
  const std::string name = OperatorName(expr, expr.word);
  if (expr.args.size() == 1) return "(" + name + " " + Expression(*expr.args[0]) + ")";
  if (const std::string like = LikeInWords(expr); !like.empty()) return like;
  return "(" + Expression(*expr.args[0]) + " " + name + " " + Expression(*expr.args[1]) + ")";
}

std::string Printer::LikeInWords(const Expr& expr) {
  static const std::map<std::string_view, std::string_view> kWords = {
      {"~~", " LIKE "}, {"!~~", " NOT LIKE "}, {"~~*", " ILIKE "}, {"!~~*", " NOT ILIKE "}};
  const Operator* op = expr.object == 0 ? nullptr : catalog_.operator_(expr.object);
  const auto found = op == nullptr ? kWords.end() : kWords.find(op->name);
  if (found == kWords.end() || op->schema != facts::kPgCatalog || catalog_.session.exact_print)
    return "";
  const Expr &left = *expr.args[0], &pattern = *expr.args[1];
  const Expr& value = left.kind == Kind::kCast && !left.explicit_cast ? *left.args[0] : left;
  const bool of_text = value.type.type == types::kText || value.type.type == types::kVarchar;
  const bool plain = of_text && pattern.kind == Kind::kConst && !pattern.is_null &&
                     pattern.type.type == types::kText;
  return "(" + Expression(*expr.args[0]) + std::string(found->second) +
         (plain ? QuoteLiteral(pattern.text) : Expression(pattern)) + ")";
}

std::string Printer::Case(const Expr& expr) {
  std::string text = "CASE";
  std::size_t i = 0;
  if (expr.has_operand) text += " " + Expression(*expr.args[i++]);
  const std::size_t end = expr.args.size() - (expr.has_else ? 1 : 0);
  for (; i + 1 < end; i += 2) {
    text += " WHEN " + Expression(*expr.args[i]) + " THEN " + Expression(*expr.args[i + 1]);
  }
  if (expr.has_else) text += " ELSE " + Expression(*expr.args.back());
  if (!expr.has_else && catalog_.session.exact_print && expr.type.type != 0)
    text += " ELSE NULL::" + CastName({expr.type.type, -1});
  return text + " END";
}

std::string Printer::Cast(const Expr& expr) {
  const Expr& arg = *expr.args[0];
  if (catalog_.session.exact_print && arg.kind == Kind::kArray && !arg.args.empty() &&
      ElementOf(catalog_, expr.type.type) != 0)
    return CastArray(arg, expr.type.type);
  const std::string inner = Expression(arg);
  const bool shown = expr.explicit_cast || catalog_.session.exact_print;
  if (!shown || expr.type.type == 0) return inner;
  return "(" + inner + ")::" + CastName(expr.type);
}

std::string Printer::Subscript(const Expr& expr) {
  const Kind inner = expr.args[0]->kind;
  std::string text = Expression(*expr.args[0]);
  if (inner != Kind::kColumn && inner != Kind::kSubscript) text = "(" + text + ")";
  for (std::size_t i = 1; i < expr.args.size(); ++i) {
    if (expr.names[i] == ":") {
      text += "[" + (expr.args[i] == nullptr ? "" : Expression(*expr.args[i])) + ":";
      ++i;
      text +=
          (i >= expr.args.size() || expr.args[i] == nullptr ? "" : Expression(*expr.args[i])) + "]";
    } else {
      text += "[" + Expression(*expr.args[i]) + "]";
    }
  }
  return text;
}

std::string Printer::ByColumn(const Expr& expr) {
  const bool equal = expr.word == "=" || expr.word == "not distinct";
  const std::string word = expr.kind == Kind::kRowTest ? expr.word
                           : expr.word == "distinct"   ? "IS DISTINCT FROM"
                                                       : "IS NOT DISTINCT FROM";
  const std::vector<ExprPtr>&left = expr.args[0]->args, &right = expr.args[1]->args;
  std::string text;
  for (std::size_t i = 0; i < left.size(); ++i) {
    text += (i == 0  ? "("
             : equal ? " AND "
                     : " OR ") +
            ("(" + Expression(*left[i])) + " " + word + " " + Expression(*right[i]) + ")";
  }
  return text + ")";
}

std::string Printer::Subquery(const Expr& expr) {
  const std::string query = "(" + (expr.query == nullptr ? "" : Statement(*expr.query)) + ")";
  if (expr.word == "exists") return "(EXISTS " + query + ")";
  if (expr.word == "array") return "ARRAY" + query;
  if (expr.word == "scalar") return query;
  const std::string name = OperatorName(expr, expr.text);
  const std::string test = name == "=" && expr.word == "any" ? "IN" : name + " " + Upper(expr.word);
  return "(" + Expression(*expr.args[0]) + " " + test + " " + query + ")";
}

std::string Printer::SqlValue(const Expr& expr) const {
  const bool precise = expr.type.typmod >= 0 && expr.word != "current_date";
  return Upper(expr.word) + (precise ? "(" + std::to_string(expr.type.typmod) + ")" : "");
}

std::string Printer::Grouping(const Expr& expr) {
  if (expr.word == "empty") return "()";
  if (expr.word == "list") return "(" + List(expr.args) + ")";
  const std::string word = expr.word == "sets" ? "GROUPING SETS" : Upper(expr.word);
  return word + " (" + List(expr.args) + ")";
}

std::string Printer::Expression(const Expr& expr) {
  switch (expr.kind) {
    case Kind::kConst:
      return Constant(expr);
    case Kind::kColumn:
      return Column(expr);
    case Kind::kParameter:
      return "$" + std::to_string(expr.number);
    case Kind::kFunction:
    case Kind::kAggregate:
    case Kind::kWindow:
      return Call(expr);
    case Kind::kOperator:
      return Operation(expr);
    case Kind::kArrayTest:
      return ArrayTest(expr);
    case Kind::kRowTest:
    case Kind::kDistinct: {
      if (catalog_.session.exact_print && IsOfRows(expr)) return ByColumn(expr);
      const std::string word = expr.kind == Kind::kRowTest ? expr.word
                               : expr.word == "distinct"   ? "IS DISTINCT FROM"
                                                           : "IS NOT DISTINCT FROM";
      return "(" + Expression(*expr.args[0]) + " " + word + " " + Expression(*expr.args[1]) + ")";
    }
    case Kind::kBool: {
      if (expr.word == "not") return "(NOT " + Expression(*expr.args[0]) + ")";
      std::string text;
      for (const ExprPtr& arg : expr.args)
        text += (text.empty() ? "(" : " " + Upper(expr.word) + " ") + Expression(*arg);
      return text + ")";
    }
    case Kind::kCase:
      return Case(expr);
    case Kind::kCoalesce:
      return "COALESCE(" + List(expr.args) + ")";
    case Kind::kNullIf:
      return "NULLIF(" + List(expr.args) + ")";
    case Kind::kGreatest:
      return "GREATEST(" + List(expr.args) + ")";
    case Kind::kLeast:
      return "LEAST(" + List(expr.args) + ")";
    case Kind::kCast:
      return Cast(expr);
    case Kind::kNullTest:
    case Kind::kBoolTest:
      return "(" + Expression(*expr.args[0]) + " IS " + Upper(expr.word) + ")";
    case Kind::kArray: {
      if (!expr.args.empty()) return CastArray(expr, expr.type.type);
      return expr.type.type == 0 ? "ARRAY[]" : "ARRAY[]::" + catalog_.TypeName(expr.type);
    }
    case Kind::kRow:
      return "ROW(" + List(expr.args) + ")";
    case Kind::kSubscript:
      return Subscript(expr);
    case Kind::kField: {
      std::string name = expr.word;
      if (const Relation* relation =
              expr.relation == 0 ? nullptr : catalog_.relation(expr.relation)) {
        if (const auto* column = relation->FindColumn(expr.number)) name = column->name;
      }
      return "(" + Expression(*expr.args[0]) + ")." + QuoteIdentifier(name);
    }
    case Kind::kSubquery:
      return Subquery(expr);
    case Kind::kSqlValue:
      return SqlValue(expr);
    case Kind::kCollate: {
      const std::size_t dot = expr.word.find('.');
      const std::string name = dot == std::string::npos
                                   ? QuoteIdentifier(expr.word)
                                   : QuoteIdentifier(expr.word.substr(0, dot)) + "." +
                                         QuoteIdentifier(expr.word.substr(dot + 1));
      return "(" + Expression(*expr.args[0]) + " COLLATE " + name + ")";
    }
    case Kind::kGroupingSet:
      return Grouping(expr);
    case Kind::kDefault:
      return "DEFAULT";
    case Kind::kOpaque:
      return expr.text;
  }
  return "";
}

std::string Print(const Catalog& catalog, const Expr& expression) {
  // The context of the whole brings back the cast that it made.
  const bool made = expression.kind == Kind::kCast && !expression.explicit_cast;
  return Printer(catalog).Expression(made ? *expression.args[0] : expression);
}
std::string PrintOfRows(const Catalog& catalog, const Expr& expression, const Relation& table) {
  Query rows;
  for (const char* name : {"old", "new"}) {
    RangeEntry row;
    row.alias = name;
    row.has_alias = true;
    row.relation = table.oid;
    for (const ::strata::catalog::Column& column : table.columns) {
      row.columns.push_back({column.name, column.type, column.collation});
      row.numbers.push_back(column.number);
    }
    rows.ranges.push_back(std::move(row));
  }
  return Printer(catalog).Within(rows, expression);
}
std::string Print(const Catalog& catalog, const Query& query) {
  constexpr std::size_t kLine = 80;
  std::string line = Printer(catalog).Whole(query, false);
  if (line.size() <= kLine || catalog.session.exact_print) return line;
  return Printer(catalog).Whole(query, true);
}

}  // namespace strata::catalog

#include "catalog/apply/block/text.h"

#include <cctype>

#include "catalog/analyze/analyze.h"
#include "catalog/quote.h"
#include "sql/parse.h"

namespace strata::catalog {

Text::Text(std::string known) : text_(std::move(known)) {}

Text Text::Unknown() {
  Text text{std::string(kUnknownName)};
  text.known_ = text.names_known_ = false;
  return text;
}

void Text::Append(const Text& other) {
  text_ += other.text_;
  known_ = known_ && other.known_;
  names_known_ = names_known_ && other.names_known_;
  derived_ = derived_ || other.derived_;
}

Text Text::AsName() const {
  Text name = *this;
  name.text_ = QuoteIdentifier(text_);
  return name;
}

Text Text::AsLiteral() const {
  Text literal = *this;
  literal.text_ = known_ ? QuoteLiteral(text_) : "NULL";
  literal.names_known_ = true;
  return literal;
}

namespace {

class Evaluator {
 public:
  Evaluator(const Catalog& catalog, const Variables& variables)
      : catalog_(catalog), variables_(variables) {}

  Text Value(const sql::Node* node) const {
    if (const auto* c = sql::As<sql::AConst>(node)) return Constant(*c);
    if (const auto* c = sql::As<sql::TypeCast>(node)) return Value(c->arg);
    if (const auto* c = sql::As<sql::ColumnRef>(node)) return Variable(*c);
    if (const auto* p = sql::As<sql::ParamRef>(node)) return Of("$" + std::to_string(p->number));
    if (const auto* e = sql::As<sql::AExpr>(node)) return Joined(*e);
    if (const auto* f = sql::As<sql::FuncCall>(node)) return Called(*f);
    return Text::Unknown();
  }

 private:
  static Text Constant(const sql::AConst& c) {
    if (c.val_case == PG_QUERY__A__CONST__VAL_SVAL) return Text(c.sval->sval);
    if (c.val_case == PG_QUERY__A__CONST__VAL_IVAL) return Text(std::to_string(c.ival->ival));
    if (c.val_case == PG_QUERY__A__CONST__VAL_FVAL) return Text(c.fval->fval);
    return Text::Unknown();
  }

  Text Of(const std::string& name) const {
    const auto found = variables_.find(name);
    return found == variables_.end() ? Text::Unknown() : found->second;
  }

  Text Variable(const sql::ColumnRef& ref) const {
    std::string name;
    for (const sql::Node* n : sql::Each(ref.n_fields, ref.fields)) {
      name += (name.empty() ? "" : ".") + std::string(sql::StringOf(n));
    }
    return Of(name);
  }

  Text Joined(const sql::AExpr& e) const {
    if (e.n_name != 1 || sql::StringOf(e.name[0]) != "||" || e.lexpr == nullptr)
      return Text::Unknown();
    Text text = Value(e.lexpr);
    text.Append(Value(e.rexpr));
    return text;
  }

  Text Called(const sql::FuncCall& call) const {
    const std::string_view name =
        call.n_funcname == 0 ? "" : sql::StringOf(call.funcname[call.n_funcname - 1]);
    if (call.n_args == 0) return Text::Unknown();
    if (name == "format") return Formatted(call);
    if (name == "concat") {
      Text text;
      for (const sql::Node* n : sql::Each(call.n_args, call.args)) text.Append(Value(n));
      return text;
    }
    if (name == "quote_ident") return Value(call.args[0]).AsName();
    if (name == "quote_literal" || name == "quote_nullable") return Value(call.args[0]).AsLiteral();
    if (name == "pg_get_viewdef") return ViewDefinition(Value(call.args[0]));
    return Text::Unknown();
  }

  Text ViewDefinition(const Text& view) const {
    if (!view.known()) return Text::Unknown();
    const std::size_t dot = view.text().find('.');
    const bool qualified = dot != std::string::npos;
    const Relation* relation =
        catalog_.FindRelation(qualified ? view.text().substr(0, dot) : "",
                              qualified ? view.text().substr(dot + 1) : view.text());
    if (relation == nullptr || relation->query == nullptr || !relation->query->certain)
      return Text::Unknown();
    Text text(Print(catalog_, *relation->query));
    text.set_derived();
    return text;
  }

  // format('… %s %I %2$L %% …', …)
  Text Formatted(const sql::FuncCall& call) const {
    const Text pattern = Value(call.args[0]);
    if (!pattern.known()) return Text::Unknown();
    const std::string& p = pattern.text();
    Text text;
    std::size_t next = 1;
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (p[i] != '%' || i + 1 == p.size()) {
        text.Append(Text(std::string(1, p[i])));
        continue;
      }
      std::size_t number = 0;
      for (++i; i + 1 < p.size() &&
                std::string_view("0123456789$-*").find(p[i]) != std::string_view::npos;
           ++i) {
        if (p[i] == '$') next = number;
        number = std::isdigit(static_cast<unsigned char>(p[i])) ? number * 10 + (p[i] - '0') : 0;
      }
      if (p[i] == '%') {
        text.Append(Text("%"));
        continue;
      }
      const Text value = next < call.n_args ? Value(call.args[next]) : Text::Unknown();
      ++next;
      text.Append(p[i] == 'I' ? value.AsName() : p[i] == 'L' ? value.AsLiteral() : value);
    }
    return text;
  }

  const Catalog& catalog_;
  const Variables& variables_;
};

const sql::SelectStmt* OnlySelect(const sql::ParsedScript& script) {
  return script.statements.size() == 1 ? sql::As<sql::SelectStmt>(script.statements[0].tree)
                                       : nullptr;
}

const sql::Node* OnlyTarget(const sql::SelectStmt* select) {
  if (select == nullptr || select->n_target_list != 1) return nullptr;
  const auto* target = sql::As<sql::ResTarget>(select->target_list[0]);
  return target == nullptr ? nullptr : target->val;
}

bool ArrayItems(const Evaluator& evaluator, const sql::Node* node, std::vector<Text>* values) {
  if (const auto* cast = sql::As<sql::TypeCast>(node)) node = cast->arg;
  const auto* array = sql::As<sql::AArrayExpr>(node);
  if (array == nullptr) return false;
  for (const sql::Node* n : sql::Each(array->n_elements, array->elements)) {
    values->push_back(evaluator.Value(n));
  }
  return true;
}

// The argument of unnest(…), or null.
const sql::Node* Unnested(const sql::Node* node) {
  const auto* call = sql::As<sql::FuncCall>(node);
  const bool is = call != nullptr && call->n_args == 1 && call->n_funcname > 0 &&
                  sql::StringOf(call->funcname[call->n_funcname - 1]) == "unnest";
  return is ? call->args[0] : nullptr;
}

// FROM unnest(ARRAY[…]) AS t(name)
const sql::Node* UnnestedFrom(const sql::SelectStmt& select, std::string* field) {
  if (select.n_from_clause != 1 || select.where_clause != nullptr) return nullptr;
  const auto* range = sql::As<sql::RangeFunction>(select.from_clause[0]);
  if (range == nullptr || range->n_functions != 1) return nullptr;
  const auto* pair = sql::As<sql::List>(range->functions[0]);
  if (pair == nullptr || pair->n_items == 0) return nullptr;
  *field = "unnest";
  if (range->alias != nullptr) {
    *field = range->alias->n_colnames > 0 ? std::string(sql::StringOf(range->alias->colnames[0]))
                                          : range->alias->aliasname;
  }
  return Unnested(pair->items[0]);
}

bool IsPlain(const sql::SelectStmt& s) {
  return s.where_clause == nullptr && s.limit_count == nullptr && s.limit_offset == nullptr &&
         s.larg == nullptr && s.having_clause == nullptr;
}

}  // namespace

Text Evaluate(const Catalog& catalog, const sql::Node* expression, const Variables& variables) {
  return Evaluator(catalog, variables).Value(expression);
}

Text Evaluate(const Catalog& catalog, const std::string& expression, const Variables& variables) {
  const sql::ParsedScript script = sql::Parse("SELECT " + expression);
  const sql::Node* target = OnlyTarget(OnlySelect(script));
  return target == nullptr ? Text::Unknown() : Evaluate(catalog, target, variables);
}

bool EvaluateArray(const Catalog& catalog, const std::string& expression,
                   const Variables& variables, std::vector<Text>* values) {
  const sql::ParsedScript script = sql::Parse("SELECT " + expression);
  const sql::Node* target = OnlyTarget(OnlySelect(script));
  return target != nullptr && ArrayItems(Evaluator(catalog, variables), target, values);
}

bool EvaluateRows(const Catalog& catalog, const std::string& query, const Variables& variables,
                  std::vector<Text>* values, std::string* field) {
  const sql::ParsedScript script = sql::Parse(query);
  const sql::SelectStmt* select = OnlySelect(script);
  if (select == nullptr || !IsPlain(*select)) return false;
  const Evaluator evaluator(catalog, variables);
  for (const sql::Node* row : sql::Each(select->n_values_lists, select->values_lists)) {
    const auto* list = sql::As<sql::List>(row);
    if (list == nullptr || list->n_items != 1) return false;
    *field = "column1";
    values->push_back(evaluator.Value(list->items[0]));
  }
  if (!values->empty()) return true;
  const sql::Node* target = OnlyTarget(select);
  if (target == nullptr) return false;
  if (select->n_from_clause == 0) {
    const char* name = sql::As<sql::ResTarget>(select->target_list[0])->name;
    *field = name == nullptr || name[0] == '\0' ? "unnest" : name;
    return ArrayItems(evaluator, Unnested(target), values);
  }
  return sql::As<sql::ColumnRef>(target) != nullptr &&
         ArrayItems(evaluator, UnnestedFrom(*select, field), values);
}

}  // namespace strata::catalog

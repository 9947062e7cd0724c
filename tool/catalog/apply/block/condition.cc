#include "catalog/apply/block/condition.h"

#include <algorithm>
#include <vector>

#include "catalog/analyze/literal.h"
#include "catalog/apply/block/schema_rows.h"
#include "catalog/apply/doubt.h"
#include "sql/parse.h"

namespace strata::catalog {
namespace {

using Answer = std::optional<bool>;

Answer Not(Answer a) { return a ? Answer(!*a) : a; }
Answer And(Answer a, Answer b) {
  if (a == Answer(false) || b == Answer(false)) return false;
  return a && b ? Answer(true) : std::nullopt;
}

// "name", schema.name -> its one or two parts; none where the text is not such a name.
std::vector<std::string> PartsOf(const std::string& text) {
  std::vector<std::string> parts;
  const bool plain = text.find_first_of("()[]") == std::string::npos;
  const bool name = plain && SplitName(text, &parts) && parts.size() <= 2;
  return name ? parts : std::vector<std::string>();
}

// Whether the grammar has no type of its own for the text, as it has for bigint.
bool IsOwnWord(const std::string& text, const std::string& name) {
  const sql::ParsedScript script = sql::Parse("SELECT NULL::" + text);
  const auto* select =
      script.statements.size() == 1 ? sql::As<sql::SelectStmt>(script.statements[0].tree) : nullptr;
  const auto* target = select == nullptr || select->n_target_list != 1
                           ? nullptr
                           : sql::As<sql::ResTarget>(select->target_list[0]);
  const auto* cast = target == nullptr ? nullptr : sql::As<sql::TypeCast>(target->val);
  const auto* type = cast == nullptr ? nullptr : cast->type_name;
  return type != nullptr && type->n_names > 0 &&
         sql::StringOf(type->names[type->n_names - 1]) == name;
}

bool IsBuiltInName(const Catalog& catalog, const std::string& name) {
  if (name.starts_with("pg_") || name.starts_with("sql_") || name == "information_schema")
    return true;
  const Type* type = catalog.FindType("pg_catalog", name);
  return type != nullptr || !catalog.FindFunctions("pg_catalog", name).empty();
}

class Judge {
 public:
  Judge(const Catalog& catalog, const Variables& variables)
      : catalog_(catalog), variables_(variables) {}

  Answer Of(const sql::Node* node) const {
    if (const auto* b = sql::As<sql::BoolExpr>(node)) return OfBool(*b);
    if (const auto* s = sql::As<sql::SubLink>(node)) return OfSubquery(*s);
    if (const auto* n = sql::As<sql::NullTest>(node)) return OfNullTest(*n);
    return std::nullopt;
  }

 private:
  // column = value; the value is the name or number of something.
  struct Equality {
    std::string column, value;
  };

  Answer OfBool(const sql::BoolExpr& b) const {
    if (b.n_args == 0) return std::nullopt;
    if (b.boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) return Not(Of(b.args[0]));
    const bool all = b.boolop == PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR;
    Answer answer = true;
    for (const sql::Node* n : sql::Each(b.n_args, b.args))
      answer = And(answer, all ? Of(n) : Not(Of(n)));
    return all ? answer : Not(answer);
  }

  Answer OfSubquery(const sql::SubLink& link) const {
    const auto* select = sql::As<sql::SelectStmt>(link.subselect);
    if (select == nullptr) return std::nullopt;
    if (link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK) return Exists(*select);
    const bool scalar = link.sub_link_type == PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK &&
                        select->n_from_clause == 0 && select->n_target_list == 1 &&
                        select->where_clause == nullptr;
    const auto* target = scalar ? sql::As<sql::ResTarget>(select->target_list[0]) : nullptr;
    return target == nullptr ? std::nullopt : Of(target->val);
  }

  // to_regclass('users') IS NULL
  Answer OfNullTest(const sql::NullTest& test) const {
    const auto* call = sql::As<sql::FuncCall>(test.arg);
    if (call == nullptr || call->n_args != 1) return std::nullopt;
    const std::string function(sql::StringOf(call->funcname[call->n_funcname - 1]));
    const Text named = Evaluate(catalog_, call->args[0], variables_);
    const Answer there = named.known() ? IsThere(function, named.text()) : std::nullopt;
    return test.nulltesttype == PG_QUERY__NULL_TEST_TYPE__IS_NULL ? Not(there) : there;
  }

  // What is not found may have come with an extension whose contents are not known.
  Answer Found(bool found) const {
    const bool hidden = catalog_.session.doubtful.count(std::string(kFromExtension)) > 0;
    return found || !hidden ? Answer(found) : std::nullopt;
  }

  Answer IsThere(const std::string& function, const std::string& text) const {
    const std::vector<std::string> parts = PartsOf(text);
    if (parts.empty()) return std::nullopt;
    const std::string schema = parts.size() == 2 ? parts[0] : "";
    const std::string& name = parts.back();
    if (Doubtful(name)) return std::nullopt;
    if (function == "to_regclass") return Found(catalog_.FindRelation(schema, name) != nullptr);
    if (function == "to_regtype") {
      if (catalog_.FindType(schema, name) != nullptr) return true;
      return IsOwnWord(text, name) ? Found(false) : std::nullopt;
    }
    if (function == "to_regproc") return Found(!catalog_.FindFunctions(schema, name).empty());
    if (function == "to_regnamespace") return Found(catalog_.FindSchema(name) != nullptr);
    return std::nullopt;
  }

  bool Doubtful(const std::string& name) const {
    return NameInDoubt(catalog_.session, name) || IsBuiltInName(catalog_, name);
  }

  // EXISTS (SELECT … FROM one of the schema's own tables WHERE column = 'value' AND …)
  Answer Exists(const sql::SelectStmt& select) const {
    const bool plain = select.n_from_clause == 1 && select.larg == nullptr &&
                       select.n_group_clause == 0 && select.having_clause == nullptr &&
                       select.limit_offset == nullptr && select.with_clause == nullptr;
    const auto* from = plain ? sql::As<sql::RangeVar>(select.from_clause[0]) : nullptr;
    if (from == nullptr) return std::nullopt;
    const std::string_view schema = from->schemaname == nullptr ? "" : from->schemaname;
    const std::string_view table = from->relname;
    const bool system = table.starts_with("pg_");
    if (schema != (system ? "pg_catalog" : "information_schema") && !(system && schema.empty()))
      return std::nullopt;
    std::vector<Equality> equalities;
    const bool certain = Read(select.where_clause, &equalities);
    for (const Equality& e : equalities) {
      if (NamesSomething(e) && Doubtful(e.value)) return std::nullopt;
    }
    bool any = false, known = !equalities.empty();
    for (const Equality& e : equalities) known &= HasSchemaColumn(table, e.column);
    if (!known) return std::nullopt;
    ForEachSchemaRow(catalog_, table, [&](const SchemaRow& row) {
      any |= std::all_of(equalities.begin(), equalities.end(),
                         [&](const Equality& e) { return Fits(e, row); });
    });
    return any && !certain ? std::nullopt : Found(any);
  }

  // Schemas are built in more often than not, and numbers and kinds are no names.
  static bool NamesSomething(const Equality& e) {
    const bool schema = e.column.ends_with("schema") || e.column == "schemaname";
    return e.column.ends_with("name") && !schema;
  }

  static bool Fits(const Equality& e, const SchemaRow& row) {
    return std::any_of(row.begin(), row.end(), [&](const auto& column) {
      return column.first == e.column && column.second == e.value;
    });
  }

  // Reads `condition` as equalities joined by AND; false where there is more to it.
  bool Read(const sql::Node* condition, std::vector<Equality>* equalities) const {
    if (condition == nullptr) return true;
    if (const auto* b = sql::As<sql::BoolExpr>(condition)) {
      if (b->boolop == PG_QUERY__BOOL_EXPR_TYPE__NOT_EXPR) return ReadNot(*b, equalities);
      if (b->boolop != PG_QUERY__BOOL_EXPR_TYPE__AND_EXPR) return false;
      bool all = true;
      for (const sql::Node* n : sql::Each(b->n_args, b->args)) all &= Read(n, equalities);
      return all;
    }
    const auto* e = sql::As<sql::AExpr>(condition);
    if (e == nullptr || e->kind != PG_QUERY__A__EXPR__KIND__AEXPR_OP || e->n_name != 1 ||
        sql::StringOf(e->name[0]) != "=")
      return false;
    return ReadEquality(e->lexpr, e->rexpr, equalities) ||
           ReadEquality(e->rexpr, e->lexpr, equalities);
  }

  // NOT attisdropped
  static bool ReadNot(const sql::BoolExpr& b, std::vector<Equality>* equalities) {
    const auto* column = b.n_args == 0 ? nullptr : sql::As<sql::ColumnRef>(b.args[0]);
    if (column == nullptr || column->n_fields == 0) return false;
    equalities->push_back(
        {std::string(sql::StringOf(column->fields[column->n_fields - 1])), "false"});
    return true;
  }

  bool ReadEquality(const sql::Node* left, const sql::Node* right,
                    std::vector<Equality>* equalities) const {
    const auto* column = sql::As<sql::ColumnRef>(left);
    if (column == nullptr || column->n_fields == 0) return false;
    const std::optional<std::string> value = ValueOf(right);
    if (!value) return false;
    equalities->push_back(
        {std::string(sql::StringOf(column->fields[column->n_fields - 1])), *value});
    return true;
  }

  std::optional<std::string> ValueOf(const sql::Node* node) const {
    if (const auto* cast = sql::As<sql::TypeCast>(node); cast != nullptr && cast->type_name) {
      const auto& type = *cast->type_name;
      const std::string_view name = sql::StringOf(type.names[type.n_names - 1]);
      const std::optional<std::string> text = ValueOf(cast->arg);
      if (!text || !name.starts_with("reg")) return text;
      return NumberOf(name, *text);
    }
    if (const auto* call = sql::As<sql::FuncCall>(node)) {
      const bool current = call->n_args == 0 && call->n_funcname > 0 &&
                           sql::StringOf(call->funcname[call->n_funcname - 1]) == "current_schema";
      const Schema* schema = current ? catalog_.schema(catalog_.CreationSchema()) : nullptr;
      return schema == nullptr ? std::nullopt : std::optional<std::string>(schema->name);
    }
    const Text text = Evaluate(catalog_, node, variables_);
    return text.known() && !text.derived() ? std::optional<std::string>(text.text()) : std::nullopt;
  }

  // 'users'::regclass
  std::optional<std::string> NumberOf(std::string_view type, const std::string& text) const {
    const std::vector<std::string> parts = PartsOf(text);
    if (parts.empty() || Doubtful(parts.back())) return std::nullopt;
    const std::string schema = parts.size() == 2 ? parts[0] : "";
    if (type == "regclass") {
      const Relation* relation = catalog_.FindRelation(schema, parts.back());
      if (relation != nullptr) return std::to_string(relation->oid);
    } else if (type == "regtype") {
      const Type* found = catalog_.FindType(schema, parts.back());
      if (found != nullptr) return std::to_string(found->oid);
    } else if (type == "regnamespace") {
      const Schema* found = catalog_.FindSchema(parts.back());
      if (found != nullptr) return std::to_string(found->oid);
    }
    return std::nullopt;
  }

  const Catalog& catalog_;
  const Variables& variables_;
};

}  // namespace

std::optional<bool> Decide(const Catalog& catalog, const std::string& condition,
                           const Variables& variables) {
  const sql::ParsedScript script = sql::Parse("SELECT " + condition);
  const auto* select =
      script.statements.size() == 1 ? sql::As<sql::SelectStmt>(script.statements[0].tree) : nullptr;
  if (select == nullptr || select->n_target_list != 1 || select->n_from_clause > 0)
    return std::nullopt;
  const auto* target = sql::As<sql::ResTarget>(select->target_list[0]);
  return target == nullptr ? std::nullopt : Judge(catalog, variables).Of(target->val);
}

}  // namespace strata::catalog

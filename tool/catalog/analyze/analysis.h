// The working of parse analysis, shared by the files of this folder; analyze.h is the way in.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/analyze/analyze.h"
#include "catalog/analyze/types.h"

namespace strata::catalog {

using MutableExpr = std::shared_ptr<Expr>;

// Where in a query an expression stands; outside queries ExprPlace says more.
enum class Clause {
  kNone,
  kSelect,
  kFrom,
  kJoinOn,
  kWhere,
  kHaving,
  kFilter,
  kGroupBy,
  kOrderBy,
  kDistinctOn,
  kLimit,
  kOffset,
  kReturning,
  kValues,
  kValuesSingle,
  kInsertTarget,
  kUpdateSource,
  kUpdateTarget,
  kMergeWhen,
  kFromFunction,
  kWindowPartition,
  kWindowOrder,
  kWindowFrame,
  kPlace,
  kCallArgument,
};

// A column that a query's source text can name.
struct VisibleColumn {
  std::string name;
  int range = 0;  // where its value is
  int index = 0;  // in that entry's columns
};

// One item of what FROM has brought so far (PostgreSQL: ParseNamespaceItem).
struct Visible {
  int range = 0;
  std::string alias;
  std::string schema;  // of a relation without alias: it may be written schema.table.column
  std::vector<VisibleColumn> columns;
  bool by_name = true;    // alias.column
  bool by_column = true;  // column alone
  bool lateral_only = false, lateral_ok = true;
};

// A query under analysis, or the surroundings of a lone expression.
struct Level {
  Level* parent = nullptr;
  Query query;
  std::vector<Visible> visible;
  std::vector<Query::Cte> ctes;          // of WITH, those that can be seen already
  std::vector<std::string> future_ctes;  // of WITH without RECURSIVE: declared later
  std::vector<const sql::WindowDef*> windows;
  bool lateral = false;  // inside a LATERAL item: lateral_only items are seen
  bool has_aggregate = false, has_window = false;
  bool uncertain = false;  // some of what FROM brings is not known
  Clause clause = Clause::kNone;
  bool in_window = false;
};

// How a SELECT is used.
struct SelectUse {
  bool lateral = false;
  bool keep_unknown = false;  // untyped literals stay so: INSERT … SELECT, arms of UNION
  bool defaults = false;      // DEFAULT may stand in VALUES
};

class Analysis {
 public:
  Analysis(const Catalog& catalog, Findings* findings) : catalog_(catalog), findings_(findings) {}

  const std::vector<FunctionArgument>* parameters = nullptr;
  const Scope* scope = nullptr;

  // --- expression.cc ---
  ExprPtr Expression(Level* level, const sql::Node* node, Clause clause);
  ExprPtr Transform(Level* level, const sql::Node* node);

  // --- coerce.cc ---
  // Coerces to `to`; on failure returns null and says nothing.
  ExprPtr Coerce(const ExprPtr& expr, TypeRef to, char context, bool written = false);
  ExprPtr CoerceFields(const ExprPtr& row, Oid to, char context);
  // Coerces to boolean for "argument of WHERE"; complains otherwise.
  ExprPtr CoerceToBoolean(const ExprPtr& expr, std::string_view construct);
  // Coerces to int8 for LIMIT, OFFSET and the like.
  ExprPtr CoerceToInteger(const ExprPtr& expr, Oid type, std::string_view construct);
  ExprPtr CoerceToCommon(const ExprPtr& expr, Oid type, std::string_view construct);
  // The common type of `all`; complains "CASE types a and b cannot be matched".
  Oid CommonTypeOf(const std::vector<ExprPtr>& all, std::string_view construct);
  ExprPtr ResolveUnknown(const ExprPtr& expr);  // an untyped literal left over becomes text

  // --- column.cc, visible.cc ---
  ExprPtr ColumnReference(Level* level, const sql::ColumnRef* ref);
  ExprPtr ColumnOf(Level* level, int levels_up, const VisibleColumn& column, std::size_t at);
  ExprPtr WholeRow(Level* level, int levels_up, const Visible& item, std::size_t at);
  bool FindVisible(Level* level, std::string_view schema, std::string_view name, std::size_t at,
                   const Visible** item, int* levels_up, Level** owner, bool* uncertain);
  void MissingFrom(Level* level, std::string_view schema, std::string_view name, std::size_t at);
  ExprPtr FieldOf(Level* level, const ExprPtr& row, const std::string& field, std::size_t at);

  // --- call.cc ---
  ExprPtr FunctionCall(Level* level, const sql::FuncCall* call, bool in_from = false);
  ExprPtr Operator(Level* level, std::string_view schema, std::string_view name, ExprPtr left,
                   ExprPtr right, std::size_t at);
  ExprPtr ArrayTest(Level* level, std::string_view schema, std::string_view name, bool any,
                    ExprPtr left, ExprPtr right, std::size_t at);

  // --- from.cc, range.cc ---
  void From(Level* level, sql::NodeRange items);
  std::shared_ptr<const FromItem> FromNode(Level* level, const sql::Node* node,
                                           std::vector<Visible>* brought);
  // Adds a relation to the query; `item` becomes what may be named.
  int AddRelation(Level* level, const Relation& relation, const sql::Alias* alias, Visible* item);
  // Null with a problem, or with *uncertain where it may exist unseen.
  const Relation* RelationFor(const sql::RangeVar* var, bool* uncertain);
  void CheckNames(const std::vector<Visible>& left, const std::vector<Visible>& right,
                  const Level& level);

  // --- select.cc, targets.cc, clauses.cc, window.cc, grouping.cc, set_operation.cc, with.cc ---
  QueryPtr Select(Level* parent, const sql::SelectStmt* select, SelectUse use = {});
  void With(Level* level, const sql::WithClause* with);
  std::vector<TargetItem> Targets(Level* level, sql::NodeRange list, Clause clause);
  ExprPtr Subquery(Level* level, const sql::SubLink* link);
  std::shared_ptr<const WindowSpec> Window(Level* level, const sql::WindowDef* window);
  void Values(Level* level, const sql::SelectStmt* select, SelectUse use);
  void SetOperation(Level* level, const sql::SelectStmt* select, SelectUse use);
  void OrderBy(Level* level, sql::NodeRange items);
  void Limit(Level* level, const sql::SelectStmt* select);
  void CheckGrouping(Level* level);

  // --- write.cc, insert.cc, merge.cc ---
  // SELECT, INSERT, UPDATE, DELETE or MERGE; null for anything else.
  QueryPtr Statement(Level* parent, const sql::Node* node, SelectUse use = {});
  QueryPtr Insert(Level* parent, const sql::InsertStmt* insert);
  QueryPtr Update(Level* parent, const sql::UpdateStmt* update);
  QueryPtr Delete(Level* parent, const sql::DeleteStmt* remove);
  QueryPtr Merge(Level* parent, const sql::MergeStmt* merge);

  // --- findings ---
  void Fail(std::string rule, std::string message, std::size_t at, std::string help = "");
  void Unsure(std::string reason);
  ExprPtr Opaque(const sql::Node* node, TypeRef type = {});

  const Catalog& catalog() const { return catalog_; }
  std::string Name(Oid type) const { return catalog_.TypeName({type, -1}); }
  std::size_t problems() const { return findings_->problems.size(); }
  Findings* findings() { return findings_; }

 private:
  const Catalog& catalog_;
  Findings* findings_;
};

// A place that the tree gives, or 0 where it gives none.
inline std::size_t At(int location) {
  return location > 0 ? static_cast<std::size_t>(location) : 0;
}
// Where a node begins, by PostgreSQL's rule for error positions; 0 where it has none.
std::size_t LocationOf(const sql::Node* node);
// The name that a result column gets from its expression; "?column?" where it gives none.
std::string FigureName(const sql::Node* node);
// SQL of a node that is an expression, or a whole statement.
std::string DeparseExpression(const sql::Node* node);
// Equal in all that matters to their meaning (spans and the like apart).
bool SameExpr(const Expr& a, const Expr& b);
void FinishColumns(Query* query);
MutableExpr MakeExpr(Expr::Kind kind, Oid type, std::size_t at);
ExprPtr MakeConst(Oid type, std::string text, std::size_t at);

}  // namespace strata::catalog

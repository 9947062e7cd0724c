#include "catalog/analyze/from_function.h"

#include <string>
#include <utility>
#include <vector>

#include "catalog/facts/facts.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

std::vector<const FunctionArgument*> OutputsOf(const Function* function) {
  std::vector<const FunctionArgument*> outputs;
  if (function == nullptr) return outputs;
  for (const FunctionArgument& argument : function->arguments) {
    if (argument.mode == 'o' || argument.mode == 'b' || argument.mode == 't')
      outputs.push_back(&argument);
  }
  return outputs;
}

class FunctionReader {
 public:
  FunctionReader(Analysis* analysis, Level* level, const sql::RangeFunction& item)
      : a_(*analysis), level_(level), item_(item) {}

  RangeEntry Read() {
    entry_.kind = RangeEntry::Kind::kFunction;
    entry_.lateral = item_.lateral;
    entry_.ordinality = item_.ordinality;
    entry_.has_alias = item_.alias != nullptr;
    const bool before = level_->lateral;
    level_->lateral = true;
    for (const sql::Node* node : sql::Each(item_.n_functions, item_.functions)) {
      const auto parts = sql::Each(sql::As<sql::List>(node));
      if (!parts.empty() && !AddUnnests(parts[0])) AddFunction(parts[0], DefinitionOf(parts));
    }
    level_->lateral = before;
    if (item_.ordinality) entry_.columns.push_back({"ordinality", {kInt8, -1}, 0});
    if (entry_.has_alias) entry_.alias = item_.alias->aliasname;
    RenameByAlias(&a_, &entry_, item_.alias);
    return std::move(entry_);
  }

 private:
  // AS (column type, …): the function's own list, or that of the whole item.
  sql::NodeRange DefinitionOf(sql::NodeRange parts) const {
    const auto own =
        parts.size() > 1 ? sql::Each(sql::As<sql::List>(parts[1])) : sql::Each(0, nullptr);
    return own.empty() && item_.n_functions == 1 ? sql::Each(item_.n_coldeflist, item_.coldeflist)
                                                 : own;
  }

  // unnest(a, b, …) stands for ROWS FROM (unnest(a), unnest(b), …) (parse_clause.c); false where
  // the call is another.
  bool AddUnnests(const sql::Node* node) {
    const auto* call = sql::As<sql::FuncCall>(node);
    if (call == nullptr || call->n_args < 2 || call->n_funcname != 1 || call->func_variadic ||
        sql::StringOf(call->funcname[0]) != "unnest")
      return false;
    for (std::size_t i = 0; i < call->n_args; ++i) {
      sql::FuncCall one = *call;
      one.n_args = 1;
      one.args = call->args + i;
      sql::Node wrapped = *node;
      wrapped.func_call = &one;
      AddFunction(&wrapped, sql::Each(0, nullptr));
    }
    return true;
  }

  void AddFunction(const sql::Node* node, sql::NodeRange definition) {
    const Clause before = level_->clause;
    level_->clause = Clause::kFromFunction;
    const auto* call = sql::As<sql::FuncCall>(node);
    const std::size_t problems = a_.problems();
    ExprPtr value =
        call != nullptr ? a_.FunctionCall(level_, call, true) : a_.Transform(level_, node);
    level_->clause = before;
    entry_.functions.push_back(value);
    const std::string name = FigureName(node);
    if (entry_.alias.empty()) entry_.alias = name;
    if (!definition.empty()) return AddDefinition(definition);
    if (a_.problems() > problems && value->type.type == 0) {
      entry_.complete = false;
      return;
    }
    AddColumns(*value, name);
  }

  void AddDefinition(sql::NodeRange definition) {
    for (const sql::Node* node : definition) {
      const auto* column = sql::As<sql::ColumnDef>(node);
      if (column == nullptr) continue;
      const TypeRef type = AnalyzeTypeName(a_.catalog(), column->type_name, a_.findings());
      entry_.columns.push_back({column->colname, type, 0});
      if (!entry_.definition.empty()) entry_.definition += ", ";
      entry_.definition += std::string(column->colname) + " " + a_.catalog().TypeName(type);
    }
  }

  void AddColumns(const Expr& value, const std::string& name) {
    const Function* function = value.kind == Kind::kFunction && value.object != 0
                                   ? a_.catalog().function(value.object)
                                   : nullptr;
    const std::vector<const FunctionArgument*> outputs = OutputsOf(function);
    if (!outputs.empty() && value.type.type == kRecord) return AddOutputs(outputs);
    if (value.type.type == 0 || value.type.type == kRecord) {
      entry_.complete = false;
      const bool certain = function != nullptr && value.type.type == kRecord && outputs.empty();
      if (certain) {
        a_.Fail("syntax-error",
                "a column definition list is required for functions returning \"record\"",
                value.span.begin, "add AS alias(column type, …)");
      }
      return;
    }
    if (AddRow(value.type.type)) return;
    const bool named_output = outputs.size() == 1 && !outputs[0]->name.empty();
    std::string column = item_.alias != nullptr ? item_.alias->aliasname : name;
    if (named_output) column = outputs[0]->name;
    entry_.columns.push_back({column, value.type, 0});
  }

  void AddOutputs(const std::vector<const FunctionArgument*>& outputs) {
    for (const FunctionArgument* output : outputs) {
      TypeRef type = output->type;
      if (IsPolymorphic(type.type)) type = {};
      const std::string shown = output->name.empty()
                                    ? "column" + std::to_string(entry_.columns.size() + 1)
                                    : output->name;
      entry_.columns.push_back({shown, type, 0});
    }
  }

  // The columns of a composite result; false where it is not composite.
  bool AddRow(Oid oid) {
    const Type* type = a_.catalog().type(BaseTypeOf(a_.catalog(), oid));
    if (type == nullptr || type->kind != TypeKind::kComposite) return false;
    const Relation* relation = a_.catalog().relation(type->relation);
    if (relation == nullptr) {
      entry_.complete = false;
      return true;
    }
    for (const Column& column : relation->columns)
      entry_.columns.push_back({column.name, column.type, column.collation});
    return true;
  }

  Analysis& a_;
  Level* level_;
  const sql::RangeFunction& item_;
  RangeEntry entry_;
};

}  // namespace

RangeEntry FunctionEntry(Analysis* analysis, Level* level, const sql::RangeFunction& item) {
  return FunctionReader(analysis, level, item).Read();
}

}  // namespace strata::catalog

#include "catalog/analyze/container.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

class Containers {
 public:
  Containers(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {}

  ExprPtr Array(const sql::AArrayExpr* expr, Oid wanted) {
    const std::size_t at = At(expr->location);
    MutableExpr made = MakeExpr(Kind::kArray, wanted, at);
    std::vector<ExprPtr> elements;
    bool nested = false;
    for (const sql::Node* node : sql::Each(expr->n_elements, expr->elements)) {
      const auto* inner = sql::As<sql::AArrayExpr>(node);
      elements.push_back(inner != nullptr ? Array(inner, wanted) : a_.Transform(level_, node));
      nested |= inner != nullptr;
    }
    if (elements.empty()) {
      if (wanted == 0) {
        a_.Fail("indeterminate-datatype", "cannot determine type of empty array", at,
                "cast it to the desired type, for example ARRAY[]::integer[]");
      }
      return made;
    }
    Oid element = 0;
    if (wanted != 0) {
      element = nested ? wanted : ElementOf(a_.catalog(), wanted);
    } else {
      element = a_.CommonTypeOf(elements, "ARRAY");
      // A domain over an array is an element like any other.
      const Type* type = a_.catalog().type(element);
      const bool of_arrays = type != nullptr && type->is_array;
      made->type.type = of_arrays ? element : ArrayOf(a_.catalog(), element);
    }
    for (const ExprPtr& item : elements)
      made->args.push_back(ArrayElement(item, element, wanted != 0));
    return made;
  }

  ExprPtr Row(const sql::RowExpr* row) {
    MutableExpr made = MakeExpr(Kind::kRow, kRecord, At(row->location));
    for (const sql::Node* node : sql::Each(row->n_args, row->args)) {
      const auto* ref = sql::As<sql::ColumnRef>(node);
      const auto fields =
          ref == nullptr ? sql::Each(0, nullptr) : sql::Each(ref->n_fields, ref->fields);
      if (!fields.empty() && sql::As<sql::AStar>(fields.back()) != nullptr) return StarRow(row);
      made->args.push_back(a_.Transform(level_, node));
    }
    return made;
  }

  ExprPtr Indirection(const sql::AIndirection* node) {
    ExprPtr value = a_.Transform(level_, node->arg);
    std::vector<const sql::AIndices*> indices;
    for (const sql::Node* step : sql::Each(node->n_indirection, node->indirection)) {
      if (const auto* index = sql::As<sql::AIndices>(step)) {
        indices.push_back(index);
        continue;
      }
      if (!indices.empty()) value = Subscript(value, indices);
      indices.clear();
      if (sql::As<sql::AStar>(step) != nullptr) {
        sql::Node whole = PG_QUERY__NODE__INIT;
        whole.node_case = PG_QUERY__NODE__NODE_A_INDIRECTION;
        whole.a_indirection = const_cast<sql::AIndirection*>(node);
        return a_.Opaque(&whole);
      }
      value = a_.FieldOf(level_, value, std::string(sql::StringOf(step)), LocationOf(node->arg));
    }
    return indices.empty() ? value : Subscript(value, indices);
  }

 private:
  ExprPtr ArrayElement(const ExprPtr& item, Oid element, bool hard) {
    if (!hard) return a_.CoerceToCommon(item, element, "ARRAY");
    ExprPtr coerced = a_.Coerce(item, {element, -1}, 'e', true);
    if (coerced != nullptr) return coerced;
    a_.Fail("cannot-coerce",
            "cannot cast type " + a_.Name(item->type.type) + " to " + a_.Name(element),
            item->span.begin);
    return item;
  }

  // ROW(t.*, x): how many there are is not followed.
  ExprPtr StarRow(const sql::RowExpr* row) {
    sql::Node node = PG_QUERY__NODE__INIT;
    node.node_case = PG_QUERY__NODE__NODE_ROW_EXPR;
    node.row_expr = const_cast<sql::RowExpr*>(row);
    a_.Unsure("a row expression with * is not analysed");
    return a_.Opaque(&node);
  }

  ExprPtr Subscript(const ExprPtr& container, const std::vector<const sql::AIndices*>& indices) {
    const Oid base = BaseTypeOf(a_.catalog(), container->type.type);
    const Type* type = a_.catalog().type(base);
    MutableExpr made = MakeExpr(Kind::kSubscript, 0, container->span.begin);
    made->args = {container};
    made->names = {""};
    const bool json = base == kJsonb;
    const bool own =
        base >= kFirstUserOid && type != nullptr && !type->is_array;  // hstore and the like
    bool slice = false;
    for (const sql::AIndices* index : indices) slice |= index->is_slice;
    if (json && slice) {
      a_.Fail("datatype-mismatch", "jsonb subscript does not support slices",
              container->span.begin);
    }
    if (type != nullptr && !own && !json && type->element == 0 &&
        container->type.type != kUnknown) {
      a_.Fail("datatype-mismatch",
              "cannot subscript type " + a_.Name(container->type.type) +
                  " because it does not support subscripting",
              container->span.begin);
    }
    for (const sql::AIndices* index : indices) {
      if (index->is_slice) {
        made->args.push_back(index->lidx == nullptr ? nullptr : Index(index->lidx, json || own));
        made->names.push_back(":");
      } else if (slice) {
        made->args.push_back(nullptr);
        made->names.push_back(":");
      }
      made->args.push_back(index->uidx == nullptr ? nullptr : Index(index->uidx, json || own));
      made->names.push_back(index->is_slice || slice ? ":" : "");
    }
    if (type != nullptr) made->type.type = json || slice ? base : own ? 0 : type->element;
    return made;
  }

  ExprPtr Index(const sql::Node* node, bool any_type) {
    ExprPtr index = a_.Transform(level_, node);
    if (any_type) return a_.ResolveUnknown(index);
    ExprPtr coerced = a_.Coerce(index, {kInt4, -1}, 'a');
    if (coerced != nullptr) return coerced;
    a_.Fail("datatype-mismatch", "array subscript must have type integer", index->span.begin);
    return index;
  }

  Analysis& a_;
  Level* level_;
};

}  // namespace

ExprPtr ArrayExpression(Analysis* analysis, Level* level, const sql::AArrayExpr* array,
                        Oid wanted) {
  return Containers(analysis, level).Array(array, wanted);
}

ExprPtr RowExpression(Analysis* analysis, Level* level, const sql::RowExpr* row) {
  return Containers(analysis, level).Row(row);
}

ExprPtr IndirectionExpression(Analysis* analysis, Level* level, const sql::AIndirection* node) {
  return Containers(analysis, level).Indirection(node);
}

}  // namespace strata::catalog

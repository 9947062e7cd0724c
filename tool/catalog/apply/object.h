// The object that a statement such as COMMENT ON, DROP or ALTER … OWNER TO names (objectaddress.c).
#pragma once

#include <optional>

#include "catalog/apply/context.h"

namespace strata::catalog {

struct FoundObject {
  ObjectRef object;
  Span at;             // its name in the statement
  bool known = false;  // false: not found and reported, or forgiven (`missing_ok`), or not modelled
};

// `type` is the parser's word for the kind, `node` the name in the shape that goes with it.
FoundObject FindObject(Context& context, sql::ObjectType type, const sql::Node* node,
                       bool missing_ok, bool for_drop = false);

// The same where the name is a RangeVar (tables, views, sequences, indexes).
FoundObject FindRelationOf(Context& context, sql::ObjectType type, const Name& name,
                           bool missing_ok, bool for_drop);

// "table", "view", …; "" where the kind is none that a relation has.
std::string_view RelationWord(sql::ObjectType type);
bool IsOfKind(const Relation& relation, sql::ObjectType type);
// `"v" is not a table`, with the statement that would do instead.
void ReportWrongKind(Context& context, const Relation& relation, sql::ObjectType wanted, Span at,
                     bool for_drop);

}  // namespace strata::catalog

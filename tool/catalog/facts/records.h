// One line of the data files -> one object. The fields are those of extract.sql.
#pragma once

#include "catalog/facts/facts.h"
#include "catalog/facts/lines.h"

namespace strata::catalog::facts {

Type ReadType(Oid oid, Oid schema, Fields fields);
Function ReadFunction(Oid oid, Oid schema, Fields fields, AggregateShape* shape);
Operator ReadOperator(Oid oid, Oid schema, Fields fields);
Cast ReadCast(Oid source, Oid target, Fields fields);
OperatorClass ReadOperatorClass(Oid oid, Oid schema, Fields fields);
Relation ReadRelation(Oid oid, Oid schema, Fields fields);

}  // namespace strata::catalog::facts

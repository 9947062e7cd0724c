#include "catalog/facts/records.h"

namespace strata::catalog::facts {

Type ReadType(Oid oid, Oid schema, Fields fields) {
  Type type;
  type.oid = oid;
  type.schema = schema;
  type.owner = "postgres";
  type.name = fields.Text();
  type.kind = static_cast<TypeKind>(fields.Letter());
  type.category = fields.Letter();
  type.preferred = fields.Flag();
  type.element = fields.Number();
  type.array = fields.Number();
  type.is_array = fields.Flag();
  type.relation = fields.Number();
  type.base.type = fields.Number();
  type.base.typmod = fields.Signed();
  type.not_null = fields.Flag();
  type.collation = fields.Number();
  type.subtype = fields.Number();
  type.multirange = fields.Number();
  type.range = fields.Number();
  return type;
}

namespace {

std::vector<FunctionArgument> ReadArguments(const std::vector<Oid>& inputs, std::string_view all,
                                            std::string_view modes, std::string_view names) {
  std::vector<FunctionArgument> arguments;
  for (const Oid type : all.empty() ? inputs : NumbersOf(all)) {
    FunctionArgument argument;
    argument.type.type = type;
    if (arguments.size() < modes.size()) argument.mode = modes[arguments.size()];
    arguments.push_back(std::move(argument));
  }
  if (names.empty()) return arguments;
  Fields name(names, ',');
  for (FunctionArgument& argument : arguments) argument.name = name.Text();
  return arguments;
}

}  // namespace

Function ReadFunction(Oid oid, Oid schema, Fields fields, AggregateShape* shape) {
  Function function;
  function.oid = oid;
  function.schema = schema;
  function.owner = "postgres";
  function.name = fields.Text();
  function.kind = static_cast<FunctionKind>(fields.Letter());
  function.volatility = fields.Letter();
  function.strict = fields.Flag();
  function.returns_set = fields.Flag();
  function.variadic = fields.Number();
  function.defaults = fields.Signed();
  function.result.type = fields.Number();
  function.language = fields.Text();
  function.inputs = NumbersOf(fields.Next());
  const std::string_view all = fields.Next(), modes = fields.Next(), names = fields.Next();
  function.arguments = ReadArguments(function.inputs, all, modes, names);
  const std::string_view aggregate = fields.Next();
  if (shape != nullptr && !aggregate.empty()) {
    *shape = {aggregate[0], SignedOf(aggregate.substr(1))};
  }
  return function;
}

Operator ReadOperator(Oid oid, Oid schema, Fields fields) {
  Operator op;
  op.oid = oid;
  op.schema = schema;
  op.name = fields.Text();
  op.left = fields.Number();
  op.right = fields.Number();
  op.result = fields.Number();
  op.function = fields.Number();
  op.commutator = fields.Number();
  op.negator = fields.Number();
  op.can_hash = fields.Flag();
  op.can_merge = fields.Flag();
  return op;
}

Cast ReadCast(Oid source, Oid target, Fields fields) {
  Cast cast;
  cast.source = source;
  cast.target = target;
  cast.oid = fields.Number();
  cast.function = fields.Number();
  cast.context = fields.Letter();
  cast.method = fields.Letter();
  return cast;
}

OperatorClass ReadOperatorClass(Oid oid, Oid schema, Fields fields) {
  OperatorClass opclass;
  opclass.oid = oid;
  opclass.schema = schema;
  opclass.name = fields.Text();
  opclass.method = fields.Text();
  opclass.family = fields.Number();
  opclass.input = fields.Number();
  opclass.is_default = fields.Flag();
  opclass.key = fields.Number();
  return opclass;
}

Relation ReadRelation(Oid oid, Oid schema, Fields fields) {
  Relation relation;
  relation.oid = oid;
  relation.schema = schema;
  relation.owner = "postgres";
  relation.name = fields.Text();
  relation.kind = static_cast<RelationKind>(fields.Letter());
  relation.row_type = fields.Number();
  const std::string_view columns = fields.Next();
  for (Fields list(columns, ' '); !columns.empty() && !list.done();) {
    Fields one(list.Next(), ':');
    Column column;
    column.number = ++relation.last_number;
    column.name = one.Text();
    column.type.type = one.Number();
    column.type.typmod = one.Signed();
    column.not_null = one.Flag();
    relation.columns.push_back(std::move(column));
  }
  return relation;
}

}  // namespace strata::catalog::facts

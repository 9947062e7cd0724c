#include "catalog/apply/table/column.h"

#include <algorithm>

#include "catalog/analyze/types.h"
#include "catalog/apply/names.h"
#include "catalog/apply/sequence.h"
#include "catalog/expr.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

constexpr Oid kInt2 = 21, kInt4 = 23, kInt8 = 20;

// serial and its kin are no types but a way to write a column.
std::string SerialType(const sql::TypeName& type) {
  if (type.n_names != 1 || type.setof || type.pct_type) return "";
  const std::string_view name = sql::StringOf(type.names[0]);
  if (name == "smallserial" || name == "serial2") return "int2";
  if (name == "serial" || name == "serial4") return "int4";
  if (name == "bigserial" || name == "serial8") return "int8";
  return "";
}

Oid OidOfSerial(const std::string& serial) {
  return serial == "int2" ? kInt2 : serial == "int8" ? kInt8 : kInt4;
}

}  // namespace

std::string WrittenType(const Context& context, const sql::TypeName& type, bool modifier) {
  const Span name = context.At(type.location);
  std::size_t end = name.end;
  if (modifier && type.n_typmods > 0)
    end = std::min(context.text.find(')', end), context.text.size() - 1) + 1;
  std::string text(context.text.substr(name.begin, end - name.begin));
  for (std::size_t i = 0; i < type.n_array_bounds; ++i) text += "[]";
  return text;
}

namespace {

class Reader {
 public:
  Reader(Context& context, const sql::ColumnDef& definition, const std::string& table)
      : context_(context), definition_(definition), table_(table) {}

  ColumnRequest Read() {
    Column& column = request_.column;
    column.name = Truncated(definition_.colname);
    request_.location = definition_.location;
    ReadType();
    for (const sql::Node* n : sql::Each(definition_.n_constraints, definition_.constraints)) {
      if (const auto* c = sql::As<sql::Constraint>(n)) ReadConstraint(*c);
    }
    if (definition_.raw_default != nullptr) request_.default_value = definition_.raw_default;
    if (!request_.serial.empty()) CheckSerial();
    if (request_.identity != nullptr) CheckIdentity();
    return std::move(request_);
  }

 private:
  void ReadType() {
    Column& column = request_.column;
    if (definition_.type_name != nullptr) {
      request_.serial = SerialType(*definition_.type_name);
      if (!request_.serial.empty()) {
        column.type = {OidOfSerial(request_.serial), -1};
        if (definition_.type_name->n_array_bounds > 0) {
          context_.Report("feature-not-supported", "array of serial is not implemented",
                          context_.At(definition_.type_name->location));
        }
      } else {
        const std::size_t problems = context_.findings()->problems.size();
        column.type = AnalyzeTypeName(context_.catalog, definition_.type_name, context_.findings());
        if (context_.findings()->problems.size() > problems) SuspectIndex();
        if (column.type.type == 0)
          column.written_type = WrittenType(context_, *definition_.type_name, true);
        CheckType();
      }
    }
    if (definition_.coll_clause != nullptr) ReadCollation(*definition_.coll_clause);
    if (definition_.compression != nullptr) column.compression = definition_.compression;
    if (definition_.storage != nullptr) column.storage = definition_.storage;
    column.not_null = definition_.is_not_null || !request_.serial.empty();
    for (const sql::Node* n : sql::Each(definition_.n_fdwoptions, definition_.fdwoptions)) {
      if (const auto* o = sql::As<sql::DefElem>(n)) column.options[o->defname] = OptionText(o->arg);
    }
  }

  // INDEX name (columns) in a table reads as a column "index" of the type "name".
  void SuspectIndex() {
    const std::string& name = request_.column.name;
    if ((name != "index" && name != "key") || definition_.type_name->n_typmods == 0) return;
    context_.findings()->problems.back().help =
        "this is MySQL; write CREATE INDEX … ON … after the table";
  }

  void CheckType() {
    const Type* type = context_.catalog.type(request_.column.type.type);
    if (type == nullptr || type->kind != TypeKind::kPseudo) return;
    context_.Report("invalid-table-definition",
                    "column \"" + request_.column.name + "\" has pseudo-type " +
                        context_.catalog.TypeName(request_.column.type),
                    context_.At(definition_.type_name->location));
    request_.column.type = {};
  }

  void ReadCollation(const sql::CollateClause& clause) {
    if (LacksCollation(context_.catalog, request_.column.type.type)) {
      context_.Report("datatype-mismatch",
                      "collations are not supported by type " +
                          context_.catalog.TypeName({request_.column.type.type, -1}),
                      context_.At(clause.location));
      return;
    }
    const Name name = context_.NameOf(clause.n_collname, clause.collname);
    const NamedObject* found =
        context_.catalog.FindNamed(ObjectClass::kCollation, name.schema, name.name);
    if (found != nullptr) {
      request_.column.collation = found->oid;
    } else {
      context_.Report("undefined-object",
                      "collation \"" + name.Text() + "\" for encoding \"UTF8\" does not exist",
                      context_.At(clause.location));
    }
  }

  void ReadConstraint(const sql::Constraint& c) {
    Column& column = request_.column;
    const std::string where = " for column \"" + column.name + "\" of table \"" + table_ + "\"";
    auto fault = [&](std::string message) {
      context_.Report("syntax-error", std::move(message), context_.At(c.location));
    };
    switch (c.contype) {
      case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
        if (saw_not_null_ || !request_.serial.empty())
          fault("conflicting NULL/NOT NULL declarations" + where);
        saw_null_ = true;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
        if (saw_null_) fault("conflicting NULL/NOT NULL declarations" + where);
        saw_not_null_ = column.not_null = true;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        if (request_.default_value != nullptr) fault("multiple default values specified" + where);
        request_.default_value = c.raw_expr;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        if (request_.identity != nullptr) fault("multiple identity specifications" + where);
        if (saw_null_) fault("conflicting NULL/NOT NULL declarations" + where);
        request_.identity = &c;
        column.identity = c.generated_when != nullptr && c.generated_when[0] == 'd' ? 'd' : 'a';
        column.not_null = saw_not_null_ = true;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        if (column.generated != 0) fault("multiple generation clauses specified" + where);
        column.generated = 's';
        if (request_.default_value != nullptr)
          fault("both default and generation expression specified" + where);
        request_.default_value = c.raw_expr;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRABLE:
        if (!request_.constraints.empty()) request_.constraints.back().deferrable = true;
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_DEFERRED:
        if (!request_.constraints.empty()) {
          request_.constraints.back().deferrable = request_.constraints.back().deferred = true;
        }
        break;
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_NOT_DEFERRABLE:
      case PG_QUERY__CONSTR_TYPE__CONSTR_ATTR_IMMEDIATE:
        break;
      default:
        if (c.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY) column.not_null = true;
        if (c.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY && saw_null_) {
          fault("conflicting NULL/NOT NULL declarations" + where);
        }
        request_.constraints.push_back({&c, column.name, c.deferrable != 0, c.initdeferred != 0});
    }
  }

  void CheckSerial() {
    if (request_.default_value != nullptr) {
      context_.Report("syntax-error",
                      "multiple default values specified for column \"" + request_.column.name +
                          "\" of table \"" + table_ + "\"",
                      context_.At(definition_.location));
      request_.default_value = nullptr;
    }
  }

  void CheckIdentity() {
    const std::string where =
        " for column \"" + request_.column.name + "\" of table \"" + table_ + "\"";
    const Span at = context_.At(definition_.location);
    if (request_.default_value != nullptr || !request_.serial.empty()) {
      context_.Report(
          "syntax-error",
          (request_.column.generated != 0 ? "both identity and generation expression specified"
                                          : "both default and identity specified") +
              where,
          at);
      request_.default_value = nullptr;
    }
    const Oid type = request_.column.type.type;
    if (type != 0 && type != kInt2 && type != kInt4 && type != kInt8) {
      context_.Report("invalid-parameter-value",
                      "identity column type must be smallint, integer, or bigint", at);
    }
  }

  Context& context_;
  const sql::ColumnDef& definition_;
  const std::string& table_;
  ColumnRequest request_;
  bool saw_null_ = false, saw_not_null_ = false;
};

}  // namespace

ColumnRequest ReadColumn(Context& context, const sql::ColumnDef& definition,
                         const std::string& table) {
  return Reader(context, definition, table).Read();
}

void EnterColumn(Context& context, Oid table, const Column& column) {
  const ObjectRef object{ObjectClass::kRelation, table, column.number};
  context.edit.Depend(object, {ObjectClass::kType, column.type.type});
  context.edit.Depend(object, {ObjectClass::kCollation, column.collation});
}

ExprPtr AnalyzeText(Context& context, const std::string& expression, const Scope& scope,
                    Findings* findings) {
  const sql::ParsedScript script = sql::Parse("SELECT " + expression);
  Findings ignored;
  const auto* select =
      script.statements.empty() ? nullptr : sql::As<sql::SelectStmt>(script.statements[0].tree);
  const auto* target =
      select == nullptr ? nullptr : sql::As<sql::ResTarget>(select->target_list[0]);
  return AnalyzeExpression(context.catalog, target == nullptr ? nullptr : target->val, scope,
                           findings == nullptr ? &ignored : findings);
}

namespace {

// NULL, with a cast or without.
bool IsNull(const Expr& e) {
  if (e.kind == Expr::Kind::kCast)
    return e.args.size() == 1 && e.args[0] != nullptr && IsNull(*e.args[0]);
  return e.kind == Expr::Kind::kConst && e.is_null;
}

}  // namespace

void SetDefault(Context& context, Oid table, std::int16_t number, const sql::Node* value,
                bool generated) {
  const Relation* relation = context.catalog.relation(table);
  const Column* column = relation == nullptr ? nullptr : relation->FindColumn(number);
  if (column == nullptr) return;
  const ObjectRef object{ObjectClass::kDefault, table, number};
  context.edit.ForgetNeeds(object);
  if (value == nullptr) {
    context.edit.ChangeColumn(table, number, [](Column* c) { c->default_value = nullptr; });
    return;
  }
  Scope scope;
  scope.place = generated ? ExprPlace::kGenerated : ExprPlace::kDefault;
  scope.relation = generated ? relation : nullptr;
  scope.expected = column->type;
  scope.target_name = column->name;
  const ExprPtr expression = AnalyzeExpression(context.catalog, value, scope, context.findings());
  // PostgreSQL keeps no default that is a plain NULL, but one that is brought to a length.
  if (!generated && IsNull(*expression) && column->type.typmod < 0) {
    context.edit.ChangeColumn(table, number, [](Column* c) { c->default_value = nullptr; });
    return;
  }
  context.edit.ChangeColumn(table, number, [&](Column* c) {
    c->default_value = expression;
    c->generated = generated ? 's' : 0;
  });
  context.edit.Depend(object, {ObjectClass::kRelation, table, number}, DependencyKind::kAuto);
  context.edit.Depend(object, ReferencesOf(*expression), table,
                      generated ? DependencyKind::kNormal : DependencyKind::kAuto);
}

Oid MakeOwnedSequence(Context& context, Oid table, const Column& column, Oid type,
                      const sql::Constraint* identity) {
  const Relation* relation = context.catalog.relation(table);
  Relation sequence;
  sequence.schema = relation->schema;
  sequence.kind = RelationKind::kSequence;
  sequence.owner = relation->owner;
  sequence.persistence = relation->persistence;
  sequence.sequence.emplace();
  sequence.sequence->type = type;
  sequence.sequence->owned_by = {ObjectClass::kRelation, table, column.number};
  sequence.sequence->identity = identity != nullptr;
  std::string name;
  if (identity != nullptr) {
    SequenceOptions options = ReadSequenceOptions(context, identity->n_options, identity->options);
    name = options.name.name;
    ApplySequenceOptions(context, options, &*sequence.sequence, true);
  } else {
    SetSequenceType(type, &*sequence.sequence);
  }
  sequence.name = !name.empty() ? name
                                : ChooseRelationName(context.catalog, relation->schema,
                                                     relation->name, column.name, "seq", false);
  const Oid oid = context.edit.Put(std::move(sequence));
  const ObjectRef object{ObjectClass::kRelation, oid};
  context.edit.Depend(object, {ObjectClass::kSchema, context.catalog.relation(oid)->schema});
  context.edit.Depend(object, {ObjectClass::kRelation, table, column.number},
                      identity != nullptr ? DependencyKind::kInternal : DependencyKind::kAuto);
  return oid;
}

void FinishColumn(Context& context, Oid table, std::int16_t number, const ColumnRequest& request) {
  const Column column = request.column;
  if (!request.serial.empty()) {
    const Oid sequence =
        MakeOwnedSequence(context, table, column, OidOfSerial(request.serial), nullptr);
    const Relation* made = context.catalog.relation(sequence);
    const std::string name = QuoteIdentifier(context.catalog.schema(made->schema)->name) + "." +
                             QuoteIdentifier(made->name);
    Scope scope;
    scope.place = ExprPlace::kDefault;
    scope.expected = column.type;
    const ExprPtr value =
        AnalyzeText(context, "nextval(" + QuoteLiteral(name) + "::regclass)", scope);
    context.edit.ChangeColumn(table, number, [&](Column* c) { c->default_value = value; });
    const ObjectRef object{ObjectClass::kDefault, table, number};
    context.edit.Depend(object, {ObjectClass::kRelation, table, number}, DependencyKind::kAuto);
    context.edit.Depend(object, {ObjectClass::kRelation, sequence});
    context.edit.Depend(object, ReferencesOf(*value));
  } else if (request.identity != nullptr) {
    MakeOwnedSequence(context, table, column, column.type.type == 0 ? kInt8 : column.type.type,
                      request.identity);
  } else if (request.default_value != nullptr) {
    SetDefault(context, table, number, request.default_value, column.generated != 0);
  }
}

bool IsSystemColumn(std::string_view name) {
  return name == "ctid" || name == "xmin" || name == "cmin" || name == "xmax" || name == "cmax" ||
         name == "tableoid";
}

// --- types that come with others -----------------------------------------------------------------

namespace {

std::string ArrayName(const Catalog& catalog, Oid schema, const std::string& element) {
  std::string underscores = "_";
  while (true) {
    const std::string name = Truncated(underscores + element);
    if (!catalog.TypeNameUsed(schema, name)) return name;
    underscores += "_";
  }
}

}  // namespace

void MakeArrayType(Context& context, Oid element) {
  const Type* base = context.catalog.type(element);
  Type array;
  array.schema = base->schema;
  array.name = ArrayName(context.catalog, base->schema, base->name);
  array.owner = base->owner;
  array.category = 'A';
  array.element = element;
  array.is_array = true;
  array.collation = base->collation;
  const Oid oid = context.edit.Put(std::move(array));
  context.edit.ChangeType(element, [&](Type* t) { t->array = oid; });
  context.edit.Depend({ObjectClass::kType, oid}, {ObjectClass::kType, element},
                      DependencyKind::kInternal);
}

Oid MakeRowType(Context& context, const Relation& relation) {
  Type row;
  row.schema = relation.schema;
  row.name = relation.name;
  row.owner = relation.owner;
  row.kind = TypeKind::kComposite;
  row.category = 'C';
  row.relation = relation.oid;
  const Oid relation_oid = relation.oid;
  const bool is_type = relation.kind == RelationKind::kCompositeType;
  const Oid oid = context.edit.Put(std::move(row));
  context.edit.ChangeRelation(relation_oid, [&](Relation* r) { r->row_type = oid; });
  if (is_type) {
    context.edit.Depend({ObjectClass::kRelation, relation_oid}, {ObjectClass::kType, oid},
                        DependencyKind::kInternal);
  } else {
    context.edit.Depend({ObjectClass::kType, oid}, {ObjectClass::kRelation, relation_oid},
                        DependencyKind::kInternal);
  }
  MakeArrayType(context, oid);
  return oid;
}

bool TypeNameIsFree(Context& context, Oid schema, const std::string& name, Span at) {
  if (!context.catalog.TypeNameUsed(schema, name)) return true;
  const Schema* s = context.catalog.schema(schema);
  const Type* taken = s == nullptr ? nullptr : context.catalog.FindType(s->name, name);
  if (taken != nullptr && taken->is_array) {
    const std::string free = ArrayName(context.catalog, schema, name);
    context.edit.ChangeType(taken->oid, [&](Type* t) { t->name = free; });
    return true;
  }
  context.Report("duplicate-object", "type \"" + name + "\" already exists", at,
                 "a table has a type of its own name; choose another name");
  return false;
}

}  // namespace strata::catalog

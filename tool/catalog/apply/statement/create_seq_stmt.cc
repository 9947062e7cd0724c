// CREATE SEQUENCE
#include "catalog/apply/names.h"
#include "catalog/apply/sequence.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/table/create.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateSeqStmt& statement) {
  const Name name = context.NameOf(*statement.sequence);
  const Oid schema = context.NeedCreationSchema(name, statement.sequence);
  if (schema == 0 || !RelationNameIsFree(context, schema, name, statement.if_not_exists)) return;
  const SequenceOptions options =
      ReadSequenceOptions(context, statement.n_options, statement.options);
  Relation sequence;
  sequence.schema = schema;
  sequence.name = Truncated(name.name);
  sequence.kind = RelationKind::kSequence;
  sequence.owner = context.catalog.session.role;
  if (schema == kTemporarySchema) sequence.persistence = 't';
  if (statement.sequence->relpersistence != nullptr && statement.sequence->relpersistence[0] == 'u')
    sequence.persistence = 'u';
  sequence.sequence.emplace();
  ApplySequenceOptions(context, options, &*sequence.sequence, true);
  const Oid oid = context.edit.Put(std::move(sequence));
  context.edit.Depend({ObjectClass::kRelation, oid}, {ObjectClass::kSchema, schema});
  if (options.owned_by != nullptr) SetSequenceOwner(context, oid, options.owned_by);
}

}  // namespace strata::catalog

// ALTER SEQUENCE: options
#include "catalog/apply/object.h"
#include "catalog/apply/sequence.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterSeqStmt& statement) {
  const Name name = context.NameOf(*statement.sequence);
  const Relation* r = context.NeedRelation(name, "relation", statement.missing_ok);
  if (r == nullptr) return;
  if (!r->sequence)
    return ReportWrongKind(context, *r, PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE, name.at, false);
  const Oid oid = r->oid;
  const SequenceOptions options =
      ReadSequenceOptions(context, statement.n_options, statement.options);
  SequenceDefinition definition = *r->sequence;
  ApplySequenceOptions(context, options, &definition, false);
  context.edit.ChangeRelation(oid, [&](Relation* s) { s->sequence = definition; });
  if (options.owned_by == nullptr) return;
  if (definition.identity) {
    context.Report("feature-not-supported", "cannot change ownership of identity sequence",
                   name.at);
    return;
  }
  SetSequenceOwner(context, oid, options.owned_by);
}

}  // namespace strata::catalog

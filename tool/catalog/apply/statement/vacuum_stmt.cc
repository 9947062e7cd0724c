// VACUUM, ANALYZE
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::VacuumStmt& statement) {
  if (statement.is_vacuumcmd) context.OutsideTransaction("VACUUM");
  for (const sql::Node* n : sql::Each(statement.n_rels, statement.rels)) {
    const auto* part = sql::As<sql::VacuumRelation>(n);
    if (part == nullptr || part->relation == nullptr) continue;
    const Relation* r = context.NeedRelation(context.NameOf(*part->relation));
    if (r == nullptr) continue;
    for (const sql::Node* c : sql::Each(part->n_va_cols, part->va_cols)) {
      const std::string column(sql::StringOf(c));
      context.NeedColumn(*r, column, context.Find(column));
    }
  }
}

}  // namespace strata::catalog

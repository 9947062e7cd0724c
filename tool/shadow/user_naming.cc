#include "shadow/input.h"
#include "shadow/translation.h"

namespace strata::shadow {

using catalog::Catalog;
using catalog::Relation;

std::string UserTableName(const Catalog& catalog, const Relation& relation) {
  const catalog::Schema* schema = catalog.schema(relation.schema);
  const bool plain = schema == nullptr || schema->name == "public" || relation.persistence == 't';
  return plain ? relation.name : schema->name + "_" + relation.name;
}

std::string UserNaming::Table(const Relation& relation, Emitter* emitter) {
  if (relation.oid < catalog::kFirstUserOid)
    return emitter->Fail("SQLite has no system catalog \"" + relation.name + "\"");
  const Relation* named = names_->relation(relation.oid);
  return named != nullptr ? QuoteName(UserTableName(*names_, *named))
                          : QuoteName(UserTableName(emitter->catalog(), relation));
}

std::string UserNaming::Column(const Relation& relation, std::int16_t number, Emitter* emitter) {
  const Relation* named = names_->relation(relation.oid);
  const catalog::Column* column = named == nullptr ? nullptr : named->FindColumn(number);
  if (column == nullptr) column = relation.FindColumn(number);
  return column == nullptr ? emitter->Fail("a system column has no counterpart on SQLite")
                           : QuoteName(column->name);
}

std::string UserNaming::Sequence(const Relation& sequence, Emitter* emitter) {
  return emitter->Fail("SQLite has no sequence \"" + sequence.name + "\"");
}

bool Translation::Take(const Emitter& emitter, const std::string& what) {
  for (const std::string& note : emitter.notes()) Note(note);
  if (emitter.ok()) return true;
  Refuse(what + ": " + emitter.failure());
  return false;
}

}  // namespace strata::shadow

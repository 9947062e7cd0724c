// Objects that the catalog keeps by name and definition: publications, servers, collations, …
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

// Adds one, with its options; reports a name in use. `name.schema` is looked up where `in_schema`.
// Returns its number, 0 where it could not be made.
Oid MakeNamed(Context& context, ObjectClass cls, const Name& name, bool in_schema,
              std::size_t n_options, sql::Node* const* options, bool if_not_exists = false);

// Changes options: SET, ADD and DROP as written.
void ChangeOptions(Context& context, Oid oid, std::size_t n_options, sql::Node* const* options);

// The one of that name; reports. `word`: what the message calls it.
const NamedObject* NeedNamed(Context& context, ObjectClass cls, const Name& name,
                             std::string_view word, bool missing_ok = false);

// --- how a definition names other objects: with the schema, whatever the search path ------------
std::string StoredType(const Catalog& catalog, TypeRef type);
// As `functions` has it ("public.f"), built-in ones without schema; the text where there is none.
std::string StoredFunction(const Context& context, const Name& name);

}  // namespace strata::catalog

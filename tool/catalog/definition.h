// Objects as SQL, the way PostgreSQL prints them back (ruleutils.c): for comparing, for messages
// and for writing migrations. Deterministic, with today's names; always with the schema.
#pragma once

#include <string>

#include "catalog/catalog.h"

namespace strata::catalog {

// schema.name, both quoted where needed; the schema left out where it is public.
std::string FullName(const Catalog& catalog, Oid schema, const std::string& name);

// "CREATE UNIQUE INDEX name ON table USING btree (a, lower(b) DESC) INCLUDE (c) WHERE (…)"
std::string IndexText(const Catalog& catalog, const Relation& index);

// What stands after CONSTRAINT name: "PRIMARY KEY (id)", "FOREIGN KEY (a) REFERENCES t(b) ON DELETE
// CASCADE"
std::string ConstraintText(const Catalog& catalog, const Constraint& constraint);

// "CREATE TRIGGER name BEFORE INSERT ON table FOR EACH ROW EXECUTE FUNCTION f()"
std::string TriggerText(const Catalog& catalog, const Trigger& trigger);

// What stands after the table: "AS PERMISSIVE FOR SELECT TO a USING (…) WITH CHECK (…)"
std::string PolicyText(const Catalog& catalog, const Policy& policy);

// "AS integer START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 5 CACHE 1 NO CYCLE"
std::string SequenceText(const Catalog& catalog, const SequenceDefinition& sequence);

// "(a integer, OUT b text)": the arguments with names, modes and defaults.
std::string ArgumentsText(const Catalog& catalog, const Function& function);
// "SETOF integer", "TABLE(a integer)"
std::string ResultText(const Catalog& catalog, const Function& function);

// "LIST (a, lower(b))"
std::string PartitionKeyText(const Catalog& catalog, const Relation& table);

// How values of a type are stored where SET STORAGE says nothing else: "extended". Of types without
// a variable length, which take no other, it is not told.
std::string UsualStorage(const Catalog& catalog, Oid type);

}  // namespace strata::catalog

// The statement that makes an object, without semicolon, as a careful person would write it:
// today's names, what is usual left out, names that PostgreSQL would choose itself left to it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/print/words.h"

namespace strata::catalog {

// --- types -------------------------------------------------------------------------------------
std::string CreateType(const Catalog& catalog, const Type& type);  // enum, composite, domain, range
std::string DomainConstraint(const Catalog& catalog, const Constraint& constraint);

// --- relations ---------------------------------------------------------------------------------
// "serial", "bigserial", "smallserial" where that is what the column is, with its sequence under
// the name that PostgreSQL would choose; else "".
std::string SerialType(const Catalog& catalog, const Relation& table, const Column& column);
// The sequence of a serial or identity column, or null.
const Relation* ColumnSequence(const Catalog& catalog, const Relation& table, const Column& column);
// "bio text DEFAULT ''::text NOT NULL"
// `in_primary_key`: NOT NULL goes without saying.
std::string ColumnDefinition(const Catalog& catalog, const Relation& table, const Column& column,
                             bool in_primary_key = false);
// The default as it stands in a column's definition; "": as good as none.
std::string DefaultText(const Catalog& catalog, const Column& column);
std::string IdentityClause(const Catalog& catalog, const Relation& table, const Column& column);

// "CONSTRAINT name CHECK (…)"; the name is left out where it is PostgreSQL's own choice.
std::string ConstraintClause(const Catalog& catalog, const Constraint& constraint);
// Without the name, ready to be compared: "UNIQUE (a, b) DEFERRABLE".
std::string ConstraintBody(const Catalog& catalog, const Constraint& constraint);
bool HasUsualName(const Catalog& catalog, const Constraint& constraint);
bool IsInherited(const Constraint& constraint);

// `constraints`: those to stand inside.
std::string CreateTable(const Catalog& catalog, const Relation& table,
                        const std::vector<const Constraint*>& constraints);
// What follows CREATE TABLE to make the table whole: row security, storage, a cluster index, …
std::vector<std::string> TableSettings(const Catalog& catalog, const Relation& table);
// What OPTIONS (…) of ALTER takes to lead from one to the other: "SET a '1', DROP b"; "" where they
// are the same.
std::string ChangedOptions(const std::map<std::string, std::string>& before,
                           const std::map<std::string, std::string>& after);
std::string PartitionBy(const Catalog& catalog, const Relation& table);

std::string CreateSequence(const Catalog& catalog, const Relation& sequence);
// "START WITH 5 INCREMENT BY 2", what is usual left out.
std::string SequenceOptions(const SequenceDefinition& sequence);

// `concurrently`: CREATE INDEX CONCURRENTLY.
std::string CreateIndex(const Catalog& catalog, const Relation& index, bool concurrently = false);
// From USING on.
std::string IndexBody(const Catalog& catalog, const Relation& index);
// Of an index whose constraint is made together with it, or that follows its parent's.
bool IsPartOfOther(const Catalog& catalog, const Relation& index);

// `replace`: CREATE OR REPLACE VIEW.
std::string CreateView(const Catalog& catalog, const Relation& view, bool replace = false);

// --- the rest ----------------------------------------------------------------------------------
std::string CreateFunction(const Catalog& catalog, const Function& function, bool replace = false);
// RETURN …, or BEGIN ATOMIC … END, of a function that has such a body.
std::string PrintInlineBody(const Catalog& catalog, const Function& function);
std::string CreateTrigger(const Catalog& catalog, const Trigger& trigger);
std::string CreateRule(const Catalog& catalog, const Rule& rule);
std::string CreatePolicy(const Catalog& catalog, const Policy& policy);
std::string CreateSchema(const Schema& schema);
std::string CreateExtension(const Catalog& catalog, const Extension& extension);
std::string CreateOperator(const Catalog& catalog, const Operator& op);
// "": the catalog knows too little of such an object.
std::string CreateNamed(const Catalog& catalog, const NamedObject& object);
// What alters an object into another of its name; nothing where it has to be made anew, or is the
// same. Of publications, servers and foreign data wrappers.
std::vector<std::string> AlterNamed(const Catalog& before, const NamedObject& from,
                                    const Catalog& after, const NamedObject& to);
std::string CreateStatistics(const Catalog& catalog, const NamedObject& object);
// As a copy of the built-in configuration that is nearest to it.
std::vector<std::string> CreateTextSearchConfiguration(const Catalog& catalog,
                                                       const NamedObject& object);
// Between two of one parser.
std::vector<std::string> AlterTextSearchConfiguration(const Catalog& catalog,
                                                      const NamedObject& before,
                                                      const NamedObject& after);
std::string CreateTextSearchDictionary(const Catalog& catalog, const NamedObject& object);
std::string CreateOperatorClass(const Catalog& catalog, const OperatorClass& opclass);
std::string CreateCast(const Catalog& catalog, const Cast& cast);

// "COMMENT ON TABLE users IS 'people'"; "": SQL has no such statement.
std::string CommentOn(const Catalog& catalog, ObjectRef object, const std::string& text);
// GRANT and REVOKE that lead from `before` to `after` (null: the privileges of a new object).
std::vector<std::string> GrantsFor(const Catalog& catalog, ObjectRef object,
                                   const std::vector<std::string>* before,
                                   const std::vector<std::string>* after);
// ALTER DEFAULT PRIVILEGES that lead from one entry to another of the same name; null: none.
std::vector<std::string> AlterDefaultPrivileges(const NamedObject* before,
                                                const NamedObject* after);
// The owner of the objects to come, and who is granted something; "": PUBLIC.
std::vector<std::string> RolesOfDefaultPrivileges(const NamedObject& object);
std::string SchemaOfDefaultPrivileges(const NamedObject& object);  // "": any

}  // namespace strata::catalog

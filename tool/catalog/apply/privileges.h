// Access lists, as pg_class.relacl and its kin hold them (aclchk.c).
#pragma once

#include <map>
#include <string>

#include "catalog/apply/context.h"

namespace strata::catalog {

// grantee ("" for PUBLIC) -> privilege letters, '*' after a letter for the grant option.
using AccessList = std::map<std::string, std::map<char, bool>>;

// The letters that a kind of object knows, and what it grants before anyone says anything.
std::string LettersOf(const Catalog& catalog, ObjectRef object);
AccessList DefaultAccess(const Catalog& catalog, ObjectRef object);
AccessList AccessOf(const Catalog& catalog, ObjectRef object);
// What ALTER DEFAULT PRIVILEGES of `defaults` gives an object when its owner makes it.
AccessList AccessOfNew(const Catalog& defaults, const Catalog& catalog, ObjectRef object);
// As Catalog::privileges keeps it.
std::vector<std::string> ItemsOf(const AccessList& access);
bool HasDefaultPrivileges(const Catalog& catalog);
// Stores it; nothing is kept where it is the default.
void StoreAccess(Context& context, ObjectRef object, const AccessList& access);

std::string OwnerOf(const Catalog& catalog, ObjectRef object);

// SELECT -> 'r'; 0: no such privilege.
char LetterOf(std::string_view privilege);

}  // namespace strata::catalog

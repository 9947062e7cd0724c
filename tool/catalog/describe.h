// An object as words and values: what a comparison of two catalogs goes by.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace strata::catalog {

// One property of an object: what a person calls it, and its value. An empty value: it is not
// there.
struct Property {
  const char* words;
  std::string value;
};

// An object as pg_dump would show it, known by a name that does not change when it is made anew.
struct Entry {
  ObjectRef object;
  std::string words;   // "index users_email_idx"
  std::string parent;  // the key of the table it belongs to; empty: none
  std::vector<Property> properties;
  std::vector<std::string> columns;  // of a table, in order
  // Nothing for a column that is the same in both catalogs, whatever it is there.
  std::map<std::string, std::vector<Property>> column_properties;
};

using Entries = std::map<std::string, Entry>;

// Adds the entry of `object`, or of the object that it is shown with (an index with its
// constraint), to `entries`; none for what is no part of a database's dump. `other` is the catalog
// of the other side: of a table that both have under one name, columns that are the same are not
// described.
void Describe(const Catalog& catalog, const Catalog& other, ObjectRef object, Entries* entries);

}  // namespace strata::catalog

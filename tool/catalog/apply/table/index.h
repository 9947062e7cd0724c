// Making indexes, for CREATE INDEX and for the constraints that need one (indexcmds.c).
#pragma once

#include <string>
#include <vector>

#include "catalog/apply/context.h"

namespace strata::catalog {

struct IndexRequest {
  Oid table = 0;
  std::string name;  // empty: PostgreSQL's choice
  std::string method = "btree";
  struct Key {
    std::string column;  // or an element
    const sql::IndexElem* element = nullptr;
    const sql::List* exclusion_operator = nullptr;
  };
  std::vector<Key> keys;
  std::vector<std::string> included;
  const sql::Node* predicate = nullptr;
  bool unique = false, primary = false, exclusion = false, constraint = false;
  bool nulls_not_distinct = false, deferrable = false, deferred = false;
  bool concurrent = false;
  std::size_t n_options = 0;
  sql::Node* const* options = nullptr;
  std::string tablespace;
  Span at;
};

// Makes the index, and on a partitioned table one on each partition. 0: reported.
Oid MakeIndex(Context& context, const IndexRequest& request);

// The name PostgreSQL chooses.
std::string ChooseIndexName(Context& context, const Relation& table, const IndexRequest& request);

// Makes a partition's index part of the one of its parent, and its constraint of that one's.
void AdoptIndex(Context& context, Oid parent_index, Oid index);

// Builds on `partition` what `parent_index` is on its parent, or attaches an index that is the
// same.
void MirrorIndex(Context& context, Oid parent_index, Oid partition);

}  // namespace strata::catalog

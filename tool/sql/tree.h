// The parse tree: libpg_query's structs under short names. No other floor includes libpg_query.
//
// A Node is a tagged union; As<T>() is the way in. A kind that no code asks for is simply not As
// anything, so an unknown node degrades to "not analysed".
#pragma once

#include <pg_query.pb-c.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace strata::sql {

using Node = PgQuery__Node;
using RawStmt = PgQuery__RawStmt;
using ObjectType = PgQuery__ObjectType;

#define STRATA_NODE(type, member, case_name) using type = PgQuery__##type;
#include "sql/nodes.def"
#undef STRATA_NODE

// Returns the node as a T, or null where it is null or of another kind.
template <typename T>
const T* As(const Node* node);

#define STRATA_NODE(type, member, case_name)                                                     \
  template <>                                                                                    \
  inline const type* As<type>(const Node* node) {                                                \
    const bool matches = node != nullptr && node->node_case == PG_QUERY__NODE__NODE_##case_name; \
    return matches ? node->member : nullptr;                                                     \
  }
#include "sql/nodes.def"
#undef STRATA_NODE

// Returns the kind's name ("AlterTableStmt"), for messages about what was not analysed.
std::string_view KindOf(const Node* node);

// A repeated field, as a range: for (const Node* n : Each(s->n_table_elts, s->table_elts)).
class NodeRange {
 public:
  NodeRange(std::size_t size, Node* const* nodes) : nodes_(nodes), size_(size) {}
  Node* const* begin() const { return nodes_; }
  Node* const* end() const { return nodes_ + size_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const Node* operator[](std::size_t i) const { return nodes_[i]; }
  const Node* back() const { return nodes_[size_ - 1]; }

 private:
  Node* const* nodes_;
  std::size_t size_;
};
inline NodeRange Each(std::size_t size, Node* const* nodes) { return {size, nodes}; }
inline NodeRange Each(const List* list) {
  return list == nullptr ? NodeRange(0, nullptr) : NodeRange(list->n_items, list->items);
}

// Returns the text of a String node, or "" for any other.
inline std::string_view StringOf(const Node* node) {
  const String* string = As<String>(node);
  return string != nullptr ? std::string_view(string->sval) : std::string_view();
}

}  // namespace strata::sql

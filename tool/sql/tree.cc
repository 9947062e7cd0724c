#include "sql/tree.h"

namespace strata::sql {

std::string_view KindOf(const Node* node) {
  if (node == nullptr) return "nothing";
  switch (node->node_case) {
#define STRATA_NODE(type, member, case_name) \
  case PG_QUERY__NODE__NODE_##case_name:     \
    return #type;
#include "sql/nodes.def"
#undef STRATA_NODE
    default:
      return "unknown node";
  }
}

}  // namespace strata::sql

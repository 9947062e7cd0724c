#include "sql/walk.h"

#include "sql/layout.h"

namespace strata::sql {
namespace {

void WalkMessage(const ProtobufCMessage* message, const std::function<bool(const Node*)>& visit) {
  if (message->descriptor == &pg_query__node__descriptor &&
      !visit(reinterpret_cast<const Node*>(message))) {
    return;
  }
  EachChild(message, LayoutOf(message->descriptor),
            [&](const ProtobufCMessage* child) { WalkMessage(child, visit); });
}

int FirstLocationOf(const ProtobufCMessage* message) {
  int first = -1;
  auto take = [&first](int at) {
    if (at >= 0 && (first < 0 || at < first)) first = at;
  };
  const Layout& layout = LayoutOf(message->descriptor);
  for (const std::uint16_t location : layout.locations) {
    take(MemberAt<std::int32_t>(message, location));
  }
  EachChild(message, layout, [&](const ProtobufCMessage* child) { take(FirstLocationOf(child)); });
  return first;
}

}  // namespace

void Walk(const Node* node, const std::function<bool(const Node*)>& visit) {
  if (node != nullptr) WalkMessage(&node->base, visit);
}

int FirstLocation(const Node* node) { return node == nullptr ? -1 : FirstLocationOf(&node->base); }

}  // namespace strata::sql

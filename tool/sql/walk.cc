#include "sql/walk.h"

#include <string_view>

namespace strata::sql {
namespace {

// Calls f(child message) for every message directly below.
template <typename F>
void EachChild(const ProtobufCMessage* message, F&& f) {
  const ProtobufCMessageDescriptor* type = message->descriptor;
  const char* base = reinterpret_cast<const char*>(message);
  for (unsigned i = 0; i < type->n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = type->fields[i];
    if (field.type != PROTOBUF_C_TYPE_MESSAGE) continue;
    if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0 &&
        *reinterpret_cast<const std::uint32_t*>(base + field.quantifier_offset) != field.id) {
      continue;
    }
    const char* member = base + field.offset;
    if (field.label == PROTOBUF_C_LABEL_REPEATED) {
      const auto count = *reinterpret_cast<const std::size_t*>(base + field.quantifier_offset);
      auto* const* items = *reinterpret_cast<ProtobufCMessage* const* const*>(member);
      for (std::size_t k = 0; k < count; ++k) f(items[k]);
    } else if (const auto* child = *reinterpret_cast<const ProtobufCMessage* const*>(member)) {
      f(child);
    }
  }
}

void WalkMessage(const ProtobufCMessage* message, const std::function<bool(const Node*)>& visit) {
  if (message->descriptor == &pg_query__node__descriptor &&
      !visit(reinterpret_cast<const Node*>(message))) {
    return;
  }
  EachChild(message, [&](const ProtobufCMessage* child) { WalkMessage(child, visit); });
}

int FirstLocationOf(const ProtobufCMessage* message) {
  int first = -1;
  auto take = [&first](int at) {
    if (at >= 0 && (first < 0 || at < first)) first = at;
  };
  const ProtobufCMessageDescriptor* type = message->descriptor;
  for (unsigned i = 0; i < type->n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = type->fields[i];
    if (field.type == PROTOBUF_C_TYPE_INT32 && std::string_view(field.name) == "location") {
      take(*reinterpret_cast<const std::int32_t*>(reinterpret_cast<const char*>(message) +
                                                  field.offset));
    }
  }
  EachChild(message, [&](const ProtobufCMessage* child) { take(FirstLocationOf(child)); });
  return first;
}

}  // namespace

void Walk(const Node* node, const std::function<bool(const Node*)>& visit) {
  if (node != nullptr) WalkMessage(&node->base, visit);
}

int FirstLocation(const Node* node) { return node == nullptr ? -1 : FirstLocationOf(&node->base); }

}  // namespace strata::sql

// Where the structs of a parse tree keep their pointers, by protobuf-c's descriptors: what walks or
// copies a tree whatever its nodes are goes by this, and not by every field of every struct.
#pragma once

#include <protobuf-c/protobuf-c.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace strata::sql {

// One pointer member of a struct.
struct Pointer {
  enum class To : std::uint8_t { kMessage, kText, kMessages, kTexts, kNumbers };
  To to;
  std::uint8_t element_size = 0;     // kNumbers: bytes of one
  std::uint16_t offset = 0;          // of the pointer
  std::uint16_t counter_offset = 0;  // of the count; of one alternative of a union: of its case
  std::uint32_t union_case = 0;      // the case in which the pointer is this one; 0: not in a union
};

struct Layout {
  std::size_t size = 0;  // bytes of the struct
  // The struct is a Node: nothing but a union of messages, all at this offset. 0: it is another.
  std::uint16_t node_offset = 0;
  std::vector<Pointer> pointers;
  std::vector<std::uint16_t>
      locations;  // offsets of its int32 byte offsets into the text; -1: none
};

// Returns the layout of a struct of PgQuery__ParseResult's tree. Safe on any thread.
const Layout& LayoutOf(const ProtobufCMessageDescriptor* type);

template <typename T>
T& MemberAt(ProtobufCMessage* message, std::size_t offset) {
  return *reinterpret_cast<T*>(reinterpret_cast<char*>(message) + offset);
}
template <typename T>
const T& MemberAt(const ProtobufCMessage* message, std::size_t offset) {
  return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(message) + offset);
}

// Calls f(child message) for every message directly below, in the order of the struct's fields.
template <typename F>
void EachChild(const ProtobufCMessage* message, const Layout& layout, F&& f) {
  if (layout.node_offset != 0) {
    if (auto* child = MemberAt<ProtobufCMessage*>(message, layout.node_offset)) f(child);
    return;
  }
  for (const Pointer& pointer : layout.pointers) {
    if (pointer.to == Pointer::To::kMessage) {
      const bool chosen =
          pointer.union_case == 0 ||
          MemberAt<std::uint32_t>(message, pointer.counter_offset) == pointer.union_case;
      auto* child = MemberAt<ProtobufCMessage*>(message, pointer.offset);
      if (chosen && child != nullptr) f(child);
    } else if (pointer.to == Pointer::To::kMessages) {
      const auto count = MemberAt<std::size_t>(message, pointer.counter_offset);
      auto* const* items = MemberAt<ProtobufCMessage**>(message, pointer.offset);
      for (std::size_t i = 0; i < count; ++i) f(items[i]);
    }
  }
}

}  // namespace strata::sql

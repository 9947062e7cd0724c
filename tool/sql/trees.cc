#include "sql/trees.h"

#include <pg_query.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "sql/layout.h"

// libpg_query hands its trees out as protobuf bytes only: it builds the structs, packs them, and
// the caller unpacks them into the same structs again, which takes three times as long as the
// parse. A linker that is told --wrap for the two functions below (tool/CMakeLists.txt, where
// libpg_query is linked from its archive) calls these instead, and the structs are copied before
// they are packed. Without --wrap nobody calls them, and the bytes are unpacked.
namespace {

struct Capture {
  strata::sql::Trees* trees;
  ProtobufCMessage* tree = nullptr;
};
thread_local Capture* capture = nullptr;

}  // namespace

extern "C" {
[[gnu::weak]] std::size_t __real_pg_query__parse_result__get_packed_size(
    const PgQuery__ParseResult* tree);
[[gnu::weak]] std::size_t __real_pg_query__parse_result__pack(const PgQuery__ParseResult* tree,
                                                              std::uint8_t* bytes);

std::size_t __wrap_pg_query__parse_result__get_packed_size(const PgQuery__ParseResult* tree) {
  return capture != nullptr ? 1 : __real_pg_query__parse_result__get_packed_size(tree);
}

std::size_t __wrap_pg_query__parse_result__pack(const PgQuery__ParseResult* tree,
                                                std::uint8_t* bytes) {
  if (capture == nullptr) return __real_pg_query__parse_result__pack(tree, bytes);
  capture->tree = capture->trees->Copy(&tree->base);
  return 0;
}
}

namespace strata::sql {

Trees::~Trees() {
  for (char* block : blocks_) std::free(block);
}

PgQuery__ParseResult* Trees::Parse(const std::string& text, ParseError* error) {
  Capture captured{this};
  capture = &captured;
  PgQueryProtobufParseResult parsed = pg_query_parse_protobuf(text.c_str());
  capture = nullptr;
  auto* tree = reinterpret_cast<PgQuery__ParseResult*>(captured.tree);
  if (parsed.error != nullptr) {
    *error = {parsed.error->message, parsed.error->cursorpos};
    tree = nullptr;
  } else if (tree == nullptr) {
    tree = Unpack(parsed.parse_tree.data, parsed.parse_tree.len);
  }
  pg_query_free_protobuf_parse_result(parsed);
  return tree;
}

PgQuery__ParseResult* Trees::Unpack(const char* bytes, std::size_t size) {
  ProtobufCAllocator allocator = {
      [](void* self, std::size_t wanted) { return static_cast<Trees*>(self)->Take(wanted); },
      [](void*, void*) {}, this};
  return pg_query__parse_result__unpack(&allocator, size,
                                        reinterpret_cast<const std::uint8_t*>(bytes));
}

void* Trees::Take(std::size_t size) {
  size = (size + 15) & ~std::size_t{15};
  if (size > left_) {
    left_ = std::max(size, next_block_);
    next_block_ = std::min<std::size_t>(2 * next_block_, 64 << 10);
    next_ = static_cast<char*>(std::malloc(left_));
    blocks_.push_back(next_);
  }
  char* taken = next_;
  next_ += size, left_ -= size;
  return taken;
}

template <typename T>
T* Trees::CopyOf(const T* from, std::size_t count) {
  return static_cast<T*>(std::memcpy(Take(count * sizeof(T)), from, count * sizeof(T)));
}

char* Trees::CopyText(const char* text) {
  // protobuf-c's own empty string is static.
  return text == nullptr || *text == '\0' ? const_cast<char*>(protobuf_c_empty_string)
                                          : CopyOf(text, std::strlen(text) + 1);
}

ProtobufCMessage* Trees::Copy(const ProtobufCMessage* message) noexcept {
  auto* copy = reinterpret_cast<ProtobufCMessage*>(
      CopyOf(reinterpret_cast<const char*>(message), message->descriptor->sizeof_message));
  CopyBelow(copy);
  return copy;
}

// Puts copies in the place of what `copy` points to.
void Trees::CopyBelow(ProtobufCMessage* copy) {
  const Layout& layout = LayoutOf(copy->descriptor);
  if (layout.node_offset != 0) {
    auto*& child = MemberAt<ProtobufCMessage*>(copy, layout.node_offset);
    if (child != nullptr) child = Copy(child);
    return;
  }
  for (const Pointer& pointer : layout.pointers) {
    if (pointer.union_case != 0 &&
        MemberAt<std::uint32_t>(copy, pointer.counter_offset) != pointer.union_case) {
      continue;
    }
    void*& to = MemberAt<void*>(copy, pointer.offset);
    auto count = [&] { return MemberAt<std::size_t>(copy, pointer.counter_offset); };
    auto copy_each = [&](auto** from, auto copy_one) {
      if (count() == 0) return;
      auto** items = CopyOf(from, count());
      std::transform(items, items + count(), items, copy_one);
      to = items;
    };
    switch (pointer.to) {
      case Pointer::To::kMessage:
        if (to != nullptr) to = Copy(static_cast<ProtobufCMessage*>(to));
        break;
      case Pointer::To::kText:
        to = CopyText(static_cast<char*>(to));
        break;
      case Pointer::To::kMessages:
        copy_each(static_cast<ProtobufCMessage**>(to), [&](auto* item) { return Copy(item); });
        break;
      case Pointer::To::kTexts:
        copy_each(static_cast<char**>(to), [&](char* item) { return CopyText(item); });
        break;
      case Pointer::To::kNumbers:
        if (count() > 0) to = CopyOf(static_cast<char*>(to), count() * pointer.element_size);
        break;
    }
  }
}

}  // namespace strata::sql

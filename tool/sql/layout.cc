#include "sql/layout.h"

#include <pg_query.pb-c.h>

#include <string_view>
#include <unordered_map>

namespace strata::sql {
namespace {

using Layouts = std::unordered_map<const ProtobufCMessageDescriptor*, Layout>;

bool IsRepeated(const ProtobufCFieldDescriptor& field) {
  return field.label == PROTOBUF_C_LABEL_REPEATED;
}

bool IsLocation(const ProtobufCFieldDescriptor& field) {
  const std::string_view name = field.name;
  return field.type == PROTOBUF_C_TYPE_INT32 && !IsRepeated(field) &&
         (name == "location" || name == "stmt_location" || name == "name_location" ||
          name == "type_location");
}

std::uint8_t SizeOf(ProtobufCType number) {
  switch (number) {
    case PROTOBUF_C_TYPE_INT64:
    case PROTOBUF_C_TYPE_UINT64:
    case PROTOBUF_C_TYPE_DOUBLE:
      return 8;
    default:
      return 4;
  }
}

void AddPointer(const ProtobufCFieldDescriptor& field, Layout* layout) {
  Pointer pointer;
  pointer.offset = static_cast<std::uint16_t>(field.offset);
  pointer.counter_offset = static_cast<std::uint16_t>(field.quantifier_offset);
  if ((field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0) pointer.union_case = field.id;
  if (field.type == PROTOBUF_C_TYPE_MESSAGE) {
    pointer.to = IsRepeated(field) ? Pointer::To::kMessages : Pointer::To::kMessage;
  } else if (field.type == PROTOBUF_C_TYPE_STRING) {
    pointer.to = IsRepeated(field) ? Pointer::To::kTexts : Pointer::To::kText;
  } else if (IsRepeated(field)) {
    pointer.to = Pointer::To::kNumbers;
    pointer.element_size = SizeOf(field.type);
  } else {
    return;
  }
  layout->pointers.push_back(pointer);
}

void AddLayouts(const ProtobufCMessageDescriptor* type, Layouts* layouts) {
  const auto [at, added] = layouts->try_emplace(type);
  if (!added) return;
  Layout layout;
  layout.size = type->sizeof_message;
  for (unsigned i = 0; i < type->n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = type->fields[i];
    AddPointer(field, &layout);
    if (IsLocation(field)) layout.locations.push_back(static_cast<std::uint16_t>(field.offset));
    if (field.type == PROTOBUF_C_TYPE_MESSAGE) {
      AddLayouts(static_cast<const ProtobufCMessageDescriptor*>(field.descriptor), layouts);
    }
  }
  if (type == &pg_query__node__descriptor) {
    layout.node_offset = layout.pointers.front().offset;
    layout.pointers.clear();
  }
  (*layouts)[type] = std::move(layout);
}

}  // namespace

const Layout& LayoutOf(const ProtobufCMessageDescriptor* type) {
  static const Layouts layouts = [] {
    Layouts all;
    all.reserve(512);
    AddLayouts(&pg_query__parse_result__descriptor, &all);
    return all;
  }();
  return layouts.find(type)->second;
}

}  // namespace strata::sql

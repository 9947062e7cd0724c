#include "catalog/apply/sequence.h"

namespace strata::catalog {
namespace {

constexpr Oid kInt2 = 21, kInt4 = 23, kInt8 = 20;

std::optional<std::int64_t> Number(const sql::Node* argument) {
  const std::string text = OptionText(argument);
  if (text.empty()) return std::nullopt;
  return static_cast<std::int64_t>(std::strtoll(text.c_str(), nullptr, 10));
}

std::int64_t MaximumOf(Oid type) {
  return type == kInt2 ? INT16_MAX : type == kInt4 ? INT32_MAX : INT64_MAX;
}
std::int64_t MinimumOf(Oid type) {
  return type == kInt2 ? INT16_MIN : type == kInt4 ? INT32_MIN : INT64_MIN;
}

}  // namespace

SequenceOptions ReadSequenceOptions(Context& context, std::size_t count, sql::Node* const* nodes) {
  SequenceOptions options;
  for (const sql::Node* n : sql::Each(count, nodes)) {
    const auto* o = sql::As<sql::DefElem>(n);
    if (o == nullptr) continue;
    const std::string_view name = o->defname;
    if (name == "as") {
      if (const auto* type = sql::As<sql::TypeName>(o->arg)) {
        const Oid oid = AnalyzeTypeName(context.catalog, type, context.findings()).type;
        if (oid != 0 && oid != kInt2 && oid != kInt4 && oid != kInt8) {
          context.Report("invalid-parameter-value",
                         "sequence type must be smallint, integer, or bigint",
                         context.At(o->location));
        } else if (oid != 0) {
          options.type = oid;
        }
      }
    } else if (name == "start") {
      options.start = Number(o->arg);
    } else if (name == "increment") {
      options.increment = Number(o->arg);
    } else if (name == "minvalue") {
      options.minimum = Number(o->arg);
      options.no_minimum = !options.minimum;
    } else if (name == "maxvalue") {
      options.maximum = Number(o->arg);
      options.no_maximum = !options.maximum;
    } else if (name == "cache") {
      options.cache = Number(o->arg);
    } else if (name == "cycle") {
      options.cycle = OptionIsTrue(o->arg);
    } else if (name == "restart") {
      options.restart = true;
    } else if (name == "owned_by") {
      options.owned_by = o->arg;
    } else if (name == "sequence_name") {
      if (const auto* list = sql::As<sql::List>(o->arg))
        options.name = context.NameOf(list->n_items, list->items);
    }
  }
  return options;
}

void SetSequenceType(Oid type, SequenceDefinition* d) {
  d->type = type;
  d->maximum = d->increment > 0 ? MaximumOf(type) : -1;
  d->minimum = d->increment > 0 ? 1 : MinimumOf(type);
  d->start = d->increment > 0 ? d->minimum : d->maximum;
}

void ApplySequenceOptions(Context& context, const SequenceOptions& o, SequenceDefinition* d,
                          bool is_new) {
  const SequenceDefinition old = *d;
  if (o.type) d->type = *o.type;
  if (o.increment) d->increment = *o.increment;
  auto fault = [&](std::string message) {
    context.Report("invalid-parameter-value", std::move(message), context.Whole());
  };
  if (o.increment && *o.increment == 0) fault("INCREMENT must not be zero");
  if (o.cycle) d->cycle = *o.cycle;
  const bool up = d->increment > 0;
  // A bound that was the old type's becomes the new one's (init_params).
  const bool retyped = !is_new && o.type && *o.type != old.type;
  const bool to_maximum = retyped && old.maximum == MaximumOf(old.type);
  const bool to_minimum = retyped && old.minimum == MinimumOf(old.type);
  if (o.maximum) {
    d->maximum = *o.maximum;
  } else if (is_new || o.no_maximum || to_maximum) {
    d->maximum = up || to_maximum ? MaximumOf(d->type) : -1;
  }
  if (o.minimum) {
    d->minimum = *o.minimum;
  } else if (is_new || o.no_minimum || to_minimum) {
    d->minimum = up && !to_minimum ? 1 : MinimumOf(d->type);
  }
  const std::string type = context.catalog.TypeName({d->type, -1});
  if (d->maximum > MaximumOf(d->type)) {
    fault("MAXVALUE (" + std::to_string(d->maximum) + ") is out of range for sequence data type " +
          type);
  }
  if (d->minimum < MinimumOf(d->type)) {
    fault("MINVALUE (" + std::to_string(d->minimum) + ") is out of range for sequence data type " +
          type);
  }
  if (d->minimum >= d->maximum) {
    fault("MINVALUE (" + std::to_string(d->minimum) + ") must be less than MAXVALUE (" +
          std::to_string(d->maximum) + ")");
  }
  if (o.start) {
    d->start = *o.start;
  } else if (is_new) {
    d->start = up ? d->minimum : d->maximum;
  }
  if (d->start < d->minimum) {
    fault("START value (" + std::to_string(d->start) + ") cannot be less than MINVALUE (" +
          std::to_string(d->minimum) + ")");
  }
  if (d->start > d->maximum) {
    fault("START value (" + std::to_string(d->start) + ") cannot be greater than MAXVALUE (" +
          std::to_string(d->maximum) + ")");
  }
  if (o.cache) {
    d->cache = *o.cache;
    if (d->cache <= 0) fault("CACHE (" + std::to_string(d->cache) + ") must be greater than zero");
  }
}

void SetSequenceOwner(Context& context, Oid sequence, const sql::Node* owned_by) {
  const auto* list = sql::As<sql::List>(owned_by);
  if (list == nullptr || list->n_items == 0) return;
  const ObjectRef self{ObjectClass::kRelation, sequence};
  const ObjectRef old = context.catalog.relation(sequence)->sequence->owned_by;
  if (list->n_items == 1) {
    if (sql::StringOf(list->items[0]) != "none") {
      context.Report("syntax-error", "invalid OWNED BY option",
                     context.Find(sql::StringOf(list->items[0])),
                     "specify OWNED BY table.column or OWNED BY NONE");
      return;
    }
    if (old.oid != 0) context.edit.ForgetNeed(self, old);
    context.edit.ChangeRelation(sequence, [](Relation* r) { r->sequence->owned_by = {}; });
    return;
  }
  const Name table = context.NameOf(list->n_items - 1, list->items);
  const Relation* relation = context.NeedRelation(table);
  if (relation == nullptr) return;
  const std::string column_name(sql::StringOf(list->items[list->n_items - 1]));
  if (relation->kind != RelationKind::kTable && relation->kind != RelationKind::kPartitionedTable &&
      relation->kind != RelationKind::kForeignTable && relation->kind != RelationKind::kView) {
    context.Report("wrong-object-type",
                   "sequence cannot be owned by relation \"" + relation->name + "\"", table.at);
    return;
  }
  const Column* column = context.NeedColumn(*relation, column_name, table.at);
  if (column == nullptr) return;
  if (relation->schema != context.catalog.relation(sequence)->schema) {
    context.Report("object-not-in-prerequisite-state",
                   "sequence must be in same schema as table it is linked to", table.at);
  }
  const ObjectRef owner{ObjectClass::kRelation, relation->oid, column->number};
  if (old.oid != 0) context.edit.ForgetNeed(self, old);
  context.edit.ChangeRelation(sequence, [&](Relation* r) { r->sequence->owned_by = owner; });
  context.edit.Depend(self, owner, DependencyKind::kAuto);
}

}  // namespace strata::catalog

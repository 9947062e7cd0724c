#include "catalog/apply/table/partition.h"

#include "catalog/analyze/canonical.h"
#include "catalog/analyze/literal.h"
#include "catalog/analyze/types.h"
#include "catalog/apply/table/bounds.h"
#include "catalog/apply/table/constraint.h"
#include "catalog/apply/table/index.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

// "2026-01-31 12:00"
bool NamesNoZone(std::string_view time) {
  return time.find_first_not_of("0123456789-:. T") == std::string_view::npos &&
         std::count(time.begin(), time.end(), '-') == 2;
}

class BoundReader {
 public:
  BoundReader(Context& context, const Relation& parent, const std::string& name,
              const sql::PartitionBoundSpec& bound)
      : context_(context), parent_(parent), name_(name), bound_(bound) {}

  std::string Read() {
    if (bound_.is_default) return Default();
    const std::string given = bound_.strategy == nullptr ? "" : bound_.strategy;
    const char letter = given.empty() ? 0 : given[0];
    if (parent_.partition_key && letter != 0 && parent_.partition_key->strategy[0] != letter) {
      Refuse("invalid-table-definition",
             "invalid bound specification for a " + parent_.partition_key->strategy + " partition");
      return Words(letter);
    }
    if (letter == 'r') CheckCounts();
    const std::string words = Words(letter);
    if (!context_.HasProblems()) CheckOthers(words);
    return words;
  }

 private:
  void Refuse(std::string rule, std::string message, std::string help = "") {
    context_.Report(std::move(rule), std::move(message), context_.At(bound_.location),
                    std::move(help));
  }

  std::string Default() {
    if (parent_.partition_key && parent_.partition_key->strategy == "hash") {
      Refuse("invalid-table-definition",
             "a hash-partitioned table may not have a default partition");
    }
    for (Oid child : context_.catalog.ChildrenOf(parent_.oid)) {
      const Relation* other = context_.catalog.relation(child);
      if (other->partition_bound != "DEFAULT") continue;
      Refuse("invalid-object-definition",
             "partition would conflict with existing default partition \"" + other->name + "\"");
    }
    return "DEFAULT";
  }

  std::string Words(char letter) {
    if (letter == 'h') {
      return "FOR VALUES WITH (modulus " + std::to_string(bound_.modulus) + ", remainder " +
             std::to_string(bound_.remainder) + ")";
    }
    if (letter == 'l')
      return "FOR VALUES IN (" + Values(bound_.n_listdatums, bound_.listdatums, false) + ")";
    return "FOR VALUES FROM (" + Values(bound_.n_lowerdatums, bound_.lowerdatums, true) + ") TO (" +
           Values(bound_.n_upperdatums, bound_.upperdatums, true) + ")";
  }

  // The key's column of that place; null: it is an expression, or not known.
  const Column* KeyColumn(std::size_t place) const {
    if (!parent_.partition_key || place >= parent_.partition_key->keys.size()) return nullptr;
    return parent_.FindColumn(parent_.partition_key->keys[place].column);
  }

  std::string Values(std::size_t count, sql::Node* const* nodes, bool one_a_column) {
    std::string text;
    std::size_t place = 0;
    for (const sql::Node* n : sql::Each(count, nodes)) {
      text += (text.empty() ? "" : ", ") + Value(n, KeyColumn(place));
      if (one_a_column) ++place;
    }
    return text;
  }

  std::string Value(const sql::Node* n, const Column* column) {
    const auto* cast = sql::As<sql::TypeCast>(n);
    const sql::Node* value = cast == nullptr ? n : cast->arg;
    const auto* constant = sql::As<sql::AConst>(value);
    if (constant != nullptr && constant->val_case == PG_QUERY__A__CONST__VAL_SVAL)
      return Literal(constant->sval->sval, column, context_.At(constant->location));
    // MINVALUE, MAXVALUE
    if (const auto* ref = sql::As<sql::ColumnRef>(n))
      return std::string(sql::StringOf(ref->fields[0]));
    if (std::string item = OptionText(value); !item.empty()) return item;
    Scope scope;
    scope.place = ExprPlace::kPartitionBound;
    Findings ignored;
    return Print(context_.catalog, *AnalyzeExpression(context_.catalog, n, scope, &ignored));
  }

  // As PostgreSQL prints it back, but for a number's quotes.
  std::string Literal(const std::string& text, const Column* column, Span at) {
    const Oid type = column == nullptr ? 0 : column->type.type;
    if (type != 0) {
      const LiteralFault fault = CheckLiteral(context_.catalog, type, text);
      if (!fault.rule.empty()) context_.Report(fault.rule, fault.message, at, fault.help);
    }
    std::string value = CanonicalLiteral(context_.catalog, type, text);
    // Without a zone it means the time in the zone of whoever runs it, and shall go on to.
    if (type == types::kTimestamptz && NamesNoZone(text) && value.ends_with("+00"))
      value.resize(value.size() - 3);
    const bool number = type != 0 && CategoryOf(context_.catalog, type) == 'N';
    return number ? value : QuoteLiteral(value);
  }

  void CheckCounts() {
    if (!parent_.partition_key) return;
    const std::size_t wanted = parent_.partition_key->keys.size();
    for (const auto& [word, given] :
         {std::pair("FROM", bound_.n_lowerdatums), std::pair("TO", bound_.n_upperdatums)}) {
      if (given == wanted) continue;
      Refuse("invalid-table-definition",
             std::string(word) + " must specify exactly one value per partitioning column");
    }
  }

  void CheckOthers(const std::string& words) {
    const Bound own = ReadBoundWords(words);
    if (IsEmptyRange(own)) {
      return Refuse("invalid-object-definition",
                    "empty range bound specified for partition \"" + name_ + "\"",
                    "the lower bound belongs to the partition, the upper does not");
    }
    for (Oid child : context_.catalog.ChildrenOf(parent_.oid)) {
      const Relation* other = context_.catalog.relation(child);
      if (!Overlap(own, ReadBoundWords(other->partition_bound))) continue;
      return Refuse("invalid-object-definition",
                    "partition \"" + name_ + "\" would overlap partition \"" + other->name + "\"",
                    "\"" + other->name + "\" is " + other->partition_bound);
    }
  }

  Context& context_;
  const Relation& parent_;
  const std::string& name_;
  const sql::PartitionBoundSpec& bound_;
};

}  // namespace

std::string ReadBound(Context& context, const Relation& parent, const std::string& name,
                      const sql::PartitionBoundSpec& bound) {
  return BoundReader(context, parent, name, bound).Read();
}

void MirrorTrigger(Context& context, Oid trigger_oid, Oid partition) {
  const Trigger* model = context.catalog.trigger(trigger_oid);
  if (model == nullptr || context.catalog.FindTrigger(partition, model->name) != nullptr) return;
  Trigger copy = *model;
  copy.oid = 0;
  copy.relation = partition;
  copy.parent = trigger_oid;
  const Oid function = copy.function;
  const ObjectRef self{ObjectClass::kTrigger, context.edit.Put(std::move(copy))};
  context.edit.Depend(self, {ObjectClass::kRelation, partition}, DependencyKind::kAuto);
  context.edit.Depend(self, {ObjectClass::kTrigger, trigger_oid}, DependencyKind::kPartition);
  context.edit.Depend(self, {ObjectClass::kFunction, function});
  for (Oid child : context.catalog.ChildrenOf(partition)) {
    if (context.catalog.relation(child)->is_partition) MirrorTrigger(context, self.oid, child);
  }
}

void AttachPartition(Context& context, Oid parent, Oid child) {
  std::vector<Oid> indexes, triggers;
  for (const Relation* index : context.catalog.IndexesOf(parent)) indexes.push_back(index->oid);
  for (Oid index : indexes) MirrorIndex(context, index, child);
  MirrorForeignKeys(context, parent, child);
  for (const Trigger* t : context.catalog.TriggersOf(parent)) {
    if (t->for_each_row) triggers.push_back(t->oid);
  }
  for (Oid trigger : triggers) MirrorTrigger(context, trigger, child);
}

}  // namespace strata::catalog

#include "catalog/analyze/relabel.h"

#include <utility>
#include <vector>

#include "catalog/analyze/types.h"

namespace strata::catalog {
namespace {

std::string Replaced(std::string text, const std::string& from, const std::string& to,
                     std::string_view before, std::string_view after) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    const std::size_t end = at + from.size();
    const bool whole = at > 0 && end < text.size() &&
                       before.find(text[at - 1]) != std::string_view::npos &&
                       after.find(text[end]) != std::string_view::npos;
    if (whole) text.replace(at, from.size(), to);
    at += whole ? to.size() : 1;
  }
  return text;
}

std::string Quoted(const std::string& label) {
  std::string text = "'";
  for (const char c : label) text += c == '\'' ? "''" : std::string(1, c);
  return text + "'";
}

}  // namespace

bool Relabel::Concerns(Oid type) const { return BaseTypeOf(catalog_, type) == type_.oid; }

ExprPtr Relabel::Of(const ExprPtr& expr) {
  ExprPtr made = expr;
  Visit(&made);
  return made;
}

QueryPtr Relabel::Of(const QueryPtr& query) {
  QueryPtr made = query;
  Visit(&made);
  return made;
}

std::string Relabel::OfBound(const std::string& bound) const {
  return Replaced(bound, Quoted(from_), Quoted(to_), "( ", "),");
}

std::string Relabel::TextOf(const Expr& constant) const {
  const Oid base = BaseTypeOf(catalog_, constant.type.type);
  if (base == type_.oid) return constant.text == from_ ? to_ : constant.text;
  return base == type_.array ? Replaced(constant.text, from_, to_, "{,\"", "},\"") : constant.text;
}

bool Relabel::Visit(ExprPtr* expr) {
  if (*expr == nullptr) return false;
  Expr copy = **expr;
  bool changed = false;
  if (copy.kind == Expr::Kind::kConst && !copy.is_null) {
    copy.text = TextOf(copy);
    changed = copy.text != (*expr)->text;
  }
  changed |= Visit(&copy.args);
  changed |= Visit(&copy.order);
  changed |= Visit(&copy.filter);
  changed |= Visit(&copy.window);
  changed |= Visit(&copy.query);
  if (changed) *expr = std::make_shared<const Expr>(std::move(copy));
  return changed;
}

bool Relabel::Visit(QueryPtr* query) {
  if (*query == nullptr) return false;
  const QueryPtr was = *query;
  const auto [known, fresh] = known_.try_emplace(was, was);
  if (fresh) {
    Query copy = *was;
    if (Visit(&copy)) known_[was] = std::make_shared<const Query>(std::move(copy));
  }
  *query = known_[was];
  return *query != was;
}

bool Relabel::Visit(std::vector<ExprPtr>* all) {
  bool changed = false;
  for (ExprPtr& expr : *all) changed |= Visit(&expr);
  return changed;
}

bool Relabel::Visit(std::vector<SortItem>* all) {
  bool changed = false;
  for (SortItem& item : *all) changed |= Visit(&item.value);
  return changed;
}

bool Relabel::Visit(std::vector<TargetItem>* all) {
  bool changed = false;
  for (TargetItem& item : *all) changed |= Visit(&item.value);
  return changed;
}

bool Relabel::Visit(std::vector<std::vector<ExprPtr>>* all) {
  bool changed = false;
  for (std::vector<ExprPtr>& row : *all) changed |= Visit(&row);
  return changed;
}

bool Relabel::Visit(std::shared_ptr<const WindowSpec>* window) {
  if (*window == nullptr) return false;
  WindowSpec copy = **window;
  bool changed = Visit(&copy.partition);
  changed |= Visit(&copy.order);
  changed |= Visit(&copy.frame_offsets);
  if (changed) *window = std::make_shared<const WindowSpec>(std::move(copy));
  return changed;
}

bool Relabel::Visit(std::shared_ptr<const FromItem>* item) {
  if (*item == nullptr) return false;
  FromItem copy = **item;
  bool changed = Visit(&copy.on);
  changed |= Visit(&copy.left);
  changed |= Visit(&copy.right);
  if (changed) *item = std::make_shared<const FromItem>(std::move(copy));
  return changed;
}

bool Relabel::Visit(RangeEntry* range) {
  bool changed = Visit(&range->query);
  changed |= Visit(&range->functions);
  changed |= Visit(&range->values);
  return changed;
}

bool Relabel::Visit(Query* query) {
  bool changed = false;
  for (Query::Cte& cte : query->ctes) changed |= Visit(&cte.query);
  for (RangeEntry& range : query->ranges) changed |= Visit(&range);
  for (auto& item : query->from) changed |= Visit(&item);
  for (auto* list : {&query->targets, &query->conflict_set, &query->returning})
    changed |= Visit(list);
  changed |= Visit(&query->values);
  for (ExprPtr* part : {&query->where, &query->having, &query->limit, &query->offset,
                        &query->conflict_where, &query->conflict_predicate})
    changed |= Visit(part);
  for (auto* list : {&query->group, &query->distinct_on, &query->conflict_expressions})
    changed |= Visit(list);
  changed |= Visit(&query->order);
  for (Query::NamedWindow& window : query->windows) {
    auto spec = std::make_shared<const WindowSpec>(window.window);
    if (!Visit(&spec)) continue;
    window.window = *spec;
    changed = true;
  }
  for (QueryPtr* part : {&query->left, &query->right, &query->source}) changed |= Visit(part);
  return changed;
}

}  // namespace strata::catalog

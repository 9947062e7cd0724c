// The select list, and RETURNING.
#include <string>
#include <utility>
#include <vector>

#include "catalog/analyze/analysis.h"

namespace strata::catalog {
namespace {

bool IsStar(const sql::Node* node) {
  const auto* ref = sql::As<sql::ColumnRef>(node);
  return ref != nullptr && ref->n_fields > 0 &&
         sql::As<sql::AStar>(ref->fields[ref->n_fields - 1]) != nullptr;
}

bool EndsInStar(const sql::Node* node) {
  const auto* part = sql::As<sql::AIndirection>(node);
  return part != nullptr && part->n_indirection > 0 &&
         sql::As<sql::AStar>(part->indirection[part->n_indirection - 1]) != nullptr;
}

// What * stands for.
class StarReader {
 public:
  StarReader(Analysis* analysis, Level* level, const sql::ColumnRef& ref,
             std::vector<TargetItem>* targets)
      : a_(*analysis), level_(level), ref_(ref), targets_(targets), at_(At(ref.location)) {}

  void Read() {
    if (ref_.n_fields > 1) return Named();
    if (level_->visible.empty())
      a_.Fail("syntax-error", "SELECT * with no tables specified is not valid", at_);
    for (const Visible& item : level_->visible) {
      if (item.by_column) Take(level_, 0, item);
    }
  }

 private:
  void Named() {
    const std::string name(sql::StringOf(ref_.fields[ref_.n_fields - 2]));
    const std::string schema(ref_.n_fields > 2 ? sql::StringOf(ref_.fields[ref_.n_fields - 3])
                                               : "");
    const Visible* item = nullptr;
    Level* owner = nullptr;
    int up = 0;
    bool uncertain = false;
    if (a_.FindVisible(level_, schema, name, at_, &item, &up, &owner, &uncertain)) {
      if (item != nullptr) Take(owner, up, *item);
      return;
    }
    level_->query.complete = false;
    if (!uncertain && a_.parameters == nullptr) a_.MissingFrom(level_, schema, name, at_);
  }

  void Take(Level* owner, int up, const Visible& item) {
    for (const VisibleColumn& column : item.columns)
      targets_->push_back({column.name, a_.ColumnOf(owner, up, column, at_)});
    if (!owner->query.ranges[static_cast<std::size_t>(item.range)].complete)
      level_->query.complete = false;
  }

  Analysis& a_;
  Level* level_;
  const sql::ColumnRef& ref_;
  std::vector<TargetItem>* targets_;
  std::size_t at_;
};

}  // namespace

std::vector<TargetItem> Analysis::Targets(Level* level, sql::NodeRange list, Clause clause) {
  std::vector<TargetItem> targets;
  for (const sql::Node* node : list) {
    const auto* target = sql::As<sql::ResTarget>(node);
    if (target == nullptr) continue;
    if (IsStar(target->val)) {
      StarReader(this, level, *sql::As<sql::ColumnRef>(target->val), &targets).Read();
      continue;
    }
    if (EndsInStar(target->val)) level->query.complete = false;
    TargetItem item;
    item.value = Expression(level, target->val, clause);
    item.name =
        target->name != nullptr && target->name[0] != '\0' ? target->name : FigureName(target->val);
    targets.push_back(std::move(item));
  }
  return targets;
}

void FinishColumns(Query* query) {
  const std::vector<TargetItem>& targets =
      query->kind == Query::Kind::kSelect ? query->targets : query->returning;
  query->columns.clear();
  for (const TargetItem& target : targets) {
    if (!target.hidden)
      query->columns.push_back({target.name, target.value->type, target.value->collation});
  }
}

}  // namespace strata::catalog

#include "catalog/apply/drop.h"

#include <algorithm>
#include <map>

namespace strata::catalog {
namespace {

constexpr std::size_t kListed = 5;  // dependents named in a message; the rest are counted

class Planner {
 public:
  Planner(const Catalog& catalog, const std::vector<ObjectRef>& wanted)
      : catalog_(catalog), wanted_(wanted) {}

  DropPlan Plan(bool cascade) {
    for (const ObjectRef& object : wanted_) {
      if (Refused(object)) return std::move(plan_);
    }
    for (const ObjectRef& object : wanted_) Doom(object, State{true, ObjectRef{}});
    if (!cascade) RefuseWhatNeedsThem();
    return std::move(plan_);
  }

 private:
  struct State {
    bool automatic = false;  // wanted itself, or falls silently with something that does
    ObjectRef via;           // what brought it here first
  };

  // Whether the whole of the object's relation, or the object itself, is already doomed.
  bool IsDoomed(const ObjectRef& object) const {
    return states_.count(object) > 0 || states_.count({object.cls, object.oid, 0}) > 0;
  }
  bool IsWanted(const ObjectRef& object) const {
    return std::find(wanted_.begin(), wanted_.end(), object) != wanted_.end() ||
           std::find(wanted_.begin(), wanted_.end(), ObjectRef{object.cls, object.oid, 0}) !=
               wanted_.end();
  }

  // A part of something else cannot be dropped alone.
  bool Refused(const ObjectRef& object) {
    const auto* needs = catalog_.dependencies().Find(object);
    if (needs == nullptr) return false;
    for (const Dependency& d : *needs) {
      const bool part = d.kind == DependencyKind::kInternal ||
                        d.kind == DependencyKind::kExtension ||
                        d.kind == DependencyKind::kPartition;
      if (!part || IsWanted(d.on)) continue;
      const std::string owner = catalog_.Identify(d.on);
      plan_.refusal = DropRefusal{
          "dependent-objects-still-exist",
          "cannot drop " + catalog_.Identify(object) + " because " + owner + " requires it",
          "drop " + owner + " instead"};
      return true;
    }
    return false;
  }

  void Doom(const ObjectRef& object, State state) {
    const auto found = states_.find(object);
    if (found != states_.end()) {
      if (state.automatic && !found->second.automatic) {
        found->second.automatic = true;
      }
      return;
    }
    if (object.column != 0 && IsDoomed({object.cls, object.oid, 0})) return;
    states_.emplace(object, state);
    DoomOwners(object);
    for (const DependentKey& d : catalog_.DependentsOf(object)) {
      const bool own_part = d.dependent.cls == object.cls && d.dependent.oid == object.oid;
      if (own_part && object.column == 0) continue;
      const bool automatic = d.kind != DependencyKind::kNormal;
      Doom(d.dependent, State{automatic, d.on.column != 0 ? d.on : object});
    }
    order_.push_back(object);
    plan_.doomed.push_back(object);
  }

  // What is reached as a part of a thing that stays takes that thing with it.
  void DoomOwners(const ObjectRef& object) {
    const auto* needs = catalog_.dependencies().Find(object);
    if (needs == nullptr || IsWanted(object)) return;
    for (const Dependency& d : *needs) {
      if (d.kind == DependencyKind::kInternal && !IsDoomed(d.on)) Doom(d.on, State{false, object});
      if (d.kind == DependencyKind::kExtension && !IsDoomed(d.on)) Doom(d.on, State{false, object});
    }
  }

  void RefuseWhatNeedsThem() {
    std::vector<std::string> lines;
    for (auto it = order_.rbegin(); it != order_.rend(); ++it) {
      const State& state = states_.at(*it);
      if (state.automatic || IsWanted(*it)) continue;
      lines.push_back(catalog_.Identify(*it) + " depends on " + catalog_.Identify(state.via));
      plan_.falling_names.push_back(catalog_.Describe(*it));
    }
    if (lines.empty()) return;
    DropRefusal refusal;
    refusal.rule = "dependent-objects-still-exist";
    refusal.message =
        wanted_.size() == 1
            ? "cannot drop " + catalog_.Identify(wanted_[0]) + " because other objects depend on it"
            : "cannot drop desired object(s) because other objects depend on them";
    for (std::size_t i = 0; i < lines.size() && i < kListed; ++i)
      refusal.help += (i > 0 ? ", " : "") + lines[i];
    if (lines.size() > kListed)
      refusal.help += " and " + std::to_string(lines.size() - kListed) + " more";
    refusal.help += "; drop what depends on it first, or use CASCADE";
    plan_.refusal = std::move(refusal);
  }

  const Catalog& catalog_;
  const std::vector<ObjectRef>& wanted_;
  std::map<ObjectRef, State> states_;
  std::vector<ObjectRef> order_;  // dependents before what they need
  DropPlan plan_;
};

}  // namespace

DropPlan PlanDrop(const Catalog& catalog, const std::vector<ObjectRef>& wanted, bool cascade) {
  return Planner(catalog, wanted).Plan(cascade);
}

void Execute(Editor* edit, const DropPlan& plan) {
  for (const ObjectRef& object : plan.doomed) edit->Erase(object);
}

}  // namespace strata::catalog

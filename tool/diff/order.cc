// Puts steps in an order in which every one finds what it needs.
#include <algorithm>
#include <queue>
#include <tuple>

#include "catalog/analyze/analyze.h"
#include "catalog/print/define.h"
#include "diff/differ.h"
#include "sql/parse.h"
#include "sql/token.h"

namespace strata::diff {

using catalog::Relation;

namespace {

class Sorter {
 public:
  Sorter(const Catalog& a, const Catalog& b, std::vector<Op> ops)
      : a_(a), b_(b), ops_(std::move(ops)), edges_(ops_.size()) {}

  std::vector<Op> Sort() {
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      for (const ObjectRef& ref : ops_[i].ends) ends_.emplace(ref, i);
      for (const ObjectRef& ref : ops_[i].starts) starts_.emplace(ref, i);
    }
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      for (const ObjectRef& ref : ops_[i].ends) BeforeWhatItNeeded(i, ref);
      for (const ObjectRef& ref : ops_[i].starts) AfterWhatItNeeds(i, ref);
      for (const ObjectRef& ref : ops_[i].needs) Hard(Find(starts_, b_, ref), i);
    }
    AfterNamesAreFree();
    KeysBeforeReferences();
    ReferencedTablesFirst();
    BodiesLast();
    AroundColumnsOfParents();
    return Walk();
  }

 private:
  struct Edges {
    std::set<std::size_t> hard, soft;  // to steps that come later
  };

  using Places = std::unordered_map<ObjectRef, std::size_t>;

  // The step that ends or starts the object, or the whole it is a part of; ops_.size(): none.
  std::size_t Find(const Places& places, const Catalog& c, ObjectRef ref) const {
    for (int depth = 0; depth < 4; ++depth) {
      const auto found = places.find(ref);
      if (found != places.end()) return found->second;
      const ObjectRef whole = WholeOf(c, ref);
      if (!(whole == ref)) {
        ref = whole;
      } else if (ref.column != 0 && ref.cls == ObjectClass::kDefault) {
        ref.cls = ObjectClass::kRelation;
      } else if (ref.column != 0) {
        ref.column = 0;
      } else if (OfExtension(ref)) {
        ref = ExtensionOf(c, ref);
      } else {
        break;
      }
    }
    return ops_.size();
  }

  static ObjectRef ExtensionOf(const Catalog& c, ObjectRef ref) {
    const auto* needs = c.dependencies().Find(ref);
    if (needs == nullptr) return {ObjectClass::kExtension, 0};
    for (const catalog::Dependency& d : *needs) {
      if (d.kind == catalog::DependencyKind::kExtension) return d.on;
    }
    return {ObjectClass::kExtension, 0};
  }

  void Hard(std::size_t from, std::size_t to) {
    if (from != to && from < ops_.size() && to < ops_.size()) edges_[from].hard.insert(to);
  }
  void Soft(std::size_t from, std::size_t to) {
    if (from != to && from < ops_.size() && to < ops_.size()) edges_[from].soft.insert(to);
  }

  // A sequence is made before the column that owns it.
  static bool IsOwnership(const Catalog& c, ObjectRef ref, const catalog::Dependency& d) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? c.relation(ref.oid) : nullptr;
    return r != nullptr && r->sequence && d.kind != catalog::DependencyKind::kNormal;
  }

  void BeforeWhatItNeeded(std::size_t i, ObjectRef ref) {
    const auto* needs = a_.dependencies().Find(ref);
    if (needs == nullptr) return;
    for (const catalog::Dependency& d : *needs) {
      if (IsOwnership(a_, ref, d)) continue;
      const std::size_t other = Find(ends_, a_, d.on);
      if (other < ops_.size() && ops_[other].breaks) Hard(i, other);
    }
  }

  void AfterWhatItNeeds(std::size_t i, ObjectRef ref) {
    const auto* needs = b_.dependencies().Find(ref);
    if (needs == nullptr) return;
    for (const catalog::Dependency& d : *needs) {
      if (!IsOwnership(b_, ref, d)) Hard(Find(starts_, b_, d.on), i);
    }
  }

  // Functions, procedures and aggregates share their names.
  static std::string NameOfRoutine(const Catalog& c, const catalog::Function* f) {
    const catalog::Schema* s = f == nullptr ? nullptr : c.schema(f->schema);
    if (s == nullptr) return "";
    std::string name = "routine " + s->name + "." + f->name + "(";
    for (Oid input : f->inputs) name += catalog::SqlType(c, {input, -1}) + ",";
    return name;
  }

  static std::string NameOf(const Catalog& c, ObjectRef ref) {
    if (ref.cls == ObjectClass::kDefault) return "";
    if (ref.cls == ObjectClass::kRelation && ref.column == 0) {
      const Relation* r = c.relation(ref.oid);
      const catalog::Schema* s = r == nullptr ? nullptr : c.schema(r->schema);
      return s == nullptr ? "" : "relation " + s->name + "." + r->name;
    }
    if (ref.cls == ObjectClass::kFunction) return NameOfRoutine(c, c.function(ref.oid));
    return catalog::SqlObject(c, ref);
  }

  // A name can be given again when what had it is gone; a constraint takes its index's name, a
  // table its row type's.
  void AfterNamesAreFree() {
    std::unordered_map<std::string, std::size_t> taken;
    auto each = [](const Catalog& c, ObjectRef ref, auto&& f) {
      const std::string name = NameOf(c, ref);
      if (!name.empty()) f(name);
      if (ref.cls == ObjectClass::kConstraint) {
        const catalog::Constraint* x = c.constraint(ref.oid);
        if (x != nullptr && x->index != 0 && x->kind != catalog::ConstraintKind::kForeignKey) {
          f(NameOf(c, {ObjectClass::kRelation, x->index}));
        }
        if (x != nullptr && x->kind == catalog::ConstraintKind::kPrimaryKey)  // a table has one
          f("primary key of " + NameOf(c, {ObjectClass::kRelation, x->relation}));
      }
      if (ref.cls == ObjectClass::kRelation && ref.column == 0) {
        const Relation* r = c.relation(ref.oid);
        if (r != nullptr && r->row_type != 0) f("TYPE " + catalog::SqlType(c, {r->row_type, -1}));
      }
    };
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      if (!ops_[i].breaks) continue;
      for (const ObjectRef& ref : ops_[i].ends)
        each(a_, ref, [&](const std::string& name) { taken.emplace(name, i); });
    }
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      for (const ObjectRef& ref : ops_[i].starts) {
        each(b_, ref, [&](const std::string& name) {
          const auto found = taken.find(name);
          if (found != taken.end()) Hard(found->second, i);
        });
      }
      if (ops_[i].allows_null == 0) continue;
      const ObjectRef table{ObjectClass::kRelation, ops_[i].allows_null};
      const auto key = taken.find("primary key of " + NameOf(a_, table));
      if (key != taken.end()) Hard(key->second, i);
    }
  }

  // All keys of a new table, though a foreign key depends on one: which one it is may depend on
  // which was there first.
  void KeysBeforeReferences() {
    std::unordered_map<Oid, std::vector<std::size_t>> keys;
    std::unordered_set<Oid> made;
    for (const Op& op : ops_) made.insert(op.create_table);
    auto constraint = [&](std::size_t i) {
      return ops_[i].constraint == 0 ? nullptr : b_.constraint(ops_[i].constraint);
    };
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      const catalog::Constraint* c = constraint(i);
      if (c != nullptr && c->index != 0 && c->kind != catalog::ConstraintKind::kForeignKey &&
          made.count(c->relation) > 0)
        keys[c->relation].push_back(i);
    }
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      const catalog::Constraint* c = constraint(i);
      if (c == nullptr || c->kind != catalog::ConstraintKind::kForeignKey) continue;
      for (std::size_t key : keys[c->referenced]) Hard(key, i);
    }
  }

  // So that its constraints can stand inside CREATE TABLE.
  void ReferencedTablesFirst() {
    std::unordered_map<Oid, std::size_t> tables;
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      if (ops_[i].create_table != 0) tables.emplace(ops_[i].create_table, i);
    }
    std::unordered_map<std::size_t, std::size_t> takers;  // a constraint's step -> its table's
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      const catalog::Constraint* c =
          ops_[i].constraint == 0 ? nullptr : b_.constraint(ops_[i].constraint);
      const auto found = c == nullptr ? tables.end() : tables.find(c->relation);
      if (found != tables.end()) takers.emplace(i, found->second);
    }
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      for (std::size_t to :
           std::vector<std::size_t>(edges_[i].hard.begin(), edges_[i].hard.end())) {
        const auto taker = takers.find(to);
        const auto own = takers.find(i);
        if (taker == takers.end() || i == taker->second ||
            (own != takers.end() && own->second == taker->second))
          continue;
        Soft(i, taker->second);
        if (own != takers.end()) Soft(own->second, taker->second);
      }
    }
  }

  // A table has its columns match the parent's when it is attached.
  void AroundColumnsOfParents() {
    std::unordered_map<std::string, std::vector<std::size_t>> columns;
    auto is_column = [](const ObjectRef& ref) { return ref.column != 0; };
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      const Op& op = ops_[i];
      if (!op.table.empty() && (std::any_of(op.starts.begin(), op.starts.end(), is_column) ||
                                std::any_of(op.ends.begin(), op.ends.end(), is_column)))
        columns[op.table].push_back(i);
    }
    if (columns.empty()) return;
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      for (std::size_t other : columns[ops_[i].leaves]) Hard(i, other);
      for (std::size_t other : columns[ops_[i].joins]) Hard(other, i);
    }
  }

  // PostgreSQL looks into bodies when a function is made, though it does not depend on what it
  // finds.
  void BodiesLast() {
    std::unordered_map<std::string, std::vector<std::size_t>> made;
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      for (const ObjectRef& ref : ops_[i].starts) {
        const std::string name = BareName(ref);
        if (!name.empty()) made[name].push_back(i);
      }
    }
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      for (const ObjectRef& ref : ops_[i].starts) {
        const catalog::Function* f =
            ref.cls == ObjectClass::kFunction ? b_.function(ref.oid) : nullptr;
        if (f == nullptr || (f->language != "sql" && f->language != "plpgsql")) continue;
        if (AfterWhatItCalls(i, *f)) continue;
        for (std::size_t at = 0; at < f->body.size();) {
          const sql::Token token = sql::NextToken(f->body, at);
          if (token.kind == sql::TokenKind::kEnd || token.span.end <= at) break;
          at = token.span.end;
          if (token.kind != sql::TokenKind::kIdentifier &&
              token.kind != sql::TokenKind::kQuotedIdentifier)
            continue;
          const auto found = made.find(sql::ValueOf(f->body, token));
          if (found == made.end()) continue;
          for (std::size_t other : found->second) Soft(other, i);
        }
      }
    }
  }

  // What an SQL body names exactly: by its words alone functions of one name would wait for each
  // other. False where it cannot be told.
  bool AfterWhatItCalls(std::size_t i, const catalog::Function& f) {
    if (f.inline_body) return true;  // its needs are known exactly
    if (f.language != "sql") return false;
    std::vector<ObjectRef> used;
    const sql::ParsedScript script = sql::Parse(f.body);
    for (const sql::ParsedStatement& statement : script.statements) {
      if (statement.tree == nullptr) return false;
      catalog::Findings findings;
      const auto query = catalog::AnalyzeQuery(b_, statement.tree, catalog::InputsOf(f), &findings);
      if (!query->certain || !findings.problems.empty() || !findings.unchecked.empty())
        return false;
      const std::vector<ObjectRef> refs = catalog::ReferencesOf(*query);
      used.insert(used.end(), refs.begin(), refs.end());
    }
    for (const ObjectRef& ref : used) Hard(Find(starts_, b_, ref), i);
    return true;
  }

  std::string BareName(ObjectRef ref) const {
    if (ref.column != 0) {
      const Relation* r = ref.cls == ObjectClass::kRelation ? b_.relation(ref.oid) : nullptr;
      const catalog::Column* c = r == nullptr || starts_.count({ref.cls, ref.oid}) > 0
                                     ? nullptr
                                     : r->FindColumn(ref.column);
      return c == nullptr ? "" : c->name;
    }
    if (ref.cls == ObjectClass::kRelation && b_.relation(ref.oid) != nullptr)
      return b_.relation(ref.oid)->name;
    if (ref.cls == ObjectClass::kType && b_.type(ref.oid) != nullptr) return b_.type(ref.oid)->name;
    if (ref.cls == ObjectClass::kFunction && b_.function(ref.oid) != nullptr)
      return b_.function(ref.oid)->name;
    return "";
  }

  auto Rank(std::size_t i) const {
    const Op& op = ops_[i];
    return std::tie(op.group, op.unit, op.step, op.name);
  }

  std::vector<Op> Walk() {
    std::vector<std::size_t> hard(ops_.size()), soft(ops_.size());
    for (const Edges& e : edges_) {
      for (std::size_t to : e.hard) ++hard[to];
      for (std::size_t to : e.soft) ++soft[to];
    }
    std::vector<std::size_t> by_rank(ops_.size());
    for (std::size_t i = 0; i < by_rank.size(); ++i) by_rank[i] = i;
    std::stable_sort(by_rank.begin(), by_rank.end(),
                     [&](std::size_t x, std::size_t y) { return Rank(x) < Rank(y); });
    std::vector<std::size_t> rank(ops_.size());
    for (std::size_t i = 0; i < by_rank.size(); ++i) rank[by_rank[i]] = i;

    std::set<std::size_t> ready, hard_ready, left;  // ranks
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      left.insert(rank[i]);
      if (hard[i] == 0) (soft[i] == 0 ? ready : hard_ready).insert(rank[i]);
    }
    std::vector<std::size_t> order;
    std::vector<bool> done(ops_.size());
    while (!left.empty()) {
      const std::size_t next = by_rank[!ready.empty()        ? *ready.begin()
                                       : !hard_ready.empty() ? *hard_ready.begin()
                                                             : *left.begin()];
      ready.erase(rank[next]);
      hard_ready.erase(rank[next]);
      left.erase(rank[next]);
      done[next] = true;
      order.push_back(next);
      auto settle = [&](std::size_t to) {
        if (done[to] || hard[to] > 0) return;
        hard_ready.erase(rank[to]);
        (soft[to] == 0 ? ready : hard_ready).insert(rank[to]);
      };
      for (std::size_t to : edges_[next].hard) {
        if (hard[to] > 0) --hard[to];
        settle(to);
      }
      for (std::size_t to : edges_[next].soft) {
        if (soft[to] > 0) --soft[to];
        settle(to);
      }
    }
    return Gather(order);
  }

  // Takes into each CREATE TABLE the constraints that could follow it at once, and gives every step
  // the stage its online form asks for, or the later one of what it follows.
  std::vector<Op> Gather(const std::vector<std::size_t>& order) {
    std::vector<std::vector<std::size_t>> needs(ops_.size());
    for (std::size_t i = 0; i < ops_.size(); ++i) {
      for (std::size_t to : edges_[i].hard) needs[to].push_back(i);
    }
    std::vector<bool> done(ops_.size());
    std::map<Oid, std::vector<std::size_t>> constraints;
    for (std::size_t i : order) {
      const catalog::Constraint* c =
          ops_[i].constraint == 0 ? nullptr : b_.constraint(ops_[i].constraint);
      if (c != nullptr) constraints[c->relation].push_back(i);
    }
    std::vector<Op> result;
    stage_.resize(ops_.size());
    for (std::size_t i : order) {
      if (done[i]) continue;
      done[i] = true;
      Op op = ops_[i];
      if (op.create_table != 0) TakeIn(&op, constraints[op.create_table], needs, &done);
      // Alone, new labels need no file of their own.
      const bool lonely = op.online_stage == Stage::kLabels && edges_[i].hard.empty();
      op.stage = lonely ? Stage::kMain : op.online_stage;
      for (std::size_t from : needs[i]) op.stage = std::max(op.stage, stage_[from]);
      // Only what is made for it stands in a file outside a transaction.
      if (op.stage == Stage::kConcurrent && op.online_stage != op.stage) op.stage = Stage::kAfter;
      stage_[i] = op.stage;
      result.push_back(std::move(op));
    }
    return result;
  }

  void TakeIn(Op* op, const std::vector<std::size_t>& candidates,
              const std::vector<std::vector<std::size_t>>& needs, std::vector<bool>* done) {
    std::vector<const catalog::Constraint*> inside;
    for (std::size_t c : candidates) {
      // What comes in a later file only is not there yet.
      const bool free = std::all_of(needs[c].begin(), needs[c].end(), [&](std::size_t n) {
        return (*done)[n] && stage_[n] <= Stage::kMain;
      });
      const catalog::Constraint& made = *b_.constraint(ops_[c].constraint);
      // CREATE TABLE would take a second key of the same columns for the first one, said twice.
      const bool repeated = std::any_of(inside.begin(), inside.end(), [&](const auto* x) {
        return x->index != 0 && made.index != 0 && x->columns == made.columns &&
               made.kind == catalog::ConstraintKind::kUnique;
      });
      if (!free || repeated || !made.validated) continue;
      (*done)[c] = true;
      inside.push_back(b_.constraint(ops_[c].constraint));
      op->starts.insert(op->starts.end(), ops_[c].starts.begin(), ops_[c].starts.end());
    }
    auto weight = [](const catalog::Constraint* c) {
      constexpr std::string_view kOrder = "puxcf";
      return kOrder.find(static_cast<char>(c->kind));
    };
    std::stable_sort(inside.begin(), inside.end(), [&](const auto* x, const auto* y) {
      return std::pair(weight(x), std::string_view(x->name)) <
             std::pair(weight(y), std::string_view(y->name));
    });
    const Relation& table = *b_.relation(op->create_table);
    op->sql.insert(op->sql.begin(), catalog::CreateTable(b_, table, inside));
  }

  const Catalog& a_;
  const Catalog& b_;
  std::vector<Op> ops_;
  std::vector<Edges> edges_;
  std::unordered_map<ObjectRef, std::size_t> ends_, starts_;
  std::vector<Stage> stage_;
};

}  // namespace

std::vector<Op> OrderOps(const Catalog& a, const Catalog& b, std::vector<Op> ops) {
  return Sorter(a, b, std::move(ops)).Sort();
}

}  // namespace strata::diff

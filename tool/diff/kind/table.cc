// Tables and foreign tables as wholes.
#include <algorithm>

#include "catalog/quote.h"
#include "diff/differ.h"

namespace strata::diff {

using catalog::Column;
using catalog::Relation;
using catalog::RelationKind;

namespace {

bool HasRows(const Relation& r) {
  return r.kind == RelationKind::kTable || r.kind == RelationKind::kPartitionedTable ||
         r.kind == RelationKind::kForeignTable;
}

void Create(Differ& d, const Relation& table) {
  const ObjectRef self{ObjectClass::kRelation, table.oid};
  Op op;
  op.unit = table.name;
  op.create_table = table.oid;
  op.sql = catalog::TableSettings(d.b, table);
  op.starts = {self};
  for (const Column& c : table.columns) {
    op.starts.push_back({ObjectClass::kRelation, table.oid, c.number});
    op.starts.push_back({ObjectClass::kDefault, table.oid, c.number});
    if (c.identity == 0 && catalog::SerialType(d.b, table, c).empty()) continue;
    if (d.InBefore(self).oid != 0) {
      op.notes.push_back("the numbers of column " + table.name + "." + c.name +
                         " start at their beginning again: set them behind those in use");
    }
    for (const Relation* s : d.b.SequencesOf(table.oid, c.number)) {
      op.starts.push_back({ObjectClass::kRelation, s->oid});
      d.Make({ObjectClass::kRelation, s->oid});
    }
  }
  if (d.InBefore(self).oid == 0) op.differences.push_back(d.Missing(self));
  if (d.back && table.kind == RelationKind::kTable)
    op.notes.push_back("the rows of table " + table.name + " do not come back");
  d.Add(std::move(op));
}

// Those that have rows of their own, of the table and the partitions that go with it.
std::vector<std::string> LosesRows(const Differ& d, const Relation& table) {
  std::vector<std::string> names;
  if (table.kind == RelationKind::kTable) names.push_back(table.name);
  for (Oid child : d.a.ChildrenOf(table.oid)) {
    if (!d.IsCovered({ObjectClass::kRelation, child})) continue;
    const std::vector<std::string> below = LosesRows(d, *d.a.relation(child));
    names.insert(names.end(), below.begin(), below.end());
  }
  return names;
}

std::string DataOf(const std::vector<std::string>& tables) {
  if (tables.size() == 1) return "destroys the data of table " + tables[0];
  return "destroys the data of tables " + catalog::Join(tables, ", ");
}

void Drop(Differ& d, const Relation& table) {
  const ObjectRef self{ObjectClass::kRelation, table.oid};
  const ObjectRef now = d.InAfter(self);
  if (d.IsCovered(self)) return;
  Op op;
  op.group = Group::kDropTable;
  op.unit = table.name;
  op.sql = {"DROP " + catalog::SqlObject(d.a, self)};
  op.ends = {self};
  for (const Column& c : table.columns) {
    op.ends.push_back({ObjectClass::kRelation, table.oid, c.number});
    op.ends.push_back({ObjectClass::kDefault, table.oid, c.number});
  }
  for (const catalog::Constraint* c : d.a.ConstraintsOf(table.oid)) {
    if (!IsInDropCycle(d, *c)) op.ends.push_back({ObjectClass::kConstraint, c->oid});
  }
  for (const Relation* i : d.a.IndexesOf(table.oid))
    op.ends.push_back({ObjectClass::kRelation, i->oid});
  for (const Relation* s : d.a.SequencesOf(table.oid))
    op.ends.push_back({ObjectClass::kRelation, s->oid});
  for (const catalog::Trigger* t : d.a.TriggersOf(table.oid))
    op.ends.push_back({ObjectClass::kTrigger, t->oid});
  for (const catalog::Policy* p : d.a.PoliciesOf(table.oid)) {
    if (!LooksAtGone(d, {ObjectClass::kPolicy, p->oid}, table.oid))
      op.ends.push_back({ObjectClass::kPolicy, p->oid});
  }
  for (const catalog::Rule* r : d.a.RulesOf(table.oid)) {
    if (!LooksAtGone(d, {ObjectClass::kRule, r->oid}, table.oid))
      op.ends.push_back({ObjectClass::kRule, r->oid});
  }
  op.breaks = true;
  const std::vector<std::string> losers = LosesRows(d, table);
  if (!losers.empty()) op.notes.push_back(DataOf(losers));
  if (now.oid == 0) {
    op.differences.push_back(d.Extra(self));
  } else {
    op.differences.push_back(d.Changed(now, "is of another kind or partitioned otherwise"));
  }
  d.Add(std::move(op));
}

class TableDiffer {
 public:
  TableDiffer(Differ& d, const Relation& before, const Relation& after)
      : d_(d),
        before_(before),
        after_(after),
        self_{ObjectClass::kRelation, after.oid},
        table_(catalog::SqlRelation(d.b, after.oid)) {}

  void Run() {
    Parents();
    DiffColumns(d_, before_, after_);
    if (before_.persistence != after_.persistence) {
      Clause(after_.persistence == 'u' ? "SET UNLOGGED" : "SET LOGGED", "is logged otherwise");
    }
    if (before_.row_security != after_.row_security) {
      Clause(std::string(after_.row_security ? "ENABLE" : "DISABLE") + " ROW LEVEL SECURITY",
             std::string("has row level security ") + (after_.row_security ? "off" : "on"));
    }
    if (before_.force_row_security != after_.force_row_security) {
      Clause(std::string(after_.force_row_security ? "" : "NO ") + "FORCE ROW LEVEL SECURITY",
             "forces row level security otherwise");
    }
    Identity();
    Options();
  }

 private:
  void Clause(std::string clause, std::string detail) {
    Op op;
    op.unit = after_.name;
    op.step = 6;
    op.name = clause;
    op.table = table_;
    op.clause = std::move(clause);
    op.differences.push_back(d_.Changed(self_, std::move(detail)));
    d_.Add(std::move(op));
  }

  void Identity() {
    if (before_.replica_identity == after_.replica_identity || after_.replica_identity == 'i')
      return;
    const std::string clause =
        std::string("REPLICA IDENTITY ") + (after_.replica_identity == 'f'   ? "FULL"
                                            : after_.replica_identity == 'n' ? "NOTHING"
                                                                             : "DEFAULT");
    constexpr char kDetail[] = "has another replica identity";
    if (before_.replica_identity != 'i') return Clause(clause, kDetail);
    // An index holds its columns NOT NULL for as long as it is the identity.
    d_.Add(Statement(1, "ALTER TABLE " + table_ + " " + clause, kDetail));
  }

  void Options() {
    if (before_.options == after_.options) return;
    if (after_.kind == RelationKind::kForeignTable) {
      d_.Add(Statement(6,
                       "ALTER FOREIGN TABLE " + table_ + " OPTIONS (" +
                           catalog::ChangedOptions(before_.options, after_.options) + ")",
                       "has other options"));
      return;
    }
    std::map<std::string, std::string> set;
    std::vector<std::string> reset;
    for (const auto& [name, value] : after_.options) {
      const auto old = before_.options.find(name);
      if (old == before_.options.end() || old->second != value) set[name] = value;
    }
    for (const auto& [name, value] : before_.options) {
      if (after_.options.count(name) == 0) reset.push_back(name);
    }
    if (!set.empty()) Clause("SET " + catalog::SqlOptions(set), "has other storage parameters");
    if (!reset.empty())
      Clause("RESET (" + catalog::Join(reset, ", ") + ")", "has other storage parameters");
  }

  Op Statement(int step, std::string sql, std::string detail) {
    Op op;
    op.unit = after_.name;
    op.step = step;
    op.name = sql;
    op.sql = {std::move(sql)};
    if (!detail.empty()) op.differences.push_back(d_.Changed(self_, std::move(detail)));
    return op;
  }

  bool HasParent(const Relation& r, const Catalog& c, const std::string& parent) const {
    return std::any_of(r.parents.begin(), r.parents.end(),
                       [&](Oid oid) { return catalog::SqlRelation(c, oid) == parent; });
  }

  void Parents() {
    for (Oid oid : before_.parents) {
      const ObjectRef now = d_.InAfter({ObjectClass::kRelation, oid});
      if (now.oid != 0 && KeepsParent(d_, before_, after_, now.oid)) continue;
      const std::string parent = catalog::SqlRelation(d_.a, oid);
      const bool again = HasParent(after_, d_.b, parent);
      Op op = before_.is_partition
                  ? Statement(1, "ALTER TABLE " + parent + " DETACH PARTITION " + table_,
                              again ? "" : "is a partition of " + parent)
                  : Statement(1, "ALTER TABLE " + table_ + " NO INHERIT " + parent,
                              again ? "" : "inherits " + parent);
      op.leaves = parent;
      d_.Add(std::move(op));
    }
    for (Oid oid : after_.parents) {
      if (KeepsParent(d_, before_, after_, oid)) continue;
      const std::string parent = catalog::SqlRelation(d_.b, oid);
      const bool had = HasParent(before_, d_.a, parent);
      Op op = after_.is_partition ? Statement(9,
                                              "ALTER TABLE " + parent + " ATTACH PARTITION " +
                                                  table_ + " " + after_.partition_bound,
                                              had ? "has the bounds " + before_.partition_bound +
                                                        " instead of " + after_.partition_bound
                                                  : "is not a partition of " + parent)
                                  : Statement(9, "ALTER TABLE " + table_ + " INHERIT " + parent,
                                              had ? "" : "does not inherit " + parent);
      if (after_.is_partition)
        op.notes.push_back("fails while a row of table " + after_.name +
                           " lies outside the bounds");
      op.joins = parent;
      op.starts = {{ObjectClass::kRelation, after_.oid}};
      d_.Add(std::move(op));
    }
  }

  Differ& d_;
  const Relation& before_;
  const Relation& after_;
  const ObjectRef self_;
  const std::string table_;
};

// A time without a zone is taken for one in UTC, as elsewhere.
std::string WithoutZone(std::string bound) {
  constexpr std::string_view kUtc = "+00'";
  for (std::size_t at = bound.find(kUtc); at != std::string::npos; at = bound.find(kUtc, at + 1)) {
    if (at > 3 && bound[at - 3] == ':') bound.erase(at, kUtc.size() - 1);
  }
  return bound;
}

}  // namespace

bool KeepsParent(const Differ& d, const Relation& before, const Relation& after, Oid parent) {
  const ObjectRef old = d.InBefore({ObjectClass::kRelation, parent});
  const auto has = [](const Relation& child, Oid oid) {
    return std::find(child.parents.begin(), child.parents.end(), oid) != child.parents.end();
  };
  return old.oid != 0 && !d.IsGone(old) && has(before, old.oid) && has(after, parent) &&
         WithoutZone(before.partition_bound) == WithoutZone(after.partition_bound);
}

void DiffTables(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? d.a.relation(ref.oid) : nullptr;
    if (r != nullptr && HasRows(*r) && d.IsGone(ref)) Drop(d, *r);
  }
  for (const auto& [key, ref] : d.after_items()) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? d.b.relation(ref.oid) : nullptr;
    if (r == nullptr || !HasRows(*r)) continue;
    if (d.IsNew(ref)) {
      Create(d, *r);
    } else {
      TableDiffer(d, *d.a.relation(d.InBefore(ref).oid), *r).Run();
    }
  }
}

}  // namespace strata::diff

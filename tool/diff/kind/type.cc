// Enums, composite types, domains, ranges.
#include <algorithm>
#include <set>

#include "catalog/analyze/analyze.h"
#include "catalog/quote.h"
#include "diff/differ.h"

namespace strata::diff {

using catalog::Column;
using catalog::Constraint;
using catalog::QuoteIdentifier;
using catalog::QuoteLiteral;
using catalog::Relation;
using catalog::Type;
using catalog::TypeKind;

namespace {

// "'done', 'gone'": the values that an enum has no more.
std::string LostLabels(const catalog::Type& before, const catalog::Type& after) {
  std::vector<std::string> lost;
  for (const catalog::EnumLabel& label : before.labels) {
    if (std::find(after.labels.begin(), after.labels.end(), label) == after.labels.end())
      lost.push_back(catalog::QuoteLiteral(label.label));
  }
  return catalog::Join(lost, " or ");
}

Op New(Group group, const Type& type) {
  Op op;
  op.group = group;
  op.unit = type.name;
  return op;
}

std::string Name(const Catalog& c, const Type& type) { return catalog::SqlType(c, {type.oid, -1}); }

std::vector<ObjectRef> Whole(const Catalog& c, const Type& type) {
  std::vector<ObjectRef> refs = {{ObjectClass::kType, type.oid}};
  if (type.kind == TypeKind::kDomain) {
    for (const Constraint* x : c.ConstraintsOf(type.oid))
      refs.push_back({ObjectClass::kConstraint, x->oid});
  }
  // What its attributes need is needed by these.
  if (const Relation* row = type.relation == 0 ? nullptr : c.relation(type.relation)) {
    refs.push_back({ObjectClass::kRelation, row->oid});
    for (const Column& column : row->columns)
      refs.push_back({ObjectClass::kRelation, row->oid, column.number});
  }
  return refs;
}

// --- made anew ---------------------------------------------------------------------------------

struct User {
  const Relation* table;  // of `before`
  const Column* column;
  ObjectRef now;  // in `after`
};

// The columns of that type that stay, to be taken from the old type to the new.
std::vector<User> UsersOf(const Differ& d, const Type& type) {
  std::vector<User> users;
  d.a.relations().ForEach([&](Oid oid, const auto& r) {
    if (r->kind != catalog::RelationKind::kTable &&
        r->kind != catalog::RelationKind::kPartitionedTable)
      return;
    if (d.IsGone({ObjectClass::kRelation, oid})) return;
    for (const Column& c : r->columns) {
      const ObjectRef ref{ObjectClass::kRelation, oid, c.number};
      const ObjectRef now = d.InAfter(ref);
      if (now.oid == 0 || d.IsGone(ref) || c.inherited > 0) continue;
      if (!(WholeOf(d.a, {ObjectClass::kType, c.type.type}) ==
            ObjectRef{ObjectClass::kType, type.oid}))
        continue;
      const Column* after = d.b.relation(now.oid)->FindColumn(now.column);
      if (catalog::SqlType(d.a, c.type) == catalog::SqlType(d.b, after->type))
        users.push_back({r.get(), &c, now});
    }
  });
  return users;
}

std::string Retype(const Differ& d, const User& u, const std::string& type) {
  const std::string column = QuoteIdentifier(u.column->name);
  const bool is_array = d.a.type(u.column->type.type)->is_array;
  const std::string by_text = is_array ? "::text[]" : "::text";
  return "ALTER TABLE " + catalog::SqlRelation(d.b, u.now.oid) + "\n    ALTER COLUMN " + column +
         " TYPE " + (type.empty() ? by_text.substr(2) : type) + " USING " + column + by_text +
         (type.empty() ? "" : "::" + type);
}

void Take(const User& u, Op* op) {
  op->ends.push_back({ObjectClass::kRelation, u.table->oid, u.column->number});
  op->starts.push_back(u.now);
}

// For a type that nothing uses, and for a range: the old one cannot stand beside the new, its
// constructors have the same names.
void ReplaceByText(Differ& d, const std::vector<User>& users, const std::string& drop,
                   const std::string& create, Op op) {
  for (const User& u : users) op.sql.push_back(Retype(d, u, ""));
  op.sql.push_back(drop);
  op.sql.push_back(create);
  for (const User& u : users) {
    op.sql.push_back(Retype(d, u, catalog::SqlType(d.a, u.column->type)));
    Take(u, &op);
  }
  d.Add(std::move(op));
}

void Replace(Differ& d, const Type& before, const Type& after) {
  const std::vector<User> users = UsersOf(d, before);
  const std::string name = Name(d.b, after);
  const std::string kind = catalog::SqlKind(d.a, {ObjectClass::kType, before.oid});
  const std::string create = catalog::CreateType(d.b, after);
  Op op = New(Group::kType, after);
  op.ends = Whole(d.a, before);
  op.starts = Whole(d.b, after);
  op.breaks = true;
  const std::string was = catalog::CreateType(d.a, before);
  if (catalog::CreateType(d.exact_a, before) != catalog::CreateType(d.exact_b, after))
    op.differences.push_back(
        d.Changed({ObjectClass::kType, after.oid}, "is " + was + " instead of " + create));
  const std::string drop = "DROP " + kind + " " + name;
  if (users.empty() || before.kind == TypeKind::kRange)
    return ReplaceByText(d, users, drop, create, std::move(op));
  const std::string old_name = before.name + "_old";
  op.sql = {"ALTER " + kind + " " + name + " RENAME TO " + QuoteIdentifier(old_name), create};
  const std::string lost = LostLabels(before, after);
  if (!lost.empty()) op.notes.push_back("fails while a column holds " + lost);
  std::set<std::string> tables;
  for (const User& u : users) {
    op.sql.push_back(Retype(d, u, catalog::SqlType(d.a, u.column->type)));
    Take(u, &op);
    tables.insert(u.table->name);
  }
  op.notes.push_back("rewrites table" + std::string(tables.size() == 1 ? " " : "s ") +
                     catalog::Join({tables.begin(), tables.end()}, ", ") +
                     ", which nobody can use meanwhile");
  const catalog::Schema* schema = d.a.schema(before.schema);
  const bool in_public = schema == nullptr || schema->oid == catalog::kPublicSchema;
  op.sql.push_back("DROP " + kind + " " + (in_public ? "" : QuoteIdentifier(schema->name) + ".") +
                   QuoteIdentifier(old_name));
  d.Add(std::move(op));
}

// --- altered -----------------------------------------------------------------------------------

void AddLabels(Differ& d, const Type& before, const Type& after) {
  Op op = New(Group::kType, after);
  op.online_stage = Stage::kLabels;
  for (std::size_t i = 0; i < after.labels.size(); ++i) {
    const auto& label = after.labels[i];
    if (std::find(before.labels.begin(), before.labels.end(), label) != before.labels.end())
      continue;
    bool last = true;
    for (std::size_t j = i + 1; j < after.labels.size(); ++j) {
      last = last && std::find(before.labels.begin(), before.labels.end(), after.labels[j]) ==
                         before.labels.end();
    }
    std::string sql = "ALTER TYPE " + Name(d.b, after) + " ADD VALUE " + QuoteLiteral(label.label);
    if (!last) sql += i > 0 ? " AFTER " + QuoteLiteral(after.labels[i - 1].label) : "";
    if (!last && i == 0) {
      for (std::size_t j = 1; j < after.labels.size(); ++j) {
        if (std::find(before.labels.begin(), before.labels.end(), after.labels[j]) ==
            before.labels.end())
          continue;
        sql += " BEFORE " + QuoteLiteral(after.labels[j].label);
        break;
      }
    }
    op.sql.push_back(std::move(sql));
    op.differences.push_back(
        d.Changed({ObjectClass::kType, after.oid}, "has no value " + QuoteLiteral(label.label)));
  }
  if (op.sql.empty()) return;
  op.starts = {{ObjectClass::kType, after.oid}};
  d.Add(std::move(op));
}

class Alterer {
 public:
  Alterer(Differ& d, const Type& before, const Type& after)
      : d_(d), before_(before), after_(after) {}

  void Run() {
    if (after_.kind == TypeKind::kEnum) AddLabels(d_, before_, after_);
    if (after_.kind == TypeKind::kDomain) Domain();
    if (after_.kind == TypeKind::kComposite) Composite();
  }

 private:
  Op Step(int step, const std::string& clause, const std::string& detail) {
    Op op = New(Group::kType, after_);
    op.step = step;
    op.name = clause;
    op.sql = {std::string("ALTER ") + (after_.kind == TypeKind::kDomain ? "DOMAIN " : "TYPE ") +
              Name(d_.b, after_) + " " + clause};
    if (!detail.empty())
      op.differences.push_back(d_.Changed({ObjectClass::kType, after_.oid}, detail));
    return op;
  }

  void Domain() {
    const auto value = [](const Catalog& c, const Type& t) {
      return t.default_value == nullptr ? "" : Print(c, *t.default_value);
    };
    const std::string is = value(d_.b, after_);
    if (value(d_.exact_a, before_) != value(d_.exact_b, after_))
      d_.Add(Step(2, is.empty() ? "DROP DEFAULT" : "SET DEFAULT " + is, "has another default"));
    if (before_.not_null != after_.not_null) {
      d_.Add(Step(2, after_.not_null ? "SET NOT NULL" : "DROP NOT NULL",
                  after_.not_null ? "allows NULL" : "is NOT NULL"));
    }
    for (const Constraint* c : d_.a.ConstraintsOf(before_.oid)) {
      const ObjectRef ref{ObjectClass::kConstraint, c->oid};
      if (!d_.IsGone(ref)) continue;
      Op op = Step(1, "DROP CONSTRAINT " + QuoteIdentifier(c->name), "");
      op.ends = {ref};
      op.breaks = true;
      if (d_.InAfter(ref).oid == 0) op.differences.push_back(d_.Extra(ref));
      d_.Add(std::move(op));
    }
    for (const Constraint* c : d_.b.ConstraintsOf(after_.oid)) {
      const ObjectRef ref{ObjectClass::kConstraint, c->oid};
      if (!d_.IsNew(ref)) continue;
      Op op = Step(3, "ADD " + catalog::DomainConstraint(d_.b, *c), "");
      op.starts = {ref};
      op.differences.push_back(d_.InBefore(ref).oid == 0 ? d_.Missing(ref)
                                                         : d_.Changed(ref, "is defined otherwise"));
      d_.Add(std::move(op));
    }
  }

  void Composite() {
    const Relation* was = d_.a.relation(before_.relation);
    const Relation* is = d_.b.relation(after_.relation);
    if (was == nullptr || is == nullptr) return;
    for (const Column& c : was->columns) {
      if (is->FindColumn(c.name) == nullptr) {
        Op op = Step(1, "DROP ATTRIBUTE " + QuoteIdentifier(c.name), "has the attribute " + c.name);
        op.ends = {{ObjectClass::kRelation, was->oid, c.number}};
        op.breaks = true;
        d_.Add(std::move(op));
      }
    }
    for (const Column& c : is->columns) {
      const Column* old = was->FindColumn(c.name);
      std::string type = QuoteIdentifier(c.name) + (old == nullptr ? " " : " TYPE ") +
                         catalog::SqlType(d_.b, c.type);
      if (c.collation != 0) type += " COLLATE " + catalog::SqlCollation(d_.b, c.collation);
      if (old != nullptr && SameColumnType(d_, *old, c)) continue;
      Op op = Step(2, (old == nullptr ? "ADD ATTRIBUTE " : "ALTER ATTRIBUTE ") + type,
                   "has another attribute " + c.name);
      op.starts = {{ObjectClass::kRelation, is->oid, c.number}};
      if (old != nullptr) {
        op.ends = {{ObjectClass::kRelation, was->oid, old->number}};
        op.breaks = true;
      }
      d_.Add(std::move(op));
    }
  }

  Differ& d_;
  const Type& before_;
  const Type& after_;
};

}  // namespace

bool OnlyAddsLabels(const Type& before, const Type& after) {
  std::size_t next = 0;
  for (const auto& label : after.labels) {
    if (next < before.labels.size() && before.labels[next] == label) ++next;
  }
  return next == before.labels.size();
}

void DiffTypes(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    if (ref.cls != ObjectClass::kType || !d.IsGone(ref)) continue;
    const Type& type = *d.a.type(ref.oid);
    const ObjectRef now = d.InAfter(ref);
    if (now.oid != 0) {
      Replace(d, type, *d.b.type(now.oid));
      continue;
    }
    Op op = New(Group::kDropType, type);
    op.sql = {"DROP " + catalog::SqlObject(d.a, ref)};
    op.ends = Whole(d.a, type);
    op.breaks = true;
    op.differences.push_back(d.Extra(ref));
    d.Add(std::move(op));
  }
  for (const auto& [key, ref] : d.after_items()) {
    if (ref.cls != ObjectClass::kType) continue;
    const Type& type = *d.b.type(ref.oid);
    const ObjectRef old = d.InBefore(ref);
    if (old.oid != 0) {
      if (!d.IsGone(old)) Alterer(d, *d.a.type(old.oid), type).Run();
      continue;
    }
    Op op = New(Group::kType, type);
    op.sql = {catalog::CreateType(d.b, type)};
    op.starts = Whole(d.b, type);
    op.differences.push_back(d.Missing(ref));
    d.Add(std::move(op));
  }
}

}  // namespace strata::diff

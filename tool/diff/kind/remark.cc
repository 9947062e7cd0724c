// Comments and privileges.
#include "catalog/apply/privileges.h"
#include "diff/differ.h"
#include "diff/doubt.h"

namespace strata::diff {

namespace {

Group GroupOf(const Catalog& c, ObjectRef ref) {
  switch (ref.cls) {
    case ObjectClass::kSchema:
      return Group::kSchema;
    case ObjectClass::kExtension:
      return Group::kExtension;
    case ObjectClass::kType:
      return Group::kType;
    case ObjectClass::kFunction:
      return Group::kFunction;
    case ObjectClass::kRelation: {
      const catalog::Relation* r = c.relation(ref.oid);
      return r != nullptr && r->query != nullptr ? Group::kView : Group::kTable;
    }
    case ObjectClass::kConstraint:
      return Group::kTable;
    default:
      return Group::kAttached;
  }
}

std::string UnitOf(const Catalog& c, ObjectRef ref) {
  auto relation = [&](Oid oid) {
    const catalog::Relation* r = c.relation(oid);
    if (r != nullptr && r->index) r = c.relation(r->index->table);
    return r == nullptr ? std::string() : r->name;
  };
  switch (ref.cls) {
    case ObjectClass::kRelation:
      return relation(ref.oid);
    case ObjectClass::kConstraint:
      return c.constraint(ref.oid) ? relation(c.constraint(ref.oid)->relation) : "";
    case ObjectClass::kTrigger:
      return c.trigger(ref.oid) ? relation(c.trigger(ref.oid)->relation) : "";
    case ObjectClass::kType:
      return c.type(ref.oid) ? c.type(ref.oid)->name : "";
    case ObjectClass::kFunction:
      return c.function(ref.oid) ? c.function(ref.oid)->name : "";
    case ObjectClass::kSchema:
      return c.schema(ref.oid) ? c.schema(ref.oid)->name : "";
    default:
      return "";
  }
}

// An object that is there before and after without a break in between; oid 0 where it is not.
ObjectRef Kept(const Differ& d, ObjectRef of_after) {
  if (d.IsNew(of_after)) return {of_after.cls, 0};
  return d.InBefore(of_after);
}

Op New(const Differ& d, ObjectRef ref, int step, std::string sql) {
  Op op;
  op.group = GroupOf(d.b, ref);
  op.unit = UnitOf(d.b, ref);
  op.step = step;
  op.name = std::to_string(10000 + ref.column) + sql;
  op.sql = {std::move(sql)};
  op.needs = {ref};
  return op;
}

// Of what is made anew together with a whole, the comment is no difference of its own.
bool IsWorthSaying(const Differ& d, ObjectRef ref) {
  if (ref.cls == ObjectClass::kRelation && d.InBefore({ref.cls, ref.oid}).oid == 0) return false;
  return d.InBefore(ref).oid != 0;
}

bool IsOurs(const Catalog& c, ObjectRef ref) {
  if (OfExtension(ref)) return false;
  if (ref.cls == ObjectClass::kRelation) {
    const catalog::Relation* r = c.relation(ref.oid);
    return r != nullptr && r->persistence != 't';
  }
  // An extension brings its comment along.
  return ref.cls != ObjectClass::kRole && ref.cls != ObjectClass::kDatabase &&
         ref.cls != ObjectClass::kExtension;
}

bool IsGranted(ObjectRef ref) {
  return ref.cls == ObjectClass::kRelation || ref.cls == ObjectClass::kFunction ||
         ref.cls == ObjectClass::kType || ref.cls == ObjectClass::kSchema;
}

// What a new object has from the default privileges that are in force while the migration runs.
std::vector<std::string> GivenAnew(const Differ& d, ObjectRef ref) {
  if (!IsGranted(ref) || ref.column != 0) return catalog::ItemsOf(catalog::DefaultAccess(d.b, ref));
  return catalog::ItemsOf(catalog::AccessOfNew(d.a, d.b, ref));
}

}  // namespace

void DiffComments(Differ& d) {
  auto comment = [](const Catalog& c, ObjectRef ref) {
    const std::string* text = ref.oid == 0 ? nullptr : c.comments().Find(ref);
    return text == nullptr ? std::string() : *text;
  };
  auto change = [&](ObjectRef ref, const std::string& was, const std::string& is) {
    const std::string sql = was == is ? "" : catalog::CommentOn(d.b, ref, is);
    if (sql.empty()) return;
    Op op = New(d, ref, 9, sql);
    if (IsWorthSaying(d, ref) && comment(d.a, d.InBefore(ref)) != is) {
      op.differences.push_back(d.Changed(ref, was.empty()  ? "has no comment"
                                              : is.empty() ? "has a comment"
                                                           : "has another comment"));
    }
    d.Add(std::move(op));
  };
  d.b.comments().ForEach([&](const ObjectRef& ref, const std::string& text) {
    if (!IsOurs(d.b, ref)) return;
    change(ref, comment(d.a, Kept(d, ref)), text);
  });
  d.a.comments().ForEach([&](const ObjectRef& ref, const std::string& text) {
    const ObjectRef now = IsOurs(d.a, ref) ? d.InAfter(ref) : ObjectRef();
    if (now.oid == 0 || d.IsGone(ref) || !comment(d.b, now).empty()) return;
    change(now, text, "");
  });
}

void DiffPrivileges(Differ& d) {
  auto change = [&](ObjectRef ref, const std::vector<std::string>* was,
                    const std::vector<std::string>* is) {
    for (const std::string& sql : catalog::GrantsFor(d.b, ref, was, is)) {
      Op op = New(d, ref, 10, sql);
      op.name = (sql[0] == 'R' ? "0" : "1") + op.name;
      if (IsWorthSaying(d, ref)) {
        Difference difference = d.Changed(ref, "has other privileges: " + sql);
        difference.names.push_back(std::string(kGrantedByDefault));
        op.differences.push_back(std::move(difference));
      }
      d.Add(std::move(op));
    }
  };
  const bool granted_anew = catalog::HasDefaultPrivileges(d.a);
  d.b.privileges().ForEach([&](const ObjectRef& ref, const std::vector<std::string>& items) {
    if (!IsOurs(d.b, ref)) return;
    const ObjectRef kept = Kept(d, ref);
    if (kept.oid == 0 && granted_anew) {
      const std::vector<std::string> given = GivenAnew(d, ref);
      change(ref, &given, &items);
    } else {
      change(ref, kept.oid == 0 ? nullptr : d.a.privileges().Find(kept), &items);
    }
  });
  for (const auto& [key, ref] : granted_anew ? d.after_items() : Differ::ItemList()) {
    if (d.b.privileges().Find(ref) != nullptr || !d.IsNew(ref) || !IsGranted(ref)) continue;
    const std::vector<std::string> given = GivenAnew(d, ref);
    change(ref, &given, nullptr);
  }
  d.a.privileges().ForEach([&](const ObjectRef& ref, const std::vector<std::string>& items) {
    const ObjectRef now = IsOurs(d.a, ref) ? d.InAfter(ref) : ObjectRef();
    if (now.oid == 0 || d.IsGone(ref) || d.b.privileges().Find(now) != nullptr) return;
    change(now, &items, nullptr);
  });
}

}  // namespace strata::diff

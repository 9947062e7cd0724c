// ALTER DEFAULT PRIVILEGES: after all else, so that what the migration makes is granted as it says.
#include "diff/differ.h"

namespace strata::diff {

using catalog::NamedObject;

namespace {

using Entries = std::map<std::string, const NamedObject*>;

Entries EntriesOf(const Catalog& c) {
  Entries entries;
  c.named_objects().ForEach([&](Oid, const auto& n) {
    if (n->cls != ObjectClass::kDefaultPrivileges) return;
    const std::string schema = catalog::SchemaOfDefaultPrivileges(*n);
    if (schema.empty() || c.FindSchema(schema) != nullptr) entries.emplace(n->name, n.get());
  });
  return entries;
}

void Change(Differ& d, const NamedObject* before, const NamedObject* after) {
  const std::vector<std::string> sql = catalog::AlterDefaultPrivileges(before, after);
  if (sql.empty()) return;
  const std::string schema =
      catalog::SchemaOfDefaultPrivileges(after == nullptr ? *before : *after);
  if (after == nullptr && !schema.empty() && d.b.FindSchema(schema) == nullptr) return;
  Op op;
  op.group = Group::kDefaults;
  op.unit = "default privileges";
  op.name = (after == nullptr ? *before : *after).name;
  op.sql = sql;
  Difference difference;
  difference.object = "default privileges";
  difference.detail = "differ: " + sql[0];
  op.differences.push_back(std::move(difference));
  d.Add(std::move(op));
}

}  // namespace

void DiffDefaultPrivileges(Differ& d) {
  const Entries before = EntriesOf(d.a), after = EntriesOf(d.b);
  for (const auto& [name, entry] : before) {
    if (after.count(name) == 0) Change(d, entry, nullptr);
  }
  for (const auto& [name, entry] : after) {
    const auto old = before.find(name);
    Change(d, old == before.end() ? nullptr : old->second, entry);
  }
}

}  // namespace strata::diff

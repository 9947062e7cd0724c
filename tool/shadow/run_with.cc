// Statements whose WITH queries write, one part after another. PostgreSQL runs all parts on the
// rows as they were before: here that is the same as long as no part reads what another writes.
#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catalog/analyze/analyze.h"
#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Oid;
using catalog::Query;
using catalog::Relation;

bool Writes(const Query::Cte& cte) { return cte.query != nullptr && cte.query->target != 0; }

// The relations that a part names, through views too; false where it counts a sequence.
bool RelationsOf(const World& world, const Query& part, std::set<Oid>* relations, int depth = 0) {
  for (const catalog::ObjectRef& reference : ReferencesOf(part)) {
    if (reference.cls == catalog::ObjectClass::kFunction) {
      const catalog::Function* function = world.after->function(reference.oid);
      if (function != nullptr && (function->name == "nextval" || function->name == "setval"))
        return false;
    }
    if (reference.cls != catalog::ObjectClass::kRelation) continue;
    if (!relations->insert(reference.oid).second) continue;
    const Relation* relation = world.after->relation(reference.oid);
    if (relation == nullptr || relation->query == nullptr) continue;
    if (depth > 20 || !RelationsOf(world, *relation->query, relations, depth + 1)) return false;
  }
  return true;
}

// Whether a foreign key makes rows of other tables follow those of `written`.
bool IsFollowed(const World& world, const Query& written) {
  if (written.kind == Query::Kind::kInsert && written.on_conflict != "update") return false;
  const auto follows = [](char action) { return action != 'a' && action != 'r'; };
  const auto keys = world.after->ForeignKeysTo(written.target);
  return std::any_of(keys.begin(), keys.end(), [&](const catalog::Constraint* key) {
    return follows(key->on_update) || follows(key->on_delete);
  });
}

// Whether no part reads or writes what another one writes.
bool AreApart(const World& world, const Query& query) {
  Query rest = query;
  rest.ctes.clear();
  std::vector<const Query*> parts = {&rest};
  for (const Query::Cte& cte : query.ctes) {
    if (cte.query == nullptr || (cte.recursive && Writes(cte))) return false;
    parts.push_back(cte.query.get());
  }
  std::vector<std::set<Oid>> relations(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!RelationsOf(world, *parts[i], &relations[i])) return false;
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i]->target == 0) continue;
    if (i > 0 && IsFollowed(world, *parts[i])) return false;
    for (std::size_t other = 0; other < parts.size(); ++other) {
      if (other != i && relations[other].count(parts[i]->target) > 0) return false;
    }
  }
  return true;
}

std::string NoRow(std::size_t columns) {
  std::string sql = "SELECT NULL";
  for (std::size_t i = 1; i < columns; ++i) sql += ", NULL";
  return sql + " WHERE 0";
}

// The WITH query `at`, which may name those before it.
Outcome RunPart(World& world, const Query& query, std::size_t at) {
  const Query& written = *query.ctes[at].query;
  Query part = written;
  part.ctes.assign(query.ctes.begin(), query.ctes.begin() + static_cast<std::ptrdiff_t>(at));
  part.ctes.insert(part.ctes.end(), written.ctes.begin(), written.ctes.end());
  world.returning = written.returning.empty() ? nullptr : &written;
  Outcome outcome = RunQuery(world, part);
  world.returning = nullptr;
  if (outcome.executed) world.returned.try_emplace(&written, NoRow(written.columns.size()));
  const bool early =
      !outcome.problems.empty() && outcome.problems[0].rule == "foreign-key-violation";
  // A later part may bring the row that is missing: references are looked at in the end.
  return early ? World::NotExecuted("a reference that a later part may mend") : outcome;
}

// INSERT … WITH w AS (…) SELECT is WITH w AS (…) INSERT … SELECT.
Query Hoisted(const Query& query) {
  Query hoisted = query;
  if (query.source == nullptr || query.source->ctes.empty()) return hoisted;
  auto source = std::make_shared<Query>(*query.source);
  hoisted.ctes.insert(hoisted.ctes.end(), source->ctes.begin(), source->ctes.end());
  source->ctes.clear();
  hoisted.source = std::move(source);
  return hoisted;
}

void GiveUpFrom(World& world, const Query& query, std::size_t first) {
  for (std::size_t i = first; i < query.ctes.size(); ++i) {
    if (Writes(query.ctes[i])) world.GiveUp(*query.ctes[i].query);
  }
  if (query.target != 0) world.GiveUp(query);
}

}  // namespace

bool WritesInWith(const Query& query) {
  return std::any_of(query.ctes.begin(), query.ctes.end(), Writes) ||
         (query.source != nullptr && WritesInWith(*query.source));
}

void GiveUpWith(World& world, const Query& query) { GiveUpFrom(world, Hoisted(query), 0); }

void CatchReturned(World& world, const Query& query, const std::string& with,
                   const std::string& from) {
  if (world.returning == nullptr) return;
  Emitter emitter(*world.after, &world, true);
  emitter.Enter(query);
  std::string list;
  for (const catalog::TargetItem& item : query.returning)
    list += (list.empty() ? "" : ", ") + emitter.Write(*item.value);
  const std::string table = "returned_" + std::to_string(++world.serial);
  const bool caught = emitter.ok() && !world.db.Execute("CREATE TABLE " + table + " AS " + with +
                                                        "SELECT " + list + " FROM " + from);
  world.returned[world.returning] = caught ? "SELECT * FROM " + table : "";
}

Outcome RunWith(World& world, const Query& query) {
  const Query whole = Hoisted(query);
  Outcome outcome;
  if (!AreApart(world, whole)) {
    GiveUpFrom(world, whole, 0);
    return World::NotExecuted("a WITH query writes what another part of the statement uses");
  }
  for (std::size_t i = 0; i < whole.ctes.size() && outcome.problems.empty(); ++i) {
    if (!Writes(whole.ctes[i])) continue;
    Outcome part = RunPart(world, whole, i);
    if (!part.problems.empty()) GiveUpFrom(world, whole, i);
    if (!part.executed || !part.problems.empty()) outcome = std::move(part);
  }
  if (outcome.problems.empty()) {
    Outcome last = RunQuery(world, whole);
    if (!last.executed || !last.problems.empty()) outcome = std::move(last);
  }
  for (const auto& [part, select] : world.returned) {
    if (select.compare(0, 14, "SELECT * FROM ") == 0)
      world.db.Execute("DROP TABLE " + select.substr(14));
  }
  world.returned.clear();
  return outcome;
}

}  // namespace strata::shadow

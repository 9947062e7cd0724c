#include "diff/rename.h"

#include <algorithm>

#include "catalog/print/define.h"
#include "catalog/quote.h"
#include "diff/differ.h"
#include "diff/run.h"

namespace strata::diff {

using catalog::Constraint;
using catalog::QuoteIdentifier;
using catalog::Relation;
using catalog::RelationKind;

namespace {

std::string Named(const std::string& schema, const std::string& name) {
  const bool plain = schema.empty() || schema == "public";
  return (plain ? "" : QuoteIdentifier(schema) + ".") + QuoteIdentifier(name);
}

std::string SchemaOf(const Catalog& c, Oid schema) {
  const catalog::Schema* s = c.schema(schema);
  return s == nullptr ? "" : s->name;
}

class Renamer {
 public:
  Renamer(Catalog* from, const Catalog& to) : from_(*from), to_(to) {}

  void Ask(const Rename& r) {
    const std::string schema = r.schema.empty() ? "public" : r.schema;
    if (r.kind == "column") {
      const Relation* table = from_.FindRelation(schema, r.table);
      if (table == nullptr || table->FindColumn(r.from) == nullptr ||
          table->FindColumn(r.to) != nullptr)
        return;
      const std::string name = "ALTER TABLE " + Named(schema, r.table) + " RENAME COLUMN ";
      return Do(name + QuoteIdentifier(r.from) + " TO " + QuoteIdentifier(r.to),
                name + QuoteIdentifier(r.to) + " TO " + QuoteIdentifier(r.from));
    }
    if (!r.from_schema.empty() && r.from_schema != schema && !Move(r, schema)) return;
    const bool is_type = r.kind == "type" || r.kind == "domain";
    const bool there = is_type ? from_.FindType(schema, r.from) != nullptr
                               : from_.FindRelation(schema, r.from) != nullptr;
    const bool done = is_type ? from_.FindType(schema, r.to) != nullptr
                              : from_.FindRelation(schema, r.to) != nullptr;
    if (there && !done) Whole(Word(r.kind), schema, r.from, r.to);
  }

  // What follows from the names of tables and columns, or differs in the name alone.
  void Follow() {
    std::vector<Oid> tables;
    from_.relations().ForEach([&](Oid oid, const auto& r) {
      if (oid >= catalog::kFirstUserOid && !r->index && !r->sequence) tables.push_back(oid);
    });
    for (Oid oid : tables) {
      if (OfExtension({ObjectClass::kRelation, oid})) continue;
      const Relation table = *from_.relation(oid);
      const Relation* after = to_.FindRelation(SchemaOf(from_, table.schema), table.name);
      if (after == nullptr) continue;
      Sequences(table, *after);
      Constraints(table, *after);
      Indexes(table, *after);
    }
  }

  std::vector<RenameStep> steps;

 private:
  static std::string Word(const std::string& kind) {
    std::string word = kind;
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return word;
  }

  // Into another schema, which is made where it is not there yet. False: it is not to be moved.
  bool Move(const Rename& r, const std::string& schema) {
    const bool is_type = r.kind == "type" || r.kind == "domain";
    const auto there = [&](const std::string& place, const std::string& name) {
      return is_type ? from_.FindType(place, name) != nullptr
                     : from_.FindRelation(place, name) != nullptr;
    };
    if (!there(r.from_schema, r.from) || there(schema, r.from) || there(schema, r.to)) return false;
    if (from_.FindSchema(schema) == nullptr)
      Do("CREATE SCHEMA " + QuoteIdentifier(schema), "DROP SCHEMA " + QuoteIdentifier(schema));
    const std::string alter = "ALTER " + Word(r.kind) + " ";
    Do(alter + Named(r.from_schema, r.from) + " SET SCHEMA " + QuoteIdentifier(schema),
       alter + Named(schema, r.from) + " SET SCHEMA " + QuoteIdentifier(r.from_schema));
    return r.from != r.to;
  }

  void Whole(const std::string& word, const std::string& schema, const std::string& from,
             const std::string& to) {
    Do("ALTER " + word + " " + Named(schema, from) + " RENAME TO " + QuoteIdentifier(to),
       "ALTER " + word + " " + Named(schema, to) + " RENAME TO " + QuoteIdentifier(from));
  }

  void Do(std::string up, std::string down) {
    Catalog copy = from_;
    if (!RunScript(&copy, up + ";").empty()) return;
    from_ = copy;
    steps.push_back({std::move(up), std::move(down)});
  }

  void Sequences(const Relation& table, const Relation& after) {
    for (const catalog::Column& c : table.columns) {
      const catalog::Column* other = after.FindColumn(c.name);
      if (other == nullptr) continue;
      const std::vector<const Relation*> was = from_.SequencesOf(table.oid, c.number),
                                         is = to_.SequencesOf(after.oid, other->number);
      if (was.size() != 1 || is.size() != 1 || was[0]->name == is[0]->name) continue;
      const std::string schema = SchemaOf(from_, was[0]->schema), old_name = was[0]->name;
      if (schema != SchemaOf(to_, is[0]->schema) || !Free(schema, is[0]->name)) continue;
      Whole("SEQUENCE", schema, old_name, is[0]->name);
    }
  }

  // Moves a sequence that has the name aside: another table's, which goes or gets a name of its
  // own. Returns whether the name is free.
  bool Free(const std::string& schema, const std::string& name) {
    const Relation* holder = from_.FindRelation(schema, name);
    if (holder == nullptr) return true;
    std::string aside = name + "_old";
    while (from_.FindRelation(schema, aside) != nullptr ||
           to_.FindRelation(schema, aside) != nullptr)
      aside += "_old";
    constexpr std::size_t kLongestName = 63;
    if (!holder->sequence || aside.size() > kLongestName) return false;
    Whole("SEQUENCE", schema, name, aside);
    return from_.FindRelation(schema, name) == nullptr;
  }

  // Pairs of what only one side has, where all but the name is the same and there is no doubt which
  // goes with which.
  template <typename T, typename Text>
  std::vector<std::pair<std::string, std::string>> Pairs(const std::vector<const T*>& was,
                                                         const std::vector<const T*>& is,
                                                         Text text) {
    auto has = [](const std::vector<const T*>& list, const std::string& name) {
      return std::any_of(list.begin(), list.end(), [&](const T* x) { return x->name == name; });
    };
    std::map<std::string, std::vector<std::string>> old_names, new_names;
    for (const T* x : was) {
      if (!has(is, x->name)) old_names[text(from_, *x)].push_back(x->name);
    }
    for (const T* x : is) {
      if (!has(was, x->name)) new_names[text(to_, *x)].push_back(x->name);
    }
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& [body, names] : old_names) {
      const auto found = new_names.find(body);
      if (body.empty() || names.size() != 1 || found == new_names.end() ||
          found->second.size() != 1)
        continue;
      pairs.emplace_back(names[0], found->second[0]);
    }
    return pairs;
  }

  void Constraints(const Relation& table, const Relation& after) {
    auto own = [](const Catalog& c, Oid oid) {
      std::vector<const Constraint*> list;
      for (const Constraint* x : c.ConstraintsOf(oid)) {
        if (!catalog::IsInherited(*x)) list.push_back(x);
      }
      return list;
    };
    const std::string name =
        "ALTER TABLE " + catalog::SqlRelation(from_, table.oid) + " RENAME CONSTRAINT ";
    const auto body = [](const Catalog& c, const Constraint& x) {
      return catalog::ConstraintBody(c, x);
    };
    for (const auto& [from, to] :
         Pairs<Constraint>(own(from_, table.oid), own(to_, after.oid), body)) {
      Do(name + QuoteIdentifier(from) + " TO " + QuoteIdentifier(to),
         name + QuoteIdentifier(to) + " TO " + QuoteIdentifier(from));
    }
  }

  void Indexes(const Relation& table, const Relation& after) {
    auto own = [](const Catalog& c, Oid oid) {
      std::vector<const Relation*> list;
      for (const Relation* x : c.IndexesOf(oid)) {
        if (!catalog::IsPartOfOther(c, *x)) list.push_back(x);
      }
      return list;
    };
    const auto body = [](const Catalog& c, const Relation& x) {
      return (x.index->unique ? "UNIQUE " : "") + catalog::IndexBody(c, x);
    };
    for (const auto& [from, to] :
         Pairs<Relation>(own(from_, table.oid), own(to_, after.oid), body)) {
      Whole("INDEX", SchemaOf(from_, table.schema), from, to);
    }
  }

  Catalog& from_;
  const Catalog& to_;
};

}  // namespace

std::vector<RenameStep> ApplyRenames(const std::vector<Rename>& asked, Catalog* from,
                                     const Catalog& to) {
  Renamer renamer(from, to);
  // Tables first: columns are named under their table's new name.
  for (const Rename& r : asked) {
    if (r.kind != "column") renamer.Ask(r);
  }
  for (const Rename& r : asked) {
    if (r.kind == "column") renamer.Ask(r);
  }
  renamer.Follow();
  return renamer.steps;
}

}  // namespace strata::diff

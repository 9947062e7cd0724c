// From one catalog to the next: what SQLite is told of a statement that changes the schema.
#include <algorithm>
#include <map>

#include "catalog/analyze/analyze.h"
#include "shadow/input.h"
#include "shadow/translation.h"

namespace strata::shadow {
namespace {

using catalog::Catalog;
using catalog::Oid;
using catalog::Relation;
using catalog::RelationKind;

template <typename T>
using Link = std::shared_ptr<const T>;

template <typename T>
const T* Get(const std::shared_ptr<const T>* value) {
  return value == nullptr ? nullptr : value->get();
}

bool IsTable(const Relation& r) {
  return r.kind == RelationKind::kTable || r.kind == RelationKind::kPartitionedTable;
}
bool IsView(const Relation& r) {
  return r.kind == RelationKind::kView || r.kind == RelationKind::kMaterializedView;
}
bool IsIndex(const Relation& r) {
  return r.kind == RelationKind::kIndex || r.kind == RelationKind::kPartitionedIndex;
}

class Change {
 public:
  Change(const Catalog& before, const Catalog& after, const sql::Node* tree,
         Translation* translation)
      : before_(before), after_(after), tree_(tree), translation_(translation) {}

  void Run() {
    Collect();
    FindAlteredTables();
    FindViewsInTheWay();
    for (const Relation* view : dropped_views_) Add("DROP VIEW " + Name(before_, *view));
    for (const Relation* index : dropped_indexes_) Add("DROP INDEX " + Name(before_, *index));
    for (const Relation* table : dropped_tables_) Add("DROP TABLE " + Name(before_, *table));
    for (const auto& [was, is] : altered_tables_) Alter(*was, *is);
    for (const Relation* table : new_tables_) Create(*table);
    for (const Relation* index : new_indexes_) CreateIndex(*index);
    CreateViews();
  }

 private:
  void Add(std::string sql) { translation_->Add(std::move(sql)); }

  static std::string Name(const Catalog& catalog, const Relation& relation) {
    return QuoteName(UserTableName(catalog, relation));
  }

  // A unique index on the columns of a primary key is the table's own.
  bool HasOwnIndex(const Catalog& catalog, const Relation& relation) const {
    if (!relation.index || relation.index->primary || relation.index->exclusion) return false;
    const Relation* table = catalog.relation(relation.index->table);
    return table != nullptr && IsTable(*table);
  }

  void Collect() {
    catalog::ObjectMap<Relation>::Differences(
        before_.relations(), after_.relations(),
        [&](Oid, const Link<Relation>* was, const Link<Relation>* is) { Sort(Get(was), Get(is)); });
    catalog::ObjectMap<catalog::Constraint>::Differences(
        before_.constraints(), after_.constraints(),
        [&](Oid, const Link<catalog::Constraint>* was, const Link<catalog::Constraint>* is) {
          const catalog::Constraint* constraint = is != nullptr ? is->get() : was->get();
          if (constraint->relation != 0) touched_.insert(constraint->relation);
        });
  }

  void Sort(const Relation* was, const Relation* is) {
    const Relation& any = is != nullptr ? *is : *was;
    if (IsTable(any)) {
      if (was == nullptr) new_tables_.push_back(is);
      if (is == nullptr) dropped_tables_.push_back(was);
      if (was != nullptr && is != nullptr) touched_.insert(is->oid);
    } else if (IsView(any)) {
      if (was != nullptr) dropped_views_.push_back(was);
      if (is != nullptr) new_views_.push_back(is);
    } else if (IsIndex(any)) {
      SortIndex(was, is);
    } else if (any.kind == RelationKind::kForeignTable) {
      translation_->Note("the foreign table \"" + any.name + "\" does not exist on SQLite");
    } else if (any.kind == RelationKind::kSequence && is != nullptr && was == nullptr &&
               is->sequence->owned_by.oid == 0) {
      translation_->Note("the sequence \"" + any.name + "\" does not exist on SQLite");
    }
  }

  void SortIndex(const Relation* was, const Relation* is) {
    const bool had = was != nullptr && HasOwnIndex(before_, *was),
               has = is != nullptr && HasOwnIndex(after_, *is);
    if (had && has && SameIndex(*was, *is)) return;
    // An index of a dropped table goes with it.
    if (had && after_.relation(was->index->table) != nullptr) dropped_indexes_.push_back(was);
    if (has) new_indexes_.push_back(is);
  }

  bool SameIndex(const Relation& was, const Relation& is) const {
    Translation ignored;
    return UserTableName(before_, was) == UserTableName(after_, is) &&
           IndexSql(before_, was, &ignored) == IndexSql(after_, is, &ignored);
  }

  void FindAlteredTables() {
    if (!before_.types().SameAs(after_.types())) TouchUsersOfTypes();
    for (const Oid oid : touched_) {
      const Relation *was = before_.relation(oid), *is = after_.relation(oid);
      if (was == nullptr || is == nullptr || !IsTable(*is) ||
          !NeedsChange(before_, after_, *was, *is))
        continue;
      altered_tables_.push_back({was, is});
    }
  }

  void TouchUsersOfTypes() {
    std::set<Oid> types;
    catalog::ObjectMap<catalog::Type>::Differences(
        before_.types(), after_.types(),
        [&](Oid oid, const Link<catalog::Type>* was, const Link<catalog::Type>* is) {
          if (was != nullptr && is != nullptr) types.insert(oid);
        });
    if (types.empty()) return;
    after_.relations().ForEach([&](Oid oid, const auto& relation) {
      for (const catalog::Column& column : relation->columns) {
        if (types.count(column.type.type) > 0 && before_.relation(oid) != nullptr)
          touched_.insert(oid);
      }
    });
  }

  // SQLite does not let go of a table under a view, and reads all views when it renames.
  void FindViewsInTheWay() {
    std::set<Oid> moving;
    for (const auto& [was, is] : altered_tables_) moving.insert(was->oid);
    for (const Relation* view : dropped_views_) moving.insert(view->oid);
    if (moving.empty()) return;
    for (bool grown = true; grown;) {
      grown = false;
      before_.relations().ForEach([&](Oid oid, const auto& view) {
        if (!IsView(*view) || view->query == nullptr || moving.count(oid) > 0) return;
        for (const catalog::ObjectRef& reference : ReferencesOf(*view->query)) {
          if (reference.cls != catalog::ObjectClass::kRelation || moving.count(reference.oid) == 0)
            continue;
          moving.insert(oid);
          dropped_views_.push_back(view.get());
          if (const Relation* now = after_.relation(oid)) new_views_.push_back(now);
          grown = true;
          return;
        }
      });
    }
  }

  void Alter(const Relation& was, const Relation& is) {
    std::vector<std::string> kept = std::move(translation_->statements);
    translation_->statements.clear();
    TranslateAlteredTable(before_, after_, was, is, tree_, translation_);
    const bool rebuilt =
        std::any_of(translation_->statements.begin(), translation_->statements.end(),
                    [](const std::string& s) { return s.compare(0, 11, "DROP TABLE ") == 0; });
    kept.insert(kept.end(), translation_->statements.begin(), translation_->statements.end());
    translation_->statements = std::move(kept);
    if (!rebuilt) return;
    for (const Relation* index : after_.IndexesOf(is.oid)) {  // they went with the old table
      const bool listed =
          std::find(new_indexes_.begin(), new_indexes_.end(), index) != new_indexes_.end();
      if (!listed && HasOwnIndex(after_, *index)) new_indexes_.push_back(index);
    }
  }

  void Create(const Relation& table) {
    if (table.is_partition)
      translation_->Note(
          "partitions are tables of their own on SQLite; rows are not routed to them");
    if (!table.parents.empty() && !table.is_partition)
      translation_->Note("inheritance does not exist on SQLite: \"" + table.name +
                         "\" is a table of its own");
    Add(DefineTable(after_, after_, table, translation_).Create(Name(after_, table)));
  }

  void CreateIndex(const Relation& index) {
    const std::string sql = IndexSql(after_, index, translation_);
    if (!sql.empty()) Add(sql);
  }

  static std::string IndexSql(const Catalog& catalog, const Relation& index,
                              Translation* translation) {
    const catalog::IndexDefinition& definition = *index.index;
    const Relation* table = catalog.relation(definition.table);
    if (table == nullptr) return "";
    UserNaming naming(&catalog);
    Emitter emitter(catalog, &naming, false);
    if (definition.method != "btree" && definition.method != "hash") {
      translation->Note("the index \"" + index.name + "\" uses " + definition.method +
                        ", which SQLite does not have: it is left out");
      return "";
    }
    std::string keys;
    for (const catalog::IndexKey& key : definition.keys) {
      keys += (keys.empty() ? "" : ", ");
      keys += key.column != 0             ? emitter.WriteColumn(*table, key.column)
              : key.expression != nullptr ? "(" + emitter.Write(*key.expression) + ")"
                                          : emitter.Fail("its expression");
      if (key.descending) keys += " DESC";
    }
    std::string sql = std::string(definition.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") +
                      Name(catalog, index) + " ON " + Name(catalog, *table) + " (" + keys + ")";
    if (definition.predicate != nullptr) sql += " WHERE " + emitter.Write(*definition.predicate);
    if (!definition.included.empty()) translation->Note("INCLUDE columns of indexes are left out");
    if (emitter.ok()) return sql;
    translation->Note(std::string(definition.unique ? "the unique index \"" : "the index \"") +
                      index.name + "\" is left out: " + emitter.failure());
    return "";
  }

  void CreateViews() {
    std::sort(new_views_.begin(), new_views_.end(),
              [](const Relation* a, const Relation* b) { return a->oid < b->oid; });
    for (const Relation* view : new_views_) CreateView(*view);
  }

  void CreateView(const Relation& view) {
    if (view.query == nullptr) return;
    if (view.kind == RelationKind::kMaterializedView)
      translation_->Note("materialized views are plain views on SQLite, always up to date");
    std::string columns;
    for (const catalog::Column& column : view.columns)
      columns += (columns.empty() ? "" : ", ") + QuoteName(column.name);
    const std::string query =
        TranslateQuery(after_, *view.query, "the view \"" + view.name + "\"", translation_);
    if (query.empty()) return;
    Add("CREATE VIEW " + Name(after_, view) + (columns.empty() ? "" : " (" + columns + ")") +
        " AS\n" + query);
  }

  const Catalog& before_;
  const Catalog& after_;
  const sql::Node* tree_;
  Translation* translation_;
  std::vector<const Relation*> new_tables_, dropped_tables_, new_views_, dropped_views_,
      new_indexes_, dropped_indexes_;
  std::vector<std::pair<const Relation*, const Relation*>> altered_tables_;
  std::set<Oid> touched_;
};

}  // namespace

void TranslateChange(const Catalog& before, const Catalog& after, std::string_view,
                     const sql::ParsedStatement& statement, Translation* translation) {
  const bool same = before.relations().SameAs(after.relations()) &&
                    before.constraints().SameAs(after.constraints()) &&
                    before.types().SameAs(after.types()) &&
                    before.schemas().SameAs(after.schemas());
  if (!same) Change(before, after, statement.tree, translation).Run();
}

}  // namespace strata::shadow

#include "catalog/analyze/analyze.h"
#include "shadow/copy_data.h"
#include "shadow/input.h"
#include "shadow/translation.h"

namespace strata::shadow {
namespace {

using catalog::Catalog;
using catalog::Column;
using catalog::Expr;
using catalog::Query;
using catalog::Relation;

class DataWriter {
 public:
  DataWriter(const Catalog& catalog, const Query& query, Translation* translation)
      : catalog_(catalog),
        query_(query),
        translation_(translation),
        naming_(&catalog),
        emitter_(catalog, &naming_, false) {}

  void Run() {
    const Relation* relation = catalog_.relation(query_.target);
    if (relation == nullptr) return translation_->Refuse("the table that is written is not known");
    relation_ = relation;
    if (relation->kind == catalog::RelationKind::kView)
      return translation_->Refuse("the view \"" + relation->name +
                                  "\" cannot be written to on SQLite");
    emitter_.Enter(query_);
    std::string sql = emitter_.WriteWith(query_);
    switch (query_.kind) {
      case Query::Kind::kInsert:
        sql += Insert();
        break;
      case Query::Kind::kUpdate:
        sql += Update();
        break;
      case Query::Kind::kDelete:
        sql += Delete();
        break;
      default:
        emitter_.Fail("MERGE has no counterpart on SQLite");
    }
    if (translation_->Take(emitter_, "a statement on \"" + relation->name + "\""))
      translation_->Add(sql);
  }

 private:
  std::string Alias() const {
    const std::string& alias = query_.ranges[static_cast<std::size_t>(query_.target_range)].alias;
    return alias == relation_->name && UserTableName(catalog_, *relation_) == alias
               ? ""
               : " AS " + QuoteName(alias);
  }

  std::string Value(const Column* column, const Expr* value) {
    if (value == nullptr || value->kind == Expr::Kind::kDefault) {
      if (column == nullptr || column->default_value == nullptr || column->identity != 0)
        return "NULL";
      return RowidColumn(catalog_, *relation_) == column->number
                 ? "NULL"
                 : emitter_.WriteAssigned(*column->default_value, column->type);
    }
    return column == nullptr ? emitter_.Write(*value)
                             : emitter_.WriteAssigned(*value, column->type);
  }

  std::string Insert() {
    std::string columns;
    std::vector<const Column*> targets;
    const std::size_t given =
        query_.source == nullptr ? 0
        : query_.source->kind == Query::Kind::kValues && !query_.source->values.empty()
            ? query_.source->values[0].size()
            : query_.source->columns.size();
    for (const catalog::TargetItem& item : query_.targets) {
      if (targets.size() == given) break;
      targets.push_back(relation_->FindColumn(item.number));
      columns += (columns.empty() ? "" : ", ") + emitter_.WriteColumn(*relation_, item.number);
    }
    std::string sql = "INSERT INTO " + emitter_.WriteTable(*relation_) + Alias();
    if (query_.source == nullptr) return sql + " DEFAULT VALUES";
    sql += " (" + columns + ") " + Source(targets);
    return sql + Conflict() + emitter_.WriteReturning(query_);
  }

  std::string Source(const std::vector<const Column*>& targets) {
    const Query& source = *query_.source;
    if (source.kind != Query::Kind::kValues || !source.ctes.empty()) {
      const std::string select = emitter_.WriteQuery(source);
      return query_.on_conflict.empty()
                 ? select
                 : "SELECT * FROM (" + select + ") WHERE true";  // the grammar wants it
    }
    emitter_.Enter(source);
    std::string sql;
    for (const auto& row : source.values) {
      sql += sql.empty() ? "VALUES\n  (" : ",\n  (";
      for (std::size_t i = 0; i < row.size(); ++i) {
        sql += (i > 0 ? ", " : "") + Value(i < targets.size() ? targets[i] : nullptr, row[i].get());
      }
      sql += ")";
    }
    emitter_.Leave();
    return sql;
  }

  std::string Conflict() {
    if (query_.on_conflict.empty()) return "";
    std::string target;
    for (const std::int16_t number : ConflictColumns())
      target += (target.empty() ? " (" : ", ") + emitter_.WriteColumn(*relation_, number);
    if (!target.empty()) target += ")";
    if (!query_.conflict_expressions.empty())
      emitter_.Fail("ON CONFLICT with an expression has no counterpart here");
    if (query_.conflict_predicate != nullptr)
      target += " WHERE " + emitter_.Write(*query_.conflict_predicate);
    if (query_.on_conflict == "nothing") return " ON CONFLICT" + target + " DO NOTHING";
    std::string sql =
        " ON CONFLICT" + target + " DO UPDATE SET " + Assignments(query_.conflict_set);
    if (query_.conflict_where != nullptr) sql += " WHERE " + emitter_.Write(*query_.conflict_where);
    return sql;
  }

  std::vector<std::int16_t> ConflictColumns() const {
    const catalog::Constraint* constraint =
        query_.conflict_constraint == 0 ? nullptr : catalog_.constraint(query_.conflict_constraint);
    return constraint != nullptr ? constraint->columns : query_.conflict_columns;
  }

  std::string Assignments(const std::vector<catalog::TargetItem>& items) {
    std::string sql;
    for (const catalog::TargetItem& item : items) {
      if (item.hidden) continue;
      sql += (sql.empty() ? "" : ", ") + emitter_.WriteColumn(*relation_, item.number) + " = " +
             Value(relation_->FindColumn(item.number), item.value.get());
    }
    return sql;
  }

  std::string Update() {
    std::string sql = "UPDATE " + emitter_.WriteTable(*relation_) + Alias() + " SET " +
                      Assignments(query_.targets);
    const std::string from = emitter_.WriteFrom(query_, query_.target_range);
    if (!from.empty()) sql += " FROM " + from;
    if (query_.where != nullptr) sql += " WHERE " + emitter_.Write(*query_.where);
    return sql + emitter_.WriteReturning(query_);
  }

  std::string Delete() {
    std::string sql = "DELETE FROM " + emitter_.WriteTable(*relation_) + Alias();
    const std::string from = emitter_.WriteFrom(query_, query_.target_range);
    const std::string where = query_.where == nullptr ? "" : emitter_.Write(*query_.where);
    if (!from.empty()) {
      sql +=
          " WHERE EXISTS (SELECT 1 FROM " + from + (where.empty() ? "" : " WHERE " + where) + ")";
    } else if (!where.empty()) {
      sql += " WHERE " + where;
    }
    return sql + emitter_.WriteReturning(query_);
  }

  const Catalog& catalog_;
  const Query& query_;
  Translation* translation_;
  UserNaming naming_;
  Emitter emitter_;
  const Relation* relation_ = nullptr;
};

void Truncate(const Catalog& catalog, const Relation& relation, bool cascade,
              std::set<catalog::Oid>* done, Translation* translation) {
  if (!done->insert(relation.oid).second) return;
  translation->Add("DELETE FROM " + QuoteName(UserTableName(catalog, relation)));
  for (const catalog::Oid child : catalog.ChildrenOf(relation.oid)) {
    if (const Relation* table = catalog.relation(child))
      Truncate(catalog, *table, cascade, done, translation);
  }
  if (!cascade) return;
  for (const catalog::Constraint* key : catalog.ForeignKeysTo(relation.oid)) {
    if (const Relation* table = catalog.relation(key->relation))
      Truncate(catalog, *table, cascade, done, translation);
  }
}

void TranslateTruncate(const Catalog& catalog, const sql::TruncateStmt& statement,
                       Translation* translation) {
  std::set<catalog::Oid> done;
  for (const sql::Node* node : sql::Each(statement.n_relations, statement.relations)) {
    const auto* var = sql::As<sql::RangeVar>(node);
    const Relation* relation =
        var == nullptr ? nullptr : catalog.FindRelation(var->schemaname, var->relname);
    const bool cascade = statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    if (relation != nullptr) Truncate(catalog, *relation, cascade, &done, translation);
  }
}

void TranslateCopy(const Catalog& catalog, const sql::CopyStmt& statement, std::string_view data,
                   Translation* translation) {
  const auto* var = statement.relation;
  const Relation* relation =
      var == nullptr ? nullptr : catalog.FindRelation(var->schemaname, var->relname);
  if (relation == nullptr) return translation->Refuse("the table of COPY is not known");
  CopyFormat format;
  if (!ReadCopyFormat(statement, &format))
    return translation->Refuse("COPY with these options has no counterpart on SQLite");
  const std::vector<const Column*> columns = CopyColumns(*relation, statement);
  std::string names;
  for (const Column* column : columns) {
    if (column == nullptr) return translation->Refuse("a column of COPY is not known");
    names += (names.empty() ? "" : ", ") + QuoteName(column->name);
  }
  const std::string head =
      "INSERT INTO " + QuoteName(UserTableName(catalog, *relation)) + " (" + names + ") VALUES";
  constexpr std::size_t kRowsAtOnce = 500;
  std::string sql;
  std::size_t count = 0;
  for (const std::vector<CopyField>& record : CopyRecords(data, format)) {
    if (record.size() != columns.size())
      return translation->Refuse("the data lines of COPY do not fit its columns");
    sql += sql.empty() ? head + "\n  (" : ",\n  (";
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const StoredType type = StoredAs(catalog, columns[i]->type);
      const InputResult value =
          record[i].is_null ? Accepted({}) : ReadText(type, "", record[i].text);
      sql += (i > 0 ? ", " : "") + (value.outcome == InputOutcome::kOk ? SqliteLiteral(value.value)
                                                                       : QuoteText(record[i].text));
    }
    sql += ")";
    if (++count % kRowsAtOnce == 0) translation->Add(std::move(sql)), sql.clear();
  }
  if (!sql.empty()) translation->Add(std::move(sql));
}

// CREATE TABLE AS and SELECT INTO, after the table was made.
void FillTable(const Catalog& before, const Catalog& after, const sql::RangeVar* var,
               const sql::Node* select, Translation* translation) {
  const Relation* relation =
      var == nullptr ? nullptr : after.FindRelation(var->schemaname, var->relname);
  if (relation == nullptr || before.relation(relation->oid) != nullptr ||
      relation->kind != catalog::RelationKind::kTable)
    return;
  catalog::Findings findings;
  const catalog::QueryPtr query = AnalyzeQuery(before, select, {}, &findings);
  std::string columns;
  for (const Column& column : relation->columns)
    columns += (columns.empty() ? "" : ", ") + QuoteName(column.name);
  const std::string sql =
      TranslateQuery(before, *query, "the query of \"" + relation->name + "\"", translation);
  if (!sql.empty())
    translation->Add("INSERT INTO " + QuoteName(UserTableName(after, *relation)) + " (" + columns +
                     ")\n" + sql);
}

}  // namespace

std::string TranslateQuery(const Catalog& catalog, const Query& query, const std::string& what,
                           Translation* translation) {
  UserNaming naming(&catalog);
  Emitter emitter(catalog, &naming, false);
  if (!query.certain) emitter.Fail("its query was not wholly analysed");
  const std::string sql = emitter.WriteQuery(query);
  return translation->Take(emitter, what) ? sql : "";
}

bool TranslateData(const Catalog& before, const Catalog& after, std::string_view text,
                   const sql::ParsedStatement& statement, Translation* translation) {
  const sql::Node* tree = statement.tree;
  if (const auto* s = sql::As<sql::TruncateStmt>(tree)) {
    TranslateTruncate(after, *s, translation);
    return true;
  }
  if (const auto* s = sql::As<sql::CopyStmt>(tree)) {
    const std::string_view data =
        text.substr(statement.copy_data.begin, statement.copy_data.end - statement.copy_data.begin);
    if (statement.copy_from_stdin) {
      TranslateCopy(after, *s, data, translation);
    } else {
      translation->Refuse("COPY with a file or a program has no counterpart on SQLite");
    }
    return true;
  }
  if (const auto* s = sql::As<sql::CreateTableAsStmt>(tree)) {
    if (s->into != nullptr && !s->into->skip_data)
      FillTable(before, after, s->into->rel, s->query, translation);
    return true;
  }
  const bool writes =
      sql::As<sql::InsertStmt>(tree) != nullptr || sql::As<sql::UpdateStmt>(tree) != nullptr ||
      sql::As<sql::DeleteStmt>(tree) != nullptr || sql::As<sql::MergeStmt>(tree) != nullptr;
  if (!writes) return false;
  catalog::Findings findings;
  const catalog::QueryPtr query = AnalyzeQuery(after, tree, {}, &findings);
  if (query->kind == Query::Kind::kOpaque || query->kind == Query::Kind::kMerge ||
      !query->certain) {
    translation->Refuse("a data statement has no counterpart on SQLite");
  } else {
    DataWriter(after, *query, translation).Run();
  }
  return true;
}

}  // namespace strata::shadow

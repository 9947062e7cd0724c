// INSERT.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "catalog/analyze/analysis.h"
#include "catalog/analyze/conflict.h"
#include "catalog/analyze/writer.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

class Inserter {
 public:
  Inserter(Analysis* analysis, Level* level, const sql::InsertStmt* insert)
      : a_(*analysis), level_(level), insert_(insert), writer_(analysis, level) {}

  void Read() {
    Query& query = level_->query;
    query.kind = Query::Kind::kInsert;
    query.overriding =
        insert_->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_USER_VALUE     ? "user"
        : insert_->override == PG_QUERY__OVERRIDING_KIND__OVERRIDING_SYSTEM_VALUE ? "system"
                                                                                  : "";
    if (insert_->with_clause != nullptr) a_.With(level_, insert_->with_clause);
    const Relation* relation = writer_.Target(insert_->relation);
    Columns(relation);
    query.default_values = insert_->select_stmt == nullptr;
    if (!query.default_values) Source(sql::As<sql::SelectStmt>(insert_->select_stmt));
    if (insert_->on_conflict_clause != nullptr)
      OnConflict(&a_, level_, &writer_, *insert_->on_conflict_clause);
    level_->visible = {writer_.target()};
    writer_.Returning(sql::Each(insert_->n_returning_list, insert_->returning_list));
  }

 private:
  void Columns(const Relation* relation) {
    if (insert_->n_cols == 0) {
      if (relation == nullptr) return;
      for (const Column& column : relation->columns) Add(&column, column.name, 0);
      return;
    }
    for (const sql::Node* node : sql::Each(insert_->n_cols, insert_->cols)) {
      const auto* target = sql::As<sql::ResTarget>(node);
      if (target == nullptr) continue;
      const Column* column = writer_.ColumnNamed(target->name, At(target->location));
      Add(column, target->name, At(target->location), target->n_indirection > 0);
      if (column == nullptr || target->n_indirection > 0) continue;
      const auto twice = std::count_if(columns_.begin(), columns_.end(),
                                       [&](const Column* c) { return c == column; });
      if (twice > 1) {
        a_.Fail("duplicate-column", "column \"" + column->name + "\" specified more than once",
                At(target->location));
      }
    }
  }

  void Add(const Column* column, const std::string& name, std::size_t at, bool part = false) {
    columns_.push_back(part ? nullptr : column);
    places_.push_back(at);
    TargetItem item;
    item.name = name;
    if (column != nullptr) item.number = column->number;
    level_->query.targets.push_back(std::move(item));
  }

  bool Known() const { return writer_.relation() != nullptr && !level_->uncertain; }

  void Source(const sql::SelectStmt* select) {
    const bool values = select != nullptr && select->n_values_lists > 0;
    SelectUse use;
    use.keep_unknown = true;
    use.defaults = values;
    auto source = std::make_shared<Query>(*a_.Select(level_, select, use));
    if (values) {
      for (std::size_t r = 0; r < source->values.size(); ++r)
        Row(&source->values[r], r == 0 || source->values.size() == 1);
    } else {
      Result(source.get());
    }
    level_->query.source = std::move(source);
  }

  // Too many values, or too few for the columns that were named.
  bool CheckCount(std::size_t given, std::size_t extra_at) {
    if (!Known() && insert_->n_cols == 0) return false;
    if (given > columns_.size()) {
      a_.Fail("syntax-error", "INSERT has more expressions than target columns", extra_at,
              "give as many values as there are columns (" + std::to_string(columns_.size()) + ")");
      return false;
    }
    if (insert_->n_cols > 0 && given < columns_.size()) {
      a_.Fail("syntax-error", "INSERT has more target columns than expressions", places_[given],
              "give as many values as there are columns (" + std::to_string(columns_.size()) + ")");
      return false;
    }
    return true;
  }

  void Row(std::vector<ExprPtr>* row, bool count) {
    if (count) {
      const std::size_t extra =
          row->size() > columns_.size() ? (*row)[columns_.size()]->span.begin : 0;
      CheckCount(row->size(), extra);
    }
    for (std::size_t i = 0; i < row->size() && i < columns_.size(); ++i) {
      if (columns_[i] == nullptr) continue;
      (*row)[i] = writer_.Assign(*columns_[i], (*row)[i], places_[i]);
      CheckRange((*row)[i].get());
      writer_.CheckWritable(*columns_[i], *(*row)[i], true);
    }
  }

  // A row of VALUES is always computed, so a number too big for its column fails for certain.
  void CheckRange(const Expr* value) {
    if (value->kind != Kind::kCast || value->args[0]->kind != Kind::kConst ||
        value->args[0]->is_null)
      return;
    const Oid from = value->args[0]->type.type;
    if (from != kInt8 && from != kInt4) return;
    const std::int64_t number = std::strtoll(value->args[0]->text.c_str(), nullptr, 10);
    const bool int4 = value->type.type == kInt4, int2 = value->type.type == kInt2;
    const bool fits = int4 ? number == static_cast<std::int32_t>(number)
                           : number == static_cast<std::int16_t>(number);
    if ((int4 || int2) && !fits) {
      a_.Fail("numeric-value-out-of-range", int4 ? "integer out of range" : "smallint out of range",
              0);
    }
  }

  void Result(Query* source) {
    if (!source->complete) return;
    const auto& columns = source->columns;
    std::size_t extra = 0;
    if (columns.size() > columns_.size()) extra = PlaceOf(*source, columns_.size());
    CheckCount(columns.size(), extra);
    for (std::size_t i = 0; i < columns.size() && i < columns_.size(); ++i) {
      if (columns_[i] == nullptr) continue;
      const bool target = source->kind == Query::Kind::kSelect && i < source->targets.size();
      MutableExpr plain = MakeExpr(Kind::kColumn, 0, PlaceOf(*source, i));
      plain->type = columns[i].type;
      if (plain->type.type == kUnknown) plain->type.type = target ? kUnknown : kText;
      const ExprPtr value = target ? source->targets[i].value : ExprPtr(plain);
      const ExprPtr assigned = writer_.Assign(*columns_[i], value, places_[i]);
      if (target) source->targets[i].value = assigned;
      writer_.CheckWritable(*columns_[i], *value, true);
    }
  }

  static std::size_t PlaceOf(const Query& source, std::size_t i) {
    if (source.kind == Query::Kind::kSelect && i < source.targets.size())
      return source.targets[i].value->span.begin;
    if (source.left != nullptr) return PlaceOf(*source.left, i);
    if (source.kind == Query::Kind::kValues && !source.values.empty() &&
        i < source.values[0].size()) {
      return source.values[0][i]->span.begin;
    }
    return 0;
  }

  Analysis& a_;
  Level* level_;
  const sql::InsertStmt* insert_;
  Writer writer_;
  std::vector<const Column*> columns_;
  std::vector<std::size_t> places_;
};

}  // namespace

QueryPtr Analysis::Insert(Level* parent, const sql::InsertStmt* insert) {
  Level level;
  level.parent = parent;
  Inserter(this, &level, insert).Read();
  return std::make_shared<Query>(std::move(level.query));
}

}  // namespace strata::catalog

#include <algorithm>
#include <utility>

#include "catalog/analyze/print.h"
#include "catalog/quote.h"

namespace strata::catalog {

using Kind = Expr::Kind;

namespace {

std::string Upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

std::string Names(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "(" : ", ") + QuoteIdentifier(name);
  return text.empty() ? "" : text + ")";
}

}  // namespace

std::string Printer::RelationName(Oid oid) const {
  const Relation* relation = catalog_.relation(oid);
  if (relation == nullptr) return "";
  if (catalog_.FindRelation("", relation->name) == relation) return QuoteIdentifier(relation->name);
  const Schema* schema = catalog_.schema(relation->schema);
  return (schema == nullptr ? "" : QuoteIdentifier(schema->name) + ".") +
         QuoteIdentifier(relation->name);
}

std::string Printer::Statement(const Query& query) {
  if (!query.certain || query.kind == Query::Kind::kOpaque || query.kind == Query::Kind::kMerge) {
    if (!query.text.empty()) return query.text;
  }
  const bool unnamed = std::exchange(unnamed_, false);
  const bool lines = std::exchange(lines_, false);
  const bool outermost = std::exchange(outermost_, false);
  levels_.push_back(&query);
  std::string text = With(query);
  if (lines && !text.empty()) text.back() = '\n';
  switch (query.kind) {
    case Query::Kind::kSelect:
      text += Select(query, !unnamed, lines);
      break;
    case Query::Kind::kValues: {
      std::string rows;
      for (const auto& row : query.values) rows += (rows.empty() ? "(" : ", (") + List(row) + ")";
      text += "VALUES " + rows + Tail(query, lines);
      break;
    }
    case Query::Kind::kSetOperation: {
      // Only the first arm names columns. PostgreSQL shows its names at the others, too, but where
      // the whole is part of a query.
      const auto arm = [&](const Query& q, bool first) {
        outermost_ = outermost;
        unnamed_ = (outermost || catalog_.session.exact_print) && (unnamed || !first);
        const bool plain = q.kind == Query::Kind::kSelect && q.order.empty() &&
                           q.limit == nullptr && q.offset == nullptr && q.ctes.empty() &&
                           q.locks.empty();
        lines_ = lines && (plain || q.kind == Query::Kind::kSetOperation);
        return plain ? Statement(q) : "(" + Statement(q) + ")";
      };
      const char* gap = lines ? "\n" : " ";
      text += arm(*query.left, true) + gap + Upper(query.set_operation) + gap +
              arm(*query.right, false) + Tail(query, lines);
      break;
    }
    case Query::Kind::kInsert:
      text += Insert(query);
      break;
    case Query::Kind::kUpdate:
      text += Update(query);
      break;
    case Query::Kind::kDelete:
      text += Delete(query);
      break;
    default:
      text = query.text;
      break;
  }
  levels_.pop_back();
  return text;
}

std::string Printer::With(const Query& query) {
  std::string text;
  for (const Query::Cte& cte : query.ctes) {
    text += (text.empty() ? (query.recursive ? "WITH RECURSIVE " : "WITH ") : ", ") +
            QuoteIdentifier(cte.name) + Names(cte.column_aliases) + " AS " +
            (cte.materialized.empty() ? "" : cte.materialized + " ") + "(" +
            (cte.query == nullptr ? "" : Statement(*cte.query)) + ")";
  }
  return text.empty() ? "" : text + " ";
}

std::string Printer::Targets(const std::vector<TargetItem>& targets, bool named,
                             const char* comma) {
  std::string text;
  for (const TargetItem& target : targets) {
    if (target.hidden) continue;
    std::string value = Expression(*target.value);
    // With the type that its place gives it a literal would be called by that.
    const Expr& literal = *target.value;
    if (target.name == "?column?" && literal.kind == Kind::kConst && !literal.explicit_cast &&
        !catalog_.session.exact_print && value.find("::") != std::string::npos)
      value = literal.is_null ? "NULL" : QuoteLiteral(literal.text);
    const std::string name = QuoteIdentifier(target.name);
    const bool column = target.value->kind == Kind::kColumn &&
                        (value == name || (value.size() > name.size() &&
                                           value.compare(value.size() - name.size() - 1,
                                                         std::string::npos, "." + name) == 0));
    if (named && !column && target.name != "?column?") value += " AS " + name;
    text += (text.empty() ? "" : comma) + value;
  }
  return text;
}

std::string Printer::Condition(const Expr& condition, bool lines) {
  if (!lines || condition.kind != Kind::kBool || condition.word == "not")
    return Expression(condition);
  std::string text;
  for (const ExprPtr& arg : condition.args)
    text += (text.empty() ? "" : "\n    " + Upper(condition.word) + " ") + Expression(*arg);
  return text;
}

std::string Printer::Select(const Query& query, bool named, bool lines) {
  constexpr std::size_t kLine = 90;
  const std::string gap = lines ? "\n" : " ";

  std::string text = "SELECT";
  if (query.distinct) text += " DISTINCT";
  if (!query.distinct_on.empty()) text += " DISTINCT ON (" + List(query.distinct_on) + ")";
  std::string targets = " " + Targets(query.targets, named);
  if (lines && targets.size() > kLine)
    targets = "\n    " + Targets(query.targets, named, ",\n    ");
  if (targets.size() > 1) text += targets;
  std::string before = gap + "FROM ";
  for (const auto& item : query.from) {
    text += before + From(query, *item, lines ? "\n    " : " ");
    before = ", ";
  }
  if (query.where != nullptr) text += gap + "WHERE " + Condition(*query.where, lines);
  if (!query.group.empty()) {
    text += gap + "GROUP BY ";
    if (query.group_distinct) text += "DISTINCT ";
    std::string list;
    for (const ExprPtr& item : query.group) {
      const bool constant = item->kind == Kind::kConst;
      list += (list.empty() ? "" : ", ") +
              (constant ? "(" + Expression(*item) + "::" + catalog_.TypeName(item->type) + ")"
                        : Expression(*item));
    }
    text += list;
  }
  if (query.having != nullptr) text += gap + "HAVING " + Expression(*query.having);
  std::string window = gap + "WINDOW ";
  for (const Query::NamedWindow& named : query.windows) {
    WindowSpec spec = named.window;
    spec.name.clear();
    text += window + QuoteIdentifier(named.name) + " AS " + Window(spec);
    window = ", ";
  }
  return text + Tail(query, lines);
}

std::string Printer::Tail(const Query& query, bool lines) {
  const std::string gap = lines ? "\n" : " ";
  std::string text;
  if (!query.order.empty()) {
    if (query.kind == Query::Kind::kSelect) {
      text += gap + "ORDER BY " + Order(query.order);
    } else {  // results by their place
      std::string list;
      for (const SortItem& item : query.order) {
        list += (list.empty() ? "" : ", ") + std::to_string(item.value->number) +
                (item.descending ? " DESC" : "");
        const char usual = item.descending ? 'f' : 'l';
        if (item.nulls != 0 && item.nulls != usual)
          list += item.nulls == 'f' ? " NULLS FIRST" : " NULLS LAST";
      }
      text += gap + "ORDER BY " + list;
    }
  }
  if (query.offset != nullptr) text += gap + "OFFSET " + Expression(*query.offset);
  if (query.limit != nullptr) {
    text += gap + (query.with_ties ? "FETCH FIRST (" + Expression(*query.limit) + ") ROWS WITH TIES"
                                   : "LIMIT " + Expression(*query.limit));
  }
  for (const std::string& lock : query.locks) text += gap + lock;
  return text;
}

std::string Printer::Range(const Query& query, int index) {
  const RangeEntry& range = query.ranges[static_cast<std::size_t>(index)];
  // PostgreSQL names every column of a function, and says LATERAL where it refers to its left.
  const bool shown_whole =
      catalog_.session.exact_print && range.kind == RangeEntry::Kind::kFunction;
  std::string text = range.lateral && !shown_whole ? "LATERAL " : "";
  std::string alias = range.has_alias || shown_whole ? QuoteIdentifier(range.alias) : "";
  if (catalog_.session.exact_print && IsRenamable(range))
    alias = PlaceOf(levels_.size() - 1, index);
  std::vector<std::string> names = range.column_aliases;
  for (std::size_t i = names.size(); shown_whole && i < range.columns.size(); ++i)
    names.push_back(range.columns[i].name);
  switch (range.kind) {
    case RangeEntry::Kind::kRelation:
      text += (range.only ? "ONLY " : "") + RelationName(range.relation);
      break;
    case RangeEntry::Kind::kSubquery:
      text += "(" + (range.query == nullptr ? "" : Statement(*range.query)) + ")";
      break;
    case RangeEntry::Kind::kCte:
      text += QuoteIdentifier(range.text);
      break;
    case RangeEntry::Kind::kFunction:
      text += range.functions.size() == 1 ? List(range.functions)
                                          : "ROWS FROM (" + List(range.functions) + ")";
      if (range.ordinality) text += " WITH ORDINALITY";
      if (!range.definition.empty()) return text + " AS " + alias + "(" + range.definition + ")";
      break;
    default:
      text += range.text;
      break;
  }
  if (!alias.empty()) text += " " + alias + Names(names);
  return text;
}

std::string Printer::From(const Query& query, const FromItem& item, const char* gap) {
  if (item.range >= 0) return Range(query, item.range);
  const std::string left = From(query, *item.left, gap), right = From(query, *item.right, gap);
  std::string text = "(" + left + gap + (item.natural ? "NATURAL " : "");
  text += item.join == "inner"   ? "JOIN "
          : item.join == "cross" ? "CROSS JOIN "
                                 : Upper(item.join) + " JOIN ";
  text += right;
  if (item.on != nullptr) text += " ON " + Expression(*item.on);
  if (!item.using_columns.empty()) text += " USING " + Names(item.using_columns);
  return text + ")";
}

std::string Printer::Returning(const Query& query) {
  return query.returning.empty() ? "" : " RETURNING " + Targets(query.returning);
}

std::string Printer::Assignments(const Query& query, const std::vector<TargetItem>& items) {
  const Relation* relation = catalog_.relation(query.target);
  std::string text;
  for (const TargetItem& item : items) {
    const auto* column = relation == nullptr ? nullptr : relation->FindColumn(item.number);
    text += (text.empty() ? "" : ", ") +
            QuoteIdentifier(column == nullptr ? item.name : column->name) + " = " +
            Expression(*item.value);
  }
  return text;
}

std::string Printer::Insert(const Query& query) {
  std::string text = "INSERT INTO " + Range(query, query.target_range);
  const Relation* relation = catalog_.relation(query.target);
  std::vector<std::string> names;
  for (const TargetItem& item : query.targets) {
    const auto* column = relation == nullptr ? nullptr : relation->FindColumn(item.number);
    names.push_back(column == nullptr ? item.name : column->name);
  }
  std::size_t given = names.size();
  if (query.source != nullptr && query.source->kind == Query::Kind::kValues &&
      !query.source->values.empty()) {
    given = query.source->values[0].size();
  } else if (query.source != nullptr) {
    given = query.source->columns.size();
  }
  if (given < names.size()) names.resize(given);
  if (!query.default_values) text += " " + Names(names);
  if (!query.overriding.empty()) text += " OVERRIDING " + Upper(query.overriding) + " VALUE";
  text += query.default_values || query.source == nullptr ? " DEFAULT VALUES"
                                                          : " " + Statement(*query.source);
  if (!query.on_conflict.empty()) {
    text += " ON CONFLICT";
    std::string keys;
    for (const std::int16_t number : query.conflict_columns) {
      const auto* column = relation == nullptr ? nullptr : relation->FindColumn(number);
      if (column != nullptr) keys += (keys.empty() ? "" : ", ") + QuoteIdentifier(column->name);
    }
    for (const ExprPtr& e : query.conflict_expressions)
      keys += (keys.empty() ? "(" : ", (") + Expression(*e) + ")";
    if (!keys.empty()) text += " (" + keys + ")";
    if (query.conflict_predicate != nullptr)
      text += " WHERE " + Expression(*query.conflict_predicate);
    if (const Constraint* constraint = query.conflict_constraint == 0
                                           ? nullptr
                                           : catalog_.constraint(query.conflict_constraint)) {
      text += " ON CONSTRAINT " + QuoteIdentifier(constraint->name);
    }
    text += query.on_conflict == "nothing"
                ? " DO NOTHING"
                : " DO UPDATE SET " + Assignments(query, query.conflict_set);
    if (query.conflict_where != nullptr) text += " WHERE " + Expression(*query.conflict_where);
  }
  return text + Returning(query);
}

std::string Printer::Update(const Query& query) {
  std::string text =
      "UPDATE " + Range(query, query.target_range) + " SET " + Assignments(query, query.targets);
  const char* before = " FROM ";
  for (const auto& item : query.from) {
    text += before + From(query, *item);
    before = ", ";
  }
  if (query.where != nullptr) text += " WHERE " + Expression(*query.where);
  return text + Returning(query);
}

std::string Printer::Delete(const Query& query) {
  std::string text = "DELETE FROM " + Range(query, query.target_range);
  const char* before = " USING ";
  for (const auto& item : query.from) {
    text += before + From(query, *item);
    before = ", ";
  }
  if (query.where != nullptr) text += " WHERE " + Expression(*query.where);
  return text + Returning(query);
}

}  // namespace strata::catalog

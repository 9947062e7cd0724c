#include "lint/match.h"

#include <algorithm>
#include <cctype>

#include "sql/token.h"

namespace strata::lint {
namespace {

bool IsPlainName(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

}  // namespace

std::string_view TextOf(const Step& step) {
  return step.text.substr(step.span().begin, step.span().end - step.span().begin);
}

Span HeadOf(std::string_view text, Span statement) {
  const std::size_t line_end = text.find('\n', statement.begin);
  std::size_t end = std::min(statement.end, line_end);
  while (end > statement.begin && std::isspace(static_cast<unsigned char>(text[end - 1]))) --end;
  return {statement.begin, end};
}

Span SpanAt(const Step& step, int location) {
  const auto at = static_cast<std::size_t>(location);
  const bool inside = location >= 0 && at >= step.span().begin && at < step.span().end;
  return inside ? sql::DottedNameAt(step.text, at) : HeadOf(step.text, step.span());
}

Span SpanOfName(const Step& step, std::string_view name, std::size_t from) {
  const std::size_t begin = std::max(from, step.span().begin);
  return sql::FindName(step.text, step.span(), name, begin)
      .value_or(HeadOf(step.text, step.span()));
}

std::string QuoteName(std::string_view name) {
  if (IsPlainName(name)) return std::string(name);
  std::string quoted = "\"";
  for (char c : name) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string NameOf(const sql::RangeVar* name) {
  const std::string_view schema = name->schemaname;
  return (schema.empty() ? "" : QuoteName(schema) + ".") + QuoteName(name->relname);
}

std::string NameOf(const catalog::Catalog& catalog, const catalog::Relation& relation) {
  const catalog::Schema* schema = catalog.schema(relation.schema);
  const bool shown = schema != nullptr && schema->name != "public";
  return (shown ? QuoteName(schema->name) + "." : "") + QuoteName(relation.name);
}

std::vector<AlterCommand> AlterCommands(const sql::Node* tree) {
  std::vector<AlterCommand> commands;
  const auto* alter = As<sql::AlterTableStmt>(tree);
  if (alter == nullptr || alter->relation == nullptr) return commands;
  const bool table = alter->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
                     alter->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE;
  if (!table) return commands;
  for (const sql::Node* node : Each(alter->n_cmds, alter->cmds)) {
    if (const auto* command = As<sql::AlterTableCmd>(node)) commands.push_back({alter, command});
  }
  return commands;
}

std::vector<AlterCommand> AlterCommands(const sql::Node* tree, int subtype) {
  std::vector<AlterCommand> commands = AlterCommands(tree);
  std::erase_if(commands, [&](const AlterCommand& c) {
    return static_cast<int>(c.command->subtype) != subtype;
  });
  return commands;
}

std::vector<NewColumn> NewColumns(const sql::Node* tree) {
  std::vector<NewColumn> columns;
  if (const auto* create = As<sql::CreateStmt>(tree)) {
    for (const sql::Node* node : Each(create->n_table_elts, create->table_elts)) {
      if (const auto* column = As<sql::ColumnDef>(node))
        columns.push_back({create->relation, column, true});
    }
  }
  for (const AlterCommand& c : AlterCommands(tree, PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn)) {
    if (const auto* column = As<sql::ColumnDef>(c.command->def)) {
      columns.push_back({c.statement->relation, column, false});
    }
  }
  return columns;
}

std::vector<NewConstraint> NewConstraints(const sql::Node* tree) {
  std::vector<NewConstraint> constraints;
  auto add = [&](const sql::RangeVar* table, const sql::Node* node, const sql::ColumnDef* column,
                 bool in_create) {
    if (const auto* constraint = As<sql::Constraint>(node)) {
      constraints.push_back({table, constraint, column, in_create});
    }
  };
  for (const NewColumn& c : NewColumns(tree)) {
    for (const sql::Node* node : Each(c.column->n_constraints, c.column->constraints)) {
      add(c.table, node, c.column, c.in_create);
    }
  }
  if (const auto* create = As<sql::CreateStmt>(tree)) {
    for (const sql::Node* node : Each(create->n_table_elts, create->table_elts)) {
      add(create->relation, node, nullptr, true);
    }
    for (const sql::Node* node : Each(create->n_constraints, create->constraints)) {
      add(create->relation, node, nullptr, true);
    }
  }
  for (const AlterCommand& c : AlterCommands(tree, PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint)) {
    add(c.statement->relation, c.command->def, nullptr, false);
  }
  return constraints;
}

const sql::Constraint* FindConstraint(const sql::ColumnDef* column, int kind) {
  for (const sql::Node* node : Each(column->n_constraints, column->constraints)) {
    const auto* constraint = As<sql::Constraint>(node);
    if (constraint != nullptr && static_cast<int>(constraint->contype) == kind) return constraint;
  }
  return nullptr;
}

std::vector<std::string> Names(sql::NodeRange names) {
  std::vector<std::string> result;
  for (const sql::Node* node : names) result.emplace_back(sql::StringOf(node));
  return result;
}

std::string LastName(sql::NodeRange names) {
  return names.empty() ? "" : std::string(sql::StringOf(names.back()));
}

std::vector<DroppedObject> DroppedObjects(const sql::DropStmt* drop) {
  std::vector<DroppedObject> objects;
  for (const sql::Node* node : Each(drop->n_objects, drop->objects)) {
    DroppedObject object;
    std::vector<std::string> parts;
    if (const auto* list = As<sql::List>(node)) parts = Names(Each(list));
    if (const auto* type = As<sql::TypeName>(node)) parts = Names(Each(type->n_names, type->names));
    if (!sql::StringOf(node).empty()) parts = {std::string(sql::StringOf(node))};
    if (parts.empty()) continue;
    object.name = parts.back();
    if (parts.size() > 1) object.schema = parts[parts.size() - 2];
    objects.push_back(std::move(object));
  }
  return objects;
}

std::string TypeWord(const sql::TypeName* type) {
  return type == nullptr ? "" : LastName(Each(type->n_names, type->names));
}

std::vector<int> TypeArguments(const sql::TypeName* type) {
  std::vector<int> arguments;
  if (type == nullptr) return arguments;
  for (const sql::Node* node : Each(type->n_typmods, type->typmods)) {
    const auto* constant = As<sql::AConst>(node);
    const bool integer = constant != nullptr && constant->val_case == PG_QUERY__A__CONST__VAL_IVAL;
    arguments.push_back(integer ? constant->ival->ival : -1);
  }
  return arguments;
}

std::string QuotedList(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 == names.size() ? " and " : ", ";
    list += "\"" + names[i] + "\"";
  }
  return list;
}

}  // namespace strata::lint

// ALTER TABLE, ALTER VIEW, ALTER INDEX, ALTER SEQUENCE and ALTER TYPE with subcommands
#include <algorithm>

#include "catalog/apply/alter/alter.h"
#include "catalog/apply/object.h"
#include "catalog/apply/statement.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

using Command = PgQuery__AlterTableType;

// The order in which PostgreSQL runs the subcommands (AlterTablePass).
enum Pass {
  kDrop,
  kAlterType,
  kAddColumn,
  kAddConstraint,
  kColumnAttributes,
  kAddIndex,
  kOther,
  kMisc
};

Pass PassOf(const sql::AlterTableCmd& c) {
  switch (c.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      return kAddColumn;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
      return c.def != nullptr ? kOther : kDrop;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      return kDrop;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
      return kColumnAttributes;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
      return kOther;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return kAlterType;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint: {
      const auto* constraint = sql::As<sql::Constraint>(c.def);
      if (constraint == nullptr) return kAddConstraint;
      switch (constraint->contype) {
        case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN:
          return kOther;
        case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
          return kAddConstraint;
        default:
          return kAddIndex;
      }
    }
    default:
      return kMisc;
  }
}

void Run(Context& context, const AlterCommand& command) {
  switch (command.node.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      return AddColumn(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      return DropColumn(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      return AlterColumnType(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnGenericOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
      return AlterColumnProperty(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      return AddConstraint(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      return DropConstraint(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterConstraint:
      return AlterConstraint(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      return ValidateConstraint(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
      return AttachPartitionCommand(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
      return DetachPartitionCommand(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddInherit:
      return AddInherit(context, command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropInherit:
      return DropInherit(context, command);
    default:
      return AlterTableProperty(context, command);
  }
}

// Where each subcommand stands: cut at the commas outside parentheses.
std::vector<Span> CommandSpans(std::string_view text, Span statement, std::size_t from,
                               std::size_t count) {
  std::vector<Span> spans;
  std::size_t begin = from, at = from;
  int depth = 0;
  const std::string_view part = text.substr(0, statement.end);
  while (true) {
    const sql::Token token = sql::NextToken(part, at);
    if (token.kind == sql::TokenKind::kEnd) break;
    const char c = token.kind == sql::TokenKind::kPunctuation ? part[token.span.begin] : 0;
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (c == ',' && depth == 0) {
      spans.push_back({begin, token.span.begin});
      begin = sql::NextToken(part, token.span.end).span.begin;
    }
    at = token.span.end;
  }
  spans.push_back({begin, statement.end});
  if (spans.size() != count) spans.assign(count, {from, statement.end});
  return spans;
}

// Which kinds of relation the statement's word takes (ATWrongRelkindError and alter_table's
// checks).
bool Fits(Context& context, const Relation& r, sql::ObjectType type, Span at) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      if (IsOfKind(r, type)) return true;
      ReportWrongKind(context, r, type, at, false);
      return false;
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      if (r.kind == RelationKind::kCompositeType) return true;
      context.Report("wrong-object-type", "\"" + r.name + "\" is not a composite type", at);
      return false;
    default:
      if (r.kind == RelationKind::kCompositeType) {
        context.Report("wrong-object-type", "\"" + r.name + "\" is a composite type", at,
                       "use ALTER TYPE instead");
        return false;
      }
      return true;
  }
}

// The subcommands that a view, sequence or index does not take.
bool Takes(Context& context, const Relation& r, const sql::AlterTableCmd& c, Span at) {
  const bool table = r.kind == RelationKind::kTable || r.kind == RelationKind::kPartitionedTable ||
                     r.kind == RelationKind::kForeignTable ||
                     r.kind == RelationKind::kCompositeType;
  if (table) return true;
  const char* action = nullptr;
  switch (c.subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      action = "ADD COLUMN";
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
      action = "DROP COLUMN";
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      action = "ALTER COLUMN ... TYPE";
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
      action = "ALTER COLUMN ... SET NOT NULL";
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
      action = "ALTER COLUMN ... DROP NOT NULL";
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      action = "ADD CONSTRAINT";
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
      action = "DROP CONSTRAINT";
      break;
    default:
      return true;
  }
  std::string words = context.catalog.Describe({ObjectClass::kRelation, r.oid});
  words = words.substr(0, words.find(" \""));
  if (words == "index" && r.kind == RelationKind::kPartitionedIndex) words = "partitioned index";
  context.Report(
      "wrong-object-type",
      "ALTER action " + std::string(action) + " cannot be performed on relation \"" + r.name + "\"",
      at, "this operation is not supported for " + words + (words == "index" ? "es" : "s"));
  return false;
}

}  // namespace

void ApplyStatement(Context& context, const sql::AlterTableStmt& statement) {
  const Name name = context.NameOf(*statement.relation);
  const Relation* relation = context.NeedRelation(name, "relation", statement.missing_ok);
  if (relation == nullptr || !Fits(context, *relation, statement.objtype, name.at)) return;
  const Oid oid = relation->oid;
  std::vector<AlterCommand> commands;
  const std::vector<Span> spans =
      CommandSpans(context.text, context.Whole(), name.at.end, statement.n_cmds);
  std::shared_ptr<const Relation> before;
  for (std::size_t i = 0; i < statement.n_cmds; ++i) {
    const auto* node = sql::As<sql::AlterTableCmd>(statement.cmds[i]);
    if (node == nullptr) continue;
    if (before == nullptr && PassOf(*node) == kAlterType)
      before = std::make_shared<const Relation>(*relation);
    commands.push_back({*node, oid, spans[i], before, !statement.relation->inh});
  }
  for (int pass = kDrop; pass <= kMisc; ++pass) {
    for (const AlterCommand& command : commands) {
      const Relation* now = context.catalog.relation(oid);
      if (PassOf(command.node) == pass && now != nullptr &&
          Takes(context, *now, command.node, name.at))
        Run(context, command);
    }
  }
}

}  // namespace strata::catalog

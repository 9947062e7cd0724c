#include "shadow/shadow.h"

#include <ctime>

#include "catalog/analyze/analyze.h"
#include "shadow/effects.h"
#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Catalog;
using catalog::Query;
using catalog::QueryPtr;
using catalog::Relation;

RunResult ResultOf(Outcome outcome) {
  RunResult result;
  result.kind = outcome.executed ? RunResult::Kind::kExecuted : RunResult::Kind::kNotExecuted;
  result.reason = std::move(outcome.reason);
  result.problems = std::move(outcome.problems);
  return result;
}

void MarkNamed(World& world, const sql::RangeVar* var) {
  if (var == nullptr) return;
  const Relation* relation = world.after->FindRelation(var->schemaname, var->relname);
  if (relation != nullptr) world.MarkUnknown(relation->oid);
}

// The table that a data statement writes, by its name alone.
const sql::RangeVar* TargetOf(const sql::Node* tree) {
  if (const auto* s = sql::As<sql::InsertStmt>(tree)) return s->relation;
  if (const auto* s = sql::As<sql::UpdateStmt>(tree)) return s->relation;
  if (const auto* s = sql::As<sql::DeleteStmt>(tree)) return s->relation;
  if (const auto* s = sql::As<sql::MergeStmt>(tree)) return s->relation;
  if (const auto* s = sql::As<sql::CopyStmt>(tree)) return s->is_from ? s->relation : nullptr;
  return nullptr;
}

// RESTART [WITH n] among the options of ALTER SEQUENCE or of an identity column.
void Restart(World& world, const Relation* sequence, sql::NodeRange options) {
  if (sequence == nullptr || !sequence->sequence) return;
  for (const sql::Node* node : options) {
    const auto* option = sql::As<sql::DefElem>(node);
    if (option == nullptr || std::string_view(option->defname) != "restart") continue;
    const auto* number = sql::As<sql::Integer>(option->arg);
    SequenceState state{sequence->sequence->start, false,
                        option->arg == nullptr || number != nullptr};
    if (number != nullptr) state.last = number->ival;
    world.state.sequences.Set(sequence->oid, state);
  }
}

void FollowRestarts(World& world, const sql::Node* tree) {
  if (const auto* s = sql::As<sql::AlterSeqStmt>(tree)) {
    const Relation* sequence =
        s->sequence == nullptr
            ? nullptr
            : world.after->FindRelation(s->sequence->schemaname, s->sequence->relname);
    Restart(world, sequence, sql::Each(s->n_options, s->options));
  }
  const auto* alter = sql::As<sql::AlterTableStmt>(tree);
  if (alter == nullptr || alter->relation == nullptr) return;
  for (const sql::Node* node : sql::Each(alter->n_cmds, alter->cmds)) {
    const auto* command = sql::As<sql::AlterTableCmd>(node);
    if (command == nullptr || command->subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity)
      continue;
    const Relation* table =
        world.after->FindRelation(alter->relation->schemaname, alter->relation->relname);
    const catalog::Column* column =
        table == nullptr ? nullptr : table->FindColumn(std::string(command->name));
    const auto found =
        column == nullptr
            ? world.identities.end()
            : world.identities.find({catalog::ObjectClass::kRelation, table->oid, column->number});
    if (found != world.identities.end()) {
      Restart(world, world.after->relation(found->second),
              sql::Each(sql::As<sql::List>(command->def)));
    }
  }
}

}  // namespace

class Shadow::Impl {
 public:
  World world;
  int transactions = 0;

  RunResult Follow(const sql::ParsedStatement& statement, bool accepted) {
    FollowCode(statement);
    Outcome carried = CarryRows(world, statement.tree, accepted);
    FollowRestarts(world, statement.tree);
    if (!carried.problems.empty()) return ResultOf(std::move(carried));
    return Data(statement, accepted);
  }

 private:
  static bool IsQuery(const sql::Node* tree) {
    return sql::As<sql::SelectStmt>(tree) != nullptr || TargetOf(tree) != nullptr;
  }

  // What code that is not run may write is unknown before its changes of the schema are carried
  // out: in which order the two come is not known.
  void FollowCode(const sql::ParsedStatement& statement) {
    const sql::Node* tree = statement.tree;
    if (const auto* block = sql::As<sql::DoStmt>(tree)) FollowBody(world, BodyOf(*block));
    if (sql::As<sql::CallStmt>(tree) != nullptr || IsQuery(tree))
      FollowCalls(world, Text(statement));
  }

  RunResult Data(const sql::ParsedStatement& statement, bool accepted) {
    const sql::Node* tree = statement.tree;
    if (sql::As<sql::DoStmt>(tree) != nullptr)
      return ResultOf(World::NotExecuted("a DO block is not run"));
    if (const auto* s = sql::As<sql::TruncateStmt>(tree)) return ResultOf(RunTruncate(world, *s));
    if (const auto* s = sql::As<sql::CreateTableAsStmt>(tree)) return Fill(*s, accepted);
    if (const auto* s = sql::As<sql::RefreshMatViewStmt>(tree)) return Refresh(*s, accepted);
    if (!IsQuery(tree)) return {};
    if (!accepted) {
      MarkNamed(world, TargetOf(tree));
      return ResultOf(World::NotExecuted("the statement is in error"));
    }
    if (const auto* s = sql::As<sql::CopyStmt>(tree)) {
      if (statement.copy_from_stdin) return ResultOf(RunCopy(world, *s, Data(statement)));
      MarkNamed(world, s->relation);
      return ResultOf(World::NotExecuted("COPY from a file is not run"));
    }
    const auto* select = sql::As<sql::SelectStmt>(tree);
    if (select != nullptr && select->into_clause != nullptr) return FillInto(tree);
    catalog::Findings findings;
    const QueryPtr query = AnalyzeQuery(*world.after, tree, {}, &findings);
    if (!findings.problems.empty() || !query->certain) {
      if (query->target == 0) MarkNamed(world, TargetOf(tree));
      GiveUpWith(world, *query);
      return ResultOf(World::NotExecuted("the statement was not wholly analysed"));
    }
    return ResultOf(WritesInWith(*query) ? RunWith(world, *query) : RunQuery(world, *query));
  }

  std::string_view Text(const sql::ParsedStatement& statement) const {
    return world.text.substr(statement.span.begin, statement.span.end - statement.span.begin);
  }
  std::string_view Data(const sql::ParsedStatement& statement) const {
    return world.text.substr(statement.copy_data.begin,
                             statement.copy_data.end - statement.copy_data.begin);
  }

  const Relation* NewRelation(const sql::RangeVar* var) const {
    const Relation* relation =
        var == nullptr ? nullptr : world.after->FindRelation(var->schemaname, var->relname);
    const bool is_new = relation != nullptr && world.before->relation(relation->oid) == nullptr;
    return is_new ? relation : nullptr;
  }

  RunResult FillFrom(const Relation* relation, const sql::Node* select, bool accepted) {
    if (relation == nullptr) return {};
    catalog::Findings findings;
    const QueryPtr query = AnalyzeQuery(*world.before, select, {}, &findings);
    if (!accepted || !findings.problems.empty() || !query->certain) {
      world.MarkUnknown(relation->oid);
      return ResultOf(World::NotExecuted("the query was not wholly analysed"));
    }
    return ResultOf(FillNew(world, *relation, *query));
  }

  RunResult Fill(const sql::CreateTableAsStmt& statement, bool accepted) {
    if (statement.into == nullptr) return {};
    FollowCalls(world, world.text.substr(world.span.begin, world.span.end - world.span.begin));
    const Relation* relation = NewRelation(statement.into->rel);
    if (statement.into->skip_data) return {};
    return FillFrom(relation, statement.query, accepted);
  }

  RunResult FillInto(const sql::Node* tree) {
    const Relation* relation = NewRelation(sql::As<sql::SelectStmt>(tree)->into_clause->rel);
    if (relation != nullptr) world.MarkUnknown(relation->oid);
    return ResultOf(World::NotExecuted("SELECT INTO is not run"));
  }

  RunResult Refresh(const sql::RefreshMatViewStmt& statement, bool accepted) {
    const sql::RangeVar* var = statement.relation;
    const Relation* relation =
        var == nullptr ? nullptr : world.after->FindRelation(var->schemaname, var->relname);
    if (relation == nullptr || relation->query == nullptr) return {};
    world.Forget(relation->oid);
    if (statement.skip_data) return {};
    if (accepted && relation->query->certain)
      return ResultOf(FillNew(world, *relation, *relation->query));
    world.MarkUnknown(relation->oid);
    return ResultOf(World::NotExecuted("the query was not wholly analysed"));
  }
};

Shadow::Shadow() : impl_(std::make_unique<Impl>()) { BeginTransaction(); }
Shadow::~Shadow() = default;

RunResult Shadow::Run(const Catalog& before, const Catalog& after, std::string_view text,
                      const sql::ParsedStatement& statement, bool accepted) {
  if (statement.tree == nullptr) return {};
  World& world = impl_->world;
  world.before = &before;
  world.after = world.native.catalog = &after;
  world.text = text;
  world.span = statement.span;
  world.native.error_rule.clear();
  world.native.error_message.clear();
  return impl_->Follow(statement, accepted);
}

void Shadow::BeginTransaction() {
  constexpr std::time_t kFirst = 1767225600;  // 2026-01-01 00:00:00 UTC
  const std::time_t now = kFirst + ++impl_->transactions;
  char text[32];
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &parts);
  impl_->world.native.now = text;
}

Shadow::Snapshot Shadow::Save() {
  World& world = impl_->world;
  auto saved = std::make_shared<State>(world.state);
  saved->serial = world.serial;
  std::erase_if(world.snapshots, [](const auto& snapshot) { return snapshot.expired(); });
  world.snapshots.push_back(saved);
  return saved;
}

bool Shadow::Same(const State& a, const State& b) {
  bool same = a.unknown_to == b.unknown_to && a.sequences_unknown_to == b.sequences_unknown_to;
  using Table = std::shared_ptr<const TableState>;
  catalog::PersistentMap<catalog::Oid, Table>::Differences(
      a.tables, b.tables, [&](catalog::Oid oid, const Table* in_a, const Table* in_b) {
        const bool made_between = in_a == nullptr && oid > a.unknown_to;
        const bool empty = in_b == nullptr || (*in_b)->contents == Contents::kEmpty;
        if (!made_between || !empty) same = false;
      });
  using Sequences = catalog::PersistentMap<catalog::Oid, SequenceState>;
  return same && Sequences::SameContents(a.sequences, b.sequences);
}

void Shadow::Restore(const Snapshot& snapshot) { impl_->world.state = *snapshot; }

Contents Shadow::ContentsOf(catalog::Oid relation) const {
  const World& world = impl_->world;
  const Contents contents = world.ContentsOf(relation);
  if (contents != Contents::kEmpty || world.after == nullptr) return contents;
  const Relation* table = world.after->relation(relation);
  if (table == nullptr || world.IsEmptyRelation(*table, 0)) return contents;
  return Contents::kUnknown;
}

}  // namespace strata::shadow

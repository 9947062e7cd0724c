// CREATE TRIGGER (trigger.c)
#include <algorithm>

#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/table/partition.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

constexpr Oid kTriggerType = 2279;
// pg_trigger.h
constexpr int kBefore = 1 << 1, kInsert = 1 << 2, kDelete = 1 << 3, kUpdate = 1 << 4,
              kTruncate = 1 << 5, kInstead = 1 << 6;

class TriggerMaker {
 public:
  TriggerMaker(Context& context, const sql::CreateTrigStmt& statement)
      : context_(context), statement_(statement), table_(context.NameOf(*statement.relation)) {}

  void Make() {
    const Relation* r = context_.NeedRelation(table_);
    if (r == nullptr) {
      FindFunction();
      context_.Doubt(statement_.trigname);
      return;
    }
    trigger_.relation = r->oid;
    trigger_.name = Truncated(statement_.trigname);
    ReadTiming();
    if (!FitsRelation(*r)) return;
    ReadColumns(*r);
    ReadTransitions(*r);
    ReadRest();
    FindFunction();
    ReadWhen(*r);
    const Trigger* old = context_.catalog.FindTrigger(r->oid, trigger_.name);
    if (old != nullptr && !statement_.replace) {
      context_.Report(
          "duplicate-object",
          "trigger \"" + trigger_.name + "\" for relation \"" + r->name + "\" already exists",
          context_.Find(statement_.trigname),
          "drop the trigger first, or write CREATE OR REPLACE TRIGGER");
      return;
    }
    if (old != nullptr) trigger_.oid = old->oid;
    Put();
  }

 private:
  void Refuse(std::string message, std::string help = "",
              std::string_view rule = "wrong-object-type") {
    context_.Report(rule, std::move(message), table_.at, std::move(help));
  }

  void ReadTiming() {
    trigger_.timing = statement_.timing == kBefore    ? "BEFORE"
                      : statement_.timing == kInstead ? "INSTEAD OF"
                                                      : "AFTER";
    if ((statement_.events & kInsert) != 0) trigger_.events.push_back("INSERT");
    if ((statement_.events & kDelete) != 0) trigger_.events.push_back("DELETE");
    if ((statement_.events & kUpdate) != 0) trigger_.events.push_back("UPDATE");
    if ((statement_.events & kTruncate) != 0) trigger_.events.push_back("TRUNCATE");
    trigger_.for_each_row = statement_.row;
  }

  bool FitsRelation(const Relation& r) {
    const std::string quoted = "\"" + r.name + "\"";
    const bool instead = trigger_.timing == "INSTEAD OF";
    switch (r.kind) {
      case RelationKind::kTable:
      case RelationKind::kPartitionedTable:
        if (instead)
          return Refuse(quoted + " is a table", "tables cannot have INSTEAD OF triggers"), false;
        return true;
      case RelationKind::kForeignTable:
        if (instead)
          return Refuse(quoted + " is a foreign table",
                        "foreign tables cannot have INSTEAD OF triggers"),
                 false;
        return true;
      case RelationKind::kView:
        if (!instead && trigger_.for_each_row) {
          return Refuse(quoted + " is a view",
                        "views cannot have row-level BEFORE or AFTER triggers"),
                 false;
        }
        if ((statement_.events & kTruncate) != 0)
          return Refuse(quoted + " is a view", "views cannot have TRUNCATE triggers"), false;
        if (instead && !trigger_.for_each_row) {
          return Refuse("INSTEAD OF triggers must be FOR EACH ROW", "", "feature-not-supported"),
                 false;
        }
        return true;
      default:
        return Refuse("relation " + quoted + " cannot have triggers",
                      "this operation is only for tables and views"),
               false;
    }
  }

  void ReadColumns(const Relation& r) {
    for (const sql::Node* n : sql::Each(statement_.n_columns, statement_.columns)) {
      const std::string name(sql::StringOf(n));
      const Column* c = context_.NeedColumn(r, name, context_.Find(name));
      if (c == nullptr) continue;
      if (std::find(trigger_.columns.begin(), trigger_.columns.end(), c->number) !=
          trigger_.columns.end()) {
        context_.Report("duplicate-column", "column \"" + name + "\" specified more than once",
                        context_.Find(name));
      }
      trigger_.columns.push_back(c->number);
    }
  }

  void ReadTransitions(const Relation& r) {
    for (const sql::Node* n : sql::Each(statement_.n_transition_rels, statement_.transition_rels)) {
      const auto* t = sql::As<sql::TriggerTransition>(n);
      if (t == nullptr) continue;
      (t->is_new ? trigger_.new_table : trigger_.old_table) = t->name;
      if (trigger_.timing != "AFTER") {
        Refuse("transition table name can only be specified for an AFTER trigger", "",
               "invalid-object-definition");
      } else if ((statement_.events & kTruncate) != 0) {
        Refuse("TRUNCATE triggers with transition tables are not supported", "",
               "feature-not-supported");
      } else if (trigger_.events.size() > 1) {
        Refuse("transition tables cannot be specified for triggers with more than one event", "",
               "feature-not-supported");
      } else if (statement_.n_columns > 0) {
        Refuse("transition tables cannot be specified for triggers with column lists", "",
               "feature-not-supported");
      } else if (t->is_new && (statement_.events & (kInsert | kUpdate)) == 0) {
        Refuse("NEW TABLE can only be specified for an INSERT or UPDATE trigger", "",
               "invalid-object-definition");
      } else if (!t->is_new && (statement_.events & (kDelete | kUpdate)) == 0) {
        Refuse("OLD TABLE can only be specified for a DELETE or UPDATE trigger", "",
               "invalid-object-definition");
      } else if (r.kind == RelationKind::kPartitionedTable && trigger_.for_each_row) {
        Refuse("\"" + r.name + "\" is a partitioned table",
               "ROW triggers with transition tables are not supported on partitioned tables",
               "feature-not-supported");
      }
    }
  }

  void ReadRest() {
    for (const sql::Node* n : sql::Each(statement_.n_args, statement_.args))
      trigger_.arguments.push_back(OptionText(n));
    trigger_.constraint = statement_.isconstraint;
    trigger_.deferrable = statement_.deferrable;
    trigger_.deferred = statement_.initdeferred;
    if (statement_.constrrel == nullptr) return;
    const Relation* referenced = context_.NeedRelation(context_.NameOf(*statement_.constrrel));
    if (referenced != nullptr) trigger_.referenced = referenced->oid;
  }

  void FindFunction() {
    Name name = context_.NameOf(statement_.n_funcname, statement_.funcname);
    // The function stands after EXECUTE; its name may well be the trigger's too.
    if (const auto execute = sql::FindKeyword(context_.text, context_.Whole(), "execute")) {
      const std::string& first = name.schema.empty() ? name.name : name.schema;
      name.at =
          sql::FindName(context_.text, context_.Whole(), first, execute->end).value_or(name.at);
    }
    if (!name.schema.empty() && context_.NeedSchema(name.schema, name.at) == nullptr) return;
    const std::vector<const Function*> named =
        context_.catalog.FindFunctions(name.schema, name.name);
    for (const Function* f : named) {
      if (!f->inputs.empty()) continue;
      trigger_.function = f->oid;
      if (f->result.type == kTriggerType || f->result.type == 0) return;
      context_.Report("invalid-object-definition",
                      "function " + name.name + " must return type trigger", name.at,
                      "it returns " + context_.catalog.TypeName({f->result.type, -1}));
      return;
    }
    std::string help =
        named.empty()
            ? context_.DidYouMean(name.name, context_.catalog.NamesOf(ObjectClass::kFunction, 0))
            : "a trigger function takes no arguments; there is " +
                  context_.catalog.Signature(*named.front());
    if (help.empty()) help = "create it before the trigger, as a function that returns trigger";
    context_.Report("undefined-function", "function " + name.Text() + "() does not exist", name.at,
                    std::move(help));
  }

  void ReadWhen(const Relation& r) {
    if (statement_.when_clause == nullptr) return;
    if (trigger_.timing == "INSTEAD OF") {
      Refuse("INSTEAD OF triggers cannot have WHEN conditions", "", "feature-not-supported");
      return;
    }
    Scope scope;
    scope.place = ExprPlace::kTriggerWhen;
    scope.relation = &r;
    scope.old_and_new = true;
    trigger_.when =
        AnalyzeExpression(context_.catalog, statement_.when_clause, scope, context_.findings());
    CheckWhen(*trigger_.when);
  }

  bool Fires(std::string_view event) const {
    return std::find(trigger_.events.begin(), trigger_.events.end(), event) !=
           trigger_.events.end();
  }

  // Returns false once something was said of a column that WHEN cannot see.
  bool CheckWhen(const Expr& expr) {
    if (expr.kind == Expr::Kind::kColumn && expr.level == 0) return CheckWhenColumn(expr);
    return std::all_of(expr.args.begin(), expr.args.end(),
                       [&](const ExprPtr& arg) { return arg == nullptr || CheckWhen(*arg); });
  }
  bool CheckWhenColumn(const Expr& column) {
    const bool is_new = column.range == 1;  // OLD is the first range, NEW the second
    std::string who;
    if (!trigger_.for_each_row) who = "statement trigger's WHEN condition cannot reference column";
    if (who.empty() && !is_new && Fires("INSERT"))
      who = "INSERT trigger's WHEN condition cannot reference OLD";
    if (who.empty() && is_new && Fires("DELETE"))
      who = "DELETE trigger's WHEN condition cannot reference NEW";
    if (who.empty()) return true;
    context_.Report("invalid-object-definition", who + " values", column.span);
    return false;
  }

  void Put() {
    const Trigger made = trigger_;
    const Oid oid = context_.edit.Put(std::move(trigger_));
    const ObjectRef self{ObjectClass::kTrigger, oid};
    context_.edit.ForgetNeeds(self);
    context_.edit.Depend(self, {ObjectClass::kRelation, made.relation}, DependencyKind::kAuto);
    context_.edit.Depend(self, {ObjectClass::kRelation, made.referenced}, DependencyKind::kAuto);
    context_.edit.Depend(self, {ObjectClass::kFunction, made.function});
    for (std::int16_t n : made.columns)
      context_.edit.Depend(self, {ObjectClass::kRelation, made.relation, n});
    if (made.when != nullptr)
      context_.edit.Depend(self, ReferencesOf(*made.when), made.relation, DependencyKind::kNormal);
    if (!made.for_each_row) return;
    for (Oid child : context_.catalog.ChildrenOf(made.relation)) {
      if (context_.catalog.relation(child)->is_partition) MirrorTrigger(context_, oid, child);
    }
  }

  Context& context_;
  const sql::CreateTrigStmt& statement_;
  const Name table_;
  Trigger trigger_;
};

}  // namespace

void ApplyStatement(Context& context, const sql::CreateTrigStmt& statement) {
  TriggerMaker(context, statement).Make();
}

}  // namespace strata::catalog

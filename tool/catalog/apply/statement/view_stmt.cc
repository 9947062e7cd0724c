// CREATE VIEW (view.c)
#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/table/column.h"
#include "catalog/apply/table/create.h"
#include "catalog/apply/table/query_relation.h"
#include "catalog/expr.h"

namespace strata::catalog {
namespace {

class ViewMaker {
 public:
  ViewMaker(Context& context, const sql::ViewStmt& statement)
      : context_(context), statement_(statement), name_(context.NameOf(*statement.view)) {}

  void Make() {
    view_.schema = context_.NeedCreationSchema(name_, statement_.view);
    if (view_.schema == 0) {
      context_.Doubt(name_.name);
      return;
    }
    ReadDefinition();
    const Schema* schema = context_.catalog.schema(view_.schema);
    const Relation* old = context_.catalog.RelationNameUsed(view_.schema, view_.name)
                              ? context_.catalog.FindRelation(schema->name, view_.name)
                              : nullptr;
    if (old == nullptr) {
      if (!TypeNameIsFree(context_, view_.schema, view_.name, name_.at)) return;
      return PutNew();
    }
    if (!statement_.replace) {
      context_.Report(
          "duplicate-table", "relation \"" + view_.name + "\" already exists", name_.at,
          old->kind == RelationKind::kView ? "write CREATE OR REPLACE VIEW to replace it" : "");
      return;
    }
    if (old->kind != RelationKind::kView) {
      context_.Report("wrong-object-type", "\"" + old->name + "\" is not a view", name_.at);
      return;
    }
    Replace(*old);
  }

 private:
  void ReadDefinition() {
    view_.name = Truncated(name_.name);
    view_.kind = RelationKind::kView;
    view_.owner = context_.catalog.session.role;
    if (view_.schema == kTemporarySchema) view_.persistence = 't';
    view_.options = ReadTableOptions(context_, statement_.n_options, statement_.options);
    if (statement_.with_check_option == PG_QUERY__VIEW_CHECK_OPTION__LOCAL_CHECK_OPTION)
      view_.check_option = "local";
    if (statement_.with_check_option == PG_QUERY__VIEW_CHECK_OPTION__CASCADED_CHECK_OPTION)
      view_.check_option = "cascaded";
    const auto option = view_.options.find("check_option");
    if (option != view_.options.end()) {
      view_.check_option = option->second;
      view_.options.erase(option);
    }
    view_.query = AnalyzeQuery(context_.catalog, statement_.query, {}, context_.findings());
    std::vector<std::string> names;
    for (const sql::Node* n : sql::Each(statement_.n_aliases, statement_.aliases))
      names.emplace_back(sql::StringOf(n));
    view_.columns = ColumnsOf(context_, *view_.query, names,
                              "CREATE VIEW specifies more column names than columns", name_.at,
                              &view_.complete);
    view_.last_number = static_cast<std::int16_t>(view_.columns.size());
  }

  void PutNew() {
    const Oid schema = view_.schema;
    const QueryPtr query = view_.query;
    const std::vector<Column> columns = view_.columns;
    const Oid oid = context_.edit.Put(std::move(view_));
    context_.edit.Depend({ObjectClass::kRelation, oid}, {ObjectClass::kSchema, schema});
    for (const Column& c : columns) EnterColumn(context_, oid, c);
    MakeRowType(context_, *context_.catalog.relation(oid));
    EnterQuery(context_, oid, *query);
  }

  void Replace(const Relation& old) {
    if (old.complete && view_.complete) CheckColumns(old);
    const QueryPtr query = view_.query;
    const Oid oid = old.oid;
    view_.oid = oid;
    view_.row_type = old.row_type;
    view_.owner = old.owner;
    // Columns keep what was set on them.
    for (std::size_t i = 0; i < view_.columns.size() && i < old.columns.size(); ++i) {
      view_.columns[i].default_value = old.columns[i].default_value;
    }
    const std::vector<Column> columns = view_.columns;
    const Oid schema = view_.schema;
    const ObjectRef self{ObjectClass::kRelation, oid};
    const auto* needs = context_.catalog.dependencies().Find(self);
    ObjectRef extension;
    for (const Dependency& d : needs == nullptr ? std::vector<Dependency>() : *needs) {
      if (d.kind == DependencyKind::kExtension) extension = d.on;
    }
    context_.edit.Put(std::move(view_));
    context_.edit.ForgetNeeds(self);
    context_.edit.Depend(self, {ObjectClass::kSchema, schema});
    context_.edit.Depend(self, extension, DependencyKind::kExtension);
    for (const Column& c : columns) EnterColumn(context_, oid, c);
    EnterQuery(context_, oid, *query);
  }

  void CheckColumns(const Relation& old) {
    auto refuse = [&](std::string message, std::string help) {
      context_.Report("invalid-table-definition", std::move(message), name_.at, std::move(help));
    };
    if (view_.columns.size() < old.columns.size()) {
      return refuse("cannot drop columns from view", "drop the view and make it again");
    }
    for (std::size_t i = 0; i < old.columns.size(); ++i) {
      const Column& was = old.columns[i];
      const Column& is = view_.columns[i];
      if (was.name != is.name) {
        return refuse(
            "cannot change name of view column \"" + was.name + "\" to \"" + is.name + "\"",
            "use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead");
      }
      if (was.type.type == 0 || is.type.type == 0 || was.type == is.type) continue;
      return refuse("cannot change data type of view column \"" + was.name + "\" from " +
                        context_.catalog.TypeName(was.type) + " to " +
                        context_.catalog.TypeName(is.type),
                    "drop the view and make it again");
    }
  }

  Context& context_;
  const sql::ViewStmt& statement_;
  const Name name_;
  Relation view_;
};

}  // namespace

void ApplyStatement(Context& context, const sql::ViewStmt& statement) {
  ViewMaker(context, statement).Make();
}

}  // namespace strata::catalog

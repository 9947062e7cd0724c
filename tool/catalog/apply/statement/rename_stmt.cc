// ALTER … RENAME
#include <algorithm>

#include "catalog/apply/names.h"
#include "catalog/apply/object.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/table/column.h"
#include "catalog/apply/table/constraint.h"
#include "catalog/quote.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

// The text of a list of columns or a condition on one table, one column's name changed.
std::string WithColumn(const std::string& text, const std::string& old, const std::string& made) {
  std::string changed, before;
  for (std::size_t at = 0; at < text.size();) {
    const sql::Token token = sql::NextToken(text, at);
    changed += text.substr(at, token.span.begin - at);
    at = token.span.end;
    const std::string word = text.substr(token.span.begin, at - token.span.begin);
    const bool name = token.kind == sql::TokenKind::kIdentifier ||
                      token.kind == sql::TokenKind::kQuotedIdentifier;
    const bool column = name && sql::ValueOf(text, token) == old && before != "." &&
                        !before.ends_with(':') && text.compare(at, 1, "(") != 0 &&
                        text.compare(at, 1, ".") != 0;
    changed += column ? QuoteIdentifier(made) : word;
    before = word;
  }
  return changed;
}

class Renamer {
 public:
  Renamer(Context& context, const sql::RenameStmt& statement)
      : context_(context), statement_(statement), new_name_(Truncated(statement.newname)) {
    at_ = context.Whole();
    const Span old = context.Find(Old());
    const Span found = context.Find(statement.newname, old == context.Whole() ? 0 : old.end);
    if (!(found == context.Whole())) at_ = found;
  }

  void Run() {
    switch (statement_.rename_type) {
      case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
      case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return Relation();
      case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
      case PG_QUERY__OBJECT_TYPE__OBJECT_ATTRIBUTE:
        return Column();
      case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
        return TableConstraint();
      case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
        return DomainConstraint();
      case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return OnRelation();
      case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        return Schema();
      case PG_QUERY__OBJECT_TYPE__OBJECT_ROLE:
        return Role();
      case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE:
        return;
      default:
        return Object();
    }
  }

 private:
  std::string Old() const {
    if (statement_.subname != nullptr && statement_.subname[0] != '\0') return statement_.subname;
    return statement_.relation == nullptr || statement_.relation->relname == nullptr
               ? ""
               : statement_.relation->relname;
  }
  void Duplicate(std::string_view rule, const std::string& what) {
    context_.Report(rule, what + " already exists", at_);
  }

  const catalog::Relation* TheRelation() {
    const Name name = context_.NameOf(*statement_.relation);
    const catalog::Relation* r = context_.NeedRelation(name, "relation", statement_.missing_ok);
    if (r == nullptr) return nullptr;
    const bool any = statement_.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
                     statement_.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_INDEX ||
                     RelationWord(statement_.rename_type).empty();
    if (!any && !IsOfKind(*r, statement_.rename_type)) {
      ReportWrongKind(context_, *r, statement_.rename_type, name.at, false);
      return nullptr;
    }
    return r;
  }

  void Relation() {
    const catalog::Relation* r = TheRelation();
    if (r == nullptr) {
      context_.Doubt(new_name_);
      return;
    }
    if (r->kind == RelationKind::kCompositeType) {
      context_.Report("wrong-object-type", "\"" + r->name + "\" is a composite type",
                      context_.At(statement_.relation->location), "use ALTER TYPE instead");
      return;
    }
    if (context_.catalog.RelationNameUsed(r->schema, new_name_)) {
      return Duplicate("duplicate-table", "relation \"" + new_name_ + "\"");
    }
    const Oid oid = r->oid, row = r->row_type, constraint = r->index ? r->index->constraint : 0;
    if (row != 0 && !TypeNameIsFree(context_, r->schema, new_name_, at_)) return;
    RenameRelation(oid);
    if (row != 0) RenameType(row);
    if (constraint != 0)
      context_.edit.ChangeConstraint(constraint, [&](Constraint* c) { c->name = new_name_; });
  }
  void RenameRelation(Oid oid) {
    context_.edit.ChangeRelation(oid, [&](catalog::Relation* r) { r->name = new_name_; });
  }
  void RenameType(Oid oid) {
    const Type* t = context_.catalog.type(oid);
    if (t == nullptr) return;
    const Oid array = t->array;
    const catalog::Schema* schema = context_.catalog.schema(t->schema);
    context_.edit.ChangeType(oid, [&](Type* type) { type->name = new_name_; });
    std::string name = Truncated("_" + new_name_);
    while (context_.catalog.FindType(schema->name, name) != nullptr &&
           context_.catalog.FindType(schema->name, name)->oid != array) {
      name = Truncated("_" + name);
    }
    context_.edit.ChangeType(array, [&](Type* type) { type->name = name; });
  }

  void Column() {
    const Name name = context_.NameOf(*statement_.relation);
    const catalog::Relation* r = context_.NeedRelation(name, "relation", statement_.missing_ok);
    if (r == nullptr) return;
    const std::string old = statement_.subname;
    const catalog::Column* column = r->FindColumn(old);
    if (column == nullptr) {
      if (!r->complete) return;
      std::vector<std::string> names;
      for (const catalog::Column& c : r->columns) names.push_back(c.name);
      context_.Report("undefined-column", "column \"" + old + "\" does not exist",
                      context_.Find(old, name.at.end), context_.DidYouMean(old, names));
      return;
    }
    if (column->inherited > 0) {
      context_.Report("invalid-table-definition", "cannot rename inherited column \"" + old + "\"",
                      context_.Find(old, name.at.end));
      return;
    }
    if (IsSystemColumn(new_name_)) {
      context_.Report("duplicate-column",
                      "column name \"" + new_name_ + "\" conflicts with a system column name", at_);
      return;
    }
    if (r->FindColumn(new_name_) != nullptr) {
      return Duplicate("duplicate-column",
                       "column \"" + new_name_ + "\" of relation \"" + r->name + "\"");
    }
    RenameColumn(r->oid, old);
  }
  void RenameColumn(Oid oid, const std::string& old) {
    const catalog::Column* column = context_.catalog.relation(oid)->FindColumn(old);
    if (column == nullptr) return;
    context_.edit.ChangeColumn(oid, column->number,
                               [&](catalog::Column* c) { c->name = new_name_; });
    RenameInPublications(oid, old);
    for (Oid child : context_.catalog.ChildrenOf(oid)) RenameColumn(child, old);
  }

  // They keep what they publish of a table, its columns and rows, as text.
  void RenameInPublications(Oid table, const std::string& old) {
    const std::string key = "table " + std::to_string(table);
    const auto objects = context_.catalog.named_objects();
    objects.ForEach([&](Oid oid, const auto& object) {
      if (object->cls != ObjectClass::kPublication || object->options.count(key) == 0) return;
      context_.edit.ChangeNamed(oid, [&](NamedObject* p) {
        p->options[key] = WithColumn(p->options[key], old, new_name_);
      });
    });
  }

  void TableConstraint() {
    const Name name = context_.NameOf(*statement_.relation);
    const catalog::Relation* r = context_.NeedRelation(name, "relation", statement_.missing_ok);
    if (r == nullptr) return;
    const std::string old = statement_.subname;
    const Constraint* c = context_.catalog.FindConstraint(r->oid, old);
    if (c == nullptr) {
      context_.Report(
          "undefined-object",
          "constraint \"" + old + "\" for table \"" + r->name + "\" does not exist",
          context_.Find(old, name.at.end),
          context_.DidYouMean(old, context_.catalog.NamesOf(ObjectClass::kConstraint, r->oid)));
      context_.Doubt(new_name_);
      return;
    }
    if (c->inherited > 0) {
      context_.Report("invalid-table-definition",
                      "cannot rename inherited constraint \"" + old + "\"", context_.Find(old));
      return;
    }
    const bool keyed = c->index != 0 && c->kind != ConstraintKind::kForeignKey;
    if (keyed && context_.catalog.RelationNameUsed(r->schema, new_name_)) {
      return Duplicate("duplicate-table", "relation \"" + new_name_ + "\"");
    }
    if (!ConstraintNameIsFree(context_, r->oid, new_name_, at_)) return;
    const Oid index = keyed ? c->index : 0;
    RenameConstraint(r->oid, old);
    if (index != 0) RenameRelation(index);
  }
  void RenameConstraint(Oid relation, const std::string& old) {
    const Constraint* c = context_.catalog.FindConstraint(relation, old);
    if (c == nullptr) return;
    const bool check = c->kind == ConstraintKind::kCheck && !c->no_inherit;
    context_.edit.ChangeConstraint(c->oid, [&](Constraint* k) { k->name = new_name_; });
    if (!check) return;
    for (Oid child : context_.catalog.ChildrenOf(relation)) RenameConstraint(child, old);
  }

  void DomainConstraint() {
    const FoundObject domain =
        FindObject(context_, PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN, statement_.object, false);
    if (!domain.known) return;
    const Constraint* c = context_.catalog.FindConstraint(domain.object.oid, statement_.subname);
    if (c == nullptr) {
      context_.Report("undefined-object",
                      "constraint \"" + Old() + "\" for domain " +
                          context_.catalog.TypeName({domain.object.oid, -1}) + " does not exist",
                      context_.Find(Old()));
      return;
    }
    if (!ConstraintNameIsFree(context_, domain.object.oid, new_name_, at_)) return;
    context_.edit.ChangeConstraint(c->oid, [&](Constraint* k) { k->name = new_name_; });
  }

  void OnRelation() {
    const Name name = context_.NameOf(*statement_.relation);
    const catalog::Relation* r = context_.NeedRelation(name, "relation", statement_.missing_ok);
    if (r == nullptr) return;
    const std::string old = statement_.subname, on = "\"" + r->name + "\"";
    auto missing = [&](const std::string& word, const char* of, ObjectClass cls) {
      context_.Report(
          "undefined-object", word + " \"" + old + "\" for " + of + " " + on + " does not exist",
          context_.Find(old), context_.DidYouMean(old, context_.catalog.NamesOf(cls, r->oid)));
    };
    if (statement_.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER) {
      const Trigger* t = context_.catalog.FindTrigger(r->oid, old);
      if (t == nullptr) return missing("trigger", "table", ObjectClass::kTrigger);
      if (context_.catalog.FindTrigger(r->oid, new_name_) != nullptr) {
        return Duplicate("duplicate-object", "trigger \"" + new_name_ + "\" for relation " + on);
      }
      context_.edit.ChangeTrigger(t->oid, [&](Trigger* trigger) { trigger->name = new_name_; });
    } else if (statement_.rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_RULE) {
      const Rule* rule = context_.catalog.FindRule(r->oid, old);
      if (rule == nullptr) return missing("rule", "relation", ObjectClass::kRule);
      if (context_.catalog.FindRule(r->oid, new_name_) != nullptr) {
        return Duplicate("duplicate-object", "rule \"" + new_name_ + "\" for relation " + on);
      }
      Rule copy = *rule;
      copy.name = new_name_;
      context_.edit.Put(std::move(copy));
    } else {
      const Policy* p = context_.catalog.FindPolicy(r->oid, old);
      if (p == nullptr) return missing("policy", "table", ObjectClass::kPolicy);
      if (context_.catalog.FindPolicy(r->oid, new_name_) != nullptr) {
        return Duplicate("duplicate-object", "policy \"" + new_name_ + "\" for table " + on);
      }
      Policy copy = *p;
      copy.name = new_name_;
      context_.edit.Put(std::move(copy));
    }
  }

  void Schema() {
    const catalog::Schema* s =
        context_.NeedSchema(statement_.subname, context_.Find(statement_.subname));
    if (s == nullptr) return;
    if (context_.catalog.FindSchema(new_name_) != nullptr)
      return Duplicate("duplicate-schema", "schema \"" + new_name_ + "\"");
    if (new_name_.starts_with("pg_")) {
      context_.Report("reserved-name", "unacceptable schema name \"" + new_name_ + "\"", at_,
                      "the prefix \"pg_\" is reserved for system schemas");
      return;
    }
    catalog::Schema copy = *s;
    copy.name = new_name_;
    context_.edit.Put(std::move(copy));
  }

  void Role() {
    if (!context_.CheckRole(statement_.subname, context_.Find(statement_.subname))) return;
    const catalog::Role* r = context_.catalog.FindRole(statement_.subname);
    if (r == nullptr) return;
    if (context_.catalog.FindRole(new_name_) != nullptr)
      return Duplicate("duplicate-object", "role \"" + new_name_ + "\"");
    catalog::Role copy = *r;
    copy.name = new_name_;
    context_.edit.Put(std::move(copy));
  }

  void Object() {
    const FoundObject found =
        FindObject(context_, statement_.rename_type, statement_.object, statement_.missing_ok);
    if (!found.known) return;
    if (found.object.cls == ObjectClass::kType) return TypeObject(found.object.oid);
    if (found.object.cls == ObjectClass::kFunction) return FunctionObject(found.object.oid);
    const NamedObject* n = context_.catalog.named(found.object.oid);
    if (n == nullptr) return;
    const catalog::Schema* schema = context_.catalog.schema(n->schema);
    if (context_.catalog.FindNamed(n->cls, schema == nullptr ? "" : schema->name, new_name_) !=
        nullptr) {
      const std::string words = context_.catalog.Identify(found.object);
      return Duplicate("duplicate-object",
                       words.substr(0, words.rfind(' ')) + " \"" + new_name_ + "\"");
    }
    context_.edit.ChangeNamed(n->oid, [&](NamedObject* object) { object->name = new_name_; });
  }
  void TypeObject(Oid oid) {
    const Type* t = context_.catalog.type(oid);
    const Oid relation = t->relation;
    const catalog::Relation* r = context_.catalog.relation(relation);
    if (r != nullptr && r->kind != RelationKind::kCompositeType) {
      context_.Report("wrong-object-type",
                      context_.catalog.TypeName({oid, -1}) + " is a table's row type", at_,
                      "use ALTER TABLE instead");
      return;
    }
    if (!TypeNameIsFree(context_, t->schema, new_name_, at_)) return;
    RenameType(oid);
    if (r != nullptr) RenameRelation(relation);
  }
  void FunctionObject(Oid oid) {
    const Function f = *context_.catalog.function(oid);
    const catalog::Schema* schema = context_.catalog.schema(f.schema);
    for (const Function* other : context_.catalog.FindFunctions(schema->name, new_name_)) {
      if (other->inputs != f.inputs) continue;
      std::string types;
      for (Oid type : f.inputs)
        types += (types.empty() ? "" : ", ") + context_.catalog.TypeName({type, -1});
      context_.Report("duplicate-function",
                      "function " + new_name_ + "(" + types + ") already exists in schema \"" +
                          schema->name + "\"",
                      at_);
      return;
    }
    context_.edit.ChangeFunction(oid, [&](Function* function) { function->name = new_name_; });
  }

  Context& context_;
  const sql::RenameStmt& statement_;
  const std::string new_name_;
  Span at_;
};

}  // namespace

void ApplyStatement(Context& context, const sql::RenameStmt& statement) {
  Renamer(context, statement).Run();
}

}  // namespace strata::catalog

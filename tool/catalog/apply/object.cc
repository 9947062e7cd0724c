#include "catalog/apply/object.h"

#include <algorithm>

#include "catalog/apply/table/column.h"
#include "catalog/facts/facts.h"
#include "sql/token.h"

namespace strata::catalog {

std::string_view RelationWord(sql::ObjectType type) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      return "table";
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
      return "view";
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      return "materialized view";
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return "sequence";
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return "index";
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      return "foreign table";
    default:
      return "";
  }
}

bool IsOfKind(const Relation& r, sql::ObjectType type) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      return r.kind == RelationKind::kTable || r.kind == RelationKind::kPartitionedTable;
    case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
      return r.kind == RelationKind::kView;
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      return r.kind == RelationKind::kMaterializedView;
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return r.kind == RelationKind::kSequence;
    case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      return r.kind == RelationKind::kIndex || r.kind == RelationKind::kPartitionedIndex;
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
      return r.kind == RelationKind::kForeignTable;
    default:
      return true;
  }
}

void ReportWrongKind(Context& context, const Relation& r, sql::ObjectType wanted, Span at,
                     bool for_drop) {
  const std::string word(RelationWord(wanted));
  std::string help = "it is a ";
  std::string words = context.catalog.Describe({ObjectClass::kRelation, r.oid});
  words = words.substr(0, words.find(" \""));
  help = "it is a" + std::string(words[0] == 'i' ? "n " : " ") + words;
  if (for_drop) {
    std::string upper = words;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    help = "use DROP " + upper + " to remove a" + std::string(words[0] == 'i' ? "n " : " ") + words;
  }
  context.Report("wrong-object-type",
                 "\"" + r.name + "\" is not a" + (word.starts_with('i') ? "n " : " ") + word, at,
                 help);
}

FoundObject FindRelationOf(Context& context, sql::ObjectType type, const Name& name,
                           bool missing_ok, bool for_drop) {
  FoundObject found;
  found.at = name.at;
  const std::string_view word = for_drop ? RelationWord(type) : "relation";
  const Relation* r = context.NeedRelation(name, word, missing_ok);
  if (r == nullptr) return found;
  if (!IsOfKind(*r, type)) {
    ReportWrongKind(context, *r, type, name.at, for_drop);
    return found;
  }
  found.object = {ObjectClass::kRelation, r->oid};
  found.known = true;
  return found;
}

namespace {

class Finder {
 public:
  Finder(Context& context, sql::ObjectType type, bool missing_ok, bool for_drop)
      : context_(context), type_(type), missing_ok_(missing_ok), for_drop_(for_drop) {}

  FoundObject Find(const sql::Node* node) {
    switch (type_) {
      case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_VIEW:
      case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX:
      case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        return FindRelationOf(context_, type_, ListName(node), missing_ok_, for_drop_);
      case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
        return Column(node);
      case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
      case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
        return OnRelation(node);
      case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
        return Type(node);
      case PG_QUERY__OBJECT_TYPE__OBJECT_DOMCONSTRAINT:
        return DomainConstraint(node);
      case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
        return Routine(node, "function");
      case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
        return Routine(node, "procedure");
      case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        return Routine(node, "aggregate");
      case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
        return Routine(node, "routine");
      case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
        return Schema(node);
      case PG_QUERY__OBJECT_TYPE__OBJECT_EXTENSION:
        return Extension(node);
      case PG_QUERY__OBJECT_TYPE__OBJECT_ROLE:
        return Role(node);
      case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        return Operator(node);
      case PG_QUERY__OBJECT_TYPE__OBJECT_OPCLASS:
        return OperatorClass(node);
      case PG_QUERY__OBJECT_TYPE__OBJECT_CAST:
        return Cast(node);
      case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE: {
        FoundObject found;
        found.object = {ObjectClass::kDatabase, 1};
        found.known = true;
        return found;
      }
      default:
        return Named(node);
    }
  }

 private:
  Name ListName(const sql::Node* node) {
    if (const auto* list = sql::As<sql::List>(node))
      return context_.NameOf(list->n_items, list->items);
    const std::string word(sql::StringOf(node));
    return {"", word, context_.Find(word)};
  }

  FoundObject Missing(std::string message, Span at, std::string help = "",
                      std::string_view rule = "undefined-object") {
    if (!missing_ok_) context_.Report(rule, std::move(message), at, std::move(help));
    FoundObject found;
    found.at = at;
    return found;
  }
  FoundObject Hit(ObjectRef object, Span at) {
    FoundObject found;
    found.object = object;
    found.at = at;
    found.known = true;
    return found;
  }

  FoundObject Column(const sql::Node* node) {
    const auto* list = sql::As<sql::List>(node);
    if (list == nullptr || list->n_items < 2) return {};
    const Name table = context_.NameOf(list->n_items - 1, list->items);
    const std::string name(sql::StringOf(list->items[list->n_items - 1]));
    const Relation* r = context_.NeedRelation(table, "relation", missing_ok_);
    if (r == nullptr) return {};
    const Span at =
        sql::FindName(context_.text, context_.Whole(), name, table.at.begin).value_or(table.at);
    if (IsSystemColumn(name)) return {};  // it may have a comment, which nothing shows
    const catalog::Column* c = context_.NeedColumn(*r, name, at);
    return c == nullptr ? FoundObject{} : Hit({ObjectClass::kRelation, r->oid, c->number}, at);
  }

  FoundObject OnRelation(const sql::Node* node) {
    const auto* list = sql::As<sql::List>(node);
    if (list == nullptr || list->n_items < 2) return {};
    const std::string name(sql::StringOf(list->items[list->n_items - 1]));
    Name table = context_.NameOf(list->n_items - 1, list->items);
    const Span at = context_.Find(name);
    // The table stands after the object's name: … name ON table.
    table.at = sql::FindName(context_.text, context_.Whole(),
                             table.schema.empty() ? table.name : table.schema, at.end)
                   .value_or(table.at);
    const Relation* r = context_.NeedRelation(table, "relation", missing_ok_);
    if (r == nullptr) return {};
    const std::string quoted = "\"" + name + "\"";
    switch (type_) {
      case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT: {
        const Constraint* c = context_.catalog.FindConstraint(r->oid, name);
        if (c != nullptr) return Hit({ObjectClass::kConstraint, c->oid}, at);
        return Missing("constraint " + quoted + " for table \"" + r->name + "\" does not exist", at,
                       Near(name, ObjectClass::kConstraint, r->oid));
      }
      case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER: {
        const Trigger* t = context_.catalog.FindTrigger(r->oid, name);
        if (t != nullptr) return Hit({ObjectClass::kTrigger, t->oid}, at);
        return Missing("trigger " + quoted + " for table \"" + r->name + "\" does not exist", at,
                       Near(name, ObjectClass::kTrigger, r->oid));
      }
      case PG_QUERY__OBJECT_TYPE__OBJECT_RULE: {
        const Rule* rule = context_.catalog.FindRule(r->oid, name);
        if (rule != nullptr) return Hit({ObjectClass::kRule, rule->oid}, at);
        return Missing("rule " + quoted + " for relation \"" + r->name + "\" does not exist", at,
                       Near(name, ObjectClass::kRule, r->oid));
      }
      default: {
        const Policy* p = context_.catalog.FindPolicy(r->oid, name);
        if (p != nullptr) return Hit({ObjectClass::kPolicy, p->oid}, at);
        return Missing("policy " + quoted + " for table \"" + r->name + "\" does not exist", at,
                       Near(name, ObjectClass::kPolicy, r->oid));
      }
    }
  }
  std::string Near(const std::string& name, ObjectClass cls, Oid parent) {
    return context_.DidYouMean(name, context_.catalog.NamesOf(cls, parent));
  }

  FoundObject Type(const sql::Node* node) {
    const auto* type_name = sql::As<sql::TypeName>(node);
    if (type_name == nullptr) {
      const Name name = ListName(node);
      const catalog::Type* t = context_.NeedType(name, missing_ok_);
      return t == nullptr ? FoundObject{} : CheckType(*t, name.at);
    }
    const Span at = context_.At(type_name->location);
    Findings found;
    const TypeRef ref = AnalyzeTypeName(context_.catalog, type_name, &found);
    if (ref.type == 0) {
      if (!missing_ok_) {
        for (Problem& p : found.problems) context_.findings()->problems.push_back(std::move(p));
      }
      return {};
    }
    return CheckType(*context_.catalog.type(ref.type), at);
  }
  FoundObject CheckType(const catalog::Type& t, Span at) {
    if (type_ == PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN && t.kind != TypeKind::kDomain) {
      context_.Report("wrong-object-type", "\"" + t.name + "\" is not a domain", at);
      return {};
    }
    return Hit({ObjectClass::kType, t.oid}, at);
  }

  FoundObject DomainConstraint(const sql::Node* node) {
    const auto* list = sql::As<sql::List>(node);
    if (list == nullptr || list->n_items < 2) return {};
    type_ = PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN;
    const FoundObject domain = Type(list->items[0]);
    if (!domain.known) return {};
    const std::string name(sql::StringOf(list->items[1]));
    const Constraint* c = context_.catalog.FindConstraint(domain.object.oid, name);
    if (c != nullptr) return Hit({ObjectClass::kConstraint, c->oid}, context_.Find(name));
    return Missing("constraint \"" + name + "\" for domain " +
                       context_.catalog.TypeName({domain.object.oid, -1}) + " does not exist",
                   context_.Find(name));
  }

  FoundObject Routine(const sql::Node* node, std::string_view word) {
    const auto* object = sql::As<sql::ObjectWithArgs>(node);
    if (object == nullptr) return {};
    const Function* f = context_.NeedFunction(*object, word, missing_ok_);
    if (f == nullptr) return {};
    return Hit({ObjectClass::kFunction, f->oid},
               context_.NameOf(object->n_objname, object->objname).at);
  }

  FoundObject Schema(const sql::Node* node) {
    const Name name = ListName(node);
    const catalog::Schema* s = missing_ok_ ? context_.catalog.FindSchema(name.name)
                                           : context_.NeedSchema(name.name, name.at);
    return s == nullptr ? FoundObject{} : Hit({ObjectClass::kSchema, s->oid}, name.at);
  }
  FoundObject Extension(const sql::Node* node) {
    const Name name = ListName(node);
    const catalog::Extension* e = context_.catalog.FindExtension(name.name);
    if (e != nullptr) return Hit({ObjectClass::kExtension, e->oid}, name.at);
    return Missing("extension \"" + name.name + "\" does not exist", name.at,
                   Near(name.name, ObjectClass::kExtension, 0));
  }
  FoundObject Role(const sql::Node* node) {
    const Name name = ListName(node);
    const catalog::Role* r = context_.catalog.FindRole(name.name);
    if (r != nullptr) return Hit({ObjectClass::kRole, r->oid}, name.at);
    if (facts::IsRole(name.name)) return {};
    return Missing("role \"" + name.name + "\" does not exist", name.at,
                   Near(name.name, ObjectClass::kRole, 0));
  }

  Oid ArgumentType(const sql::Node* node, bool* unknown) {
    const auto* type = sql::As<sql::TypeName>(node);
    if (type == nullptr) return 0;
    Findings ignored;
    const Oid oid =
        AnalyzeTypeName(context_.catalog, type, missing_ok_ ? &ignored : context_.findings()).type;
    *unknown |= oid == 0;
    return oid;
  }

  FoundObject Operator(const sql::Node* node) {
    const auto* object = sql::As<sql::ObjectWithArgs>(node);
    if (object == nullptr || object->n_objargs < 2) return {};
    Name name = context_.NameOf(object->n_objname, object->objname);
    bool unknown = false;
    const Oid left = ArgumentType(object->objargs[0], &unknown),
              right = ArgumentType(object->objargs[1], &unknown);
    if (unknown) return {};
    for (const catalog::Operator* o : context_.catalog.FindOperators(name.schema, name.name)) {
      if (o->left == left && o->right == right)
        return Hit({ObjectClass::kOperator, o->oid}, name.at);
    }
    const std::string shown = (left == 0 ? "" : context_.catalog.TypeName({left, -1}) + " ") +
                              name.name + " " + context_.catalog.TypeName({right, -1});
    return Missing("operator does not exist: " + shown, name.at, "", "undefined-function");
  }

  FoundObject OperatorClass(const sql::Node* node) {
    const auto* list = sql::As<sql::List>(node);
    if (list == nullptr || list->n_items < 2) return {};
    const std::string method(sql::StringOf(list->items[0]));
    const Name name = context_.NameOf(list->n_items - 1, list->items + 1);
    const catalog::OperatorClass* c =
        context_.catalog.FindOperatorClass(method, name.schema, name.name);
    if (c != nullptr) return Hit({ObjectClass::kOperatorClass, c->oid}, name.at);
    return Missing("operator class \"" + name.Text() + "\" does not exist for access method \"" +
                       method + "\"",
                   name.at);
  }

  FoundObject Cast(const sql::Node* node) {
    const auto* list = sql::As<sql::List>(node);
    if (list == nullptr || list->n_items < 2) return {};
    bool unknown = false;
    const Oid source = ArgumentType(list->items[0], &unknown),
              target = ArgumentType(list->items[1], &unknown);
    if (unknown) return {};
    const catalog::Cast* c = context_.catalog.FindCast(source, target);
    if (c != nullptr) return Hit({ObjectClass::kCast, c->oid}, context_.Whole());
    return Missing("cast from type " + context_.catalog.TypeName({source, -1}) + " to type " +
                       context_.catalog.TypeName({target, -1}) + " does not exist",
                   context_.Whole());
  }

  // What the catalog keeps by name alone.
  FoundObject Named(const sql::Node* node) {
    static const struct {
      sql::ObjectType type;
      ObjectClass cls;
      const char* word;
    } kKinds[] = {
        {PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION, ObjectClass::kCollation, "collation"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_CONVERSION, ObjectClass::kConversion, "conversion"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_EVENT_TRIGGER, ObjectClass::kEventTrigger, "event trigger"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_FDW, ObjectClass::kForeignDataWrapper,
         "foreign-data wrapper"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER, ObjectClass::kForeignServer, "server"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE, ObjectClass::kLanguage, "language"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_PUBLICATION, ObjectClass::kPublication, "publication"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_SUBSCRIPTION, ObjectClass::kSubscription, "subscription"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_STATISTIC_EXT, ObjectClass::kStatistics,
         "statistics object"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION, ObjectClass::kTextSearchConfig,
         "text search configuration"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY, ObjectClass::kTextSearchDictionary,
         "text search dictionary"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER, ObjectClass::kTextSearchParser,
         "text search parser"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE, ObjectClass::kTextSearchTemplate,
         "text search template"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_ACCESS_METHOD, ObjectClass::kAccessMethod, "access method"},
        {PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE, ObjectClass::kTablespace, "tablespace"},
    };
    for (const auto& kind : kKinds) {
      if (kind.type != type_) continue;
      const Name name = ListName(node);
      const NamedObject* n = context_.catalog.FindNamed(kind.cls, name.schema, name.name);
      if (n != nullptr) return Hit({kind.cls, n->oid}, name.at);
      const std::string encoding =
          kind.cls == ObjectClass::kCollation ? " for encoding \"UTF8\"" : "";
      return Missing(
          std::string(kind.word) + " \"" + name.Text() + "\"" + encoding + " does not exist",
          name.at, Near(name.name, kind.cls, 0));
    }
    return {};
  }

  Context& context_;
  sql::ObjectType type_;
  const bool missing_ok_, for_drop_;
};

}  // namespace

FoundObject FindObject(Context& context, sql::ObjectType type, const sql::Node* node,
                       bool missing_ok, bool for_drop) {
  return Finder(context, type, missing_ok, for_drop).Find(node);
}

}  // namespace strata::catalog

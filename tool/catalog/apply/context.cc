#include "catalog/apply/context.h"

#include <algorithm>

#include "base/nearest.h"
#include "catalog/apply/doubt.h"
#include "catalog/facts/facts.h"
#include "catalog/quote.h"
#include "sql/token.h"

namespace strata::catalog {

// --- saying what is wrong ------------------------------------------------------------------------

void Context::Report(std::string_view rule, std::string message, Span at, std::string help) {
  result.findings.problems.push_back({std::string(rule), std::move(message), std::move(help), at});
}

void Context::Skip(std::string reason) {
  result.coverage = Coverage::kSkipped;
  result.findings.unchecked.push_back(std::move(reason));
}

// --- places --------------------------------------------------------------------------------------

Span Context::At(int location) const {
  const std::size_t at = static_cast<std::size_t>(location);
  if (location < 0 || at < statement.span.begin || at >= statement.span.end) return Whole();
  return sql::DottedNameAt(text, at);
}

Span Context::Find(std::string_view name, std::size_t from) const {
  return sql::FindName(text, statement.span, name, from).value_or(Whole());
}

// --- names ---------------------------------------------------------------------------------------

Name Context::NameOf(const sql::RangeVar& range) const {
  return {range.schemaname == nullptr ? "" : range.schemaname,
          range.relname == nullptr ? "" : range.relname, At(range.location)};
}

Name Context::NameOf(std::size_t count, sql::Node* const* parts) const {
  Name name;
  if (count > 0) name.name = sql::StringOf(parts[count - 1]);
  if (count > 1) name.schema = sql::StringOf(parts[count - 2]);
  name.at = Find(name.schema.empty() ? name.name : name.schema);
  if (name.at.begin != Whole().begin) name.at = sql::DottedNameAt(text, name.at.begin);
  return name;
}

std::string Context::RoleOf(const sql::RoleSpec* role) {
  if (role == nullptr) return "";
  switch (role->roletype) {
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_CSTRING:
      CheckRole(role->rolename, At(role->location));
      return role->rolename;
    case PG_QUERY__ROLE_SPEC_TYPE__ROLESPEC_PUBLIC:
      return "public";
    default:
      return catalog.session.role;
  }
}

bool Context::CheckRole(const std::string& role, Span at) {
  if (role == "public" || catalog.FindRole(role) != nullptr || facts::IsRole(role)) return true;
  std::string help = DidYouMean(role, catalog.NamesOf(ObjectClass::kRole, 0));
  if (help.empty()) help = "write CREATE ROLE " + QuoteIdentifier(role) + " before it";
  Report("undefined-object", "role \"" + role + "\" does not exist", at, std::move(help));
  return false;
}

std::string Context::DidYouMean(std::string_view word,
                                const std::vector<std::string>& candidates) const {
  const auto near = Nearest(word, candidates);
  return near ? "did you mean \"" + *near + "\"?" : "";
}

// --- lookups -------------------------------------------------------------------------------------

const Schema* Context::NeedSchema(std::string_view name, Span at) {
  const Schema* schema = catalog.FindSchema(name);
  if (schema == nullptr) {
    std::string help = DidYouMean(name, catalog.NamesOf(ObjectClass::kSchema, 0));
    if (help.empty()) help = "write CREATE SCHEMA " + QuoteIdentifier(name) + " before it";
    Report("invalid-schema-name", "schema \"" + std::string(name) + "\" does not exist", at,
           std::move(help));
  }
  return schema;
}

const Relation* Context::NeedRelation(const Name& name, std::string_view word, bool missing_ok) {
  if (const Relation* found = catalog.FindRelation(name.schema, name.name)) return found;
  if (missing_ok) return nullptr;
  Oid schema = 0;
  if (!name.schema.empty()) {
    const Schema* named = NeedSchema(name.schema, name.at);
    if (named == nullptr) return nullptr;
    schema = named->oid;
  }
  std::string help = DidYouMean(name.name, catalog.NamesOf(ObjectClass::kRelation, schema));
  Report(word == "index" ? "undefined-object" : "undefined-table",
         std::string(word) + " \"" + name.Text() + "\" does not exist", name.at, std::move(help));
  return nullptr;
}

const Type* Context::NeedType(const Name& name, bool missing_ok) {
  if (const Type* found = catalog.FindType(name.schema, name.name)) return found;
  if (missing_ok) return nullptr;
  Oid schema = 0;
  if (!name.schema.empty()) {
    const Schema* named = NeedSchema(name.schema, name.at);
    if (named == nullptr) return nullptr;
    schema = named->oid;
  }
  Report("undefined-object", "type \"" + name.Text() + "\" does not exist", name.at,
         DidYouMean(name.name, catalog.NamesOf(ObjectClass::kType, schema)));
  return nullptr;
}

const Column* Context::NeedColumn(const Relation& relation, const std::string& column, Span at) {
  if (const Column* found = relation.FindColumn(column)) return found;
  if (!relation.complete) return nullptr;
  std::vector<std::string> names;
  for (const Column& c : relation.columns) names.push_back(c.name);
  Report("undefined-column",
         "column \"" + column + "\" of relation \"" + relation.name + "\" does not exist", at,
         DidYouMean(column, names));
  return nullptr;
}

Oid Context::NeedCreationSchema(const Name& name, const sql::RangeVar* range) {
  const bool temporary =
      range != nullptr && range->relpersistence != nullptr && range->relpersistence[0] == 't';
  if (temporary) {
    if (!name.schema.empty() && name.schema != "pg_temp") {
      Report("invalid-table-definition", "cannot create temporary relation in non-temporary schema",
             name.at);
    }
    return kTemporarySchema;
  }
  if (!name.schema.empty()) {
    const Schema* schema = NeedSchema(name.schema, name.at);
    return schema == nullptr ? 0 : schema->oid;
  }
  const Oid schema = catalog.CreationSchema();
  if (schema == 0) {
    Report("invalid-schema-name", "no schema has been selected to create in", name.at,
           "name the schema, or SET search_path to one that exists");
  }
  return schema;
}

namespace {

bool FitsWord(const Function& f, std::string_view word) {
  if (word == "procedure") return f.kind == FunctionKind::kProcedure;
  if (word == "aggregate") return f.kind == FunctionKind::kAggregate;
  if (word == "function") return f.kind != FunctionKind::kProcedure;
  return true;
}

// The types that the arguments name, IN and INOUT only where modes are written.
std::vector<TypeRef> ArgumentTypes(Context* context, const sql::ObjectWithArgs& object,
                                   bool all_modes) {
  std::vector<TypeRef> types;
  if (object.n_objfuncargs > 0) {
    for (const sql::Node* n : sql::Each(object.n_objfuncargs, object.objfuncargs)) {
      const auto* p = sql::As<sql::FunctionParameter>(n);
      if (p == nullptr) continue;
      const bool out = p->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT ||
                       p->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE;
      if (out && !all_modes) continue;
      types.push_back(AnalyzeTypeName(context->catalog, p->arg_type, context->findings()));
    }
    return types;
  }
  for (const sql::Node* n : sql::Each(object.n_objargs, object.objargs)) {
    const auto* type = sql::As<sql::TypeName>(n);
    types.push_back(type == nullptr ? TypeRef{}
                                    : AnalyzeTypeName(context->catalog, type, context->findings()));
  }
  return types;
}

std::vector<Oid> AllTypes(const Function& f) {
  std::vector<Oid> types;
  for (const FunctionArgument& a : f.arguments) {
    if (a.mode != 't') types.push_back(a.type.type);
  }
  return types;
}

// The only one of the functions whose inputs are these types as far as they are known, or null.
const Function* OnlyLike(const std::vector<const Function*>& functions,
                         const std::vector<TypeRef>& types) {
  const Function* found = nullptr;
  for (const Function* f : functions) {
    const bool fits = std::equal(f->inputs.begin(), f->inputs.end(), types.begin(), types.end(),
                                 [](Oid input, const TypeRef& type) {
                                   return input == type.type || input == 0 || type.type == 0;
                                 });
    if (!fits) continue;
    if (found != nullptr) return nullptr;
    found = f;
  }
  return found;
}

}  // namespace

const Function* Context::NeedFunction(const sql::ObjectWithArgs& object, std::string_view word,
                                      bool missing_ok) {
  const Name name = NameOf(object.n_objname, object.objname);
  std::vector<const Function*> named = catalog.FindFunctions(name.schema, name.name);
  std::vector<const Function*> fitting;
  for (const Function* f : named) {
    if (FitsWord(*f, word)) fitting.push_back(f);
  }
  auto missing = [&](std::string_view rule, std::string message,
                     std::string help) -> const Function* {
    if (!missing_ok) Report(rule, std::move(message), name.at, std::move(help));
    return nullptr;
  };
  if (!name.schema.empty() && catalog.FindSchema(name.schema) == nullptr) {
    if (!missing_ok) NeedSchema(name.schema, name.at);
    return nullptr;
  }
  const std::string shown(word);
  if (object.args_unspecified) {
    if (fitting.empty()) {
      return missing("undefined-function",
                     "could not find a " + shown + " named \"" + name.Text() + "\"",
                     DidYouMean(name.name, catalog.NamesOf(ObjectClass::kFunction, 0)));
    }
    const Oid first_schema = fitting.front()->schema;
    std::erase_if(fitting, [&](const Function* f) { return f->schema != first_schema; });
    if (fitting.size() > 1) {
      Report("ambiguous-function", shown + " name \"" + name.Text() + "\" is not unique", name.at,
             "specify the argument list to select the " + shown + " unambiguously");
    }
    return fitting.front();
  }
  const std::size_t before = result.findings.problems.size();
  const std::vector<TypeRef> types = ArgumentTypes(this, object, false);
  if (missing_ok && result.findings.problems.size() > before) {
    result.findings.problems.resize(before);  // IF EXISTS forgives a type that is missing too
    return nullptr;
  }
  if (result.findings.problems.size() > before) return OnlyLike(fitting, types);
  std::vector<Oid> oids;
  bool unknown = false;
  for (const TypeRef& t : types) {
    oids.push_back(t.type);
    unknown |= t.type == 0;
  }
  for (const Function* f : fitting) {
    if (f->inputs == oids) return f;
  }
  if (unknown) return nullptr;
  std::vector<Oid> all;
  for (const TypeRef& t : ArgumentTypes(this, object, true)) all.push_back(t.type);
  for (const Function* f : fitting) {
    if (!f->arguments.empty() && AllTypes(*f) == all) return f;
  }
  std::string signature;
  for (const TypeRef& t : types)
    signature += (signature.empty() ? "" : ", ") + catalog.TypeName({t.type, -1});
  for (const Function* f : named) {
    if (f->inputs != oids) continue;
    Report("wrong-object-type",
           catalog.Signature(*f) + " is not " + (word == "aggregate" ? "an " : "a ") + shown,
           name.at);
    return f;
  }
  std::string help;
  if (!named.empty()) help = "there is " + catalog.Signature(*named.front());
  return missing(
      "undefined-function",
      (word == "routine" ? "" : shown + " ") + name.Text() + "(" + signature + ") does not exist",
      help.empty() ? DidYouMean(name.name, catalog.NamesOf(ObjectClass::kFunction, 0)) : help);
}

// --- dropping ------------------------------------------------------------------------------------

namespace {

// What is gone is in no publication any more (each is an option there, see publication.cc).
void Unpublish(const std::vector<ObjectRef>& doomed, Context* context) {
  std::vector<Oid> publications;
  context->catalog.named_objects().ForEach([&](Oid oid, const auto& named) {
    if (named->cls == ObjectClass::kPublication && !named->options.empty())
      publications.push_back(oid);
  });
  for (const Oid publication : publications) {
    context->edit.ChangeNamed(publication, [&](NamedObject* p) {
      for (const ObjectRef& gone : doomed) {
        const bool table = gone.cls == ObjectClass::kRelation && gone.column == 0;
        if (table) p->options.erase("table " + std::to_string(gone.oid));
        if (gone.cls == ObjectClass::kSchema)
          p->options.erase("schema " + std::to_string(gone.oid));
      }
    });
  }
}

}  // namespace

bool Context::Drop(const std::vector<ObjectRef>& objects, bool cascade, Span at) {
  if (objects.empty()) return true;
  DropPlan plan = PlanDrop(catalog, objects, cascade);
  const bool refused = plan.refusal.has_value();
  if (refused) {
    // Something in doubt may be gone already, and what needs it with it.
    bool certain = plan.falling_names.empty();
    for (const std::string& words : plan.falling_names) {
      // `trigger "g" on table "t"`: in doubt where one of its names is.
      bool doubtful = false;
      for (const Thing& thing : ThingsIn(words)) doubtful |= InDoubt(catalog.session, thing);
      certain |= !doubtful;
      // What CASCADE would have dropped may or may not be meant to stay.
      const std::size_t first = words.find('"');
      if (first != std::string::npos)
        Doubt(words.substr(first + 1, words.find('"', first + 1) - first - 1));
    }
    if (certain) Report(plan.refusal->rule, plan.refusal->message, at, plan.refusal->help);
    if (plan.doomed.empty()) return false;
  }
  Execute(&edit, plan);
  Unpublish(plan.doomed, this);
  return !refused;
}

bool Context::OutsideTransaction(std::string_view command) {
  if (!in_transaction) return true;
  Report("active-sql-transaction", std::string(command) + " cannot run inside a transaction block",
         Whole(),
         "put the statement in a migration of its own, or mark the file \"-- strata: "
         "no-transaction\"");
  return true;
}

// --- options -------------------------------------------------------------------------------------

std::string OptionText(const sql::Node* argument) {
  if (argument == nullptr) return "";
  if (const auto* v = sql::As<sql::String>(argument)) return v->sval;
  if (const auto* v = sql::As<sql::Integer>(argument)) return std::to_string(v->ival);
  if (const auto* v = sql::As<sql::Float>(argument)) return v->fval;
  if (const auto* v = sql::As<sql::Boolean>(argument)) return v->boolval ? "true" : "false";
  if (const auto* v = sql::As<sql::TypeName>(argument)) {
    std::string text;
    for (const sql::Node* n : sql::Each(v->n_names, v->names)) {
      if (!text.empty()) text += ".";
      text += sql::StringOf(n);
    }
    return text;
  }
  if (const auto* v = sql::As<sql::List>(argument)) {
    std::string text;
    for (const sql::Node* n : sql::Each(v)) text += (text.empty() ? "" : ",") + OptionText(n);
    return text;
  }
  if (const auto* v = sql::As<sql::AConst>(argument)) {
    switch (v->val_case) {
      case PG_QUERY__A__CONST__VAL_IVAL:
        return std::to_string(v->ival->ival);
      case PG_QUERY__A__CONST__VAL_FVAL:
        return v->fval->fval;
      case PG_QUERY__A__CONST__VAL_BOOLVAL:
        return v->boolval->boolval ? "true" : "false";
      case PG_QUERY__A__CONST__VAL_SVAL:
        return v->sval->sval;
      case PG_QUERY__A__CONST__VAL_BSVAL:
        return v->bsval->bsval;
      default:
        return "";
    }
  }
  return "";
}

bool OptionIsTrue(const sql::Node* argument) {
  if (argument == nullptr) return true;
  const std::string text = OptionText(argument);
  return text == "true" || text == "on" || text == "yes" || text == "1" || text == "t";
}

}  // namespace strata::catalog

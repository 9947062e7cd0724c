// CREATE AGGREGATE, OPERATOR, TYPE (base and shell), COLLATION, TEXT SEARCH …
#include <algorithm>
#include <cctype>

#include "catalog/analyze/types.h"
#include "catalog/apply/named.h"
#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/types.h"
#include "catalog/facts/text_search.h"
#include "catalog/print/words.h"
#include "catalog/quote.h"
#include "sql/parse.h"

namespace strata::catalog {
namespace {

class Definer {
 public:
  Definer(Context& context, const sql::DefineStmt& statement)
      : context_(context),
        statement_(statement),
        name_(context.NameOf(statement.n_defnames, statement.defnames)) {}

  void Run() {
    switch (statement_.kind) {
      case PG_QUERY__OBJECT_TYPE__OBJECT_AGGREGATE:
        return Aggregate();
      case PG_QUERY__OBJECT_TYPE__OBJECT_OPERATOR:
        return DefineOperator();
      case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
        return BaseType();
      case PG_QUERY__OBJECT_TYPE__OBJECT_COLLATION:
        return Collation();
      case PG_QUERY__OBJECT_TYPE__OBJECT_TSPARSER:
        return Plain(ObjectClass::kTextSearchParser);
      case PG_QUERY__OBJECT_TYPE__OBJECT_TSTEMPLATE:
        return Plain(ObjectClass::kTextSearchTemplate);
      case PG_QUERY__OBJECT_TYPE__OBJECT_TSDICTIONARY:
        return Dictionary();
      case PG_QUERY__OBJECT_TYPE__OBJECT_TSCONFIGURATION:
        return Configuration();
      default:
        context_.Skip("this form of CREATE is not analysed");
    }
  }

 private:
  const sql::Node* Option(std::string_view name) const {
    for (const sql::Node* n : sql::Each(statement_.n_definition, statement_.definition)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o != nullptr && std::string_view(o->defname) == name) return o->arg;
    }
    return nullptr;
  }
  Name NameIn(const sql::Node* argument) {
    if (const auto* type = sql::As<sql::TypeName>(argument))
      return context_.NameOf(type->n_names, type->names);
    if (const auto* list = sql::As<sql::List>(argument))
      return context_.NameOf(list->n_items, list->items);
    const std::string word = OptionText(argument);
    return {"", word, context_.Find(word)};
  }
  Oid TypeIn(const sql::Node* argument) {
    const auto* type = sql::As<sql::TypeName>(argument);
    return type == nullptr ? 0 : AnalyzeTypeName(context_.catalog, type, context_.findings()).type;
  }

  // The function an option names, with these arguments (where `any_arguments`, as far as they are
  // known); reports.
  const Function* NeedFunction(const sql::Node* argument, const std::vector<Oid>& inputs,
                               bool any_arguments = false) {
    const Name name = NameIn(argument);
    bool unknown = false;
    for (Oid type : inputs) unknown |= type == 0;
    const Function* only = nullptr;
    for (const Function* f : context_.catalog.FindFunctions(name.schema, name.name)) {
      if (f->inputs == inputs) return f;
      if (any_arguments || f->inputs.size() == inputs.size()) only = f;
    }
    if (unknown || only != nullptr) return only;  // it may take them by an implicit cast
    for (const Function* f : context_.catalog.FindFunctions(name.schema, name.name)) {
      constexpr Oid kAnyType = 2276;
      if (f->variadic != 0 || (!f->inputs.empty() && f->inputs.back() == kAnyType)) return f;
    }
    std::string types;
    for (Oid type : inputs)
      types += (types.empty() ? "" : ", ") + context_.catalog.TypeName({type, -1});
    context_.Report(
        "undefined-function", "function " + name.Text() + "(" + types + ") does not exist", name.at,
        context_.DidYouMean(name.name, context_.catalog.NamesOf(ObjectClass::kFunction, 0)));
    return nullptr;
  }

  void Aggregate() {
    Function f;
    f.schema = context_.NeedCreationSchema(name_);
    if (f.schema == 0) return;
    f.name = Truncated(name_.name);
    f.owner = context_.catalog.session.role;
    f.kind = FunctionKind::kAggregate;
    f.language = "internal";
    f.volatility = 'i';
    ReadArguments(&f);
    const sql::Node* stype = Either("stype", "stype1");
    const Oid state = TypeIn(stype);
    const std::size_t direct = DirectArguments();
    std::vector<Oid> step = {state};
    step.insert(step.end(), f.inputs.begin() + std::min(direct, f.inputs.size()), f.inputs.end());
    const sql::Node* sfunc = Either("sfunc", "sfunc1");
    const sql::Node* final_function = Option("finalfunc");
    if (sfunc == nullptr)
      context_.Report("invalid-function-definition", "aggregate sfunc must be specified", name_.at);
    if (stype == nullptr)
      context_.Report("invalid-function-definition", "aggregate stype must be specified", name_.at);
    // Direct arguments go to the final function only, and FINALFUNC_EXTRA adds the others.
    const Function* transition =
        sfunc == nullptr || state == 0 ? nullptr : NeedFunction(sfunc, step, direct > 0);
    const Function* finish =
        final_function == nullptr || state == 0
            ? nullptr
            : NeedFunction(final_function, {state}, direct > 0 || HasFlag("finalfunc_extra"));
    f.result = final_function == nullptr ? TypeRef{state, -1}
               : finish == nullptr       ? TypeRef{}
                                         : finish->result;
    const Type* result = context_.catalog.type(f.result.type);
    if (result != nullptr && result->kind == TypeKind::kPseudo)
      f.result = PolymorphicResult(f, *result);
    f.definition = Definition();
    const Schema* schema = context_.catalog.schema(f.schema);
    for (const Function* old : context_.catalog.FindFunctions(schema->name, f.name)) {
      if (old->inputs != f.inputs) continue;
      if (!statement_.replace) {
        context_.Report("duplicate-function",
                        "function \"" + f.name + "\" already exists with same argument types",
                        name_.at);
        return;
      }
      f.oid = old->oid;
    }
    const std::vector<Oid> inputs = f.inputs;
    const Oid schema_oid = f.schema;
    const ObjectRef self{ObjectClass::kFunction, context_.edit.Put(std::move(f))};
    context_.edit.ForgetNeeds(self);
    context_.edit.Depend(self, {ObjectClass::kSchema, schema_oid});
    for (Oid type : inputs) context_.edit.Depend(self, {ObjectClass::kType, type});
    context_.edit.Depend(self, {ObjectClass::kType, state});
    if (transition != nullptr)
      context_.edit.Depend(self, {ObjectClass::kFunction, transition->oid});
    if (finish != nullptr) context_.edit.Depend(self, {ObjectClass::kFunction, finish->oid});
  }
  // The name of an option, or the one that it had before PostgreSQL 7.
  const sql::Node* Either(std::string_view name, std::string_view old_name) const {
    const sql::Node* value = Option(name);
    return value != nullptr ? value : Option(old_name);
  }
  // Of an ordered-set aggregate; 0 for others.
  std::size_t DirectArguments() const {
    const auto* count = statement_.n_args < 2 ? nullptr : sql::As<sql::Integer>(statement_.args[1]);
    return count == nullptr || count->ival < 0 ? 0 : static_cast<std::size_t>(count->ival);
  }
  // anyelement and its kin: left for the caller to resolve from the arguments.
  static TypeRef PolymorphicResult(const Function&, const Type& result) { return {result.oid, -1}; }

  void ReadArguments(Function* f) {
    // args: (a list of parameters, the number of direct ones); the old form has BASETYPE.
    const auto* list = statement_.n_args == 0 ? nullptr : sql::As<sql::List>(statement_.args[0]);
    for (const sql::Node* n : sql::Each(list)) {
      const auto* p = sql::As<sql::FunctionParameter>(n);
      if (p == nullptr) continue;
      FunctionArgument a;
      a.name = p->name == nullptr ? "" : p->name;
      a.type = AnalyzeTypeName(context_.catalog, p->arg_type, context_.findings());
      a.mode = p->mode == PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC ? 'v' : 'i';
      if (a.mode == 'v') {
        const Type* t = context_.catalog.type(a.type.type);
        f->variadic = t == nullptr                           ? 0
                      : t->is_array                          ? t->element
                      : t->oid == types::kAnyArray           ? types::kAnyElement
                      : t->oid == types::kAnyCompatibleArray ? types::kAnyCompatible
                                                             : t->oid;
      }
      f->inputs.push_back(a.type.type);
      f->arguments.push_back(std::move(a));
    }
    if (statement_.n_args > 1) {
      if (const auto* direct = sql::As<sql::Integer>(statement_.args[1]))
        f->direct_arguments = direct->ival;
    }
    if (!statement_.oldstyle) return;
    const sql::Node* base = Option("basetype");
    if (base != nullptr && Lowered(OptionText(base)) != "any") {
      f->inputs = {TypeIn(base)};
      f->arguments.push_back({"", {f->inputs[0], -1}, "", 'i', nullptr});
    }
  }

  static std::string Lowered(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
  }

  // The options in one order, functions and types with their schemas.
  std::string Definition() {
    std::vector<std::string> parts;
    for (const char* name : {"sfunc",
                             "stype",
                             "sspace",
                             "finalfunc",
                             "finalfunc_extra",
                             "finalfunc_modify",
                             "combinefunc",
                             "serialfunc",
                             "deserialfunc",
                             "initcond",
                             "msfunc",
                             "minvfunc",
                             "mstype",
                             "msspace",
                             "mfinalfunc",
                             "mfinalfunc_extra",
                             "mfinalfunc_modify",
                             "minitcond",
                             "sortop",
                             "parallel",
                             "hypothetical"}) {
      const bool has_old = *name != 'm' && Has(std::string(name) + "1");
      if (!Has(name) && !has_old) continue;
      const std::string value = OptionOfAggregate(name, Either(name, std::string(name) + "1"));
      std::string upper = name;
      for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      if (upper == "PARALLEL" && value == "UNSAFE") continue;
      parts.push_back(value.empty() ? upper : upper + " = " + value);
    }
    return Join(parts, ", ");
  }
  bool Has(std::string_view name) const {
    for (const sql::Node* n : sql::Each(statement_.n_definition, statement_.definition)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o != nullptr && std::string_view(o->defname) == name) return true;
    }
    return false;
  }
  std::string OptionOfAggregate(std::string_view name, const sql::Node* value) {
    if (name.ends_with("cond")) return QuoteLiteral(OptionText(value));
    if (name.ends_with("stype")) return StoredType(context_.catalog, {TypeIn(value), -1});
    if (name.ends_with("func")) return StoredFunction(context_, NameIn(value));
    if (name == "sortop") {
      const Name found = NameIn(value);
      const bool plain = found.schema.empty() || found.schema == "pg_catalog";
      return plain ? found.name
                   : "OPERATOR(" + QuoteIdentifier(found.schema) + "." + found.name + ")";
    }
    std::string text = OptionText(value);
    if (name == "parallel" || name.ends_with("modify")) {
      for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return text;
  }

  void DefineOperator() {
    Operator o;
    o.schema = context_.NeedCreationSchema(name_);
    if (o.schema == 0) return;
    o.name = name_.name;
    o.left = TypeIn(Option("leftarg"));
    o.right = TypeIn(Option("rightarg"));
    const sql::Node* function =
        Option("function") != nullptr ? Option("function") : Option("procedure");
    if (function == nullptr) {
      context_.Report("invalid-function-definition", "operator function must be specified",
                      name_.at);
      return;
    }
    std::vector<Oid> inputs;
    if (Option("leftarg") != nullptr) inputs.push_back(o.left);
    if (Option("rightarg") != nullptr) inputs.push_back(o.right);
    const Function* f = NeedFunction(function, inputs);
    if (f != nullptr) o.function = f->oid, o.result = f->result.type;
    o.can_hash = Option("hashes") != nullptr || HasFlag("hashes");
    o.can_merge = HasFlag("merges");
    if (Has("restrict")) o.restrict_function = StoredFunction(context_, NameIn(Option("restrict")));
    if (Has("join")) o.join_function = StoredFunction(context_, NameIn(Option("join")));
    const Schema* schema = context_.catalog.schema(o.schema);
    for (const Operator* old : context_.catalog.FindOperators(schema->name, o.name)) {
      if (old->left == o.left && old->right == o.right) {
        context_.Report("duplicate-function", "operator " + o.name + " already exists", name_.at);
        return;
      }
    }
    const Operator made = o;
    const ObjectRef self{ObjectClass::kOperator, context_.edit.Put(std::move(o))};
    Pair(self.oid, "commutator", made.right, made.left, &Operator::commutator);
    Pair(self.oid, "negator", made.left, made.right, &Operator::negator);
    context_.edit.Depend(self, {ObjectClass::kSchema, made.schema});
    for (Oid type : {made.left, made.right, made.result})
      context_.edit.Depend(self, {ObjectClass::kType, type});
    context_.edit.Depend(self, {ObjectClass::kFunction, made.function});
  }
  // Makes the operator and the one that the option names each other's partner; one that is not made
  // yet will name this one itself.
  void Pair(Oid self, std::string_view option, Oid left, Oid right, Oid Operator::*partner) {
    if (!Has(option)) return;
    const Name name = NameIn(Option(option));
    for (const Operator* other : context_.catalog.FindOperators(name.schema, name.name)) {
      if (other->left != left || other->right != right) continue;
      Operator mine = *context_.catalog.operator_(self), theirs = *other;
      mine.*partner = theirs.oid;
      context_.edit.Put(mine);
      if (theirs.oid == self || theirs.oid < kFirstUserOid || theirs.*partner != 0) return;
      theirs.*partner = self;
      context_.edit.Put(theirs);
      return;
    }
  }
  bool HasFlag(std::string_view name) const {
    for (const sql::Node* n : sql::Each(statement_.n_definition, statement_.definition)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o != nullptr && std::string_view(o->defname) == name) return OptionIsTrue(o->arg);
    }
    return false;
  }

  void BaseType() {
    const Oid schema = PlaceForType(context_, name_);
    if (schema == 0) return;
    Type type;
    type.schema = schema;
    type.name = name_.name;
    type.shell = statement_.n_definition == 0;
    for (const sql::Node* n : sql::Each(statement_.n_definition, statement_.definition)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o == nullptr) continue;
      type.options[o->defname] = OptionText(o->arg);
      if (std::string_view(o->defname) == "category") type.category = OptionText(o->arg)[0];
      if (std::string_view(o->defname) == "preferred") type.preferred = OptionIsTrue(o->arg);
    }
    const bool complete = !type.shell;
    const Oid oid = MakeType(context_, std::move(type), complete);
    for (const char* role : {"input", "output", "receive", "send", "typmod_in", "typmod_out",
                             "analyze", "subscript"}) {
      const sql::Node* function = Option(role);
      if (function == nullptr) continue;
      const Name name = NameIn(function);
      const std::vector<const Function*> found =
          context_.catalog.FindFunctions(name.schema, name.name);
      if (found.empty()) {
        context_.Report("undefined-function", "function " + name.Text() + " does not exist",
                        name.at);
      } else {
        context_.edit.Depend({ObjectClass::kType, oid},
                             {ObjectClass::kFunction, found.front()->oid});
      }
    }
  }

  void Plain(ObjectClass cls) {
    MakeNamed(context_, cls, name_, true, statement_.n_definition, statement_.definition);
  }

  void Collation() {
    const NamedObject* copied = nullptr;
    if (const sql::Node* from = Option("from"))
      copied = NeedNamed(context_, ObjectClass::kCollation, NameIn(from), "collation");
    std::map<std::string, std::string> options;
    if (copied != nullptr) options = OptionsOf(*copied);
    const Oid oid =
        MakeNamed(context_, ObjectClass::kCollation, name_, true, statement_.n_definition,
                  statement_.definition, statement_.if_not_exists);
    if (oid == 0) return;
    context_.edit.ChangeNamed(oid, [&](NamedObject* c) {
      if (!options.empty()) c->options = options;
      const auto collate = c->options.find("lc_collate"), type = c->options.find("lc_ctype");
      if (collate == c->options.end() || type == c->options.end() ||
          collate->second != type->second)
        return;
      c->options["locale"] = collate->second;
      c->options.erase("lc_collate");
      c->options.erase("lc_ctype");
    });
  }
  // Built-in collations have none in the catalog; their names tell.
  static std::map<std::string, std::string> OptionsOf(const NamedObject& collation) {
    if (collation.schema != kPgCatalogSchema) return collation.options;
    const std::size_t icu = collation.name.rfind("-x-icu");
    if (icu == std::string::npos) return {{"locale", collation.name}};
    return {{"provider", "icu"}, {"locale", collation.name.substr(0, icu)}};
  }

  void Dictionary() {
    const sql::Node* option = Option("template");
    const NamedObject* made_of = nullptr;
    if (option == nullptr) {
      context_.Report("invalid-object-definition", "text search template is required", name_.at);
    } else {
      made_of = NeedNamed(context_, ObjectClass::kTextSearchTemplate, NameIn(option),
                          "text search template");
    }
    const Oid oid = MakeNamed(context_, ObjectClass::kTextSearchDictionary, name_, true,
                              statement_.n_definition, statement_.definition);
    if (oid != 0 && made_of != nullptr) {
      context_.edit.Depend({ObjectClass::kTextSearchDictionary, oid},
                           {ObjectClass::kTextSearchTemplate, made_of->oid});
    }
  }

  void Configuration() {
    const NamedObject* parser = nullptr;
    NamedObject copied;
    if (const sql::Node* option = Option("parser")) {
      parser =
          NeedNamed(context_, ObjectClass::kTextSearchParser, NameIn(option), "text search parser");
    }
    if (const sql::Node* option = Option("copy")) {
      const NamedObject* source = NeedNamed(context_, ObjectClass::kTextSearchConfig,
                                            NameIn(option), "text search configuration");
      if (source != nullptr) copied = *source;
    }
    const Oid schema = context_.NeedCreationSchema(name_);
    const Schema* place = context_.catalog.schema(schema);
    if (place == nullptr) return;
    if (context_.catalog.FindNamed(ObjectClass::kTextSearchConfig, place->name, name_.name) !=
        nullptr) {
      context_.Report(
          "unique-violation",
          "duplicate key value violates unique constraint \"pg_ts_config_cfgname_index\"", name_.at,
          "there is a text search configuration of that name");
      return;
    }
    const Oid oid = MakeNamed(context_, ObjectClass::kTextSearchConfig, name_, true, 0, nullptr);
    if (oid == 0) return;
    const ObjectRef self{ObjectClass::kTextSearchConfig, oid};
    if (parser != nullptr)
      context_.edit.Depend(self, {ObjectClass::kTextSearchParser, parser->oid});
    context_.edit.ChangeNamed(oid, [&](NamedObject* c) {
      c->options = copied.options;
      c->definition = copied.definition;
      if (parser != nullptr) {
        const Schema* home = context_.catalog.schema(parser->schema);
        const std::string schema = home == nullptr ? "" : QuoteIdentifier(home->name) + ".";
        c->definition = schema + QuoteIdentifier(parser->name);
      }
      if (copied.oid == 0 || copied.schema != kPgCatalogSchema) return;
      c->definition = "pg_catalog.\"default\"";
      for (const auto& [token, dictionary] : facts::TextSearchMappings(copied.name))
        c->options["mapping " + token] = dictionary;
    });
  }

  Context& context_;
  const sql::DefineStmt& statement_;
  const Name name_;
};

}  // namespace

void ApplyStatement(Context& context, const sql::DefineStmt& statement) {
  Definer(context, statement).Run();
}

}  // namespace strata::catalog

// CREATE FUNCTION, CREATE PROCEDURE (functioncmds.c, pg_proc.c)
#include <algorithm>

#include "catalog/analyze/types.h"
#include "catalog/apply/body.h"
#include "catalog/apply/doubt.h"
#include "catalog/apply/inline_body.h"
#include "catalog/apply/names.h"
#include "catalog/apply/routine.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/table/column.h"
#include "catalog/apply/types.h"
#include "catalog/print/define.h"
#include "sql/parse.h"

namespace strata::catalog {
namespace {

constexpr Oid kVoid = 2278, kRecord = 2249, kTrigger = 2279, kEventTrigger = 3838;

char ModeOf(const sql::FunctionParameter& p) {
  switch (p.mode) {
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_OUT:
      return 'o';
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_INOUT:
      return 'b';
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_VARIADIC:
      return 'v';
    case PG_QUERY__FUNCTION_PARAMETER_MODE__FUNC_PARAM_TABLE:
      return 't';
    default:
      return 'i';
  }
}

class FunctionMaker {
 public:
  FunctionMaker(Context& context, const sql::CreateFunctionStmt& statement)
      : context_(context),
        statement_(statement),
        name_(context.NameOf(statement.n_funcname, statement.funcname)) {}

  void Make() {
    function_.schema = context_.NeedCreationSchema(name_);
    if (function_.schema == 0) {
      context_.Doubt(name_.name);
      return;
    }
    function_.name = Truncated(name_.name);
    function_.owner = context_.catalog.session.role;
    function_.kind = statement_.is_procedure ? FunctionKind::kProcedure : FunctionKind::kFunction;
    ReadOptions();
    ReadParameters();
    MakeShell();
    ReadResult();
    CheckDefinition();
    const Function* old = Existing();
    if (old != nullptr && !MayReplace(*old)) return;
    if (old != nullptr) function_.oid = old->oid;
    Put();
    if (statement_.sql_body != nullptr) {
      TakeInlineBody(statement_.sql_body);
    } else if (context_.catalog.session.check_function_bodies) {
      CheckBody();
    }
  }

 private:
  void Fault(std::string message, std::string help = "",
             std::string_view rule = "invalid-function-definition") {
    context_.Report(rule, std::move(message), name_.at, std::move(help));
  }

  // --- reading ---

  // What a function of C returns may be a type to come. Source: compute_return_type of
  // functioncmds.c.
  void MakeShell() {
    const bool native = function_.language == "c" || function_.language == "internal";
    const sql::TypeName* written = statement_.return_type;
    if (!native || written == nullptr || written->n_names == 0 || written->n_typmods > 0 ||
        written->n_array_bounds > 0)
      return;
    const Name name = context_.NameOf(written->n_names, written->names);
    const bool placed = name.schema.empty() || context_.catalog.FindSchema(name.schema) != nullptr;
    if (!placed || context_.catalog.FindType(name.schema, name.name) != nullptr ||
        NameInDoubt(context_.catalog.session, name.name))
      return;
    Type shell;
    shell.schema = PlaceForType(context_, name);
    shell.name = name.name;
    shell.shell = true;
    if (shell.schema != 0) MakeType(context_, std::move(shell), false);
  }

  void ReadOptions() {
    for (const sql::Node* n : sql::Each(statement_.n_options, statement_.options)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o == nullptr) continue;
      const std::string option = o->defname;
      if (!seen_.insert(option).second && option != "set") {
        context_.Report("syntax-error", "conflicting or redundant options",
                        context_.At(o->location));
      }
      if (statement_.is_procedure && IsForFunctionsAlone(option)) {
        context_.Report("invalid-function-definition", "invalid attribute in procedure definition",
                        context_.At(o->location), "leave it out: it is for functions alone");
      }
      const std::string value = OptionText(o->arg);
      if (option == "language") {
        function_.language = value;
        language_at_ = context_.Find(value, o->location < 0 ? 0 : o->location);
      } else if (option == "as") {
        as_location_ = o->location;
        if (const auto* list = sql::As<sql::List>(o->arg)) {
          function_.body = sql::StringOf(list->items[0]);
          if (list->n_items > 1) function_.definition = sql::StringOf(list->items[1]);
        }
      } else if (option == "volatility") {
        function_.volatility = value[0];
      } else if (option == "strict") {
        function_.strict = OptionIsTrue(o->arg);
      } else if (option == "security") {
        function_.security_definer = OptionIsTrue(o->arg);
      } else if (option == "leakproof") {
        function_.leakproof = OptionIsTrue(o->arg);
      } else if (option == "parallel") {
        function_.parallel = value[0];
      } else if (option == "window" && OptionIsTrue(o->arg)) {
        function_.kind = FunctionKind::kWindow;
      } else if (option == "cost") {
        function_.cost = std::atof(value.c_str());
      } else if (option == "rows") {
        function_.rows = std::atof(value.c_str());
      } else if (option == "set") {
        ReadSetting(sql::As<sql::VariableSetStmt>(o->arg));
      }
    }
    if (function_.language.empty() && statement_.sql_body != nullptr) function_.language = "sql";
    if (function_.language == "c" && function_.definition.empty())
      function_.definition = function_.name;
    for (char& c : function_.language)
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }

  void ReadSetting(const sql::VariableSetStmt* set) {
    if (set == nullptr) return;
    std::string value;
    for (const sql::Node* n : sql::Each(set->n_args, set->args))
      value += (value.empty() ? "" : ", ") + OptionText(n);
    if (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE)
      function_.settings[set->name] = value;
  }

  void ReadParameters() {
    bool optional = false;
    for (const sql::Node* n : sql::Each(statement_.n_parameters, statement_.parameters)) {
      const auto* p = sql::As<sql::FunctionParameter>(n);
      if (p == nullptr) continue;
      FunctionArgument a;
      a.name = p->name == nullptr ? "" : p->name;
      a.mode = ModeOf(*p);
      a.type = ArgumentType(p->arg_type);
      if (a.type.type == 0) a.written_type = WrittenType(context_, *p->arg_type, false);
      const bool input = a.mode != 'o' && a.mode != 't';
      if (input) function_.inputs.push_back(a.type.type);
      if (a.mode == 'v') ReadVariadic(a.type.type);
      CheckName(a);
      if (p->defexpr != nullptr && input) {
        Scope scope;
        scope.place = ExprPlace::kFunctionDefault;
        scope.expected = a.type;
        a.default_value =
            AnalyzeExpression(context_.catalog, p->defexpr, scope, context_.findings());
        ++function_.defaults;
        optional = true;
      } else if (input && optional) {
        Fault("input parameters after one with a default value must also have defaults");
      }
      if (p->defexpr != nullptr && !input) Fault("only input parameters can have default values");
      function_.arguments.push_back(std::move(a));
    }
  }

  // An argument's type that is missing is named without quotes (functioncmds.c).
  TypeRef ArgumentType(const sql::TypeName* name) {
    const std::size_t before = context_.findings()->problems.size();
    const TypeRef type = AnalyzeTypeName(context_.catalog, name, context_.findings());
    for (std::size_t i = before; i < context_.findings()->problems.size(); ++i) {
      std::string& message = context_.findings()->problems[i].message;
      if (message.starts_with("type \"")) std::erase(message, '"');
    }
    return type;
  }

  void ReadVariadic(Oid type) {
    const Type* t = context_.catalog.type(type);
    if (t != nullptr)
      function_.variadic = t->is_array    ? t->element
                           : type == 2277 ? 2283
                           : type == 5078 ? 5077
                           : type == 2276 ? 2276
                                          : 0;
    if (type != 0 && function_.variadic == 0) Fault("VARIADIC parameter must be an array");
  }

  void CheckName(const FunctionArgument& a) {
    if (a.name.empty()) return;
    const auto pure_input = [](char mode) { return mode == 'i' || mode == 'v'; };
    for (const FunctionArgument& other : function_.arguments) {
      // An input and an output may share a name, but PL/pgSQL takes both for variables.
      const bool apart = function_.language != "plpgsql" && a.mode != 'b' && other.mode != 'b' &&
                         pure_input(a.mode) != pure_input(other.mode);
      if (other.name != a.name || apart) continue;
      Fault("parameter name \"" + a.name + "\" used more than once");
      return;
    }
  }

  void ReadResult() {
    std::vector<const FunctionArgument*> outputs;
    bool table = false;
    for (const FunctionArgument& a : function_.arguments) {
      if (a.mode == 'o' || a.mode == 'b' || a.mode == 't') outputs.push_back(&a);
      table |= a.mode == 't';
    }
    TypeRef implied;
    if (outputs.size() == 1) implied = outputs[0]->type;
    if (outputs.size() > 1) implied = {kRecord, -1};
    if (statement_.is_procedure) {
      function_.result = outputs.empty() ? TypeRef{0, -1} : TypeRef{kRecord, -1};
      if (outputs.empty()) function_.result = {kVoid, -1};
      return;
    }
    if (table) {
      function_.result = implied;
      function_.returns_set = true;
      return;
    }
    if (statement_.return_type == nullptr) {
      if (outputs.empty()) Fault("function result type must be specified");
      function_.result = implied;
      return;
    }
    function_.result =
        AnalyzeTypeName(context_.catalog, statement_.return_type, context_.findings());
    if (function_.result.type == 0)
      function_.written_result = WrittenType(context_, *statement_.return_type, false);
    function_.returns_set = statement_.return_type->setof;
    if (!outputs.empty() && implied.type != 0 && function_.result.type != 0 &&
        implied.type != function_.result.type) {
      Fault("function result type must be " + context_.catalog.TypeName({implied.type, -1}) +
            " because of OUT parameters");
    }
  }

  // --- checking ---

  void CheckDefinition() {
    if (function_.language.empty())
      return Fault("no language specified", "add LANGUAGE sql or LANGUAGE plpgsql");
    if (context_.catalog.FindNamed(ObjectClass::kLanguage, "", function_.language) == nullptr) {
      static const std::vector<std::string> kKnown = {"plpgsql", "sql", "c", "internal"};
      context_.Report("undefined-object", "language \"" + function_.language + "\" does not exist",
                      language_at_, context_.DidYouMean(function_.language, kKnown));
      return;
    }
    const bool has_body = seen_.count("as") > 0 || statement_.sql_body != nullptr;
    if (!has_body) return Fault("no function body specified");
    if (seen_.count("as") > 0 && statement_.sql_body != nullptr)
      return Fault("duplicate function body specified");
    if (statement_.sql_body != nullptr && function_.language != "sql") {
      return Fault("inline SQL function body only valid for language SQL");
    }
    if (statement_.sql_body != nullptr && IsGeneric()) {
      return Fault("SQL function with unquoted function body cannot have polymorphic arguments",
                   "write the body as a string: AS $$ … $$");
    }
    if (const std::string type = UndeterminedResult(context_.catalog, function_); !type.empty()) {
      Fault("cannot determine result data type",
            "a result of type " + type + " needs an argument that tells what it is");
    }
    const bool plpgsql = function_.language == "plpgsql";
    if (plpgsql && function_.result.type == kTrigger && !function_.inputs.empty()) {
      Fault("trigger functions cannot have declared arguments",
            "the arguments of the trigger can be accessed through TG_NARGS and TG_ARGV instead");
    }
    if (plpgsql && function_.result.type == kEventTrigger && !function_.inputs.empty()) {
      Fault("event trigger functions cannot have declared arguments");
    }
  }

  const Function* Existing() const {
    const Schema* schema = context_.catalog.schema(function_.schema);
    for (const Function* f : context_.catalog.FindFunctions(schema->name, function_.name)) {
      if (f->inputs == function_.inputs) return f;
    }
    return nullptr;
  }

  bool MayReplace(const Function& old) {
    for (Oid type : function_.inputs) {
      if (type == 0) return false;
    }
    if (!statement_.replace) {
      Fault("function \"" + function_.name + "\" already exists with same argument types",
            "write CREATE OR REPLACE to replace it", "duplicate-function");
      return false;
    }
    if (old.kind != function_.kind) {
      Fault("cannot change routine kind", "\"" + old.name + "\" is a" + KindWords(old.kind),
            "wrong-object-type");
      return false;
    }
    const std::string drop = "use DROP " +
                             std::string(statement_.is_procedure ? "PROCEDURE " : "FUNCTION ") +
                             context_.catalog.Signature(old) + " first";
    const bool known = old.result.type != 0 && function_.result.type != 0;
    if (known &&
        (old.result.type != function_.result.type || old.returns_set != function_.returns_set)) {
      Fault("cannot change return type of existing function", drop);
      return true;
    }
    if (function_.result.type == kRecord && OutputsDiffer(old)) {
      Fault("cannot change return type of existing function", drop);
      return true;
    }
    CheckNames(old, drop);
    if (function_.defaults < old.defaults)
      Fault("cannot remove parameter defaults from existing function", drop);
    return true;
  }
  static std::string KindWords(FunctionKind kind) {
    switch (kind) {
      case FunctionKind::kProcedure:
        return " procedure";
      case FunctionKind::kAggregate:
        return "n aggregate function";
      case FunctionKind::kWindow:
        return " window function";
      default:
        return " function";
    }
  }

  bool OutputsDiffer(const Function& old) const {
    auto outputs = [](const Function& f) {
      std::vector<std::pair<std::string, Oid>> all;
      for (const FunctionArgument& a : f.arguments) {
        if (a.mode == 'o' || a.mode == 'b' || a.mode == 't') all.emplace_back(a.name, a.type.type);
      }
      return all;
    };
    return outputs(old) != outputs(function_);
  }

  void CheckNames(const Function& old, const std::string& drop) {
    auto inputs = [](const Function& f) {
      std::vector<std::string> names;
      for (const FunctionArgument& a : f.arguments) {
        if (a.mode != 'o' && a.mode != 't') names.push_back(a.name);
      }
      return names;
    };
    const std::vector<std::string> was = inputs(old), is = inputs(function_);
    for (std::size_t i = 0; i < was.size() && i < is.size(); ++i) {
      if (was[i].empty() || was[i] == is[i]) continue;
      Fault("cannot change name of input parameter \"" + was[i] + "\"", drop);
      return;
    }
  }

  // --- entering ---

  void Put() {
    const Function made = function_;
    function_.oid = context_.edit.Put(function_);
    const ObjectRef self{ObjectClass::kFunction, function_.oid};
    context_.edit.ForgetNeeds(self);
    context_.edit.Depend(self, {ObjectClass::kSchema, made.schema});
    for (const FunctionArgument& a : made.arguments) {
      context_.edit.Depend(self, {ObjectClass::kType, a.type.type});
      if (a.default_value != nullptr) context_.edit.Depend(self, ReferencesOf(*a.default_value));
    }
    context_.edit.Depend(self, {ObjectClass::kType, made.result.type});
    const NamedObject* language =
        context_.catalog.FindNamed(ObjectClass::kLanguage, "", made.language);
    if (language != nullptr) context_.edit.Depend(self, {ObjectClass::kLanguage, language->oid});
  }

  bool IsGeneric() const {
    return std::any_of(function_.inputs.begin(), function_.inputs.end(),
                       [](Oid type) { return IsPolymorphic(type); });
  }

  void CheckBody() {
    if (function_.language == "plpgsql") {
      const BodyText body =
          LocateBody(context_, function_.body, as_location_ < 0 ? 0 : as_location_);
      CheckPlpgsql(context_, body, Returned());
    } else if (function_.language == "sql") {
      CheckSqlBody(context_, function_,
                   LocateBody(context_, function_.body, as_location_ < 0 ? 0 : as_location_));
    }
  }

  Returning Returned() const {
    Returning returning;
    returning.known = function_.result.type != 0 || statement_.is_procedure;
    returning.set = function_.returns_set;
    returning.nothing = function_.result.type == kVoid || function_.result.type == kEventTrigger;
    returning.procedure = statement_.is_procedure;
    for (const FunctionArgument& a : function_.arguments)
      returning.outputs |= a.mode == 'o' || a.mode == 'b' || a.mode == 't';
    return returning;
  }

  // BEGIN ATOMIC … END, RETURN …: the function depends on what it names.
  void TakeInlineBody(const sql::Node* node) {
    const InlineBody body = ReadInlineBody(context_.catalog, function_, node, context_.findings());
    context_.edit.ChangeFunction(function_.oid, [&](Function* f) {
      f->inline_body = body;
      f->body = PrintInlineBody(context_.catalog, *f);
    });
    context_.edit.Depend({ObjectClass::kFunction, function_.oid}, ReferencesOf(body));
  }

  Context& context_;
  const sql::CreateFunctionStmt& statement_;
  const Name name_;
  Function function_;
  std::set<std::string> seen_;
  Span language_at_;
  int as_location_ = -1;
};

}  // namespace

void ApplyStatement(Context& context, const sql::CreateFunctionStmt& statement) {
  FunctionMaker(context, statement).Make();
}

}  // namespace strata::catalog

// CREATE EXTENSION
#include <algorithm>

#include "catalog/apply/doubt.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/table/column.h"
#include "catalog/facts/elsewhere.h"
#include "catalog/facts/facts.h"

namespace strata::catalog {
namespace {

class Installer {
 public:
  Installer(Context& context, const facts::ExtensionContents& contents, const std::string& version)
      : context_(context), contents_(contents), version_(version) {}

  void Install(Oid schema) {
    Extension extension;
    extension.name = contents_.name;
    extension.schema = schema;
    extension.version = version_;
    self_ = {ObjectClass::kExtension, context_.edit.Put(std::move(extension))};
    schema_ = schema;
    context_.edit.Depend(self_, {ObjectClass::kSchema, schema});
    for (const std::string& needed : contents_.requires_) {
      if (const Extension* e = context_.catalog.FindExtension(needed)) {
        context_.edit.Depend(self_, {ObjectClass::kExtension, e->oid});
      }
    }
    for (const Type& t : contents_.types) Member(ObjectClass::kType, t);
    for (const Function& f : contents_.functions) Member(ObjectClass::kFunction, f);
    for (const Operator& o : contents_.operators) Member(ObjectClass::kOperator, o);
    for (const OperatorClass& o : contents_.operator_classes)
      Member(ObjectClass::kOperatorClass, o);
    for (const Cast& c : contents_.casts) {
      context_.edit.Put(Cast(c));
      Own({ObjectClass::kCast, c.oid});
    }
    for (const Relation& r : contents_.relations) Member(ObjectClass::kRelation, r);
    for (const NamedObject& n : contents_.named) {
      NamedObject copy = n;
      if (n.schema != 0 || HasSchema(n.cls)) copy.schema = schema_;
      Own({n.cls, context_.edit.Put(std::move(copy))});
    }
  }

 private:
  static bool HasSchema(ObjectClass cls) {
    return cls == ObjectClass::kCollation || cls == ObjectClass::kTextSearchConfig ||
           cls == ObjectClass::kTextSearchDictionary || cls == ObjectClass::kTextSearchParser ||
           cls == ObjectClass::kTextSearchTemplate || cls == ObjectClass::kOperatorFamily;
  }
  template <typename T>
  void Member(ObjectClass cls, const T& object) {
    T copy = object;
    copy.schema = schema_;
    context_.edit.Put(std::move(copy));
    Own({cls, object.oid});
  }
  void Own(ObjectRef member) { context_.edit.Depend(member, self_, DependencyKind::kExtension); }

  Context& context_;
  const facts::ExtensionContents& contents_;
  const std::string& version_;
  ObjectRef self_;
  Oid schema_ = 0;
};

struct Options {
  std::string schema, version;
  bool cascade = false;
};

// Installs one, and what it requires where `cascade`.
void InstallNamed(Context& context, const std::string& name, const Options& options, Span at) {
  const facts::ExtensionContents* contents = facts::ExtensionNamed(name);
  if (contents == nullptr) return;
  for (const std::string& needed : contents->requires_) {
    if (context.catalog.FindExtension(needed) != nullptr) continue;
    if (!options.cascade) {
      context.Report("undefined-object", "required extension \"" + needed + "\" is not installed",
                     at, "use CREATE EXTENSION ... CASCADE to install required extensions too");
    }
    Options inner = options;
    inner.version.clear();
    InstallNamed(context, needed, inner, at);
  }
  const std::string version = options.version.empty() ? contents->version : options.version;
  Oid schema = 0;
  if (!contents->schema.empty()) {
    const Schema* fixed = context.catalog.FindSchema(contents->schema);
    if (!options.schema.empty() && options.schema != contents->schema) {
      context.Report(
          "feature-not-supported",
          "extension \"" + name + "\" must be installed in schema \"" + contents->schema + "\"",
          at);
    }
    schema = fixed != nullptr
                 ? fixed->oid
                 : context.edit.Put(Schema{0, contents->schema, context.catalog.session.role});
  } else if (!options.schema.empty()) {
    const Schema* chosen = context.catalog.FindSchema(options.schema);
    schema = chosen == nullptr ? 0 : chosen->oid;
  }
  if (schema == 0) schema = context.catalog.CreationSchema();
  if (schema == 0) {
    context.Report("undefined-object", "no schema has been selected to create in", at);
    return;
  }
  Installer(context, *contents, version).Install(schema);
}

// Whether a server has it is taken for granted; what it brings has no more than a name here.
void DoubtContents(Context& context, const facts::ElsewhereExtension& extension) {
  if (extension.brings.empty() || extension.acts) {
    context.Skip("what the extension \"" + std::string(extension.name) + "\" brings is not known");
  }
  if (extension.brings.empty()) return context.Doubt(std::string(kFromExtension));
  for (std::string_view rest = extension.brings; !rest.empty();) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    context.Doubt(std::string(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

}  // namespace

void ApplyStatement(Context& context, const sql::CreateExtensionStmt& statement) {
  const std::string name = statement.extname;
  const Span at = context.Find(name);
  if (context.catalog.FindExtension(name) != nullptr) {
    if (!statement.if_not_exists) {
      context.Report("duplicate-object", "extension \"" + name + "\" already exists", at,
                     "write CREATE EXTENSION IF NOT EXISTS if it may be there");
    }
    return;
  }
  Options options;
  for (const sql::Node* n : sql::Each(statement.n_options, statement.options)) {
    const auto* o = sql::As<sql::DefElem>(n);
    if (o == nullptr) continue;
    const std::string_view option = o->defname;
    if (option == "schema") options.schema = OptionText(o->arg);
    if (option == "new_version") options.version = OptionText(o->arg);
    if (option == "cascade") options.cascade = true;
  }
  if (facts::ExtensionNamed(name) == nullptr) {
    if (const auto* elsewhere = facts::ExtensionElsewhere(name)) {
      context.edit.Put(Extension{0, name, context.catalog.CreationSchema(), options.version});
      return DoubtContents(context, *elsewhere);
    }
    context.Report("feature-not-supported", "extension \"" + name + "\" is not available", at,
                   context.DidYouMean(name, facts::ExtensionNames()));
    return;
  }
  if (!options.schema.empty() &&
      context.NeedSchema(options.schema, context.Find(options.schema, at.end)) == nullptr) {
    options.schema.clear();
  }
  InstallNamed(context, name, options, at);
}

}  // namespace strata::catalog

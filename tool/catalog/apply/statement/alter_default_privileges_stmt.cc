// ALTER DEFAULT PRIVILEGES
#include <algorithm>

#include "catalog/apply/privileges.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {
namespace {

struct Target {
  std::vector<std::string> roles, schemas;
};

Target ReadTarget(Context& context, const sql::AlterDefaultPrivilegesStmt& statement) {
  Target target;
  for (const sql::Node* n : sql::Each(statement.n_options, statement.options)) {
    const auto* o = sql::As<sql::DefElem>(n);
    const auto* list = o == nullptr ? nullptr : sql::As<sql::List>(o->arg);
    if (list == nullptr) continue;
    for (const sql::Node* item : sql::Each(list)) {
      if (const auto* role = sql::As<sql::RoleSpec>(item)) {
        target.roles.push_back(context.RoleOf(role));
      } else {
        const std::string schema(sql::StringOf(item));
        context.NeedSchema(schema, context.Find(schema));
        target.schemas.push_back(schema);
      }
    }
  }
  if (target.roles.empty()) target.roles.push_back(context.catalog.session.role);
  if (target.schemas.empty()) target.schemas.push_back("");
  return target;
}

std::string AllLetters(sql::ObjectType type) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      return "arwdDxt";
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return "rwU";
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return "UC";
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      return "U";
    default:
      return "X";
  }
}

// What a letter stands at after the statement; "": at what it is without any.
std::string StateAfter(const std::string& was, const sql::GrantStmt& action) {
  if (!action.is_grant && action.grant_option) return was == "grantable" ? "granted" : was;
  if (!action.is_grant) return was.empty() ? "revoked" : was == "revoked" ? was : "";
  if (was == "revoked") return "";
  return action.grant_option || was == "grantable" ? "grantable" : "granted";
}

// One entry a role, schema, kind of object and grantee; its options are the letters. It goes with
// its schema.
void Change(Context& context, const std::string& schema, const std::string& key,
            const std::string& letters, const sql::GrantStmt& action) {
  const NamedObject* old = context.catalog.FindNamed(ObjectClass::kDefaultPrivileges, "", key);
  NamedObject entry = old != nullptr ? *old : NamedObject{};
  entry.cls = ObjectClass::kDefaultPrivileges;
  entry.name = key;
  for (char letter : letters) {
    const std::string word(1, letter);
    const std::string now = StateAfter(entry.options[word], action);
    entry.options[word] = now;
    if (now.empty()) entry.options.erase(word);
  }
  // Revoking what was never granted is nothing, but for what PUBLIC has of itself.
  const bool public_default = schema.empty() && (key.ends_with("/X/") || key.ends_with("/U/"));
  if (!action.is_grant && !public_default)
    std::erase_if(entry.options, [](const auto& o) { return o.second == "revoked"; });
  if (!entry.options.empty()) {
    const Oid oid = context.edit.Put(std::move(entry));
    const Schema* in = context.catalog.FindSchema(schema);
    if (schema.empty() || in == nullptr) return;
    context.edit.Depend({ObjectClass::kDefaultPrivileges, oid}, {ObjectClass::kSchema, in->oid},
                        DependencyKind::kAuto);
  } else if (entry.oid != 0) {
    context.edit.Erase({ObjectClass::kDefaultPrivileges, entry.oid});
  }
}

}  // namespace

void ApplyStatement(Context& context, const sql::AlterDefaultPrivilegesStmt& statement) {
  const Target target = ReadTarget(context, statement);
  const sql::GrantStmt& action = *statement.action;
  const std::string all = AllLetters(action.objtype);
  std::string letters = action.n_privileges == 0 ? all : "";
  for (const sql::Node* n : sql::Each(action.n_privileges, action.privileges)) {
    const auto* p = sql::As<sql::AccessPriv>(n);
    const char letter = p == nullptr || p->priv_name == nullptr ? 0 : LetterOf(p->priv_name);
    if (letter == 0) {
      const std::string name = p == nullptr || p->priv_name == nullptr ? "" : p->priv_name;
      context.Report("syntax-error", "unrecognized privilege type \"" + name + "\"",
                     context.Find(name));
    } else if (all.find(letter) == std::string::npos) {
      std::string upper = p->priv_name;
      std::transform(upper.begin(), upper.end(), upper.begin(),
                     [](unsigned char c) { return std::toupper(c); });
      context.Report("invalid-grant-operation",
                     "invalid privilege type " + upper + " for this kind of object",
                     context.Find(p->priv_name));
    } else {
      letters += letter;
    }
  }
  for (const sql::Node* n : sql::Each(action.n_grantees, action.grantees)) {
    const auto* role = sql::As<sql::RoleSpec>(n);
    if (role == nullptr) continue;
    std::string grantee = context.RoleOf(role);
    if (grantee == "public") grantee.clear();
    for (const std::string& owner : target.roles) {
      for (const std::string& schema : target.schemas) {
        Change(context, schema, owner + "/" + schema + "/" + all + "/" + grantee, letters, action);
      }
    }
  }
}

}  // namespace strata::catalog

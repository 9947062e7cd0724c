// GRANT and REVOKE on objects
#include <algorithm>

#include "catalog/apply/object.h"
#include "catalog/apply/privileges.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/table/column.h"

namespace strata::catalog {
namespace {

const char* KindWord(sql::ObjectType type) {
  switch (type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE:
      return "sequence";
    case PG_QUERY__OBJECT_TYPE__OBJECT_DATABASE:
      return "database";
    case PG_QUERY__OBJECT_TYPE__OBJECT_DOMAIN:
      return "domain";
    case PG_QUERY__OBJECT_TYPE__OBJECT_FUNCTION:
      return "function";
    case PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE:
      return "procedure";
    case PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE:
      return "routine";
    case PG_QUERY__OBJECT_TYPE__OBJECT_LANGUAGE:
      return "language";
    case PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA:
      return "schema";
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLESPACE:
      return "tablespace";
    case PG_QUERY__OBJECT_TYPE__OBJECT_TYPE:
      return "type";
    case PG_QUERY__OBJECT_TYPE__OBJECT_FDW:
      return "foreign-data wrapper";
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_SERVER:
      return "foreign server";
    default:
      return "relation";
  }
}

class Granter {
 public:
  Granter(Context& context, const sql::GrantStmt& statement)
      : context_(context), statement_(statement) {}

  void Run() {
    for (const sql::Node* n : sql::Each(statement_.n_grantees, statement_.grantees)) {
      if (const auto* role = sql::As<sql::RoleSpec>(n)) {
        const std::string name = context_.RoleOf(role);
        grantees_.push_back(name == "public" ? "" : name);
      }
    }
    FindObjects();
    ReadPrivileges();
    for (const ObjectRef& object : objects_) {
      if (all_ || !letters_.empty())
        Change(object, all_ ? LettersOf(context_.catalog, object) : letters_);
      for (const auto& [column, letters] : columns_) ChangeColumn(object, column, letters);
    }
  }

 private:
  void FindObjects() {
    if (statement_.targtype == PG_QUERY__GRANT_TARGET_TYPE__ACL_TARGET_ALL_IN_SCHEMA)
      return FindAllInSchemas();
    for (const sql::Node* n : sql::Each(statement_.n_objects, statement_.objects)) {
      if (const auto* range = sql::As<sql::RangeVar>(n)) {
        const Name name = context_.NameOf(*range);
        const Relation* r = context_.NeedRelation(name);
        if (r == nullptr) continue;
        if (statement_.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE && !r->sequence) {
          context_.Report("wrong-object-type", "\"" + r->name + "\" is not a sequence", name.at);
          continue;
        }
        if (r->index) {
          context_.Report("wrong-object-type", "\"" + r->name + "\" is an index", name.at);
          continue;
        }
        objects_.push_back({ObjectClass::kRelation, r->oid});
      } else {
        const FoundObject found = FindObject(context_, statement_.objtype, n, false);
        if (found.known) objects_.push_back(found.object);
      }
    }
  }

  void FindAllInSchemas() {
    for (const sql::Node* n : sql::Each(statement_.n_objects, statement_.objects)) {
      const std::string name(sql::StringOf(n));
      const Schema* schema = context_.NeedSchema(name, context_.Find(name));
      if (schema == nullptr) continue;
      const Oid oid = schema->oid;
      if (statement_.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE ||
          statement_.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE) {
        const bool sequences = statement_.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_SEQUENCE;
        context_.catalog.relations().ForEach([&](Oid id, const std::shared_ptr<const Relation>& r) {
          if (r->schema != oid || r->index || r->kind == RelationKind::kCompositeType) return;
          if (r->sequence.has_value() == sequences)
            objects_.push_back({ObjectClass::kRelation, id});
        });
      } else {
        context_.catalog.functions().ForEach([&](Oid id, const std::shared_ptr<const Function>& f) {
          const bool wanted = statement_.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE ||
                              (statement_.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE) ==
                                  (f->kind == FunctionKind::kProcedure);
          if (f->schema == oid && wanted) objects_.push_back({ObjectClass::kFunction, id});
        });
      }
    }
  }

  void ReadPrivileges() {
    all_ = statement_.n_privileges == 0;
    const std::string allowed =
        objects_.empty() ? "" : LettersOf(context_.catalog, objects_.front());
    for (const sql::Node* n : sql::Each(statement_.n_privileges, statement_.privileges)) {
      const auto* p = sql::As<sql::AccessPriv>(n);
      if (p == nullptr) continue;
      std::string letters;
      if (p->priv_name == nullptr || p->priv_name[0] == '\0') {
        letters = "arwx";  // ALL (columns)
      } else {
        const char letter = LetterOf(p->priv_name);
        std::string upper = p->priv_name;
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](unsigned char c) { return std::toupper(c); });
        if (letter == 0) {
          context_.Report("syntax-error",
                          "unrecognized privilege type \"" + std::string(p->priv_name) + "\"",
                          context_.Find(p->priv_name));
          continue;
        }
        // GRANT ON TABLE takes sequences too, with a sequence's privileges.
        const bool is_relation = statement_.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
        const std::string known = is_relation ? allowed + "arwdDxtU" : allowed;
        if (!objects_.empty() && known.find(letter) == std::string::npos) {
          context_.Report(
              "invalid-grant-operation",
              "invalid privilege type " + upper + " for " + KindWord(statement_.objtype),
              context_.Find(p->priv_name));
          continue;
        }
        const Relation* first = is_relation && !objects_.empty()
                                    ? context_.catalog.relation(objects_.front().oid)
                                    : nullptr;
        if (letter == 'U' && first != nullptr && !first->sequence) {
          context_.Report("invalid-grant-operation",
                          "invalid privilege type " + upper + " for table",
                          context_.Find(p->priv_name));
          continue;
        }
        letters = std::string(1, letter);
      }
      if (p->n_cols == 0) {
        letters_ += letters;
        continue;
      }
      for (const sql::Node* c : sql::Each(p->n_cols, p->cols))
        columns_.emplace_back(std::string(sql::StringOf(c)), letters);
    }
  }

  void Change(ObjectRef object, const std::string& letters) {
    AccessList access = AccessOf(context_.catalog, object);
    for (const std::string& grantee : grantees_) {
      for (char letter : letters) {
        if (statement_.is_grant) {
          access[grantee][letter] |= statement_.grant_option;
        } else if (statement_.grant_option) {
          if (access[grantee].count(letter) > 0) access[grantee][letter] = false;
        } else {
          access[grantee].erase(letter);
        }
      }
    }
    StoreAccess(context_, object, access);
    // REVOKE of the whole takes the columns' grants of the same kind too.
    if (statement_.is_grant || object.cls != ObjectClass::kRelation || object.column != 0) return;
    const Relation* r = context_.catalog.relation(object.oid);
    std::vector<ObjectRef> columns;
    for (const Column& c : r->columns) {
      const ObjectRef column{ObjectClass::kRelation, object.oid, c.number};
      if (context_.catalog.privileges().Find(column) != nullptr) columns.push_back(column);
    }
    for (const ObjectRef& column : columns) Change(column, letters);
  }

  void ChangeColumn(ObjectRef object, const std::string& name, const std::string& letters) {
    const Relation* r = context_.catalog.relation(object.oid);
    if (object.cls != ObjectClass::kRelation || r == nullptr || IsSystemColumn(name)) return;
    const Column* c = context_.NeedColumn(*r, name, context_.Find(name));
    if (c != nullptr) Change({ObjectClass::kRelation, object.oid, c->number}, letters);
  }

  Context& context_;
  const sql::GrantStmt& statement_;
  std::vector<std::string> grantees_;
  std::vector<ObjectRef> objects_;
  bool all_ = false;
  std::string letters_;
  std::vector<std::pair<std::string, std::string>> columns_;
};

}  // namespace

void ApplyStatement(Context& context, const sql::GrantStmt& statement) {
  Granter(context, statement).Run();
}

}  // namespace strata::catalog

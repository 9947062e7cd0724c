#include <array>

#include "base/nearest.h"
#include "catalog/analyze/analysis.h"
#include "catalog/analyze/elsewhere.h"
#include "catalog/analyze/extension_help.h"
#include "catalog/facts/facts.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

namespace {

struct WrittenName {
  std::string schema, name;
};

WrittenName NameIn(const sql::TypeName* type) {
  const auto parts = sql::Each(type->n_names, type->names);
  WrittenName name;
  if (!parts.empty()) name.name = sql::StringOf(parts.back());
  if (parts.size() > 1) name.schema = sql::StringOf(parts[parts.size() - 2]);
  return name;
}

std::string Shown(const sql::TypeName* type) {
  std::string shown;
  for (const sql::Node* part : sql::Each(type->n_names, type->names)) {
    if (!shown.empty()) shown += '.';
    shown += sql::StringOf(part);
  }
  if (type->n_array_bounds > 0) shown += "[]";
  return shown;
}

std::size_t PlaceOfType(const sql::TypeName* type) {
  return type->location > 0 ? static_cast<std::size_t>(type->location) : 0;
}

// What other databases and languages call it.
std::string Suggestion(const Catalog& catalog, std::string_view name) {
  if (const std::string_view ours = TypeElsewhere(name); !ours.empty()) {
    return "write " + std::string(ours);
  }
  if (std::string help = ExtensionHelp(ObjectClass::kType, name); !help.empty()) return help;
  std::vector<std::string> candidates = {
      "integer", "bigint",    "smallint", "text",      "varchar",     "character",
      "numeric", "decimal",   "boolean",  "timestamp", "timestamptz", "date",
      "time",    "interval",  "uuid",     "json",      "jsonb",       "bytea",
      "serial",  "bigserial", "real",     "inet",      "cidr",        "tsvector",
      "xml",     "money",     "int",      "int4",      "int8",        "bool"};
  catalog.types().ForEach([&](Oid, const std::shared_ptr<const Type>& type) {
    if (!type->is_array) candidates.push_back(type->name);
  });
  const auto near = Nearest(name, candidates);
  return near ? "did you mean \"" + *near + "\"?" : "";
}

// The integers in parentheses; false where one is not a plain constant.
bool ModifiersOf(const sql::TypeName* type, std::vector<int>* modifiers) {
  for (const sql::Node* node : sql::Each(type->n_typmods, type->typmods)) {
    const auto* constant = sql::As<sql::AConst>(node);
    if (constant == nullptr || constant->val_case != PG_QUERY__A__CONST__VAL_IVAL) return false;
    modifiers->push_back(constant->ival->ival);
  }
  return true;
}

class ModifierReader {
 public:
  ModifierReader(const Catalog& catalog, const sql::TypeName* type, Findings* findings)
      : catalog_(catalog), type_(type), findings_(findings) {}

  std::int32_t Read(Oid oid) {
    std::vector<int> m;
    if (!ModifiersOf(type_, &m)) return -1;
    switch (oid) {
      case kVarchar:
        return Length(m, "varchar", 4);
      case kBpchar:
        return Length(m, "char", 4);
      case kBit:
        return Length(m, "bit", 0);
      case kVarbit:
        return Length(m, "varbit", 0);
      case kNumeric:
        return Numeric(m);
      case kTime:
      case kTimetz:
      case kTimestamp:
      case kTimestamptz:
        return Precision(m, oid);
      case kInterval:
        return m.size() == 2 ? ((m[0] & 0x7FFF) << 16) | std::min(m[1], 6)
                             : (m[0] & 0x7FFF) << 16 | 0xFFFF;
      default:
        break;
    }
    if (oid < kFirstUserOid) {
      Fail("syntax-error",
           "type modifier is not allowed for type \"" + catalog_.TypeName({oid, -1}) + "\"");
    }
    return -1;
  }

 private:
  void Fail(std::string rule, std::string message) {
    const std::size_t at = PlaceOfType(type_);
    findings_->problems.push_back({std::move(rule), std::move(message), "", {at, at}});
  }
  std::int32_t Length(const std::vector<int>& m, const std::string& name, int header) {
    if (m.size() != 1) return Fail("invalid-parameter-value", "invalid type modifier"), -1;
    if (m[0] < 1) {
      Fail("invalid-parameter-value", "length for type " + name + " must be at least 1");
      return -1;
    }
    const int most = header == 0 ? 83886080 : 10485760;
    if (m[0] > most) {
      Fail("invalid-parameter-value",
           "length for type " + name + " cannot exceed " + std::to_string(most));
      return -1;
    }
    return m[0] + header;
  }
  std::int32_t Numeric(const std::vector<int>& m) {
    if (m.size() > 2) return Fail("invalid-parameter-value", "invalid NUMERIC type modifier"), -1;
    if (m[0] < 1 || m[0] > 1000) {
      Fail("invalid-parameter-value",
           "NUMERIC precision " + std::to_string(m[0]) + " must be between 1 and 1000");
      return -1;
    }
    const int scale = m.size() == 2 ? m[1] : 0;
    if (scale < -1000 || scale > 1000) {
      Fail("invalid-parameter-value",
           "NUMERIC scale " + std::to_string(scale) + " must be between -1000 and 1000");
      return -1;
    }
    return ((m[0] << 16) | (scale & 0x7FF)) + 4;
  }
  std::int32_t Precision(const std::vector<int>& m, Oid) {
    if (m.size() != 1) return Fail("invalid-parameter-value", "invalid type modifier"), -1;
    return std::min(m[0], 6);
  }

  const Catalog& catalog_;
  const sql::TypeName* type_;
  Findings* findings_;
};

// table.column%TYPE
TypeRef ColumnType(const Catalog& catalog, const sql::TypeName* type, Findings* findings) {
  const auto parts = sql::Each(type->n_names, type->names);
  if (parts.size() < 2) return {};
  const std::string schema(parts.size() > 2 ? sql::StringOf(parts[parts.size() - 3]) : "");
  const std::string table(sql::StringOf(parts[parts.size() - 2])),
      column(sql::StringOf(parts.back()));
  const std::size_t at = PlaceOfType(type);
  const Relation* relation = catalog.FindRelation(schema, table);
  if (relation == nullptr) {
    findings->problems.push_back(
        {"undefined-table",
         "relation \"" + (schema.empty() ? table : schema + "." + table) + "\" does not exist",
         "",
         {at, at}});
    return {};
  }
  const Column* found = relation->FindColumn(column);
  if (found == nullptr) {
    findings->problems.push_back(
        {"undefined-column",
         "column \"" + column + "\" of relation \"" + table + "\" does not exist",
         "",
         {at, at}});
    return {};
  }
  return found->type;
}

}  // namespace

TypeRef AnalyzeTypeName(const Catalog& catalog, const sql::TypeName* name, Findings* findings) {
  if (name == nullptr || name->n_names == 0) return {};
  if (name->pct_type) return ColumnType(catalog, name, findings);
  const WrittenName written = NameIn(name);
  const std::size_t at = PlaceOfType(name);
  if (!written.schema.empty() && written.schema.substr(0, 7) != "pg_temp" &&
      catalog.FindSchema(written.schema) == nullptr) {
    findings->problems.push_back(
        {"invalid-schema-name", "schema \"" + written.schema + "\" does not exist", "", {at, at}});
    return {};
  }
  const Type* type = catalog.FindType(written.schema, written.name);
  if (type == nullptr) {
    findings->problems.push_back({"undefined-object",
                                  "type \"" + Shown(name) + "\" does not exist",
                                  Suggestion(catalog, written.name),
                                  {at, at}});
    return {};
  }
  TypeRef result{type->oid, -1};
  if (name->n_typmods > 0) result.typmod = ModifierReader(catalog, name, findings).Read(type->oid);
  if (name->n_array_bounds > 0) {
    if (type->array == 0) {
      if (!type->shell && type->kind != TypeKind::kPseudo) return {};
      findings->problems.push_back(
          {"undefined-object", "type \"" + Shown(name) + "\" does not exist", "", {at, at}});
      return {};
    }
    result.type = type->is_array ? type->oid : type->array;
  }
  return result;
}

}  // namespace strata::catalog

// Objects that the catalog keeps by name and definition.
#include <algorithm>

#include "catalog/analyze/analyze.h"
#include "catalog/print/define.h"
#include "catalog/print/words.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

constexpr char kAllOperations[] = "insert, update, delete, truncate";

std::string Option(const NamedObject& object, const std::string& key) {
  const auto found = object.options.find(key);
  return found == object.options.end() ? "" : found->second;
}

// " WORD value" where the option is there.
std::string Part(const NamedObject& object, const std::string& word, bool quoted) {
  const std::string value = Option(object, word);
  return value.empty() ? "" : " " + word + " " + (quoted ? QuoteLiteral(value) : value);
}

// " OPTIONS (host 'h')": those in capitals are parts of the statement of their own.
std::string ForeignOptions(const NamedObject& object) {
  std::vector<std::string> options;
  for (const auto& [name, value] : object.options) {
    const bool own =
        name == "TYPE" || name == "VERSION" || name == "HANDLER" || name == "VALIDATOR";
    if (!own) options.push_back(QuoteIdentifier(name) + " " + QuoteLiteral(value));
  }
  return options.empty() ? "" : " OPTIONS (" + Join(options, ", ") + ")";
}

std::string Collation(const NamedObject& object) {
  std::vector<std::string> options;
  for (const auto& [name, value] : object.options) {
    const bool word = name == "provider" || name == "deterministic";
    const bool usual = (name == "provider" && value == "libc") ||
                       (name == "deterministic" && (value == "true" || value == "1"));
    if (!usual) options.push_back(name + " = " + (word ? value : QuoteLiteral(value)));
  }
  return " (" + Join(options, ", ") + ")";
}

std::string EventTrigger(const NamedObject& object) {
  const std::string tags = Option(object, "tags"), enabled = Option(object, "enabled");
  std::string sql = " ON " + Option(object, "event");
  if (!tags.empty()) sql += " WHEN TAG IN (" + tags + ")";
  sql += " EXECUTE FUNCTION " + object.definition + "()";
  if (enabled.empty() || enabled == "O") return sql;
  return sql + ";\nALTER EVENT TRIGGER " + QuoteIdentifier(object.name) +
         (enabled == "D"   ? " DISABLE"
          : enabled == "R" ? " ENABLE REPLICA"
                           : " ENABLE ALWAYS");
}

// What it publishes, by name: "TABLE a (id), b", "TABLES IN SCHEMA app".
std::string Published(const Catalog& catalog, const NamedObject& object) {
  constexpr std::string_view kTable = "table ", kSchema = "schema ";
  std::vector<std::string> tables, schemas, parts;
  for (const auto& [key, value] : object.options) {
    if (key.starts_with(kTable)) {
      const auto oid = static_cast<Oid>(std::stoul(key.substr(kTable.size())));
      if (catalog.relation(oid) != nullptr) tables.push_back(SqlRelation(catalog, oid) + value);
    } else if (key.starts_with(kSchema)) {
      const auto* schema = catalog.schema(static_cast<Oid>(std::stoul(key.substr(kSchema.size()))));
      if (schema != nullptr) schemas.push_back(QuoteIdentifier(schema->name));
    }
  }
  std::sort(tables.begin(), tables.end());
  std::sort(schemas.begin(), schemas.end());
  if (!tables.empty()) parts.push_back("TABLE " + Join(tables, ", "));
  if (!schemas.empty()) parts.push_back("TABLES IN SCHEMA " + Join(schemas, ", "));
  return Join(parts, ", ");
}

// "insert, update", in the order of PostgreSQL's manual.
std::string Operations(const NamedObject& publication) {
  const std::string said = Option(publication, "publish");
  if (publication.options.count("publish") == 0) return kAllOperations;
  std::vector<std::string> operations;
  for (const char* operation : {"insert", "update", "delete", "truncate"}) {
    if (said.find(operation) != std::string::npos) operations.push_back(operation);
  }
  return Join(operations, ", ");
}

bool ViaRoot(const NamedObject& publication) {
  const std::string said = Option(publication, "publish_via_partition_root");
  return publication.options.count("publish_via_partition_root") > 0 && said != "false" &&
         said != "off" && said != "0";
}

std::string Publication(const Catalog& catalog, const NamedObject& object) {
  const bool all = object.definition == "FOR ALL TABLES";
  const std::string published = Published(catalog, object), operations = Operations(object);
  std::string sql = all ? " FOR ALL TABLES" : published.empty() ? "" : " FOR " + published;
  std::vector<std::string> options;
  if (operations != kAllOperations) options.push_back("publish = " + QuoteLiteral(operations));
  if (ViaRoot(object)) options.push_back("publish_via_partition_root = true");
  return options.empty() ? sql : sql + " WITH (" + Join(options, ", ") + ")";
}

std::vector<std::string> AlterPublication(const Catalog& before, const NamedObject& from,
                                          const Catalog& after, const NamedObject& to) {
  const std::string was = Published(before, from), is = Published(after, to);
  if (from.definition != to.definition || was.empty() != is.empty()) return {};
  const std::string alter = "ALTER PUBLICATION " + QuoteIdentifier(to.name) + " SET ";
  std::vector<std::string> sql, options;
  if (was != is) sql.push_back(alter + is);
  if (Operations(from) != Operations(to))
    options.push_back("publish = " + QuoteLiteral(Operations(to)));
  if (ViaRoot(from) != ViaRoot(to))
    options.push_back(std::string("publish_via_partition_root = ") +
                      (ViaRoot(to) ? "true" : "false"));
  if (!options.empty()) sql.push_back(alter + "(" + Join(options, ", ") + ")");
  return sql;
}

// The options of the server or wrapper itself.
std::map<std::string, std::string> OwnOptions(const NamedObject& object) {
  std::map<std::string, std::string> options = object.options;
  for (const char* part : {"TYPE", "VERSION", "HANDLER", "VALIDATOR"}) options.erase(part);
  return options;
}

std::vector<std::string> AlterForeign(const Catalog& after, const NamedObject& from,
                                      const NamedObject& to) {
  for (const char* part : {"TYPE", "HANDLER", "VALIDATOR"}) {
    if (Option(from, part) != Option(to, part)) return {};
  }
  const std::string version = Option(to, "VERSION");
  if (from.definition != to.definition || (version.empty() && !Option(from, "VERSION").empty()))
    return {};
  const std::string options = ChangedOptions(OwnOptions(from), OwnOptions(to));
  std::string sql;
  if (version != Option(from, "VERSION")) sql += " VERSION " + QuoteLiteral(version);
  if (!options.empty()) sql += " OPTIONS (" + options + ")";
  if (sql.empty()) return {};
  return {"ALTER " + SqlObject(after, {to.cls, to.oid}) + sql};
}

std::string TextSearchPart(const NamedObject& object) {
  std::vector<std::string> options;
  for (const auto& [name, value] : object.options) options.push_back(name + " = " + value);
  return " (" + Join(options, ", ") + ")";
}

std::string Body(const Catalog& catalog, const NamedObject& object) {
  switch (object.cls) {
    case ObjectClass::kCollation:
      return Collation(object);
    case ObjectClass::kEventTrigger:
      return EventTrigger(object);
    case ObjectClass::kPublication:
      return Publication(catalog, object);
    case ObjectClass::kForeignDataWrapper:
      return Part(object, "HANDLER", false) + Part(object, "VALIDATOR", false) +
             ForeignOptions(object);
    case ObjectClass::kForeignServer:
      return Part(object, "TYPE", true) + Part(object, "VERSION", true) + " FOREIGN DATA WRAPPER " +
             QuoteIdentifier(object.definition) + ForeignOptions(object);
    case ObjectClass::kUserMapping:
      return ForeignOptions(object);
    case ObjectClass::kAccessMethod:
      return Part(object, "TYPE", false) + Part(object, "HANDLER", false);
    case ObjectClass::kConversion:
      return Part(object, "FOR", true) + Part(object, "TO", true) + " FROM " + object.definition;
    case ObjectClass::kLanguage:
      return Part(object, "HANDLER", false) + Part(object, "INLINE", false) +
             Part(object, "VALIDATOR", false);
    case ObjectClass::kTextSearchParser:
    case ObjectClass::kTextSearchTemplate:
      return TextSearchPart(object);
    default:
      return "";
  }
}

}  // namespace

std::string ChangedOptions(const std::map<std::string, std::string>& before,
                           const std::map<std::string, std::string>& after) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : after) {
    const auto old = before.find(name);
    if (old != before.end() && old->second == value) continue;
    parts.push_back((old == before.end() ? "ADD " : "SET ") + QuoteIdentifier(name) + " " +
                    QuoteLiteral(value));
  }
  for (const auto& [name, value] : before) {
    if (after.count(name) == 0) parts.push_back("DROP " + QuoteIdentifier(name));
  }
  return Join(parts, ", ");
}

std::vector<std::string> AlterNamed(const Catalog& before, const NamedObject& from,
                                    const Catalog& after, const NamedObject& to) {
  if (to.cls == ObjectClass::kPublication) return AlterPublication(before, from, after, to);
  const bool foreign =
      to.cls == ObjectClass::kForeignServer || to.cls == ObjectClass::kForeignDataWrapper;
  return foreign ? AlterForeign(after, from, to) : std::vector<std::string>();
}

std::string CreateStatistics(const Catalog& catalog, const NamedObject& object) {
  const Relation* table = catalog.relation(object.relation);
  std::string of;
  for (const std::int16_t number : object.columns) {
    const Column* column = table == nullptr ? nullptr : table->FindColumn(number);
    if (column != nullptr) of += (of.empty() ? "" : ", ") + QuoteIdentifier(column->name);
  }
  for (const ExprPtr& e : object.expressions) {
    const std::string text = Print(catalog, *e);
    of += (of.empty() ? "" : ", ") +
          (e->kind == Expr::Kind::kFunction && !e->sql_syntax ? text : "(" + Bare(text) + ")");
  }
  const auto kinds = object.options.find("kinds");
  const bool some = kinds != object.options.end() && !kinds->second.empty();
  return "CREATE STATISTICS " + SqlNamed(catalog, object) +
         (some ? " (" + kinds->second + ")" : "") + " ON " + of + " FROM " +
         SqlRelation(catalog, object.relation);
}

std::string CreateNamed(const Catalog& catalog, const NamedObject& object) {
  if (object.cls == ObjectClass::kTextSearchDictionary)
    return CreateTextSearchDictionary(catalog, object);
  if (object.cls == ObjectClass::kStatistics) return CreateStatistics(catalog, object);
  const std::string name = SqlObject(catalog, {object.cls, object.oid});
  if (object.cls == ObjectClass::kOperatorFamily) return "CREATE " + name;
  const std::string body = Body(catalog, object);
  const bool bare = object.cls == ObjectClass::kUserMapping ||
                    object.cls == ObjectClass::kPublication ||
                    object.cls == ObjectClass::kForeignDataWrapper;
  if (body.empty() && !bare) return "";
  std::string mark;
  if (object.cls == ObjectClass::kConversion && object.options.count("DEFAULT") > 0)
    mark = "DEFAULT ";
  if (object.cls == ObjectClass::kLanguage && object.options.count("TRUSTED") > 0)
    mark = "TRUSTED ";
  return "CREATE " + mark + name + body;
}

}  // namespace strata::catalog

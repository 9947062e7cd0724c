#include "catalog/analyze/analyze.h"
#include "catalog/apply/names.h"
#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

constexpr Oid kInt2 = 21, kInt4 = 23, kInt8 = 20;

struct Limits {
  std::int64_t minimum, maximum;
};
Limits LimitsOf(const SequenceDefinition& d) {
  const std::int64_t low = d.type == kInt2 ? INT16_MIN : d.type == kInt4 ? INT32_MIN : INT64_MIN;
  const std::int64_t high = d.type == kInt2 ? INT16_MAX : d.type == kInt4 ? INT32_MAX : INT64_MAX;
  return d.increment > 0 ? Limits{1, high} : Limits{low, -1};
}

}  // namespace

std::string SequenceOptions(const SequenceDefinition& d) {
  const Limits usual = LimitsOf(d);
  std::vector<std::string> parts;
  const std::int64_t start = d.increment > 0 ? d.minimum : d.maximum;
  if (d.start != start) parts.push_back("START WITH " + std::to_string(d.start));
  if (d.increment != 1) parts.push_back("INCREMENT BY " + std::to_string(d.increment));
  if (d.minimum != usual.minimum) parts.push_back("MINVALUE " + std::to_string(d.minimum));
  if (d.maximum != usual.maximum) parts.push_back("MAXVALUE " + std::to_string(d.maximum));
  if (d.cache != 1) parts.push_back("CACHE " + std::to_string(d.cache));
  if (d.cycle) parts.push_back("CYCLE");
  return Join(parts, " ");
}

std::string CreateSequence(const Catalog& catalog, const Relation& sequence) {
  const SequenceDefinition& d = *sequence.sequence;
  std::string sql = sequence.persistence == 'u' ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ";
  sql += SqlRelation(catalog, sequence.oid);
  if (d.type != kInt8) sql += " AS " + SqlType(catalog, {d.type, -1});
  const std::string options = SequenceOptions(d);
  return options.empty() ? sql : sql + " " + options;
}

const Relation* ColumnSequence(const Catalog& catalog, const Relation& table,
                               const Column& column) {
  for (const Relation* sequence : catalog.SequencesOf(table.oid, column.number)) {
    if (sequence->sequence->identity == (column.identity != 0)) return sequence;
  }
  return nullptr;
}

std::string SerialType(const Catalog& catalog, const Relation& table, const Column& column) {
  if (column.identity != 0 || column.generated != 0 || !column.not_null ||
      column.default_value == nullptr)
    return "";
  const std::vector<const Relation*> sequences = catalog.SequencesOf(table.oid, column.number);
  if (sequences.size() != 1 || sequences[0]->schema != table.schema) return "";
  const Relation& sequence = *sequences[0];
  const SequenceDefinition& d = *sequence.sequence;
  const std::string value = Print(catalog, *column.default_value);
  const Schema* schema = catalog.schema(sequence.schema);
  const std::string name = QuoteIdentifier(sequence.name);
  const std::string full = schema == nullptr ? name : QuoteIdentifier(schema->name) + "." + name;
  const bool next = value == "nextval(" + QuoteLiteral(name) + "::regclass)" ||
                    value == "nextval(" + QuoteLiteral(full) + "::regclass)";
  if (!next) return "";
  if (d.type != column.type.type ||
      sequence.name != MakeObjectName(table.name, column.name, "seq") ||
      !SequenceOptions(d).empty() || sequence.persistence != table.persistence) {
    return "";
  }
  return d.type == kInt2   ? "smallserial"
         : d.type == kInt4 ? "serial"
         : d.type == kInt8 ? "bigserial"
                           : "";
}

std::string IdentityClause(const Catalog& catalog, const Relation& table, const Column& column) {
  std::string text = std::string("GENERATED ") +
                     (column.identity == 'a' ? "ALWAYS" : "BY DEFAULT") + " AS IDENTITY";
  const Relation* sequence = ColumnSequence(catalog, table, column);
  if (sequence == nullptr) return text;
  std::string options = SequenceOptions(*sequence->sequence);
  if (sequence->name != MakeObjectName(table.name, column.name, "seq")) {
    const std::string name = "SEQUENCE NAME " + SqlRelation(catalog, sequence->oid);
    options = options.empty() ? name : name + " " + options;
  }
  return options.empty() ? text : text + " (" + options + ")";
}

}  // namespace strata::catalog

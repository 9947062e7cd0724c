// COPY … FROM stdin with its data lines in the script.
#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Column;
using catalog::Relation;

struct Format {
  bool csv = false, header = false;
  char delimiter = '\t', quote = '"', escape = '"';
  std::string null = "\\N";
};

struct Field {
  std::string text;
  bool is_null = false;
};

std::string OptionText(const sql::DefElem& option) {
  const std::string_view text = sql::StringOf(option.arg);
  return std::string(text);
}

// False: an option that is not read here.
bool ReadFormat(const sql::CopyStmt& statement, Format* format) {
  for (const sql::Node* node : sql::Each(statement.n_options, statement.options)) {
    const auto* option = sql::As<sql::DefElem>(node);
    if (option == nullptr) return false;
    const std::string name = option->defname, value = OptionText(*option);
    if (name == "format" && (value == "csv" || value == "text")) {
      format->csv = value == "csv";
      if (format->csv) format->delimiter = ',', format->null = "";
    }
  }
  for (const sql::Node* node : sql::Each(statement.n_options, statement.options)) {
    const auto* option = sql::As<sql::DefElem>(node);
    const std::string name = option->defname, value = OptionText(*option);
    if (name == "format" && value != "binary") continue;
    if (name == "header") {
      format->header = value.empty() || value == "true" || value == "on";
    } else if (name == "delimiter" && value.size() == 1) {
      format->delimiter = value[0];
    } else if (name == "null") {
      format->null = value;
    } else if (name == "quote" && value.size() == 1) {
      format->quote = format->escape = value[0];
    } else if (name != "encoding") {
      return false;
    }
  }
  return true;
}

std::string Unescaped(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      plain += text[i];
      continue;
    }
    const char c = text[++i];
    static constexpr std::string_view kNames = "bfnrtv", kValues = "\b\f\n\r\t\v";
    const std::size_t at = kNames.find(c);
    plain += at == std::string_view::npos ? c : kValues[at];
  }
  return plain;
}

std::vector<Field> TextFields(std::string_view line, const Format& format) {
  std::vector<Field> fields;
  for (std::size_t begin = 0;;) {
    std::size_t end = begin;
    while (end < line.size() && line[end] != format.delimiter) end += line[end] == '\\' ? 2 : 1;
    const std::string_view raw = line.substr(begin, std::min(end, line.size()) - begin);
    fields.push_back({Unescaped(raw), raw == format.null});
    if (end >= line.size()) return fields;
    begin = end + 1;
  }
}

// Reads one CSV record from `at` on, which may span lines.
std::vector<Field> CsvFields(std::string_view data, const Format& format, std::size_t* at) {
  std::vector<Field> fields(1);
  bool quoted = false, any_quote = false;
  const auto close = [&] {
    fields.back().is_null = !any_quote && fields.back().text == format.null;
    any_quote = false;
  };
  for (; *at < data.size(); ++*at) {
    const char c = data[*at];
    if (quoted) {
      const bool doubled =
          c == format.escape && *at + 1 < data.size() && data[*at + 1] == format.quote;
      if (doubled) {
        fields.back().text += data[++*at];
      } else if (c == format.quote) {
        quoted = false;
      } else {
        fields.back().text += c;
      }
    } else if (c == format.quote) {
      quoted = any_quote = true;
    } else if (c == format.delimiter) {
      close();
      fields.emplace_back();
    } else if (c == '\n') {
      ++*at;
      break;
    } else if (c != '\r') {
      fields.back().text += c;
    }
  }
  close();
  return fields;
}

std::vector<std::vector<Field>> Records(std::string_view data, const Format& format) {
  std::vector<std::vector<Field>> records;
  for (std::size_t at = 0; at < data.size();) {
    if (format.csv) {
      records.push_back(CsvFields(data, format, &at));
      continue;
    }
    const std::size_t end = std::min(data.find('\n', at), data.size());
    std::string_view line = data.substr(at, end - at);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    records.push_back(TextFields(line, format));
    at = end + 1;
  }
  if (format.header && !records.empty()) records.erase(records.begin());
  return records;
}

std::vector<const Column*> ListedColumns(const Relation& relation, const sql::CopyStmt& statement) {
  std::vector<const Column*> columns;
  for (const sql::Node* node : sql::Each(statement.n_attlist, statement.attlist)) {
    columns.push_back(relation.FindColumn(std::string(sql::StringOf(node))));
  }
  if (!columns.empty()) return columns;
  for (const Column& column : relation.columns) {
    if (column.generated == 0) columns.push_back(&column);
  }
  return columns;
}

Outcome Unknown(World& world, const Relation& relation, std::string reason) {
  world.MarkUnknown(relation.oid);
  return World::NotExecuted(std::move(reason));
}

}  // namespace

Outcome RunCopy(World& world, const sql::CopyStmt& statement, std::string_view data) {
  const auto* var = statement.relation;
  const Relation* relation =
      var == nullptr ? nullptr : world.after->FindRelation(var->schemaname, var->relname);
  if (relation == nullptr) return World::NotExecuted("the table is not known");
  Format format;
  const std::vector<const Column*> columns = ListedColumns(*relation, statement);
  if (!StoresRows(*relation) || !ReadFormat(statement, &format) ||
      statement.where_clause != nullptr) {
    return Unknown(world, *relation, "COPY in this form is not run");
  }
  std::set<std::int16_t> opaque;
  if (!FollowTriggers(world, *relation, "INSERT", &opaque))
    return Unknown(world, *relation, "a trigger may change the rows");

  std::vector<std::vector<Value>> rows;
  for (const std::vector<Field>& record : Records(data, format)) {
    if (record.size() != columns.size())
      return Unknown(world, *relation, "the data lines do not fit the columns");
    std::vector<Value> row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i] == nullptr) return Unknown(world, *relation, "a column is not known");
      if (record[i].is_null) {
        row.emplace_back();
        continue;
      }
      const StoredType type = StoredAs(*world.after, columns[i]->type);
      InputResult value =
          ReadText(type, world.after->TypeName({type.type.type, -1}), record[i].text);
      if (value.outcome == InputOutcome::kOk) value = FitValue(type, value.value, false);
      if (value.outcome == InputOutcome::kRefused) {
        world.MarkUnknown(relation->oid);
        return world.Violated(value.rule, value.message);
      }
      if (value.outcome == InputOutcome::kNotKnown) opaque.insert(columns[i]->number);
      row.push_back(value.outcome == InputOutcome::kOk ? value.value : TextValue(record[i].text));
    }
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return {};

  std::string names, values;
  for (const Column* column : columns) {
    names += (names.empty() ? "" : ", ") + RowColumn(column->number);
    values += values.empty() ? "?" : ", ?";
  }
  for (const Column& column : relation->columns) {
    bool listed = column.generated != 0;
    for (const Column* other : columns) listed |= other == &column;
    if (listed) continue;
    Emitter emitter(*world.after, &world, true);
    std::string value = column.default_value == nullptr
                            ? "NULL"
                            : emitter.WriteAssigned(*column.default_value, column.type);
    if (!emitter.ok() || column.identity != 0) {
      value = "strata_opaque()";
      opaque.insert(column.number);
    }
    names += ", " + RowColumn(column.number);
    values += ", " + value;
  }
  if (!world.SetOpaque(*relation, opaque) || world.Writable(*relation) == nullptr)
    return Unknown(world, *relation, "the rows of \"" + relation->name + "\" are not known");
  const std::string table = world.Find(relation->oid)->table->name;
  const std::int64_t above = world.db.QueryInteger("SELECT max(rowid) FROM " + table).value_or(0);
  const std::optional<SqliteError> error = world.db.ExecuteRows(
      "INSERT INTO " + table + "(" + names + ") VALUES (" + values + ")", rows);
  return error ? world.Decode(*relation, *error) : CheckReferences(world, *relation, above, true);
}

}  // namespace strata::shadow

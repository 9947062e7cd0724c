#include "shadow/copy_data.h"

#include <algorithm>

namespace strata::shadow {

using catalog::Column;
using catalog::Relation;

namespace {

std::string OptionText(const sql::DefElem& option) {
  const std::string_view text = sql::StringOf(option.arg);
  return std::string(text);
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

std::vector<CopyField> TextFields(std::string_view line, const CopyFormat& format) {
  std::vector<CopyField> fields;
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
std::vector<CopyField> CsvFields(std::string_view data, const CopyFormat& format, std::size_t* at) {
  std::vector<CopyField> fields(1);
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

}  // namespace

bool ReadCopyFormat(const sql::CopyStmt& statement, CopyFormat* format) {
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
      format->header = value != "false" && value != "off" && value != "0";
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

std::vector<std::vector<CopyField>> CopyRecords(std::string_view data, const CopyFormat& format) {
  std::vector<std::vector<CopyField>> records;
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

std::vector<const Column*> CopyColumns(const Relation& relation, const sql::CopyStmt& statement) {
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

}  // namespace strata::shadow

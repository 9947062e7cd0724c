#include "shadow/sqlite_schema.h"

#include <sqlite3.h>

#include <algorithm>
#include <cctype>

namespace strata::shadow {
namespace {

std::string ColumnText(sqlite3_stmt* statement, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  return text == nullptr ? "" : text;
}

char Lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

// The definition in a form that does not mind the order of a table's columns and constraints.
std::vector<std::string> PartsOf(const SchemaRow& row) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const std::string& token : SqliteTokens(row.sql)) {
    if (token == ")") --depth;
    const bool cuts =
        row.type == "table" && ((token == "," && depth == 1) || (token == ")" && depth == 0));
    if (cuts) {
      parts.emplace_back();
    } else {
      parts.back() += token + " ";
    }
    if (token == "(" && depth++ == 0 && row.type == "table") parts.emplace_back();
  }
  std::sort(parts.begin(), parts.end());
  return parts;
}

std::string Described(const SchemaRow& row) { return row.type + " " + row.name; }

std::string Joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts)
    text += (text.empty() ? "" : ", ") + part.substr(0, part.find_last_not_of(' ') + 1);
  return text;
}

std::string Changed(const SchemaRow& before, const std::vector<std::string>& a,
                    const std::vector<std::string>& b) {
  std::vector<std::string> lost, gained;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(lost));
  std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(gained));
  std::string text = Described(before) + " comes back changed";
  if (before.type != "table") return text;
  if (!lost.empty()) text += "; lost: " + Joined(lost);
  if (!gained.empty()) text += "; new: " + Joined(gained);
  return text;
}

}  // namespace

std::vector<std::string> SqliteTokens(const std::string& sql) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < sql.size();) {
    const char c = sql[i];
    if (std::isspace(static_cast<unsigned char>(c))) {
      ++i;
    } else if (sql.compare(i, 2, "--") == 0) {
      i = std::min(sql.find('\n', i), sql.size());
    } else if (sql.compare(i, 2, "/*") == 0) {
      const std::size_t end = sql.find("*/", i + 2);
      i = end == std::string::npos ? sql.size() : end + 2;
    } else if (c == '\'' || c == '"' || c == '`' || c == '[') {
      const char close = c == '[' ? ']' : c;
      std::string token;
      for (++i; i < sql.size(); ++i) {
        if (sql[i] != close) {
          token += sql[i];
        } else if (c != '[' && i + 1 < sql.size() && sql[i + 1] == close) {
          token += sql[i++];
        } else {
          break;
        }
      }
      ++i;
      if (c != '\'') std::transform(token.begin(), token.end(), token.begin(), Lower);
      tokens.push_back(c == '\'' ? "'" + token + "'" : token);
    } else if (std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80)) {
      std::string token;
      while (i < sql.size() && (std::isalnum(static_cast<unsigned char>(sql[i])) || sql[i] == '_' ||
                                (sql[i] & 0x80))) {
        token += Lower(sql[i++]);
      }
      tokens.push_back(token);
    } else {
      tokens.emplace_back(1, c);
      ++i;
    }
  }
  return tokens;
}

SqliteSchema ReadSchema(Database& db) {
  SqliteSchema schema;
  sqlite3_stmt* statement = nullptr;
  const char* sql =
      "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE "
      "'sqlite\\_%' ESCAPE '\\'";
  if (sqlite3_prepare_v2(db.handle(), sql, -1, &statement, nullptr) != SQLITE_OK) return schema;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    schema.push_back({ColumnText(statement, 0), ColumnText(statement, 1), ColumnText(statement, 2),
                      ColumnText(statement, 3)});
  }
  sqlite3_finalize(statement);
  std::sort(schema.begin(), schema.end(),
            [](const SchemaRow& a, const SchemaRow& b) { return a.Key() < b.Key(); });
  return schema;
}

std::vector<std::string> SchemaDifferences(const SqliteSchema& before, const SqliteSchema& after) {
  std::vector<std::string> differences;
  auto a = before.begin(), b = after.begin();
  while (a != before.end() || b != after.end()) {
    if (b == after.end() || (a != before.end() && a->Key() < b->Key())) {
      differences.push_back(Described(*a++) + " is not restored");
    } else if (a == before.end() || b->Key() < a->Key()) {
      differences.push_back(Described(*b++) + " is left behind");
    } else {
      if (!(*a == *b)) {
        const std::vector<std::string> was = PartsOf(*a), is = PartsOf(*b);
        if (was != is) differences.push_back(Changed(*a, was, is));
      }
      ++a, ++b;
    }
  }
  return differences;
}

}  // namespace strata::shadow

// What is there of the effect of a statement that may or may not have run: for `repair`.
#include <cctype>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "driver/postgres/database.h"

namespace strata::postgres {
namespace {

// Words of a statement: names (folded unless quoted), literals with their quotes, single signs.
std::vector<std::string> Words(std::string_view sql) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < sql.size();) {
    const unsigned char c = static_cast<unsigned char>(sql[i]);
    if (std::isspace(c) != 0) {
      ++i;
    } else if (sql.compare(i, 2, "--") == 0) {
      while (i < sql.size() && sql[i] != '\n') ++i;
    } else if (c == '"' || c == '\'') {
      std::string word;
      if (c == '\'') word += '\'';
      for (++i; i < sql.size(); ++i) {
        if (sql[i] == static_cast<char>(c)) {
          if (i + 1 >= sql.size() || sql[i + 1] != static_cast<char>(c)) break;
          ++i;
        }
        word += sql[i];
      }
      ++i;
      words.push_back(std::move(word));
    } else if (std::isalnum(c) != 0 || c == '_' || c >= 0x80) {
      std::string word;
      for (; i < sql.size() && (std::isalnum(static_cast<unsigned char>(sql[i])) != 0 ||
                                sql[i] == '_' || sql[i] == '$' || (sql[i] & 0x80) != 0);
           ++i) {
        word += static_cast<char>(std::tolower(static_cast<unsigned char>(sql[i])));
      }
      words.push_back(std::move(word));
    } else {
      words.emplace_back(1, sql[i++]);
    }
  }
  return words;
}

// Reads the words from the left.
class Reader {
 public:
  explicit Reader(std::string_view sql) : words_(Words(sql)) {}

  bool Take(const char* word) {
    if (at_ >= words_.size() || words_[at_] != word) return false;
    ++at_;
    return true;
  }
  bool Take(const char* first, const char* second) {
    const std::size_t before = at_;
    if (Take(first) && Take(second)) return true;
    at_ = before;
    return false;
  }
  // [schema.]name, quoted again.
  std::string Name() {
    if (at_ >= words_.size()) return "";
    std::string name = Quoted(words_[at_++]);
    if (Take(".") && at_ < words_.size()) name += "." + Quoted(words_[at_++]);
    return name;
  }
  std::string Next() { return at_ < words_.size() ? words_[at_++] : ""; }
  void IfExists() {
    const std::size_t before = at_;
    if (!Take("if")) return;
    Take("not");
    if (!Take("exists")) at_ = before;
  }

 private:
  std::vector<std::string> words_;
  std::size_t at_ = 0;
};

struct Question {
  std::string object;
  std::string
      sql;  // one row: text 'done', 'not', 'invalid' or 'unknown', and the statement to drop
};

std::string Lit(std::string_view text) { return Literal(text, Dialect::kPostgres); }

std::string Exists(const std::string& condition, bool removes = false) {
  return absl::StrCat("SELECT CASE WHEN ", condition,
                      removes ? " THEN 'not' ELSE 'done' END" : " THEN 'done' ELSE 'not' END",
                      ", NULL");
}

std::string ColumnExists(const std::string& table, const std::string& column) {
  return absl::StrCat(
      "EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = "
      "pg_catalog.to_regclass(",
      Lit(table), ") AND attname = ", Lit(column), " AND NOT attisdropped)");
}

std::optional<Question> IndexQuestion(Reader& reader, bool create) {
  reader.Take("concurrently");
  reader.IfExists();
  const std::string index = reader.Name();
  if (index.empty() || index == "\"on\"") return std::nullopt;  // unnamed: PostgreSQL picks a name
  if (!create) {
    return Question{
        "index " + index,
        Exists(absl::StrCat("pg_catalog.to_regclass(", Lit(index), ") IS NOT NULL"), true)};
  }
  // An index stands in its table's schema, which the name does not say.
  std::string table;
  if (reader.Take("on")) {
    reader.Take("only");
    table = reader.Name();
  }
  return Question{
      "index " + index,
      absl::StrCat(
          "SELECT CASE WHEN i.indexrelid IS NULL THEN 'not' WHEN i.indisvalid THEN 'done' "
          "ELSE 'invalid' END, 'DROP INDEX CONCURRENTLY ' || i.indexrelid::regclass FROM "
          "(SELECT 1) AS one LEFT JOIN (pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS "
          "c ON c.oid = i.indexrelid) ON i.indrelid = pg_catalog.to_regclass(",
          Lit(table), ") AND pg_catalog.quote_ident(c.relname) = pg_catalog.quote_ident(",
          Lit(index.substr(1, index.size() - 2)), ")")};
}

std::optional<Question> AlterTableQuestion(Reader& reader) {
  reader.IfExists();
  reader.Take("only");
  const std::string table = reader.Name();
  const bool add = reader.Take("add");
  if (!add && !reader.Take("drop")) return std::nullopt;
  const bool constraint = reader.Take("constraint");
  if (!constraint) reader.Take("column");
  reader.IfExists();
  const std::string name = reader.Next();
  if (constraint) {
    return Question{
        absl::StrCat("constraint \"", name, "\" of ", table),
        Exists(absl::StrCat("EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE conrelid = "
                            "pg_catalog.to_regclass(",
                            Lit(table), ") AND conname = ", Lit(name), ")"),
               !add)};
  }
  return Question{absl::StrCat("column \"", name, "\" of ", table),
                  Exists(ColumnExists(table, name), !add)};
}

std::optional<Question> EnumQuestion(Reader& reader) {
  const std::string type = reader.Name();
  if (!reader.Take("add", "value")) return std::nullopt;
  reader.IfExists();
  const std::string label = reader.Next();
  if (label.empty() || label[0] != '\'') return std::nullopt;
  return Question{absl::StrCat("value ", label, "' of type ", type),
                  Exists(absl::StrCat("EXISTS (SELECT FROM pg_catalog.pg_enum WHERE enumtypid = "
                                      "pg_catalog.to_regtype(",
                                      Lit(type), ") AND enumlabel = ", Lit(label.substr(1)), ")"))};
}

std::optional<Question> AskAbout(std::string_view sql) {
  Reader reader(sql);
  if (reader.Take("create")) {
    reader.Take("unique");
    if (reader.Take("index")) return IndexQuestion(reader, true);
    if (reader.Take("database")) {
      const std::string name = reader.Next();
      return Question{
          "database \"" + name + "\"",
          Exists(absl::StrCat(
              "EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = ", Lit(name), ")"))};
    }
    if (reader.Take("table")) {
      reader.IfExists();
      const std::string table = reader.Name();
      return Question{"table " + table,
                      Exists(absl::StrCat("pg_catalog.to_regclass(", Lit(table), ") IS NOT NULL"))};
    }
  } else if (reader.Take("drop", "index")) {
    return IndexQuestion(reader, false);
  } else if (reader.Take("alter", "type")) {
    return EnumQuestion(reader);
  } else if (reader.Take("alter", "table")) {
    return AlterTableQuestion(reader);
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<Trace> PostgresDatabase::Inspect(std::string_view statement) {
  Trace trace;
  const std::optional<Question> question = AskAbout(statement);
  if (!question) return trace;
  trace.object = question->object;
  ASSIGN_OR_RETURN(Rows rows, Query(question->sql));
  if (rows.rows.empty()) return trace;
  const std::string answer = rows.rows[0][0].value_or("");
  if (answer == "done") trace.kind = Trace::Kind::kDone;
  if (answer == "not") trace.kind = Trace::Kind::kNotRun;
  if (answer == "invalid") {
    trace.kind = Trace::Kind::kInvalidIndex;
    trace.drop = rows.rows[0][1].value_or("");
  }
  return trace;
}

}  // namespace strata::postgres

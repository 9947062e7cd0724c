// Whatever the bytes, loading ends in diagnostics.
#include <gtest/gtest.h>

#include <random>

#include "sql/parse.h"
#include "sql/script.h"

namespace strata::sql {
namespace {

std::string Repeat(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

void Analyse(const std::string& text) {
  for (Dialect dialect : {Dialect::kPostgres, Dialect::kSqlite}) {
    Diagnostics found;
    const auto directives = ReadDirectives(text, dialect, ScriptHome::kUp, &found);
    Script script;
    script.text = text;
    if (dialect == Dialect::kSqlite) {
      AnalyseSqliteScript(/*is_verify=*/false, &script, &found);
    } else {
      ParsedScript parsed = Parse(text);
      AnalyseScript(&parsed, directives, /*is_verify=*/false, &script, &found);
    }
    for (const Statement& s : script.statements) {
      ASSERT_LE(s.begin, s.end);
      ASSERT_LE(s.end, text.size());
    }
  }
}

TEST(Robustness, DeepNestingIsNotParsed) {
  constexpr int kTimes = 100'000;
  for (const std::string& text :
       {"SELECT " + Repeat("(", kTimes) + "1" + Repeat(")", kTimes),
        "SELECT 1" + Repeat("+1", kTimes), "SELECT 1" + Repeat("::int", kTimes),
        "SELECT * FROM a" + Repeat(" JOIN b ON true", kTimes),
        Repeat("SELECT 1 UNION ", kTimes) + "SELECT 1", "SELECT " + Repeat("NOT ", kTimes) + "true",
        "SELECT 1" + Repeat(" IS NULL", kTimes)}) {
    const ParsedScript script = Parse(text + "; SELECT 2");
    ASSERT_EQ(script.statements.size(), 2u);
    EXPECT_EQ(script.statements[0].unread, "nested too deeply");
    EXPECT_NE(script.statements[1].tree, nullptr);
  }
}

TEST(Robustness, NestedCommentsAreQuick) {
  const std::string open = Repeat("/*", 100'000);
  EXPECT_EQ(Parse(open + Repeat("*/", 100'000) + "SELECT 1").statements.size(), 1u);
  EXPECT_EQ(Parse("SELECT 1;" + open).statements.size(), 2u);
}

TEST(Robustness, RandomTokens) {
  const std::vector<std::string> tokens = {"CREATE ",
                                           "TABLE ",
                                           "t ",
                                           "(",
                                           ")",
                                           ";",
                                           "'",
                                           "\"",
                                           "$$",
                                           "$a$",
                                           "/*",
                                           "*/",
                                           "--",
                                           "\n",
                                           "COPY ",
                                           "FROM ",
                                           "stdin",
                                           "\\.",
                                           "BEGIN ",
                                           "ATOMIC ",
                                           "END",
                                           "CASE ",
                                           "TRIGGER ",
                                           "E'",
                                           "\\",
                                           "[",
                                           "]",
                                           "`",
                                           "-- strata: ",
                                           "allow ",
                                           "irreversible ",
                                           "\xC3\xA9",
                                           "\xFF",
                                           ",",
                                           "1",
                                           "+",
                                           "\r\n",
                                           "SELECT ",
                                           "no-transaction",
                                           ":"};
  std::mt19937 random(1);
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (int n = random() % 40; n > 0; --n) text += tokens[random() % tokens.size()];
    SCOPED_TRACE(text);
    Analyse(text);
  }
}

TEST(Robustness, RandomBytes) {
  std::mt19937 random(2);
  for (int i = 0; i < 2000; ++i) {
    std::string text(random() % 60, ' ');
    for (char& c : text) c = static_cast<char>(random() % 256);
    Analyse(text);
  }
}

}  // namespace
}  // namespace strata::sql

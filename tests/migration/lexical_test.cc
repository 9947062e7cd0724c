#include "migration/lexical.h"

#include <gtest/gtest.h>

#include <string>

namespace strata {
namespace {

std::vector<std::string> Cuts(std::string_view text, Dialect dialect) {
  std::vector<std::string> cuts;
  for (const Cut& cut : Lex(text, dialect).statements) {
    cuts.emplace_back(text.substr(cut.statement.begin, cut.statement.end - cut.statement.begin));
  }
  return cuts;
}
using Texts = std::vector<std::string>;

TEST(LexPostgres, CutsOutsideQuotesCommentsAndBodies) {
  EXPECT_EQ(Cuts("SELECT E'a\\';b' ; SELECT $x$ ; $y$ $x$; /* ; /* ; */ ; */ CREATE RULE r AS ON "
                 "INSERT TO t DO (SELECT 1; SELECT 2);",
                 Dialect::kPostgres),
            (Texts{"SELECT E'a\\';b'", "SELECT $x$ ; $y$ $x$",
                   "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)"}));
}

TEST(LexSqlite, TriggersEndAtEnd) {
  const std::string trigger =
      "CREATE TEMP TRIGGER t AFTER INSERT ON u BEGIN SELECT CASE WHEN 1 THEN 2 END; DELETE FROM u; "
      "END";
  EXPECT_EQ(Cuts(trigger + "; SELECT [a;b], `c;d`; SELECT /* /* */ 1;", Dialect::kSqlite),
            (Texts{trigger, "SELECT [a;b], `c;d`", "SELECT /* /* */ 1"}));
}

TEST(LexSqlite, ATableNamedTriggerIsNone) {
  EXPECT_EQ(Cuts("CREATE TABLE trigger (a); SELECT 1", Dialect::kSqlite),
            (Texts{"CREATE TABLE trigger (a)", "SELECT 1"}));
}

TEST(LexPostgres, DepthIsAnUpperBound) {
  auto depth = [](std::string_view text) {
    return Lex(text, Dialect::kPostgres).statements[0].depth;
  };
  EXPECT_EQ(depth("SELECT 1+1+1+1"), 3);
  EXPECT_EQ(depth("INSERT INTO t VALUES (1+1, 1+1), (1+1, 1+1), (1+1, 1+1)"), 2);
  EXPECT_GE(depth("SELECT ((((1))))"), 4);
}

TEST(Lex, NamesLineCommentsAndUnclosedOnes) {
  const Lexed lexed = Lex("SELECT 1; -- a\r\n'-- b' -- c\n/* x", Dialect::kPostgres);
  ASSERT_EQ(lexed.line_comments.size(), 2u);
  EXPECT_EQ(lexed.line_comments[0], (Span{10, 14}));
  EXPECT_EQ(lexed.unclosed_comment, 28u);
}

}  // namespace
}  // namespace strata

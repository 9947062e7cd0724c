#include "sql/parse.h"

#include <gtest/gtest.h>

namespace strata::sql {
namespace {

std::vector<std::string> Texts(const ParsedScript& script) {
  std::vector<std::string> texts;
  for (const ParsedStatement& s : script.statements) {
    texts.emplace_back(script.text.substr(s.span.begin, s.span.end - s.span.begin));
  }
  return texts;
}

TEST(Parse, SpansLeaveOutBlanksCommentsAndSemicolons) {
  const ParsedScript script =
      Parse("-- a;b\n  SELECT 'é;' ; /* x /* y */ ; */ SELECT 2 -- end\n ;\n");
  EXPECT_EQ(Texts(script), (std::vector<std::string>{"SELECT 'é;'", "SELECT 2"}));
}

TEST(Parse, ASyntaxErrorDoesNotHideTheOtherStatements) {
  const ParsedScript script = Parse("SELECT 1; SELECT 'é' FRM x; CREATE TABLE t (a int)");
  ASSERT_EQ(script.statements.size(), 3u);
  EXPECT_NE(script.statements[0].tree, nullptr);
  EXPECT_EQ(script.statements[1].tree, nullptr);
  EXPECT_EQ(script.statements[1].error.message, "syntax error at or near \"x\"");
  EXPECT_EQ(script.text.substr(script.statements[1].error.at.begin, 1), "x");
  const CreateStmt* create = As<CreateStmt>(script.statements[2].tree);
  ASSERT_NE(create, nullptr);
  EXPECT_EQ(script.text.substr(create->relation->location, 1), "t")
      << "locations are of the whole text";
}

TEST(Parse, CopyDataIsNotParsed) {
  const ParsedScript script = Parse("COPY t FROM stdin;\nit's;\tx\n\\.\nSELECT 1;");
  ASSERT_EQ(script.statements.size(), 2u);
  EXPECT_TRUE(script.statements[0].copy_from_stdin);
  const Span data = script.statements[0].copy_data;
  EXPECT_EQ(script.text.substr(data.begin, data.end - data.begin), "it's;\tx\n");
  EXPECT_FALSE(script.statements[1].copy_from_stdin);
}

TEST(Parse, FunctionBodiesAreOneStatement) {
  const ParsedScript script = Parse(
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $a$ SELECT 1; $b$ ; $b$ $a$;"
      "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; SELECT "
      "3");
  EXPECT_EQ(script.statements.size(), 3u);
}

TEST(Parse, AnUnclosedQuoteIsAnErrorAtTheQuote) {
  const ParsedScript script = Parse("SELECT 1;\nSELECT 'abc");
  ASSERT_EQ(script.statements.size(), 2u);
  EXPECT_EQ(script.statements[1].error.message, "unterminated quoted string at or near \"'abc\"");
  EXPECT_EQ(script.statements[1].error.at.begin, 17u);
}

TEST(Deparse, PrintsCanonically) {
  const ParsedScript script = Parse("select   A from t where x=1");
  EXPECT_EQ(Deparse(script.statements[0].tree), "SELECT a FROM t WHERE x = 1");
}

}  // namespace
}  // namespace strata::sql

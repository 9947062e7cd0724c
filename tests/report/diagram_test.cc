#include "report/diagram.h"

#include <gtest/gtest.h>

#include "catalog/apply/apply.h"
#include "report/html.h"
#include "sql/parse.h"

namespace strata::report {
namespace {

catalog::Catalog SchemaOf(std::string_view sql) {
  catalog::Catalog catalog;
  const sql::ParsedScript script = sql::Parse(sql);
  for (const sql::ParsedStatement& statement : script.statements) {
    catalog::Apply(&catalog, sql, statement, true);
  }
  return catalog;
}

std::size_t CountOf(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST(DiagramTest, DrawsTablesTheirColumnsAndForeignKeys) {
  const std::string svg = SchemaDiagram(SchemaOf(
      "CREATE TABLE users (id bigint PRIMARY KEY, \"a<b\" text);"
      "CREATE TABLE posts (id bigint PRIMARY KEY, author bigint NOT NULL"
      " CONSTRAINT posts_author_fkey REFERENCES users (id), parent bigint REFERENCES posts (id));"
      "CREATE VIEW authors AS SELECT id FROM users;"));
  EXPECT_EQ(CountOf(svg, "class=\"head\""), 3U) << svg;
  EXPECT_EQ(CountOf(svg, "<path "), 2U);
  EXPECT_NE(svg.find("<title>posts_author_fkey</title>"), std::string::npos);
  EXPECT_NE(svg.find(">authors (view)<"), std::string::npos);
  EXPECT_NE(svg.find(">  a&lt;b<"), std::string::npos);
  EXPECT_NE(svg.find(">text?<"), std::string::npos);
  EXPECT_NE(svg.find("># id<"), std::string::npos);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
}

TEST(DiagramTest, SurvivesTablesThatReferToEachOther) {
  const std::string svg = SchemaDiagram(SchemaOf(
      "CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int"
      " REFERENCES a (id)); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b (id);"));
  EXPECT_EQ(CountOf(svg, "<path "), 2U) << svg;
}

TEST(DiagramTest, IsEmptyWhereThereIsNothingToDraw) {
  EXPECT_EQ(SchemaDiagram(catalog::Catalog()), "");
}

TEST(HtmlTest, EscapesWhatHtmlReserves) {
  EXPECT_EQ(Html("<a href=\"x\">&\x01\xFF</a>"),
            "&lt;a href=&quot;x&quot;&gt;&amp;\xEF\xBF\xBD&lt;/a&gt;");
  EXPECT_NE(HtmlPage("a < b", "").find("<title>a &lt; b</title>"), std::string::npos);
}

}  // namespace
}  // namespace strata::report

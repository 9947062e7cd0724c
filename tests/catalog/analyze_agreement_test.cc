// What PostgreSQL 15 said of the statements in agreement/*.sql (agreement/regenerate.py asks it
// again) against what the analysis says.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "catalog/analyze/analyze.h"
#include "catalog/apply/apply.h"
#include "sql/parse.h"

namespace strata::catalog {
namespace {

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

bool IsQuery(const sql::Node* tree) {
  return sql::As<sql::SelectStmt>(tree) != nullptr || sql::As<sql::InsertStmt>(tree) != nullptr ||
         sql::As<sql::UpdateStmt>(tree) != nullptr || sql::As<sql::DeleteStmt>(tree) != nullptr ||
         sql::As<sql::MergeStmt>(tree) != nullptr;
}

Findings Judge(Catalog* catalog, std::string_view text, const sql::ParsedStatement& statement) {
  Findings findings;
  if (statement.tree == nullptr) {
    findings.problems.push_back({"syntax-error", statement.error.message, "", statement.error.at});
  } else if (IsQuery(statement.tree)) {
    AnalyzeQuery(*catalog, statement.tree, {}, &findings);
  } else {
    findings = Apply(catalog, text, statement, true).findings;
  }
  return findings;
}

// Where PostgreSQL points nowhere, pointing somewhere is no disagreement.
std::string Verdict(std::string_view text, const sql::ParsedStatement& statement,
                    const Findings& findings, bool placed) {
  if (findings.problems.empty()) return "ok";
  const Problem& first = findings.problems[0];
  if (first.at.begin == 0 || !placed) return "- " + first.message;
  const int line =
      PlaceOf(text, first.at.begin).line - PlaceOf(text, statement.span.begin).line + 1;
  return std::to_string(line) + " " + first.message;
}

class Agreement : public ::testing::TestWithParam<std::string> {};

TEST_P(Agreement, SaysWhatPostgresSays) {
  const std::filesystem::path folder =
      std::filesystem::path(STRATA_TESTS_DIR) / "catalog" / "agreement";
  const std::string text = ReadAll(folder / (GetParam() + ".sql"));
  std::istringstream expected(ReadAll(folder / (GetParam() + ".expected")));
  const sql::ParsedScript script = sql::Parse(text);
  Catalog catalog;
  std::size_t lines = 0;
  for (const sql::ParsedStatement& statement : script.statements) {
    std::string line;
    ASSERT_TRUE(std::getline(expected, line)) << "regenerate the expectations";
    ++lines;
    Catalog next = catalog;
    const Findings findings = Judge(&next, text, statement);
    if (findings.problems.empty()) catalog = std::move(next);
    EXPECT_EQ(Verdict(text, statement, findings, line.substr(0, 2) != "- "), line)
        << text.substr(statement.span.begin, statement.span.end - statement.span.begin);
  }
  std::string rest;
  EXPECT_FALSE(std::getline(expected, rest))
      << "regenerate the expectations: " << lines << " statements";
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(
           std::filesystem::path(STRATA_TESTS_DIR) / "catalog" / "agreement")) {
    if (entry.path().extension() == ".sql") names.push_back(entry.path().stem().string());
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(Files, Agreement, ::testing::ValuesIn(Names()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace strata::catalog

// The catalog's verdicts against PostgreSQL's own. Each case of scripts/*.sql is a list of
// statements run in one transaction; both must stop at the same statement for the same reason, or
// neither.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "catalog/fixture.h"
#include "support/require.h"
#include "verify/cluster.h"

namespace strata::catalog {
namespace {

// The conditions that the scripts meet, by SQLSTATE (errcodes.txt).
const std::map<std::string, std::string>& Conditions() {
  static const std::map<std::string, std::string> conditions = {
      {"0A000", "feature-not-supported"},
      {"0LP01", "invalid-grant-operation"},
      {"22007", "invalid-datetime-format"},
      {"22023", "invalid-parameter-value"},
      {"22P02", "invalid-text-representation"},
      {"23505", "unique-violation"},
      {"25001", "active-sql-transaction"},
      {"2BP01", "dependent-objects-still-exist"},
      {"3F000", "invalid-schema-name"},
      {"42501", "insufficient-privilege"},
      {"42601", "syntax-error"},
      {"42602", "invalid-name"},
      {"42611", "invalid-column-definition"},
      {"42622", "name-too-long"},
      {"42701", "duplicate-column"},
      {"42702", "ambiguous-column"},
      {"42703", "undefined-column"},
      {"42704", "undefined-object"},
      {"42710", "duplicate-object"},
      {"42712", "duplicate-alias"},
      {"42723", "duplicate-function"},
      {"42725", "ambiguous-function"},
      {"42803", "grouping-error"},
      {"42804", "datatype-mismatch"},
      {"42809", "wrong-object-type"},
      {"42830", "invalid-foreign-key"},
      {"42846", "cannot-coerce"},
      {"42883", "undefined-function"},
      {"42939", "reserved-name"},
      {"428C9", "generated-always"},
      {"42P01", "undefined-table"},
      {"42P02", "undefined-parameter"},
      {"42P06", "duplicate-schema"},
      {"42P07", "duplicate-table"},
      {"42P10", "invalid-column-reference"},
      {"42P13", "invalid-function-definition"},
      {"42P20", "windowing-error"},
      {"42P16", "invalid-table-definition"},
      {"42P17", "invalid-object-definition"},
      {"42P22", "indeterminate-collation"},
      {"55000", "object-not-in-prerequisite-state"},
      {"55P04", "unsafe-new-enum-value-usage"},
      {"P0001", "raise-exception"},
  };
  return conditions;
}

struct Case {
  std::string name;
  std::string text;
  int line = 1;  // of its first statement in the file
};

std::vector<Case> ReadCases(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::vector<Case> cases;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.rfind("-- case: ", 0) == 0) {
      cases.push_back({line.substr(9), "", number + 1});
    } else {
      cases.back().text += line + "\n";
    }
  }
  return cases;
}

// The first fault of a case: the line its statement ends on, and the condition.
struct Verdict {
  int line = 0;  // 0: accepted
  std::string condition, message;
  std::string Text() const {
    return line == 0 ? "accepted"
                     : "line " + std::to_string(line) + ": " + condition + ": " + message;
  }
};

Verdict Ours(const Case& c) {
  Catalog catalog;
  const sql::ParsedScript script = sql::Parse(c.text);
  for (const sql::ParsedStatement& statement : script.statements) {
    const ApplyResult result = Apply(&catalog, c.text, statement, true);
    if (result.findings.problems.empty()) continue;
    const Problem& p = result.findings.problems.front();
    const auto end = static_cast<int>(
        std::count(c.text.begin(), c.text.begin() + static_cast<long>(statement.span.end), '\n'));
    return {end + 1, p.rule, p.message};
  }
  return {};
}

// One psql session for all cases; its errors name the line where the statement ends.
std::map<int, Verdict> Theirs(const std::string& url, const std::vector<Case>& cases) {
  const std::filesystem::path folder = std::filesystem::temp_directory_path();
  const std::string script =
      (folder / ("strata-oracle-" + std::to_string(getpid()) + ".sql")).string();
  std::vector<int> begins;
  {
    std::ofstream out(script);
    int line = 1;
    for (const Case& c : cases) {
      out << "BEGIN;\n";
      begins.push_back(++line);
      out << c.text << "ROLLBACK;\n";
      line += static_cast<int>(std::count(c.text.begin(), c.text.end(), '\n')) + 1;
    }
  }
  const std::string command =
      "psql -X -q -v VERBOSITY=verbose -d '" + url + "' -f " + script + " 2>&1 >/dev/null";
  std::map<int, Verdict> verdicts;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  while (pipe != nullptr && std::fgets(buffer, sizeof buffer, pipe) != nullptr) {
    const std::string line = buffer;
    const std::size_t at = line.find(".sql:"), error = line.find(": ERROR:  ");
    if (at == std::string::npos || error == std::string::npos) continue;
    const int number = std::atoi(line.c_str() + at + 5);
    const std::string state = line.substr(error + 10, 5);
    const auto after = std::upper_bound(begins.begin(), begins.end(), number);
    const int index = static_cast<int>(after - begins.begin()) - 1;
    if (index < 0 || verdicts.count(index) > 0) continue;
    const auto known = Conditions().find(state);
    std::string message = line.substr(error + 17);
    while (!message.empty() && message.back() == '\n') message.pop_back();
    verdicts[index] = {number - begins[index] + 1,
                       known == Conditions().end() ? state : known->second, message};
  }
  if (pipe != nullptr) pclose(pipe);
  std::filesystem::remove(script);
  return verdicts;
}

class Oracle : public ::testing::TestWithParam<std::string> {};

TEST_P(Oracle, JudgesAsPostgres) {
  auto cluster = Cluster::Start();
  if (!cluster.ok()) {
    if (testing::MustHavePostgres()) FAIL() << cluster.status();
    GTEST_SKIP() << cluster.status();
  }
  const std::filesystem::path file =
      std::filesystem::path(STRATA_TESTS_DIR) / "catalog/scripts" / GetParam();
  const std::vector<Case> cases = ReadCases(file);
  const std::map<int, Verdict> theirs = Theirs((*cluster)->url(), cases);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const Verdict ours = Ours(cases[i]);
    const auto found = theirs.find(static_cast<int>(i));
    const Verdict expected = found == theirs.end() ? Verdict{} : found->second;
    EXPECT_EQ(ours.Text(), expected.Text())
        << GetParam() << ":" << cases[i].line << ": " << cases[i].name;
  }
}

INSTANTIATE_TEST_SUITE_P(Scripts, Oracle,
                         ::testing::Values("tables.sql", "alter.sql", "objects.sql", "accepted.sql",
                                           "blocks.sql"),
                         [](const auto& info) {
                           return info.param.substr(0, info.param.find('.'));
                         });

}  // namespace
}  // namespace strata::catalog

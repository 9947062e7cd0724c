#include "report/findings.h"

#include <gtest/gtest.h>

namespace strata::report {
namespace {

constexpr std::string_view kText = "-- caf\xC3\xA9\nALTER TABLE users DROP COLUMN emial;\n";

Diagnostics OneOfEach() {
  Diagnostic error;
  error.cls = DiagnosticClass::kReject;
  error.rule = "undefined-column";
  error.message = "column \"emial\" does not exist";
  error.help = "did you mean \"email\"?";
  error.file = "0004_drop,email.up.sql";
  error.span = {kText.find("emial"), kText.find("emial") + 5};
  error.migration = 4;
  Diagnostic note;
  note.severity = Severity::kNote;
  note.rule = "unsealed";
  note.message = "100 % <new> & \"unsealed\"";
  return {error, note};
}

class FindingsTest : public testing::Test {
 protected:
  FindingsTest() : diagnostics_(OneOfEach()) {
    sources_.folder = "migrations";
    sources_.texts["0004_drop,email.up.sql"] = kText;
    findings_ = Resolve(diagnostics_, sources_);
  }

  Diagnostics diagnostics_;
  Sources sources_;
  std::vector<Finding> findings_;
};

TEST_F(FindingsTest, CountsLinesAndCharactersFromOne) {
  EXPECT_EQ(findings_[0].path, "migrations/0004_drop,email.up.sql");
  EXPECT_EQ(findings_[0].begin.line, 2);
  EXPECT_EQ(findings_[0].begin.column, 31);
  EXPECT_EQ(findings_[0].end.column, 36);
  EXPECT_EQ(findings_[1].path, "migrations");
}

TEST_F(FindingsTest, WritesGithubAnnotationsWithTheirEscapes) {
  EXPECT_EQ(GithubAnnotations(findings_),
            "::error file=migrations/0004_drop%2Cemail.up.sql,line=2,col=31,endColumn=36,"
            "title=undefined-column::column \"emial\" does not exist%0Ahelp: did you mean "
            "\"email\"?\n"
            "::notice file=migrations,line=1,col=1,endColumn=1,title=unsealed::100 %25 <new> & "
            "\"unsealed\"\n");
}

TEST_F(FindingsTest, WritesSarif) {
  EXPECT_EQ(
      Sarif(findings_, "1.2.3"),
      R"({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", )"
      R"("runs": [{"tool": {"driver": {"name": "strata", "version": "1.2.3", "rules": )"
      R"([{"id": "undefined-column"}, {"id": "unsealed"}]}}, "columnKind": "unicodeCodePoints", )"
      R"("results": [{"ruleId": "undefined-column", "ruleIndex": 0, "level": "error", "message": )"
      R"({"text": "column \"emial\" does not exist\nhelp: did you mean \"email\"?"}, "locations": )"
      R"([{"physicalLocation": {"artifactLocation": {"uri": )"
      R"("migrations/0004_drop%2Cemail.up.sql"}, "region": {"startLine": 2, "startColumn": 31, )"
      R"("endLine": 2, "endColumn": 36}}}]}, {"ruleId": "unsealed", "ruleIndex": 1, "level": )"
      R"("note", "message": {"text": "100 % <new> & \"unsealed\""}, "locations": )"
      R"([{"physicalLocation": {"artifactLocation": {"uri": "migrations"}, "region": )"
      R"({"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}}}]}]}]})"
      "\n");
}

TEST_F(FindingsTest, WritesGitlabCodeQuality) {
  const std::string text = GitlabCodeQuality(findings_);
  EXPECT_NE(text.find(R"("check_name": "undefined-column")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("severity": "major", "fingerprint": ")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("location": {"path": "migrations/0004_drop,email.up.sql", "lines": )"
                      R"({"begin": 2, "end": 2}})"),
            std::string::npos)
      << text;
  EXPECT_EQ(GitlabCodeQuality({}), "[]\n");
}

TEST_F(FindingsTest, WritesOneJunitCaseAMigration) {
  MigrationSet set;
  set.migrations.resize(2);
  set.migrations[0].version = 3;
  set.migrations[0].up.file = "0003_add_email.up.sql";
  set.migrations[1].version = 4;
  set.migrations[1].up.file = "0004_drop,email.up.sql";
  EXPECT_EQ(Junit(findings_, set),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites>\n"
            "  <testsuite name=\"strata\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\">\n"
            "    <testcase classname=\"strata\" name=\"0003_add_email\"/>\n"
            "    <testcase classname=\"strata\" name=\"0004_drop,email\">\n"
            "      <failure type=\"undefined-column\" message=\"column &quot;emial&quot; does not "
            "exist\">migrations/0004_drop,email.up.sql:2:31&#10;help: did you mean "
            "&quot;email&quot;?</failure>\n"
            "    </testcase>\n"
            "  </testsuite>\n"
            "</testsuites>\n");
}

}  // namespace
}  // namespace strata::report

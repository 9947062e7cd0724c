#include "catalog/analyze/plpgsql.h"

#include <gtest/gtest.h>

#include "base/span.h"

namespace strata::catalog {
namespace {

// "line: message" of the body's fault, or "" where it has none.
std::string FaultOf(const std::string& body) {
  const PlpgsqlFault fault = FindPlpgsqlFault(body, "", "");
  if (fault.message.empty()) return fault.unchecked.empty() ? "" : "unchecked: " + fault.unchecked;
  return std::to_string(PlaceOf(body, fault.at).line) + ": " + fault.message;
}

TEST(Plpgsql, AcceptsASoundBody) {
  EXPECT_EQ(FaultOf("DECLARE\n  n int := 1;\n  r users%ROWTYPE;\nBEGIN\n  SELECT a INTO n FROM t;\n"
                    "  IF n > 1 THEN RAISE NOTICE 'x %', n; END IF;\nEND"),
            "");
}

TEST(Plpgsql, NamesTheLineOfAMisspeltKeyword) {
  EXPECT_EQ(FaultOf("BEGIN\n  PERFORM 1;\n  SEECT 1;\nEND"),
            "3: syntax error at or near \"SEECT\"");
}

TEST(Plpgsql, FindsErrorsInsideQueries) {
  EXPECT_EQ(FaultOf("DECLARE n int;\nBEGIN\n  SELECT id FROM users;\n  UPDATE users SET a = 1\n"
                    "    FRM users;\nEND"),
            "5: syntax error at or near \"FRM\"");
}

TEST(Plpgsql, TellsWhichOfSeveralWordsIsMeant) {
  EXPECT_EQ(
      FaultOf("BEGIN\n  PERFORM f(x);\n  PERFORM g(1)\n  PERFORM f(x);\n  PERFORM f(x);\nEND"),
      "4: syntax error at or near \"f\"");
}

TEST(Plpgsql, ReadsTheTypesOfDeclarations) {
  EXPECT_EQ(FaultOf("DECLARE\n  a text;\n  b RECORD\nBEGIN\n  NULL;\nEND"),
            "4: syntax error at or near \"BEGIN\"");
}

TEST(Plpgsql, SaysWhatIsNoVariable) {
  EXPECT_EQ(FaultOf("BEGIN\n  y := 1;\nEND"), "2: \"y\" is not a known variable");
}

TEST(Plpgsql, LeavesFieldsOfArgumentsAlone) {
  const char* head = "CREATE FUNCTION f(place \"Point\") RETURNS void LANGUAGE plpgsql AS";
  EXPECT_EQ(FindPlpgsqlFault("BEGIN place.x := 1; f.place := NULL; END", head, "").message, "");
  EXPECT_EQ(FindPlpgsqlFault("BEGIN plaice.x := 1; END", head, "").message,
            "\"plaice.x\" is not a known variable");
}

TEST(Plpgsql, LeavesCursorsAlone) {
  EXPECT_EQ(FaultOf("DECLARE c CURSOR FOR SELECT 1;\nBEGIN\n  FOR r IN c LOOP NULL; END LOOP;\nEND")
                .substr(0, 10),
            "unchecked:");
}

TEST(Plpgsql, PointsAtTheEndOfAnUnfinishedBody) {
  EXPECT_EQ(FaultOf("BEGIN\n  IF a THEN\n  NULL;\nEND"), "4: syntax error at end of input");
}

}  // namespace
}  // namespace strata::catalog

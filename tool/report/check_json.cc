#include "report/check_json.h"

#include "base/diagnostic_text.h"
#include "base/json.h"

namespace strata::report {
namespace {

void WriteFinding(JsonWriter& json, const Finding& finding) {
  const Diagnostic& d = *finding.diagnostic;
  json.BeginObject().Key("file").String(d.file);
  json.Key("line").Int(finding.begin.line).Key("column").Int(finding.begin.column);
  json.Key("end_line").Int(finding.end.line).Key("end_column").Int(finding.end.column);
  json.Key("class").String(ClassName(d.cls)).Key("severity").String(SeverityName(d.severity));
  json.Key("rule").String(d.rule).Key("message").String(d.message).Key("help").String(d.help);
  json.Key("migration");
  d.migration ? json.Unsigned(*d.migration) : json.Null();
  json.Key("direction").String(DirectionName(d.direction)).EndObject();
}

}  // namespace

const char* RoundtripName(verify::RoundtripResult result) {
  switch (result) {
    case verify::RoundtripResult::kOk:
      return "ok";
    case verify::RoundtripResult::kDiffers:
      return "differs";
    case verify::RoundtripResult::kDownFailed:
      return "down-failed";
    case verify::RoundtripResult::kIrreversible:
      return "irreversible";
    case verify::RoundtripResult::kNotChecked:
      return "not-checked";
  }
  return "";
}

std::string CheckJson(const verify::CheckResult& result, const std::vector<Finding>& findings,
                      Dialect dialect) {
  JsonWriter json;
  json.BeginObject().Key("version").Int(1);
  json.Key("dialect").String(dialect == Dialect::kPostgres ? "postgres" : "sqlite");
  json.Key("migrations").Int(result.migrations);
  json.Key("statements").BeginObject().Key("total").Int(result.statements.Total());
  json.Key("executed").Int(result.statements.executed);
  json.Key("modelled").Int(result.statements.modelled);
  json.Key("skipped").Int(result.statements.skipped).EndObject();
  json.Key("diagnostics").BeginArray();
  for (const Finding& finding : findings) WriteFinding(json, finding);
  json.EndArray().Key("roundtrip").BeginArray();
  for (const verify::Roundtrip& roundtrip : result.roundtrip) {
    json.BeginObject().Key("migration").Unsigned(roundtrip.migration);
    json.Key("result").String(RoundtripName(roundtrip.result)).Key("differences").BeginArray();
    for (const std::string& difference : roundtrip.differences) json.String(difference);
    json.EndArray().EndObject();
  }
  json.EndArray().Key("elapsed_ms").Double(result.elapsed_ms);
  return json.EndObject().text() + "\n";
}

}  // namespace strata::report

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  std::vector<std::string> names;
  for (const NewColumn& c : NewColumns(step.tree)) {
    if (TypeWord(c.column->type_name) == "timestamp") names.emplace_back(c.column->colname);
  }
  if (names.empty()) return;
  report->Add(SpanOfName(step, names[0]), QuotedList(names) + (names.size() > 1 ? " are" : " is") +
                                              " of type timestamp without time zone");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_timestamp_without_time_zone;
const Rule kRule_timestamp_without_time_zone = {
    .name = "timestamp-without-time-zone",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .summary = "timestamp without time zone",
    .why =
        "It stores what a clock on the wall showed and forgets in which zone: the same value means "
        "different "
        "moments to two sessions. timestamptz stores the moment, in the same eight bytes.",
    .help = "use timestamptz",
    .bad = "CREATE TABLE events (id bigint PRIMARY KEY, at timestamp);",
    .good = "CREATE TABLE events (id bigint PRIMARY KEY, at timestamptz);",
    .source = "https://wiki.postgresql.org/wiki/Don't_Do_This",
    .squawk = "prefer-timestamptz",
    .step = lint::Check,
};

}  // namespace strata

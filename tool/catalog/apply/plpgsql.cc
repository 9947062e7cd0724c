#include "catalog/apply/plpgsql.h"

#include "catalog/apply/block/follower.h"
#include "catalog/apply/block/unread.h"
#include "sql/parse.h"

namespace strata::catalog {

void ApplyBlock(Context& context, const BodyText& body) {
  std::string tag = "$strata$";
  while (body.text.find(tag) != std::string::npos) tag.insert(1, "x");
  const std::string function =
      "CREATE FUNCTION inline_code_block() RETURNS void LANGUAGE plpgsql AS " + tag + body.text +
      tag;
  const sql::PlpgsqlResult parsed = sql::ParsePlpgsql(function);
  if (!parsed.error.empty()) {
    if (ReportPlpgsql(context, body, FindPlpgsqlFault(body.text, "", ""))) return;
    DoubtUnreadBlock(context, body.text);
    return context.Skip("the DO block could not be read: " + parsed.error);
  }
  PlpgsqlFault fault;
  Returning returning;
  returning.nothing = true;
  AddReturnFault(body.text, returning, &fault);
  if (ReportPlpgsql(context, body, fault)) return;
  const Json json = ReadJson(parsed.json);
  if (json.items.empty() || json.items[0].members.empty()) return;
  FollowBlock(context, body, json.items[0].members[0].second, {}, Certainty::kRuns);
}

}  // namespace strata::catalog

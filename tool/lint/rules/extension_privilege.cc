#include "catalog/facts/facts.h"
#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* create = As<sql::CreateExtensionStmt>(step.tree);
  if (create == nullptr) return;
  const catalog::facts::ExtensionContents* extension =
      catalog::facts::ExtensionNamed(create->extname);
  if (extension == nullptr || extension->trusted) return;
  report->Add(SpanOfName(step, create->extname),
              "only a superuser may create extension \"" + std::string(create->extname) + "\"");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_extension_privilege;
const Rule kRule_extension_privilege = {
    .name = "extension-privilege",
    .family = RuleFamily::kRobustness,
    .level = RuleLevel::kNote,
    .summary = "an extension that only a superuser may create",
    .why = "Migrations should not run as a superuser; on managed servers they cannot.",
    .help = "create the extension where the database is set up",
    .bad = "CREATE EXTENSION postgres_fdw;",
    .good = "CREATE EXTENSION citext;  -- trusted: the database's owner may create it",
    .source = "https://www.postgresql.org/docs/15/sql-createextension.html",
    .step = lint::Check,
};

}  // namespace strata

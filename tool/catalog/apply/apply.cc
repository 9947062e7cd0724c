#include "catalog/apply/apply.h"

#include "catalog/apply/context.h"
#include "catalog/apply/doubt.h"
#include "catalog/apply/privileges.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {
namespace {

bool IsAboutExistence(const std::string& rule) {
  return rule.starts_with("undefined-") || rule.starts_with("duplicate-") ||
         rule == "invalid-schema-name" || rule == "ambiguous-function";
}

// What the problem says is missing or in the way.
Thing ThingOf(const Problem& problem) {
  const std::vector<Thing> things = ThingsIn(problem.message);
  return things.empty() ? Thing{} : things.front();
}

// A name stands for itself wherever it is used; a column or function only in the same words.
std::string DoubtOf(const Problem& problem) {
  const bool narrow = problem.rule == "undefined-column" || problem.rule == "undefined-function" ||
                      problem.rule == "ambiguous-function";
  return narrow ? problem.message : ThingOf(problem).name;
}

// Whether what is missing may be something that an extension brought.
bool MayComeFromExtension(const Session& session, const Problem& problem) {
  if (session.doubtful.count(std::string(kFromExtension)) == 0) return false;
  const std::string& rule = problem.rule;
  return rule == "undefined-object" || rule == "undefined-function" ||
         rule == "invalid-schema-name" ||
         (rule == "undefined-table" && !ThingOf(problem).schema.empty());
}

// What the statement seems to have meant: `column "emial" …`, did you mean "email"?
std::string DoubtOfMeant(const Problem& problem) {
  constexpr std::string_view kBefore = "did you mean \"", kAfter = "\"?";
  if (!problem.help.starts_with(kBefore) || !problem.help.ends_with(kAfter)) return "";
  const std::size_t length = problem.help.size() - kBefore.size() - kAfter.size();
  return DoubtKey(ThingOf(problem).kind, problem.help.substr(kBefore.size(), length));
}

// Takes out what is said against names that are in doubt, and puts the names of the rest in doubt,
// so that one mistake is not reported twice.
void Forgive(Session* session, std::vector<Problem>* problems) {
  std::vector<Problem> kept;
  for (Problem& problem : *problems) {
    if (MayComeFromExtension(*session, problem)) continue;
    if (IsAboutExistence(problem.rule)) {
      const std::string doubt = DoubtOf(problem);
      if (InDoubt(*session, ThingOf(problem)) || session->doubtful.count(doubt) > 0) continue;
      if (!doubt.empty() && !problem.rule.starts_with("duplicate-"))
        session->doubtful.insert(doubt);
      // The statement may have dropped or renamed it: what follows goes by that.
      if (const std::string meant = DoubtOfMeant(problem); !meant.empty())
        session->doubtful.insert(meant);
    }
    kept.push_back(std::move(problem));
  }
  *problems = std::move(kept);
}

}  // namespace

namespace {

void Dispatch(Context& context, const sql::Node* node) {
  switch (node->node_case) {
#define STRATA_STATEMENT(type, case_name) \
  case PG_QUERY__NODE__NODE_##case_name:  \
    return ApplyStatement(context, *sql::As<sql::type>(node));
#include "catalog/apply/statements.inc"
#undef STRATA_STATEMENT
    default:
      context.Skip(std::string(sql::KindOf(node)) + " is not analysed");
  }
}

// What runs other statements: they come here one by one themselves.
bool RunsOthers(const sql::Node* node) {
  return sql::As<sql::DoStmt>(node) != nullptr || sql::As<sql::SelectStmt>(node) != nullptr ||
         sql::As<sql::CallStmt>(node) != nullptr;
}

// Gives the objects numbered from `first` to `last` what their owner's default privileges say.
void GrantDefaults(Context& context, Oid first, Oid last) {
  const Catalog& c = context.catalog;
  for (Oid oid = first; oid < last; ++oid) {
    const ObjectRef refs[] = {{ObjectClass::kRelation, oid},
                              {ObjectClass::kFunction, oid},
                              {ObjectClass::kType, oid},
                              {ObjectClass::kSchema, oid}};
    const bool there[] = {c.relation(oid) != nullptr, c.function(oid) != nullptr,
                          c.type(oid) != nullptr, c.schema(oid) != nullptr};
    for (int i = 0; i < 4; ++i) {
      if (there[i]) StoreAccess(context, refs[i], AccessOfNew(c, c, refs[i]));
    }
  }
}

}  // namespace

void ApplyNode(Context& context, const sql::Node* node) {
  context.node = node;
  if (RunsOthers(node) || !HasDefaultPrivileges(context.catalog)) return Dispatch(context, node);
  const Oid first = context.edit.NewOid();
  Dispatch(context, node);
  GrantDefaults(context, first + 1, context.edit.NewOid());
}

ApplyResult Apply(Catalog* catalog, std::string_view text, const sql::ParsedStatement& statement,
                  bool in_transaction) {
  Context context(catalog, text, statement, in_transaction);
  if (statement.tree == nullptr) {
    context.Report("syntax-error", statement.error.message, statement.error.at);
    return std::move(context.result);
  }
  ApplyNode(context, statement.tree);
  // A block's statements were applied one by one, and what was said of them stands.
  if (sql::As<sql::DoStmt>(statement.tree) == nullptr)
    Forgive(&catalog->session, &context.result.findings.problems);
  catalog->session.doubtful.insert(context.doubts.begin(), context.doubts.end());
  return std::move(context.result);
}

}  // namespace strata::catalog

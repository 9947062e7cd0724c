#include "catalog/apply/body.h"

#include <algorithm>

#include "catalog/analyze/types.h"
#include "catalog/expr.h"
#include "sql/parse.h"
#include "sql/token.h"

namespace strata::catalog {

Span BodyText::InScript(Span span) const {
  if (!verbatim) return literal;
  return {begin + span.begin, begin + span.end};
}

BodyText LocateBody(const Context& context, std::string_view value, std::size_t from) {
  BodyText body;
  body.text = value;
  body.literal = context.Whole();
  body.begin = body.literal.begin;
  const std::string_view part = context.text.substr(0, context.Whole().end);
  for (std::size_t at = std::max(from, context.Whole().begin);;) {
    const sql::Token token = sql::NextToken(part, at);
    if (token.kind == sql::TokenKind::kEnd) return body;
    at = token.span.end;
    if (token.kind != sql::TokenKind::kString) continue;
    const std::string_view word = part.substr(token.span.begin, token.span.end - token.span.begin);
    const std::size_t inside = word[0] == '$' ? word.find('$', 1) + 1 : word[0] == '\'' ? 1 : 2;
    const bool same = word.substr(inside, value.size()) == value;
    if (!same && word[0] == '$') continue;
    body.literal = token.span;
    body.begin = token.span.begin + inside;
    body.verbatim = same;
    return body;
  }
}

void CheckPlpgsql(Context& context, const BodyText& body, const Returning& returning) {
  const std::string_view text = context.text;
  const Span whole = context.Whole();
  const bool placed = !(body.literal == whole);
  PlpgsqlFault fault =
      placed
          ? FindPlpgsqlFault(body.text, text.substr(whole.begin, body.literal.begin - whole.begin),
                             text.substr(body.literal.end, whole.end - body.literal.end))
          : FindPlpgsqlFault(body.text, "", "");
  AddReturnFault(body.text, returning, &fault);
  ReportPlpgsql(context, body, fault);
}

void AddReturnFault(std::string_view body, const Returning& returning, PlpgsqlFault* fault) {
  PlpgsqlFault found = FindReturnFault(body, returning);
  if (!found.message.empty() && (fault->message.empty() || found.at < fault->at))
    *fault = std::move(found);
}

bool ReportPlpgsql(Context& context, const BodyText& body, const PlpgsqlFault& fault) {
  if (!fault.unchecked.empty()) context.findings()->unchecked.push_back(fault.unchecked);
  if (fault.message.empty()) return false;
  const std::size_t end = sql::NextToken(body.text, fault.at).span.end;
  context.Report(fault.rule, fault.message, body.InScript({fault.at, std::max(end, fault.at)}),
                 fault.help);
  return true;
}

namespace {

constexpr Oid kVoid = 2278, kRecord = 2249, kUnknown = 705, kTrigger = 2279;

class SqlBody {
 public:
  SqlBody(Context& context, const Function& function, const BodyText& body)
      : context_(context), function_(function), body_(body) {}

  void Check() {
    if (function_.result.type == kTrigger)
      return Mismatch("SQL functions cannot return type trigger");
    const sql::ParsedScript script = sql::Parse(body_.text);
    QueryPtr last;
    bool last_is_query = false;
    // What a polymorphic body means is known only where it is called (fmgr_sql_validator).
    const bool polymorphic = std::any_of(function_.inputs.begin(), function_.inputs.end(),
                                         [](Oid type) { return IsPolymorphic(type); });
    for (const sql::ParsedStatement& s : script.statements) {
      if (s.tree == nullptr) {
        context_.Report("syntax-error", s.error.message, body_.InScript(s.error.at));
        return;
      }
      if (polymorphic) continue;
      last_is_query = IsQuery(s.tree);
      if (!last_is_query) {
        certain_ &= false;
        continue;
      }
      Findings findings;
      last = AnalyzeQuery(context_.catalog, s.tree, InputsOf(function_), &findings);
      Take(std::move(findings));
    }
    if (reported_ || !certain_ || polymorphic) return;
    CheckResult(last, script.statements.empty());
  }

 private:
  static bool IsQuery(const sql::Node* n) {
    return sql::As<sql::SelectStmt>(n) != nullptr || sql::As<sql::InsertStmt>(n) != nullptr ||
           sql::As<sql::UpdateStmt>(n) != nullptr || sql::As<sql::DeleteStmt>(n) != nullptr;
  }

  void Take(Findings findings) {
    for (Problem& p : findings.problems) {
      p.at = body_.InScript(p.at);
      context_.findings()->problems.push_back(std::move(p));
      reported_ = true;
    }
    certain_ &= findings.unchecked.empty();
  }

  void Mismatch(std::string message, std::string help = "") {
    context_.Report("invalid-function-definition", std::move(message), body_.literal,
                    std::move(help));
  }

  void CheckResult(const QueryPtr& last, bool empty) {
    const Oid result = function_.result.type;
    if (result == kVoid || result == 0) return;
    const std::string declared = "return type mismatch in function declared to return " +
                                 context_.catalog.TypeName({result, -1});
    if (last == nullptr) {
      if (empty || certain_)
        Mismatch(declared, "the last statement must be SELECT or INSERT/UPDATE/DELETE RETURNING");
      return;
    }
    if (!last->certain) return;
    const bool writes = last->kind == Query::Kind::kInsert || last->kind == Query::Kind::kUpdate ||
                        last->kind == Query::Kind::kDelete;
    if (writes && last->returning.empty()) {
      return Mismatch(declared,
                      "the last statement must be SELECT or INSERT/UPDATE/DELETE RETURNING");
    }
    std::vector<TypeRef> wanted;
    for (const FunctionArgument& a : function_.arguments) {
      if (a.mode == 'o' || a.mode == 'b' || a.mode == 't') wanted.push_back(a.type);
    }
    const Type* type = context_.catalog.type(result);
    if (wanted.empty() &&
        (result == kRecord || type == nullptr || type->kind == TypeKind::kComposite))
      return;
    if (type != nullptr && type->kind == TypeKind::kPseudo && result != kRecord) return;
    if (wanted.size() < 2) wanted = {function_.result};
    CheckColumns(*last, wanted, declared);
  }

  void CheckColumns(const Query& last, const std::vector<TypeRef>& wanted,
                    const std::string& declared) {
    if (last.columns.size() != wanted.size()) {
      const bool one_row = last.columns.size() == 1 && wanted.size() > 1;
      if (one_row) return;  // a single composite column
      return Mismatch(declared, wanted.size() == 1
                                    ? "the last statement must return exactly one column"
                                : last.columns.size() < wanted.size()
                                    ? "the last statement returns too few columns"
                                    : "the last statement returns too many columns");
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const Oid from = last.columns[i].type.type, to = wanted[i].type;
      if (from == 0 || to == 0 || from == kUnknown || CanCoerce(context_.catalog, from, to, 'a'))
        continue;
      const Type* target = context_.catalog.type(to);
      if (target == nullptr || target->kind == TypeKind::kPseudo) continue;
      return Mismatch(declared, "the last statement returns " +
                                    context_.catalog.TypeName({from, -1}) + " instead of " +
                                    context_.catalog.TypeName({to, -1}) + " at column " +
                                    std::to_string(i + 1));
    }
  }

  Context& context_;
  const Function& function_;
  const BodyText& body_;
  bool reported_ = false, certain_ = true;
};

}  // namespace

void CheckSqlBody(Context& context, const Function& function, const BodyText& body) {
  SqlBody(context, function, body).Check();
}

}  // namespace strata::catalog

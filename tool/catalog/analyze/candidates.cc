#include "catalog/analyze/candidates.h"

#include <algorithm>

#include "catalog/analyze/types.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

namespace {

struct Candidate {
  const Function* function = nullptr;
  const Operator* op = nullptr;
  std::vector<Oid> declared;
  std::vector<int> position;
  bool expanded = false;
  int defaults = 0;
};
using Candidates = std::vector<Candidate>;

// --- by number and names of arguments ---

std::string NameOfInput(const Function& function, std::size_t input) {
  std::size_t seen = 0;
  for (const FunctionArgument& argument : function.arguments) {
    if (argument.mode == 'o' || argument.mode == 't') continue;
    if (seen++ == input) return argument.name;
  }
  return "";
}

bool MatchNamed(const Function& f, const CallShape& call, Candidate* candidate) {
  const std::size_t parameters = f.inputs.size(), given = call.types.size();
  if (given > parameters) return false;
  const std::size_t positional = given - call.names.size();
  std::vector<bool> filled(parameters, false);
  for (std::size_t i = 0; i < positional; ++i) {
    filled[i] = true;
    candidate->position.push_back(static_cast<int>(i));
  }
  for (const std::string& name : call.names) {
    std::size_t at = 0;
    while (at < parameters && NameOfInput(f, at) != name) ++at;
    if (at == parameters || filled[at]) return false;
    filled[at] = true;
    candidate->position.push_back(static_cast<int>(at));
  }
  for (std::size_t i = 0; i < parameters; ++i) {
    const bool has_default = i + static_cast<std::size_t>(f.defaults) >= parameters;
    if (!filled[i] && !has_default) return false;
  }
  candidate->defaults = static_cast<int>(parameters - given);
  for (const int at : candidate->position) candidate->declared.push_back(f.inputs[at]);
  return true;
}

bool MatchPositional(const Function& f, const CallShape& call, Candidate* candidate) {
  const std::size_t parameters = f.inputs.size(), given = call.types.size();
  const bool variadic = f.variadic != 0 && !call.variadic;
  if (call.variadic && (f.variadic == 0 || given != parameters)) return false;
  const bool defaults = given < parameters && given + f.defaults >= parameters;
  if (given != parameters && !(variadic && parameters < given) && !defaults) return false;
  candidate->declared.assign(f.inputs.begin(), f.inputs.begin() + std::min(given, parameters));
  // Only where the array parameter is filled at all; a default for it stays as it is.
  if (variadic && given >= parameters) {
    candidate->declared.resize(parameters - 1);
    candidate->declared.resize(given, f.variadic);
    candidate->expanded = true;
  }
  for (std::size_t i = 0; i < given; ++i) candidate->position.push_back(static_cast<int>(i));
  candidate->defaults = defaults ? static_cast<int>(parameters - given) : 0;
  return true;
}

// Of two with the same effective arguments the nearer schema's, the one without VARIADIC, and the
// one with fewer defaults stay. `ambiguous` is set where that does not decide.
void Add(Candidate candidate, Candidates* all) {
  for (Candidate& other : *all) {
    if (other.declared != candidate.declared || other.position != candidate.position) continue;
    if (other.function->schema != candidate.function->schema) return;
    if (other.expanded != candidate.expanded) {
      if (other.expanded) other = std::move(candidate);
      return;
    }
    if (candidate.defaults < other.defaults) {
      other = std::move(candidate);
      return;
    }
    if (candidate.defaults > other.defaults) return;
  }
  all->push_back(std::move(candidate));
}

Candidates ByShape(const std::vector<const Function*>& functions, const CallShape& call) {
  Candidates all;
  for (const Function* f : functions) {
    Candidate candidate;
    candidate.function = f;
    const bool fits = call.names.empty() ? MatchPositional(*f, call, &candidate)
                                         : MatchNamed(*f, call, &candidate);
    if (fits) Add(std::move(candidate), &all);
  }
  return all;
}

// --- by types ---

template <typename Score>
void KeepBest(Candidates* all, Score score) {
  int best = 0;
  for (const Candidate& c : *all) best = std::max(best, score(c));
  std::erase_if(*all, [&](const Candidate& c) { return score(c) < best; });
}

int ExactMatches(const Candidate& c, const std::vector<Oid>& types) {
  int count = 0;
  for (std::size_t i = 0; i < types.size(); ++i)
    count += types[i] != kUnknown && c.declared[i] == types[i];
  return count;
}

// Rule 4.d: exact matches and preferred types of the arguments' own categories.
int PreferredMatches(const Catalog& catalog, const Candidate& c, const std::vector<Oid>& types) {
  int count = 0;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i] == kUnknown) continue;
    count += c.declared[i] == types[i] ||
             (CategoryOf(catalog, c.declared[i]) == CategoryOf(catalog, types[i]) &&
              IsPreferred(catalog, c.declared[i]));
  }
  return count;
}

// Rule 4.e: the categories that the remaining candidates accept where an untyped literal stands.
// Returns false where they conflict.
bool KeepByCategories(const Catalog& catalog, const std::vector<Oid>& types, Candidates* all) {
  std::vector<char> chosen(types.size(), '\0');
  std::vector<bool> preferred(types.size(), false);
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (types[i] != kUnknown) continue;
    bool conflict = false;
    for (const Candidate& c : *all) {
      const char category = CategoryOf(catalog, c.declared[i]);
      const bool is_preferred = IsPreferred(catalog, c.declared[i]);
      if (chosen[i] == '\0') {
        chosen[i] = category;
        preferred[i] = is_preferred;
      } else if (category == chosen[i]) {
        preferred[i] = preferred[i] || is_preferred;
      } else if (category == 'S') {
        chosen[i] = category;
        preferred[i] = is_preferred;
      } else {
        conflict = true;
      }
    }
    if (conflict && chosen[i] != 'S') return false;
  }
  Candidates kept;
  for (const Candidate& c : *all) {
    bool keep = true;
    for (std::size_t i = 0; i < types.size() && keep; ++i) {
      if (types[i] != kUnknown) continue;
      keep = CategoryOf(catalog, c.declared[i]) == chosen[i] &&
             (!preferred[i] || IsPreferred(catalog, c.declared[i]));
    }
    if (keep) kept.push_back(c);
  }
  if (!kept.empty()) *all = std::move(kept);
  return true;
}

// Rule 4.f: if every typed argument has one type, the literals are taken to have it too.
void KeepAssumingOneType(const Catalog& catalog, const std::vector<Oid>& types, Candidates* all) {
  Oid known = 0;
  for (const Oid type : types) {
    if (type == kUnknown) continue;
    if (known != 0 && known != type) return;
    known = type;
  }
  if (known == 0) return;
  const std::vector<Oid> assumed(types.size(), known);
  Candidates kept;
  for (const Candidate& c : *all) {
    if (CanCoerceAll(catalog, assumed, c.declared, 'i')) kept.push_back(c);
  }
  if (kept.size() == 1) *all = std::move(kept);
}

// Returns the one that remains, or null: not unique.
const Candidate* Select(const Catalog& catalog, const std::vector<Oid>& given, Candidates* all) {
  std::vector<Oid> types;
  bool untyped = false;
  for (const Oid type : given) {
    types.push_back(type == kUnknown ? type : BaseTypeOf(catalog, type));
    untyped |= type == kUnknown;
  }
  KeepBest(all, [&](const Candidate& c) { return ExactMatches(c, types); });
  if (all->size() == 1) return &all->front();
  KeepBest(all, [&](const Candidate& c) { return PreferredMatches(catalog, c, types); });
  if (all->size() == 1) return &all->front();
  if (!untyped) return nullptr;
  if (KeepByCategories(catalog, types, all) && all->size() == 1) return &all->front();
  KeepAssumingOneType(catalog, types, all);
  return all->size() == 1 ? &all->front() : nullptr;
}

bool AnyUnknown(const std::vector<Oid>& types) {
  return std::find(types.begin(), types.end(), Oid{0}) != types.end();
}

FunctionMatch Made(Match match, const Candidate& c) {
  return {match, c.function, c.declared, c.position, c.expanded, 0};
}

// `text(x)`, `date(x)`: a type's name called as a function.
Oid TypeCalled(const Catalog& catalog, std::string_view schema, std::string_view name,
               const CallShape& call) {
  if (call.types.size() != 1 || !call.names.empty()) return 0;
  const Type* type = catalog.FindType(schema, name);
  if (type == nullptr || type->shell) return 0;
  if (call.types[0] == kUnknown) return type->oid;
  const Coercion way = FindCoercion(catalog, call.types[0], type->oid, 'e');
  if (way == Coercion::kRelabel) return type->oid;
  const bool row_to_text = IsRowType(catalog, call.types[0]) && type->category == 'S';
  return way == Coercion::kInOut && !row_to_text ? type->oid : 0;
}

}  // namespace

FunctionMatch MatchFunction(const Catalog& catalog, std::string_view schema, std::string_view name,
                            const CallShape& call) {
  Candidates all = ByShape(catalog.FindFunctions(schema, name), call);
  const bool uncertain = AnyUnknown(call.types);
  if (!uncertain) {
    for (const Candidate& c : all) {
      if (c.declared == call.types) return Made(Match::kFound, c);
    }
    if (const Oid type = TypeCalled(catalog, schema, name, call)) {
      FunctionMatch match;
      match.match = Match::kCoercion;
      match.coercion = type;
      return match;
    }
  }
  std::erase_if(
      all, [&](const Candidate& c) { return !CanCoerceAll(catalog, call.types, c.declared, 'i'); });
  if (all.size() == 1) return Made(Match::kFound, all[0]);
  if (uncertain) {
    FunctionMatch match;
    match.match = Match::kUncertain;
    const bool called_type = call.types.size() == 1 && catalog.FindType(schema, name) != nullptr;
    if (all.empty() && !called_type) match.match = Match::kMissing;
    return match;
  }
  if (all.empty()) return {};
  if (const Candidate* best = Select(catalog, call.types, &all)) return Made(Match::kFound, *best);
  FunctionMatch match;
  match.match = Match::kAmbiguous;
  return match;
}

namespace {

const Operator* Exact(const std::vector<const Operator*>& all, Oid left, Oid right) {
  for (const Operator* op : all) {
    if (op->left == left && op->right == right) return op;
  }
  return nullptr;
}

const Operator* ExactBinary(const Catalog& catalog, const std::vector<const Operator*>& all,
                            Oid left, Oid right) {
  bool untyped = false;
  if (left == kUnknown && right != kUnknown) {
    left = right;
    untyped = true;
  } else if (right == kUnknown && left != kUnknown) {
    right = left;
    untyped = true;
  }
  if (const Operator* op = Exact(all, left, right)) return op;
  if (!untyped) return nullptr;
  const Oid base = BaseTypeOf(catalog, left);
  return base != left ? Exact(all, base, base) : nullptr;
}

}  // namespace

OperatorMatch MatchOperator(const Catalog& catalog, std::string_view schema, std::string_view name,
                            bool prefix, Oid left, Oid right) {
  const std::vector<const Operator*> operators = catalog.FindOperators(schema, name);
  const bool uncertain = right == 0 || (!prefix && left == 0);
  if (!uncertain) {
    const Operator* op =
        prefix ? Exact(operators, 0, right) : ExactBinary(catalog, operators, left, right);
    if (op != nullptr) return {Match::kFound, op};
  }
  std::vector<Oid> types = prefix ? std::vector<Oid>{right} : std::vector<Oid>{left, right};
  Candidates all;
  std::vector<Oid> declared;
  for (const Operator* op : operators) {
    if ((op->left == 0) != prefix) continue;
    declared.assign({op->left, op->right});
    if (prefix) declared.erase(declared.begin());
    if (!CanCoerceAll(catalog, types, declared, 'i')) continue;
    const bool hidden = std::any_of(all.begin(), all.end(), [&](const Candidate& other) {
      return other.declared == declared;  // an earlier schema's
    });
    if (!hidden) all.emplace_back().op = op, all.back().declared = declared;
  }
  if (all.size() == 1) return {Match::kFound, all[0].op};
  if (all.empty()) return {};
  if (uncertain) {
    // Comparisons and the like give one type whatever the argument is.
    return {Match::kUncertain, nullptr};
  }
  const Candidate* best = Select(catalog, types, &all);
  return best == nullptr ? OperatorMatch{Match::kAmbiguous, nullptr}
                         : OperatorMatch{Match::kFound, best->op};
}

}  // namespace strata::catalog

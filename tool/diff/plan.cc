#include "diff/plan.h"

#include <algorithm>
#include <set>

#include "catalog/print/define.h"
#include "catalog/quote.h"
#include "diff/detach.h"
#include "diff/differ.h"
#include "diff/doubt.h"
#include "diff/rename.h"
#include "diff/run.h"
#include "diff/write.h"

namespace strata::diff {

namespace {

constexpr const char* kSuffixes[] = {"_labels", "", "_concurrently", "_validate"};
constexpr const char kOutside[] = "-- strata: no-transaction\n\n";
constexpr const char kUnreadBodies[] =
    "-- A function's body names what had another name, or more, when it was written.\n"
    "SET LOCAL check_function_bodies = off;\n\n";

void AddStatements(const std::vector<RenameStep>& steps, std::vector<Line>* lines) {
  for (const RenameStep& step : steps) lines->push_back({"", step.up, "", "", {}});
}

std::vector<std::string> WarningsOf(const std::vector<Line>& lines) {
  std::vector<std::string> warnings;
  for (const Line& line : lines)
    warnings.insert(warnings.end(), line.notes.begin(), line.notes.end());
  return warnings;
}

// The first object in which the two still differ, names in doubt left out; "" where they do not.
std::string Rest(const Catalog& made, const Catalog& wanted, const Doubts& doubts) {
  Differ differ(made, wanted);
  for (const Op& op : differ.Run()) {
    if (doubts.Cover(op)) continue;
    for (const Difference& d : op.differences)
      return d.object + (d.detail.empty() ? "" : " " + d.detail);
    return op.clause.empty() ? (op.sql.empty() ? op.unit : op.sql[0]) : op.table + " " + op.clause;
  }
  return "";
}

// What the step makes anew goes before, in a step of its own: for want of one of the two the other
// would only break.
bool MakesAnew(const Differ& differ, const Op& op) {
  return std::any_of(op.starts.begin(), op.starts.end(), [&](const ObjectRef& ref) {
    const ObjectRef old = differ.InBefore(ref);
    return old.oid != 0 && differ.IsGone(old);
  });
}

class Planner {
 public:
  Planner(const Catalog& from, const Catalog& to, const PlanOptions& options)
      : from_(from), to_(to), options_(options), doubts_(from.session) {}

  Plan Make() {
    Catalog renamed = from_;
    const std::vector<RenameStep> renames = ApplyRenames(options_.renames, &renamed, to_);
    std::vector<Op> ops = Certain(renamed);
    if (ops.empty() && renames.empty()) return std::move(plan_);
    for (const Op& op : ops)
      plan_.differences.insert(plan_.differences.end(), op.differences.begin(),
                               op.differences.end());
    std::vector<Line> leading, leaving;
    AddStatements(renames, &leading);
    if (Leave(&renamed, to_, &leaving)) {
      plan_.unchecked.clear();
      ops = Certain(renamed);
    }
    Script script = Spread(ops, options_.online);
    std::vector<Line>& main = script.lines[static_cast<std::size_t>(Stage::kMain)];
    main.insert(main.begin(), leaving.begin(), leaving.end());
    std::vector<Line>& first = script.lines[0].empty() ? main : script.lines[0];
    first.insert(first.begin(), leading.begin(), leading.end());
    Catalog at = from_;
    bool renamed_here = !renames.empty();
    for (std::size_t stage = 0; stage < 4 && plan_.refusal.empty(); ++stage) {
      if (script.lines[stage].empty()) continue;
      at = AddFile(stage, script.lines[stage], at,
                   renamed_here ? renames : std::vector<RenameStep>());
      renamed_here = false;
    }
    if (plan_.refusal.empty()) {
      const std::string rest = Rest(at, to_, doubts_);
      if (!rest.empty())
        plan_.refusal = "the statements found do not lead to the desired schema: " + rest;
    }
    return std::move(plan_);
  }

 private:
  // Takes tables out of their parents. Returns whether there were any to take.
  bool Leave(Catalog* from, const Catalog& to, std::vector<Line>* lines) const {
    const std::vector<std::string> statements = Detach(from, to, doubts_);
    for (const std::string& statement : statements) lines->push_back({"", statement, "", "", {}});
    return !statements.empty();
  }

  // The steps to the desired schema, without those over names in doubt: what they lead from is not
  // known. Where it goes first, that does not matter.
  std::vector<Op> Certain(const Catalog& from) {
    Differ differ(from, to_);
    std::vector<Op> certain;
    for (Op& op : differ.Run()) {
      if (doubts_.Cover(op) && !MakesAnew(differ, op)) {
        plan_.unchecked.insert(plan_.unchecked.end(), op.differences.begin(), op.differences.end());
      } else {
        certain.push_back(std::move(op));
      }
    }
    return certain;
  }

  Catalog AddFile(std::size_t stage, const std::vector<Line>& lines, const Catalog& before,
                  const std::vector<RenameStep>& renames) {
    const bool outside = stage == static_cast<std::size_t>(Stage::kConcurrent);
    PlannedFile file;
    file.suffix = kSuffixes[stage];
    file.warnings = WarningsOf(lines);
    const std::string text = Write(lines);
    Catalog after = before;
    const std::string fault = RunScript(&after, text, !outside);
    if (!fault.empty()) {
      plan_.refusal = "a statement of the migration would be refused: " + fault;
      return after;
    }
    file.up = (outside ? kOutside : "") + text;
    if (options_.down) file.down = Down(after, before, renames, outside);
    plan_.files.push_back(std::move(file));
    return after;
  }

  std::string Down(const Catalog& from, const Catalog& to, const std::vector<RenameStep>& renames,
                   bool outside) {
    Catalog renamed = from;
    std::vector<Line> lines;
    for (auto step = renames.rbegin(); step != renames.rend(); ++step) {
      if (!RunScript(&renamed, step->down + ";").empty()) continue;
      lines.push_back({"", step->down, "", "", {}});
    }
    // What could not be undone as it was done: the old name is another's by now.
    AddStatements(ApplyRenames({}, &renamed, to), &lines);
    Leave(&renamed, to, &lines);
    Differ differ(renamed, to);
    differ.back = true;
    std::vector<Op> ops = differ.Run();
    const bool labels = std::any_of(ops.begin(), ops.end(),
                                    [](const Op& op) { return op.stage == Stage::kLabels; });
    if (labels) {  // one file, one transaction: values just added could not be used in it
      Differ again(renamed, to);
      again.replace_enums = again.back = true;
      ops = again.Run();
    }
    const bool all_outside = outside && std::all_of(ops.begin(), ops.end(), [](const Op& op) {
                               return op.stage == Stage::kConcurrent && !op.online_sql.empty() &&
                                      op.online_after.empty();
                             });
    const Script script = Spread(ops, all_outside);
    for (const auto& part : script.lines) lines.insert(lines.end(), part.begin(), part.end());
    std::string text = Write(lines);
    Catalog back = from;
    std::string fault = RunScript(&back, text, !all_outside);
    if (!fault.empty() && !all_outside) {
      // A body that was fine when it was written, and names what is gone or has another name since.
      Catalog unread = from;
      if (RunScript(&unread, kUnreadBodies + text).empty()) {
        text = kUnreadBodies + text;
        back = std::move(unread);
        fault.clear();
      }
    }
    const std::string rest = fault.empty() ? Rest(back, to, doubts_) : "";
    if (!fault.empty()) plan_.refusal = "a statement of the way back would be refused: " + fault;
    if (!rest.empty()) plan_.refusal = "the way back does not lead to the schema before: " + rest;
    return (all_outside ? kOutside : "") + text;
  }

  const Catalog& from_;
  const Catalog& to_;
  const PlanOptions& options_;
  const Doubts doubts_;
  Plan plan_;
};

}  // namespace

Plan MakePlan(const Catalog& from, const Catalog& to, const PlanOptions& options) {
  return Planner(from, to, options).Make();
}

namespace {

bool MakesBaseType(const Catalog& to, const Op& op) {
  return std::any_of(op.starts.begin(), op.starts.end(), [&](const ObjectRef& ref) {
    const catalog::Type* type = ref.cls == ObjectClass::kType ? to.type(ref.oid) : nullptr;
    return type != nullptr && type->kind == catalog::TypeKind::kBase && !type->is_array;
  });
}

}  // namespace

Steps StepsBetween(const Catalog& from, const Catalog& to, const catalog::Session* doubts) {
  const Doubts known = doubts == nullptr ? Doubts() : Doubts(*doubts);
  Steps steps;
  Differ differ(from, to);
  differ.live = doubts != nullptr;
  const std::vector<Op> ops = differ.Run();
  steps.unchecked = differ.unsure;
  std::vector<Line> all;
  for (const Op& op : ops) {
    if (known.Cover(op) || (differ.live && MakesBaseType(to, op))) {
      steps.unchecked.insert(steps.unchecked.end(), op.differences.begin(), op.differences.end());
      continue;
    }
    const Script one = Spread({op}, false);
    std::vector<Line> lines;
    for (const auto& part : one.lines) lines.insert(lines.end(), part.begin(), part.end());
    const std::string sql = Write(lines);
    for (const Difference& d : op.differences) {
      steps.differences.push_back(d);
      steps.sql.push_back(sql);
    }
    all.insert(all.end(), lines.begin(), lines.end());
  }
  steps.script = Write(all);
  return steps;
}

namespace {

// Roles belong to the server. Those that the schema grants to are made where they are missing, so
// that the dump loads into a server that has never heard of them.
std::vector<Line> RolesOf(const Catalog& catalog) {
  std::set<std::string> names;
  catalog.privileges().ForEach([&](const ObjectRef& ref, const std::vector<std::string>& items) {
    if (OfExtension(ref)) return;
    for (const std::string& item : items) names.insert(item.substr(0, item.rfind('=')));
  });
  catalog.named_objects().ForEach([&](Oid, const auto& object) {
    if (object->cls != ObjectClass::kDefaultPrivileges) return;
    for (const std::string& role : catalog::RolesOfDefaultPrivileges(*object)) names.insert(role);
  });
  catalog.policies().ForEach(
      [&](Oid, const auto& policy) { names.insert(policy->roles.begin(), policy->roles.end()); });
  std::vector<Line> lines;
  for (const std::string& name : names) {
    const bool usual = name.empty() || name == "public" || name == "PUBLIC" || name == "postgres" ||
                       name.starts_with("pg_") || name == catalog::Session().role;
    if (usual) continue;
    Line line;
    line.sql = "DO $$ BEGIN\n    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = " +
               catalog::QuoteLiteral(name) + ") THEN CREATE ROLE " +
               catalog::QuoteIdentifier(name) + "; END IF;\nEND $$";
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::string RolesFor(const Catalog& catalog) { return Write(RolesOf(catalog)); }

std::string Dump(const Catalog& catalog, std::vector<std::string>* left_out) {
  Differ differ(Catalog(), catalog);
  std::vector<Line> all = RolesOf(catalog);
  const std::vector<Op> ops = differ.Run();
  for (const Op& op : ops) {
    if (left_out == nullptr || !op.sql.empty() || !op.clause.empty() || op.create_table != 0)
      continue;
    for (const Difference& d : op.differences) left_out->push_back(d.object);
  }
  for (const auto& part : Spread(ops, false).lines) all.insert(all.end(), part.begin(), part.end());
  for (Line& line : all) line.notes.clear();
  return Write(all);
}

}  // namespace strata::diff

#include "diff/write.h"

namespace strata::diff {

namespace {

std::size_t At(Stage stage) { return static_cast<std::size_t>(stage); }

void AddPlain(const Op& op, std::vector<Line>* lines) {
  std::vector<std::string> notes = op.notes;
  notes.insert(notes.end(), op.conditions.begin(), op.conditions.end());
  if (!op.clause.empty()) {
    lines->push_back({op.unit, "", op.table, op.clause, notes});
    notes.clear();
  }
  for (const std::string& sql : op.sql) {
    lines->push_back({op.unit, sql, "", "", notes});
    notes.clear();
  }
}

void AddOnline(const Op& op, Script* script) {
  std::vector<Line>& lines = script->lines[At(op.stage)];
  std::vector<std::string> notes = op.notes;
  std::vector<std::string> conditions = op.conditions;
  if (op.online_after.empty()) notes.insert(notes.end(), conditions.begin(), conditions.end());
  if (!op.online_clause.empty()) {
    lines.push_back({op.unit, "", op.table, op.online_clause, notes});
    notes.clear();
  }
  for (const std::string& sql : op.online_sql) {
    lines.push_back({op.unit, sql, "", "", notes});
    notes.clear();
  }
  for (const std::string& sql : op.online_after) {
    notes.insert(notes.end(), conditions.begin(), conditions.end());
    script->lines[At(Stage::kAfter)].push_back({op.unit, sql, "", "", notes});
    notes.clear();
    conditions.clear();
  }
}

bool CanJoin(const Line& a, const Line& b) {
  return a.sql.empty() && b.sql.empty() && a.table == b.table;
}

// Short statements about one thing stand together.
bool IsShort(const Line& line) { return line.sql.find('\n') == std::string::npos; }

}  // namespace

Script Spread(const std::vector<Op>& ops, bool online) {
  Script script;
  for (const Op& op : ops) {
    const bool has_online = !op.online_sql.empty() || !op.online_clause.empty();
    if (op.stage == Stage::kLabels) {
      AddPlain(op, &script.lines[At(Stage::kLabels)]);
    } else if (!online) {
      AddPlain(op, &script.lines[At(Stage::kMain)]);
    } else if (has_online && op.stage == op.online_stage) {
      AddOnline(op, &script);
    } else {
      AddPlain(op, &script.lines[At(op.stage)]);
    }
  }
  return script;
}

std::string Write(const std::vector<Line>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t end = i + 1;
    while (end < lines.size() && CanJoin(lines[i], lines[end])) ++end;
    const bool apart = i > 0 && (lines[i].unit != lines[i - 1].unit || !IsShort(lines[i]) ||
                                 !IsShort(lines[i - 1]) || !lines[i].notes.empty() ||
                                 lines[i].sql.empty() || lines[i - 1].sql.empty());
    if (apart) text += "\n";
    for (std::size_t j = i; j < end; ++j) {
      for (const std::string& note : lines[j].notes) text += "-- Careful: " + note + ".\n";
    }
    if (!lines[i].sql.empty()) {
      text += lines[i].sql;
    } else {
      text += "ALTER TABLE " + lines[i].table;
      const std::string between = end - i == 1 ? " " : "\n    ";
      for (std::size_t j = i; j < end; ++j)
        text += between + lines[j].clause + (j + 1 < end ? "," : "");
    }
    text += ";\n";
    i = end;
  }
  return text;
}

}  // namespace strata::diff

#include "report/lock_table.h"

#include "base/json.h"
#include "base/span.h"
#include "report/html.h"

namespace strata::report {
namespace {

using lint::LockRow;
using lint::TableLock;
using lint::TableWork;

std::string_view WorkName(TableWork work) {
  return work == TableWork::kRewrite ? "rewrite" : work == TableWork::kScan ? "scan" : "none";
}

int LineOf(const LockRow& row, const Sources& sources) {
  return PlaceOf(sources.TextOf(row.file), row.span.begin).line;
}

std::string Duration(const TableLock& lock) {
  if (lock.work == TableWork::kNone) return "a moment";
  return std::string(lock.work == TableWork::kRewrite ? "rewrites the table: "
                                                      : "reads the table: ") +
         lock.grows;
}

// A cell of a Markdown table: no bar, no line end.
std::string Cell(std::string_view text) {
  std::string cell;
  for (char c : text) {
    if (c == '|') cell += '\\';
    cell += c == '\n' || c == '\r' ? ' ' : c;
  }
  return cell;
}

template <typename F>
void EachLock(const std::vector<LockRow>& rows, F f) {
  for (const LockRow& row : rows) {
    for (const TableLock& lock : row.locks) f(row, lock);
  }
}

}  // namespace

std::string LockTableText(const std::vector<LockRow>& rows, const Sources& sources) {
  std::string out;
  std::string_view file;
  const Span* statement = nullptr;
  EachLock(rows, [&](const LockRow& row, const TableLock& lock) {
    if (file != row.file || statement == nullptr || !(*statement == row.span)) {
      out += row.file + ":" + std::to_string(LineOf(row, sources)) + ": " + row.statement + "\n";
      file = row.file;
      statement = &row.span;
    }
    out += "    " + lock.name + ": " + std::string(SqlName(lock.mode)) + ", blocks " +
           std::string(Blocks(lock.mode)) + ", " + Duration(lock) + "\n";
  });
  return out;
}

std::string LockTableMarkdown(const std::vector<LockRow>& rows, const Sources& sources) {
  std::string out =
      "| where | statement | table | lock | blocks | how long |\n| --- | --- | --- | --- | --- | "
      "--- |\n";
  EachLock(rows, [&](const LockRow& row, const TableLock& lock) {
    out += "| " + row.file + ":" + std::to_string(LineOf(row, sources)) + " | `" +
           Cell(row.statement) + "` | " + Cell(lock.name) + " | " +
           std::string(SqlName(lock.mode)) + " | " + std::string(Blocks(lock.mode)) + " | " +
           Duration(lock) + " |\n";
  });
  return out;
}

std::string LockTableHtml(const std::vector<LockRow>& rows, const Sources& sources) {
  std::string cells;
  EachLock(rows, [&](const LockRow& row, const TableLock& lock) {
    const bool strong =
        lock.mode == lint::LockMode::kAccessExclusive && lock.work != TableWork::kNone;
    cells += "<tr><td><code>" + Html(row.file) + ":" + std::to_string(LineOf(row, sources)) +
             "</code></td><td><code>" + Html(row.statement) + "</code></td><td><code>" +
             Html(lock.name) + "</code></td><td" + (strong ? " class=\"warn\"" : "") + ">" +
             std::string(SqlName(lock.mode)) + "</td><td>" + std::string(Blocks(lock.mode)) +
             "</td><td>" + Html(Duration(lock)) + "</td></tr>\n";
  });
  if (cells.empty()) return "";
  return "<table><tr><th>where</th><th>statement</th><th>table</th><th>lock</th><th>blocks</th>"
         "<th>how long</th></tr>\n" +
         cells + "</table>\n";
}

std::string LockTableJson(const std::vector<LockRow>& rows, const Sources& sources) {
  JsonWriter json;
  json.BeginObject().Key("version").Int(1).Key("locks").BeginArray();
  EachLock(rows, [&](const LockRow& row, const TableLock& lock) {
    json.BeginObject().Key("file").String(row.file).Key("line").Int(LineOf(row, sources));
    json.Key("statement").String(row.statement).Key("table").String(lock.name);
    json.Key("lock").String(SqlName(lock.mode)).Key("blocks").String(Blocks(lock.mode));
    json.Key("work").String(WorkName(lock.work)).Key("grows").String(lock.grows);
    json.Key("in_transaction").Bool(row.in_transaction).EndObject();
  });
  return json.EndArray().EndObject().text() + "\n";
}

}  // namespace strata::report

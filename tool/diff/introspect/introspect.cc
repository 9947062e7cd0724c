#include "diff/introspect/introspect.h"

#include <algorithm>
#include <map>
#include <set>

#include "diff/introspect/queries.h"
#include "diff/run.h"

namespace strata::diff {

namespace {

using Id = std::pair<std::string, std::string>;  // class, oid

struct Node {
  Id id;
  int phase = 0;
  std::string relation, schema, name, owner, sql;
};

// '2026-01-31 12:00:00+01' -> '2026-01-31 12:00:00+00'.
std::string ClockTimes(std::string sql) {
  constexpr std::string_view kTime = "'dddd-dd-dd dd:dd:dd";
  const auto is_digit = [&](std::size_t at) { return sql[at] >= '0' && sql[at] <= '9'; };
  for (std::size_t at = sql.find('\''); at != std::string::npos; at = sql.find('\'', at + 1)) {
    if (at + kTime.size() >= sql.size()) break;
    std::size_t i = 0;
    while (i < kTime.size() && (kTime[i] == 'd' ? is_digit(at + i) : sql[at + i] == kTime[i])) ++i;
    const std::size_t end = sql.find('\'', at + 1);
    const std::size_t sign = sql.find_first_of("+-", at + kTime.size());
    if (i < kTime.size() || end == std::string::npos || sign == std::string::npos || sign > end)
      continue;
    sql.replace(sign, end - sign, "+00");
  }
  return sql;
}

class Reader {
 public:
  Reader(Database& database, const IntrospectOptions& options)
      : database_(database), options_(options) {}

  absl::StatusOr<LiveSchema> Read() {
    // Every name is printed with its schema; nothing changes between the queries.
    RETURN_IF_ERROR(database_.Query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").status());
    const absl::Status status = ReadAll();
    const absl::Status end = database_.Query("ROLLBACK").status();
    RETURN_IF_ERROR(status);
    RETURN_IF_ERROR(end);
    LeaveOut();
    LiveSchema live;
    live.script = "SET check_function_bodies = false;\nSET search_path = '';\n";
    for (std::size_t i : Order()) live.script += nodes_[i].sql + ";\n";
    live.unread = RunAll(&live.catalog, live.script);
    live.catalog.session = catalog::Session();
    live.left_out = std::move(left_out_);
    live.zone = zone_;
    return live;
  }

 private:
  absl::Status ReadAll() {
    ASSIGN_OR_RETURN(const int version, Prepare());
    for (const ObjectQuery& query : ObjectQueries()) {
      if (version < query.since || version >= query.before) continue;
      ASSIGN_OR_RETURN(const Rows rows, database_.Query(query.sql));
      for (const Row& row : rows.rows) {
        auto text = [&](std::size_t at) { return row[at].value_or(""); };
        Node node{
            {text(0), text(1)}, std::stoi(text(2)), text(3), text(4), text(5), text(6), text(7)};
        if (node.id.first == "comment" || node.id.first == "grant" || node.id.first == "owned") {
          node.id.second += "#" + std::to_string(nodes_.size());
        }
        if (options_.clock_times) node.sql = ClockTimes(std::move(node.sql));
        // A body that is part of the statement may go by a table's keys.
        if (node.id.first == "pg_proc" && node.sql.find("\nAS ") == std::string::npos &&
            node.phase == 6)
          node.phase = 12;
        while (node.sql.starts_with(';') || node.sql.starts_with('\n')) node.sql.erase(0, 1);
        index_.emplace(node.id, nodes_.size());
        nodes_.push_back(std::move(node));
      }
    }
    ASSIGN_OR_RETURN(const Rows others, database_.Query(kLeftOutQuery));
    for (const Row& row : others.rows)
      left_out_.push_back(row[0].value_or("") + " " + row[1].value_or(""));
    ASSIGN_OR_RETURN(depends_, database_.Query(kDependQuery));
    ASSIGN_OR_RETURN(const Rows wholes, database_.Query(kWholeQuery));
    for (const Row& row : wholes.rows) {
      wholes_.emplace(Id{row[0].value_or(""), row[1].value_or("")},
                      Id{row[2].value_or(""), row[3].value_or("")});
    }
    return absl::OkStatus();
  }

  // The session prints everything in one way, whatever its database or role is set to. Returns the
  // server's version.
  absl::StatusOr<int> Prepare() {
    ASSIGN_OR_RETURN(const Rows rows,
                     database_.Query("SELECT current_setting('server_version_num'), "
                                     "current_setting('TimeZone'), "
                                     "set_config('search_path', 'pg_catalog', true), "
                                     "set_config('DateStyle', 'ISO, YMD', true), "
                                     "set_config('IntervalStyle', 'postgres', true), "
                                     "set_config('extra_float_digits', '1', true), "
                                     "set_config('bytea_output', 'hex', true), "
                                     "set_config('quote_all_identifiers', 'off', true), "
                                     "set_config('standard_conforming_strings', 'on', true)"));
    zone_ = rows.rows[0][1].value_or("");
    if (!options_.clock_times)
      RETURN_IF_ERROR(database_.Query("SET LOCAL TimeZone = 'UTC'").status());
    return std::stoi(rows.rows[0][0].value_or("0"));
  }

  bool IsHistory(const Node& node) const {
    if (node.id.first != "pg_class") return false;
    const std::size_t dot = options_.history_table.find('.');
    const std::string table =
        dot == std::string::npos ? options_.history_table : options_.history_table.substr(dot + 1);
    if (dot != std::string::npos && node.schema != options_.history_table.substr(0, dot))
      return false;
    return node.name == table || node.name == table + "_log" ||
           (node.sql.find(" SEQUENCE ") != std::string::npos &&
            node.name.starts_with(table + "_log_"));
  }

  bool IsOthers(const Node& node, const std::string& owner) const {
    if (owner.empty() || node.owner.empty() || node.owner == owner) return false;
    return options_.expected == nullptr ||
           options_.expected->FindRelation(node.schema, node.name) == nullptr;
  }

  // Strata's own tables, and other owners' relations, with all that stands on them.
  void LeaveOut() {
    std::string owner;
    std::set<std::string> gone;
    for (const Node& node : nodes_) {
      if (IsHistory(node) && node.phase == 4 && owner.empty()) owner = node.owner;
    }
    for (Node& node : nodes_) {
      if (node.id.first == "pg_class" && (IsHistory(node) || IsOthers(node, owner))) {
        gone.insert(node.id.second);
        node.sql.clear();
      }
    }
    for (Node& node : nodes_) {
      if (gone.count(node.relation) > 0) node.sql.clear();
    }
    LeaveOutHistorySchema();
  }

  // A schema that somebody made for the history and nothing else.
  void LeaveOutHistorySchema() {
    const std::string schema = options_.history_table.substr(0, options_.history_table.find('.'));
    if (schema == options_.history_table) return;
    if (options_.expected != nullptr && options_.expected->FindSchema(schema) != nullptr) return;
    std::vector<Node*> own;
    for (Node& node : nodes_) {
      if (node.schema != schema || node.sql.empty()) continue;
      if (node.id.first != "pg_namespace") return;
      own.push_back(&node);
    }
    for (Node* node : own) node->sql.clear();
  }

  std::optional<std::size_t> Find(Id id) const {
    for (int depth = 0; depth < 4; ++depth) {
      const auto found = index_.find(id);
      if (found != index_.end()) return found->second;
      const auto whole = wholes_.find(id);
      if (whole == wholes_.end()) return std::nullopt;
      id = whole->second;
    }
    return std::nullopt;
  }

  std::vector<std::size_t> Order() const {
    std::vector<std::set<std::size_t>> later(nodes_.size());
    std::vector<std::size_t> waits(nodes_.size());
    for (const Row& row : depends_.rows) {
      const auto from = Find({row[2].value_or(""), row[3].value_or("")});
      const auto to = Find({row[0].value_or(""), row[1].value_or("")});
      if (from && to && *from != *to && later[*from].insert(*to).second) ++waits[*to];
    }
    auto rank = [&](std::size_t i) {
      return std::tuple(nodes_[i].phase, nodes_[i].schema, nodes_[i].name, i);
    };
    auto less = [&](std::size_t x, std::size_t y) { return rank(x) < rank(y); };
    std::set<std::size_t, decltype(less)> ready(less), left(less);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      left.insert(i);
      if (waits[i] == 0) ready.insert(i);
    }
    std::vector<std::size_t> order;
    while (!left.empty()) {
      const std::size_t next = ready.empty() ? *left.begin() : *ready.begin();
      ready.erase(next);
      left.erase(next);
      if (!nodes_[next].sql.empty()) order.push_back(next);
      for (std::size_t to : later[next]) {
        if (waits[to] > 0 && --waits[to] == 0 && left.count(to) > 0) ready.insert(to);
      }
    }
    return order;
  }

  Database& database_;
  const IntrospectOptions& options_;
  std::vector<Node> nodes_;
  std::map<Id, std::size_t> index_;
  std::map<Id, Id> wholes_;
  Rows depends_;
  std::vector<std::string> left_out_;
  std::string zone_;
};

}  // namespace

absl::StatusOr<LiveSchema> Introspect(Database& database, const IntrospectOptions& options) {
  return Reader(database, options).Read();
}

}  // namespace strata::diff

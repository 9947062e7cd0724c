#include "migrate/hint.h"

#include "absl/strings/str_cat.h"

namespace strata {
namespace {

// A limit of Strata's own, or one that stands on the server.
std::string TimeHint(const RunReport& report, const MigrateOptions& options) {
  std::int64_t ms = options.statement_timeout.count();
  if (report.script != nullptr && report.script->statement_timeout_ms) {
    ms = *report.script->statement_timeout_ms;
  }
  const char* give = "a line at the top of the file gives it another: -- strata: ";
  if (ms == 0) {
    return absl::StrCat(
        "the limit is the statement_timeout of the server, the database or the role; ", give,
        "statement-timeout 10min");
  }
  return absl::StrCat("the limit is ", ms, " ms; ", give, "statement-timeout 10min");
}

}  // namespace

std::string HintFor(const RunReport& report, const MigrateOptions& options) {
  if (report.message.find("statement timeout") != std::string::npos) {
    return TimeHint(report, options);
  }
  if (report.sqlstate == "42501") {  // insufficient_privilege
    return "connect as the owner of the object or a member of that role, or have the right granted";
  }
  if (report.sqlstate == "2D000") {  // invalid_transaction_termination
    return "a block or procedure that commits cannot run in the tool's transaction: a line at the "
           "top of the file has it run outside one: -- strata: no-transaction";
  }
  if (report.sqlstate == "53100") return "make room on the server's disk and run again";
  return "";
}

std::string WayPastHolders(const std::string& holders, const std::string& longer) {
  constexpr char kPid[] = "pid ";
  const std::size_t at = holders.find(kPid);
  if (at == std::string::npos) return absl::StrCat("run again later, or give ", longer);
  const std::size_t begin = at + sizeof kPid - 1;
  const std::string pid =
      holders.substr(begin, holders.find_first_not_of("0123456789", begin) - begin);
  return absl::StrCat("run again when that has ended (SELECT pg_terminate_backend(", pid,
                      ") ends it), or give ", longer);
}

std::string Seconds(std::chrono::milliseconds time) {
  return absl::StrCat(static_cast<double>(time.count()) / 1000.0, " s");
}

}  // namespace strata

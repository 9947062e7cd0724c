#include "driver/postgres/refusal.h"

#include <algorithm>

namespace strata::postgres {
namespace {

// What libpq or the server says, in English: in other languages there is no way out.
struct Way {
  const char* said;
  const char* way;
};

constexpr char kStart[] =
    "start the server, correct host and port, or give it longer with --wait SECONDS";
constexpr char kFull[] = "end some connections, or wait for that with --wait SECONDS";
constexpr char kSoon[] = "give it longer with --wait SECONDS";

constexpr Way kWays[] = {
    {"password authentication failed",
     "correct the user or the password (in the URL, PGPASSWORD or ~/.pgpass)"},
    {"no password supplied", "give one in the URL, in PGPASSWORD or in ~/.pgpass"},
    {"FATAL:  role ", "create the role first, or correct the user"},
    {"FATAL:  database ", "create it first, or correct the name"},
    {"could not translate host name", "correct the host, or this machine's name resolution"},
    {"Connection refused", kStart},
    {"No such file or directory", kStart},
    {"timeout expired", "correct host and port, or open the way to them (a firewall?)"},
    {"too many clients already", kFull},
    {"connection slots are reserved", kFull},
    {"too many connections for ", kFull},
    {"the database system is ", kSoon},
    {"no pg_hba.conf entry", "allow it in the server's pg_hba.conf"},
    {"unsupported startup parameter",
     "remove it from the URL, or have the pooler pass it over (ignore_startup_parameters)"},
};

}  // namespace

std::string OneLine(const std::string& text) {
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at && text[at] != '\t') {
      if (!line.empty()) line += "; ";
      line.append(text, at, end - at);
    }
    at = end + 1;
  }
  return line;
}

std::string WayIn(const std::string& text) {
  for (const Way& way : kWays) {
    if (text.find(way.said) != std::string::npos) return way.way;
  }
  return "";
}

}  // namespace strata::postgres

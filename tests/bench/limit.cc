// The physical limits that strata is measured against, in bare libpq:
//   limit apply URL COUNT   one Query message: BEGIN; script; INSERT of a history row; COMMIT,
//   COUNT
//                           times; the row is as long as strata's own, the log row is left out
//   limit noop URL TABLE    connects and selects the versions of TABLE
// Prints wall milliseconds.
#include <libpq-fe.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

// The same statements as bench.py writes into files: a quarter each of CREATE TABLE with an index,
// ADD COLUMN, CREATE INDEX and a three-row INSERT.
std::string Script(int i) {
  const std::string t = "t" + std::to_string((i - 1) / 4 * 4 + 1);
  const std::string n = std::to_string(i);
  switch ((i - 1) % 4) {
    case 0:
      return "CREATE TABLE " + t +
             " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, amount "
             "integer NOT NULL CHECK (amount >= 0), at timestamptz NOT NULL DEFAULT now(), note "
             "text, "
             "done boolean NOT NULL DEFAULT false);\nCREATE INDEX " +
             t + "_name ON " + t + " (name);\n";
    case 1:
      return "ALTER TABLE " + t + " ADD COLUMN c" + n + " integer NOT NULL DEFAULT 0;\n";
    case 2:
      return "CREATE INDEX " + t + "_c" + n + " ON " + t + " (amount, at);\n";
    default:
      return "INSERT INTO " + t + " (name, amount) VALUES ('a', 1), ('b', 2), ('c', 3);\n";
  }
}

int Fail(PGconn* connection) {
  std::fprintf(stderr, "%s", PQerrorMessage(connection));
  return 1;
}

int Apply(PGconn* connection, int count) {
  std::string message =
      "CREATE TABLE ledger (version bigint PRIMARY KEY, name text NOT NULL, checksum text NOT "
      "NULL, "
      "down_checksum text, down_script text, state text NOT NULL, statement integer NOT NULL, "
      "applied_at timestamptz NOT NULL, applied_by text NOT NULL, "
      "duration_ms double precision NOT NULL, tool_version text NOT NULL);\n";
  const std::string checksum = "'" + std::string(64, 'a') + "'";
  for (int i = 1; i <= count; ++i) {
    message += "BEGIN;\n" + Script(i) + "INSERT INTO ledger VALUES (" + std::to_string(i) +
               ", 'm', " + checksum + ", " + checksum +
               ", 'DROP TABLE t1;', 'applied', 0, now(), session_user, 1.5, '0.1.0');\nCOMMIT;\n";
  }
  if (PQsendQuery(connection, message.c_str()) == 0) return Fail(connection);
  while (PGresult* result = PQgetResult(connection)) {
    if (PQresultStatus(result) == PGRES_FATAL_ERROR) return Fail(connection);
    PQclear(result);
  }
  return 0;
}

int NoOp(PGconn* connection, const char* table) {
  PGresult* result = PQexec(
      connection, (std::string("SELECT version FROM ") + table + " ORDER BY version").c_str());
  return PQresultStatus(result) == PGRES_TUPLES_OK ? 0 : Fail(connection);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: limit apply URL COUNT | limit noop URL TABLE\n");
    return 2;
  }
  const auto start = std::chrono::steady_clock::now();
  PGconn* connection = PQconnectdb(argv[2]);
  if (PQstatus(connection) != CONNECTION_OK) return Fail(connection);
  const int exit = std::strcmp(argv[1], "apply") == 0 ? Apply(connection, std::atoi(argv[3]))
                                                      : NoOp(connection, argv[3]);
  PQfinish(connection);
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
  std::printf("%.2f\n", took.count());
  return exit;
}

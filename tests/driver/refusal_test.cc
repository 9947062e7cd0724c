// What is said of a connection that libpq could not make.
#include "driver/postgres/refusal.h"

#include <gtest/gtest.h>

namespace strata::postgres {
namespace {

TEST(Refusal, IsOneLineWithoutLibpqsQuestions) {
  EXPECT_EQ(
      OneLine("connection to server at \"localhost\" (::1), port 5432 failed: Connection "
              "refused\n\tIs the server running on that host and accepting TCP/IP "
              "connections?\nconnection to server at \"localhost\" (127.0.0.1), port 5432 "
              "failed: Connection refused\n\tIs the server running on that host and accepting "
              "TCP/IP connections?\n"),
      "connection to server at \"localhost\" (::1), port 5432 failed: Connection refused; "
      "connection to server at \"localhost\" (127.0.0.1), port 5432 failed: Connection "
      "refused");
  EXPECT_EQ(OneLine(""), "");
}

TEST(Refusal, NamesTheWayIn) {
  const struct {
    const char* said;
    const char* way;
  } rows[] = {
      {"FATAL:  password authentication failed for user \"app\"",
       "correct the user or the password (in the URL, PGPASSWORD or ~/.pgpass)"},
      {"fe_sendauth: no password supplied", "give one in the URL, in PGPASSWORD or in ~/.pgpass"},
      {"FATAL:  role \"app\" does not exist", "create the role first, or correct the user"},
      {"FATAL:  database \"shop\" does not exist", "create it first, or correct the name"},
      {"could not translate host name \"db\" to address: Name or service not known",
       "correct the host, or this machine's name resolution"},
      {"connection to server at \"db\", port 5432 failed: Connection refused",
       "start the server, correct host and port, or give it longer with --wait SECONDS"},
      {"connection to server on socket \"/tmp/.s.PGSQL.5432\" failed: No such file or directory",
       "start the server, correct host and port, or give it longer with --wait SECONDS"},
      {"timeout expired", "correct host and port, or open the way to them (a firewall?)"},
      {"FATAL:  sorry, too many clients already",
       "end some connections, or wait for that with --wait SECONDS"},
      {"FATAL:  remaining connection slots are reserved for non-replication superuser connections",
       "end some connections, or wait for that with --wait SECONDS"},
      {"FATAL:  too many connections for role \"app\"",
       "end some connections, or wait for that with --wait SECONDS"},
      {"FATAL:  the database system is starting up", "give it longer with --wait SECONDS"},
      {"FATAL:  no pg_hba.conf entry for host \"10.0.0.1\"",
       "allow it in the server's pg_hba.conf"},
      {"FATAL:  unsupported startup parameter: options",
       "remove it from the URL, or have the pooler pass it over (ignore_startup_parameters)"},
      {"FATAL:  la base de données n'existe pas", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(WayIn(row.said), row.way) << row.said;
}

}  // namespace
}  // namespace strata::postgres

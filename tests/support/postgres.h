// A PostgreSQL server for tests, and fresh databases on it. Where there is none a test is skipped;
// with STRATA_REQUIRE_POSTGRES=1 or CI set that is a failure.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <pqxx/pqxx>
#include <string>

#include "absl/strings/str_cat.h"
#include "support/require.h"
#include "verify/cluster.h"

namespace strata::testing {

// The server's URL (of its database "postgres"), or why there is none.
inline const absl::StatusOr<std::string>& ServerUrl() {
  static std::unique_ptr<Cluster> cluster;
  static const absl::StatusOr<std::string> url = []() -> absl::StatusOr<std::string> {
    const char* given = std::getenv("STRATA_TEST_DATABASE_URL");
    if (given != nullptr && *given != '\0') return std::string(given);
    ASSIGN_OR_RETURN(cluster, Cluster::Start());
    return cluster->url();
  }();
  return url;
}

inline void Execute(const std::string& url, const std::string& sql) {
  pqxx::connection connection(url);
  pqxx::nontransaction transaction(connection);
  transaction.exec(sql);
}

// The first column of the first row, or "".
inline std::string Ask(const std::string& url, const std::string& sql) {
  pqxx::connection connection(url);
  pqxx::nontransaction transaction(connection);
  const pqxx::result result = transaction.exec(sql);
  return result.empty() || result[0][0].is_null() ? "" : result[0][0].c_str();
}

// `url` with another database's name: libpq takes the last of two.
inline std::string WithDatabase(const std::string& url, const std::string& name) {
  return absl::StrCat(url, url.find('?') == std::string::npos ? "?" : "&", "dbname=", name);
}

inline std::string FreshDatabase() {
  static int count = 0;
  const std::string name = absl::StrCat("t", getpid(), "_", ++count);
  Execute(*ServerUrl(), absl::StrCat("CREATE DATABASE ", name));
  return WithDatabase(*ServerUrl(), name);
}

}  // namespace strata::testing

#define SKIP_WITHOUT_POSTGRES()                                        \
  do {                                                                 \
    if (!strata::testing::ServerUrl().ok()) {                          \
      if (strata::testing::MustHavePostgres()) {                       \
        FAIL() << strata::testing::ServerUrl().status().message();     \
      }                                                                \
      GTEST_SKIP() << strata::testing::ServerUrl().status().message(); \
    }                                                                  \
  } while (false)

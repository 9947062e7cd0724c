// A PostgreSQL server that one test starts, spoils and stops as it likes. Where there are no server
// programs, error() says so.
#pragma once

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "support/postgres.h"

namespace strata::testing {

class OwnServer {
 public:
  // `settings`: lines of postgresql.conf. `standby`: a read-only one, with no primary.
  explicit OwnServer(const std::string& settings, bool standby = false) {
    char pattern[] = "/tmp/strata-own-XXXXXX";
    folder_ = mkdtemp(pattern);
    const passwd* user = geteuid() == 0 ? getpwnam("postgres") : nullptr;
    if (user != nullptr && chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0) return;
    chmod(folder_.c_str(), 0755);
    std::string log;
    if (!Run(absl::StrCat("initdb -D ", data(), " -U postgres -A trust -N"))) {
      error_ = "initdb failed, or is not on this machine";
      return;
    }
    std::ofstream(data() + "/postgresql.conf", std::ios::app)
        << "listen_addresses = ''\nunix_socket_directories = '" << folder_
        << "'\nfsync = off\nsuperuser_reserved_connections = 0\n"
        << settings;
    if (standby) std::ofstream(data() + "/standby.signal").flush();
    if (!Control("start")) error_ = "the server did not start";
  }
  ~OwnServer() {
    Control("stop -m immediate");
    Run(absl::StrCat("rm -rf ", folder_));
    rmdir(folder_.c_str());
  }
  OwnServer(const OwnServer&) = delete;
  OwnServer& operator=(const OwnServer&) = delete;

  const std::string& error() const { return error_; }
  const std::string& folder() const { return folder_; }
  std::string data() const { return folder_ + "/data"; }
  std::string Url(const std::string& user = "postgres") const {
    return absl::StrCat("postgresql://", user, "@/postgres?host=", folder_);
  }
  // pg_ctl: "restart -m immediate", "reload".
  bool Control(const std::string& what) const {
    return Run(absl::StrCat("pg_ctl -D ", data(), " -w -l ", folder_, "/log ", what));
  }

 private:
  // As the user postgres where the test is root's.
  static bool Run(const std::string& command) {
    const std::string user =
        geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups " : "";
    return std::system(absl::StrCat("PATH=\"$(pg_config --bindir 2>/dev/null):$PATH:/usr/lib/"
                                    "postgresql/15/bin\" ",
                                    user, command, " >/dev/null 2>&1 </dev/null")
                           .c_str()) == 0;
  }

  std::string folder_;
  std::string error_;
};

}  // namespace strata::testing

#define SKIP_WITHOUT_SERVER(server)                                        \
  do {                                                                     \
    if (!(server).error().empty()) {                                       \
      if (strata::testing::MustHavePostgres()) FAIL() << (server).error(); \
      GTEST_SKIP() << (server).error();                                    \
    }                                                                      \
  } while (false)

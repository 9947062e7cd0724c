// A PgBouncer of the test's own before the test server; where there is none, error() says so.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "support/postgres.h"

namespace strata::testing {

class PgBouncer {
 public:
  // `mode`: session or transaction.
  explicit PgBouncer(const std::string& mode) {
    const char* program = "/usr/sbin/pgbouncer";
    if (access(program, X_OK) != 0) {
      error_ = "no pgbouncer on this machine";
      return;
    }
    char pattern[] = "/tmp/strata-bouncer-XXXXXX";
    folder_ = mkdtemp(pattern);
    chmod(folder_.c_str(), 0755);
    port_ = FreePort();
    const std::string ini = folder_ + "/pgbouncer.ini";
    std::ofstream(ini) << "[databases]\n* = host="
                       << Ask(*ServerUrl(), "SHOW unix_socket_directories")
                       << " port=" << Ask(*ServerUrl(), "SHOW port")
                       << " user=" << Ask(*ServerUrl(), "SELECT current_user")
                       << "\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = " << port_
                       << "\nunix_socket_dir =\nauth_type = any\npool_mode = " << mode
                       << "\ndefault_pool_size = 10\nmax_client_conn = 200\n";
    process_ = fork();
    if (process_ == 0) Exec(program, ini);
    if (!Answers()) error_ = "pgbouncer did not start";
  }
  ~PgBouncer() {
    if (process_ > 0) {
      kill(process_, SIGKILL);
      waitpid(process_, nullptr, 0);
    }
    if (folder_.empty()) return;
    unlink((folder_ + "/pgbouncer.ini").c_str());
    rmdir(folder_.c_str());
  }
  PgBouncer(const PgBouncer&) = delete;
  PgBouncer& operator=(const PgBouncer&) = delete;

  const std::string& error() const { return error_; }
  std::string Url(const std::string& database) const {
    return absl::StrCat("postgresql://strata@127.0.0.1:", port_, "/", database);
  }

 private:
  static int FreePort() {
    const int probe = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(probe, reinterpret_cast<sockaddr*>(&address), sizeof(address));
    socklen_t size = sizeof(address);
    getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
    close(probe);
    return ntohs(address.sin_port);
  }

  [[noreturn]] static void Exec(const char* program, const std::string& ini) {
    if (geteuid() == 0) {  // pgbouncer refuses to run as root
      const passwd* user = getpwnam("postgres");
      if (user == nullptr) user = getpwnam("nobody");
      if (setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0) _exit(1);
    }
    execl(program, program, "-q", ini.c_str(), static_cast<char*>(nullptr));
    _exit(1);
  }

  bool Answers() const {
    for (int i = 0; i < 500; ++i) {
      try {
        pqxx::connection connection(Url("postgres"));
        return true;
      } catch (const std::exception&) {
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
      }
    }
    return false;
  }

  std::string folder_;
  std::string error_;
  int port_ = 0;
  pid_t process_ = -1;
};

}  // namespace strata::testing

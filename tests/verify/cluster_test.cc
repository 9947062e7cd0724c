#include "verify/cluster.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/files.h"
#include "support/require.h"

namespace strata {
namespace {

#define SKIP_WITHOUT_SERVER(started)                               \
  if (!(started).ok()) {                                           \
    if (testing::MustHavePostgres()) FAIL() << (started).status(); \
    GTEST_SKIP() << (started).status();                            \
  }

// The folder in which the server's socket lies.
std::string HomeOf(const std::string& url) { return url.substr(url.find("host=") + 5); }

bool Exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

// Waits, at most ten seconds, for the folder to be gone.
bool GoesAway(const std::string& home) {
  for (int i = 0; i < 1000 && Exists(home); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return !Exists(home);
}

class ScratchFolder {
 public:
  ScratchFolder() { EXPECT_NE(mkdtemp(path_), nullptr); }
  ~ScratchFolder() { EXPECT_EQ(std::system(("rm -rf " + std::string(path_)).c_str()), 0); }
  std::string path() const { return path_; }

 private:
  char path_[32] = "/tmp/strata-test-XXXXXX";
};

TEST(Cluster, ServesUntilItIsDropped) {
  absl::StatusOr<std::unique_ptr<Cluster>> cluster = Cluster::Start();
  SKIP_WITHOUT_SERVER(cluster);
  const std::string home = HomeOf((*cluster)->url());
  EXPECT_TRUE(Exists(home + "/.s.PGSQL.5432"));
  cluster->reset();
  EXPECT_FALSE(Exists(home));
}

TEST(Cluster, GoesAwayWithAKilledProcess) {
  int urls[2];
  ASSERT_EQ(pipe(urls), 0);
  const pid_t child = fork();
  if (child == 0) {
    absl::StatusOr<std::unique_ptr<Cluster>> cluster = Cluster::Start();
    const std::string url = cluster.ok() ? (*cluster)->url() : "-";
    if (write(urls[1], url.data(), url.size()) < 0) _exit(1);
    close(urls[1]);
    pause();
  }
  close(urls[1]);
  char buffer[256];
  const ssize_t got = read(urls[0], buffer, sizeof buffer);
  close(urls[0]);
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  ASSERT_GT(got, 0);
  const std::string url(buffer, got);
  if (url == "-") GTEST_SKIP() << "no server programs";
  EXPECT_TRUE(GoesAway(HomeOf(url)));
}

TEST(SharedCluster, IsOneForAllAndStopsWithTheLastOwner) {
  const ScratchFolder scratch;
  const std::string folder = scratch.path() + "/cluster";
  const pid_t other = fork();
  if (other == 0) {
    pause();
    _exit(0);
  }
  const absl::StatusOr<std::string> first = StartSharedCluster(folder, getpid());
  if (!first.ok()) kill(other, SIGKILL);
  SKIP_WITHOUT_SERVER(first);
  EXPECT_EQ(StartSharedCluster(folder, other).value(), *first);
  EXPECT_EQ(SharedClusterUrl(folder).value(), *first);
  EXPECT_TRUE(StopSharedCluster(folder, getpid()).ok());
  EXPECT_EQ(SharedClusterUrl(folder).value(), *first);  // the other one still wants it
  kill(other, SIGKILL);
  waitpid(other, nullptr, 0);
  EXPECT_TRUE(GoesAway(HomeOf(*first)));
}

TEST(SharedCluster, RunsWithoutAnOwnerUntilItIsStopped) {
  const ScratchFolder scratch;
  const std::string folder = scratch.path() + "/cluster";
  EXPECT_EQ(SharedClusterUrl(folder).status().message(), "no server runs for " + folder);
  EXPECT_TRUE(StopSharedCluster(folder, 0).ok());
  const absl::StatusOr<std::string> url = StartSharedCluster(folder, 0);
  SKIP_WITHOUT_SERVER(url);
  EXPECT_TRUE(StopSharedCluster(folder, 0).ok());
  EXPECT_FALSE(Exists(HomeOf(*url)));
}

// A build folder may be deleted while its server runs.
TEST(SharedCluster, StopsWhereItsFolderIsGone) {
  const ScratchFolder scratch;
  const std::string folder = scratch.path() + "/cluster";
  const absl::StatusOr<std::string> url = StartSharedCluster(folder, getpid());
  SKIP_WITHOUT_SERVER(url);
  std::filesystem::remove_all(folder);
  EXPECT_TRUE(GoesAway(HomeOf(*url)));
}

TEST(Cluster, SaysThatThereAreNoPrograms) {
  setenv("STRATA_PG_BINDIR", "/nowhere", 1);
  EXPECT_EQ(Cluster::Start().status().message(),
            "STRATA_PG_BINDIR is /nowhere, which holds no initdb and postgres");
  unsetenv("STRATA_PG_BINDIR");
}

}  // namespace
}  // namespace strata

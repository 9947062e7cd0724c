#include "verify/scratch.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <random>

#include "absl/strings/str_format.h"
#include "driver/driver.h"

namespace strata::verify {
namespace {

absl::Status Execute(const std::string& url, const std::string& statement) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database,
                   OpenDatabase(url, ConnectOptions(), std::chrono::milliseconds(0)));
  return database->Query(statement).status();
}

bool IsSqlite(const std::string& url) { return url.rfind("sqlite:", 0) == 0; }

}  // namespace

std::string WithDatabase(const std::string& url, const std::string& name) {
  // The last dbname wins, in the parameters of a URL as among the words of the other form.
  if (url.find("://") == std::string::npos) return url + " dbname=" + name;
  return url + (url.find('?') == std::string::npos ? "?" : "&") + "dbname=" + name;
}

absl::StatusOr<std::unique_ptr<ScratchDatabase>> ScratchDatabase::Make(const std::string& url) {
  std::unique_ptr<ScratchDatabase> scratch(new ScratchDatabase);
  if (IsSqlite(url)) {
    scratch->name_ = (std::filesystem::temp_directory_path() / "strata-scratch-XXXXXX").string();
    if (mkdtemp(scratch->name_.data()) == nullptr) {
      return absl::UnavailableError("cannot make a temporary folder: " +
                                    std::string(std::strerror(errno)));
    }
    scratch->url_ = "sqlite://" + scratch->name_ + "/scratch.db";
    return scratch;
  }
  scratch->name_ = absl::StrFormat("strata_scratch_%d_%08x", getpid(), std::random_device()());
  RETURN_IF_ERROR(Execute(url, "CREATE DATABASE " + scratch->name_ + " TEMPLATE template0"));
  scratch->server_ = url;
  scratch->url_ = WithDatabase(url, scratch->name_);
  return scratch;
}

ScratchDatabase::~ScratchDatabase() {
  if (!server_.empty()) {
    // Nobody is left to tell; the name says whose it was.
    (void)Execute(server_, "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)").ok();
  } else if (!name_.empty()) {
    std::error_code ignored;
    std::filesystem::remove_all(name_, ignored);
  }
}

}  // namespace strata::verify

// A program that brings its PostgreSQL database up to date when it starts. Any number of them may
// start at the same time: each migration is applied once, and the others wait.
#include <guestbook_schema.h>
#include <strata/strata.h>

#include <cstdio>
#include <cstdlib>
#include <string>

int main() {
  const char* url = std::getenv("DATABASE_URL");
  if (url == nullptr) {
    std::fprintf(stderr, "guestbook: set DATABASE_URL\n");
    return 2;
  }
  strata::MigrateOptions options;
  options.connect_wait = std::chrono::seconds(30);  // the server may still be starting
  options.progress = [](const strata::Event& event) {
    if (event.kind != strata::Event::Kind::kApplied) return;
    std::printf("migrated: %s\n", event.name.c_str());
  };
  const absl::StatusOr<strata::MigrateResult> result =
      strata::Migrate(guestbook::migrations(), url, options);
  if (!result.ok()) {
    std::fprintf(stderr, "guestbook: %s\n", std::string(result.status().message()).c_str());
    return strata::ExitCode(result.status());
  }
  std::printf("at version %llu of %s\n", static_cast<unsigned long long>(*result->current),
              strata::RedactUrl(url).c_str());
}

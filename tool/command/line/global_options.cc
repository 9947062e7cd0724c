#include "command/command.h"

namespace strata {

const std::vector<Option>& GlobalOptions() {
  static const std::vector<Option> kOptions = {
      {"--dir", "DIR", "the folder of the migrations (default: migrations)"},
      {"--dialect", "postgres|sqlite", "what the files are written in (default: postgres)"},
      {"--url", "URL", "the database (default: the environment's DATABASE_URL)"},
      {"--format", "text|json|github|sarif|gitlab|junit", "the output's form (default: text)"},
      {"--color", "auto|always|never", "colours on a terminal, always or never"},
      {"--quiet", nullptr, "say only what went wrong", "-q"},
      {"--verbose", nullptr, "say more", "-v"},
      {"--config", "FILE", "settings (default: strata.toml beside the folder)"},
      {"--history-table", "[SCHEMA.]NAME", "where the history is kept (default: strata_history)"},
      {"--lock-timeout", "TIME", "how long a statement waits for a lock: 2s, 500ms, 0 for ever"},
      {"--statement-timeout", "TIME", "how long a statement may run"},
      {"--urls-from", "FILE", "more databases, a URL a line; --url too may be given several times"},
      {"--schemas", "PATTERN", "each schema of that name, as tenant_*"},
      {"--jobs", "N", "on many databases: so many at a time (default: 4)"},
      {"--fail-fast", nullptr, "on many databases: start no more after a failure"},
      {"--wait", "SECONDS", "wait for the server to come up"},
  };
  return kOptions;
}

}  // namespace strata

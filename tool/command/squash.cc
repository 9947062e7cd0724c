#include "diff/squash/squash.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "base/files.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/git.h"
#include "command/line/new_file.h"
#include "command/line/open.h"
#include "command/line/running.h"
#include "command/line/test_server.h"
#include "command/line/words.h"
#include "migration/seal.h"
#include "sql/load_set.h"

namespace strata {
namespace {

struct Written {
  std::string file, text;
};

std::vector<std::string> FilesOf(const std::vector<const Migration*>& migrations) {
  std::vector<std::string> files;
  for (const Migration* migration : migrations) {
    files.emplace_back(migration->up.file);
    for (const auto* script : {&migration->down, &migration->verify, &migration->sqlite_up,
                               &migration->sqlite_down, &migration->sqlite_verify}) {
      if (script->has_value()) files.emplace_back((*script)->file);
    }
  }
  return files;
}

std::vector<Written> NewFiles(const diff::Squashed& squashed, const std::string& name) {
  const auto file = [&](FilePart part) {
    return FormatFileName(squashed.digits, name, false, part);
  };
  std::vector<Written> files = {{file(FilePart::kUp), squashed.up},
                                {file(FilePart::kDown), squashed.down}};
  if (!squashed.verify.empty()) files.push_back({file(FilePart::kVerify), squashed.verify});
  return files;
}

// What is removed has to be somewhere else. Returns "" where it is, else why not.
std::string Unsaved(const Context& context, const std::vector<std::string>& files) {
  const std::optional<std::set<std::string>> changed = UncommittedFiles(context.settings.dir);
  if (!changed) return "the folder is not in a git repository";
  for (const std::string& file : files) {
    if (changed->count(file) > 0) return file + " is not committed";
  }
  return "";
}

absl::Status Away(const std::string& from, const std::string& keep, const std::string& file) {
  const bool gone = keep.empty() ? std::remove(from.c_str()) == 0
                                 : std::rename(from.c_str(), JoinPath(keep, file).c_str()) == 0;
  if (gone) return absl::OkStatus();
  return absl::UnavailableError("cannot remove " + from + ": " + std::strerror(errno));
}

absl::Status MakeKeep(const std::string& keep) {
  if (mkdir(keep.c_str(), 0777) == 0) return absl::OkStatus();
  if (errno != EEXIST) {
    return absl::InvalidArgumentError("cannot make the folder " + keep + ": " +
                                      std::strerror(errno));
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> there, ListFiles(keep));
  if (there.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(keep + " is not empty");
}

// The seal names what stands in the folder; what was not sealed stays so.
absl::Status SealAnew(const Context& context, const std::vector<SealedMigration>& before,
                      std::uint64_t to) {
  const std::string path = JoinPath(context.settings.dir, "strata.lock");
  Diagnostics unused;
  ASSIGN_OR_RETURN(const sql::LoadedSet now,
                   sql::LoadSet(context.settings.dir, context.settings.dialect,
                                {/*check_seal=*/false, /*require_sealed=*/false}, &unused));
  std::vector<SealedMigration> sealed;
  for (SealedMigration& migration : SealOf(now.set)) {
    const bool was = std::any_of(before.begin(), before.end(), [&](const SealedMigration& s) {
      return s.version == migration.version;
    });
    if (was || migration.version == to) sealed.push_back(std::move(migration));
  }
  return WriteFile(path, PrintSeal(sealed));
}

// New files first: a crash leaves too much rather than too little.
absl::Status Replace(Context& context, const diff::Squashed& squashed,
                     const std::vector<Written>& written, const std::vector<std::string>& removed,
                     const std::string& keep) {
  if (!keep.empty()) RETURN_IF_ERROR(MakeKeep(keep));
  const std::string seal = JoinPath(context.settings.dir, "strata.lock");
  const absl::StatusOr<std::string> sealed = ReadFile(seal);
  for (const Written& file : written)
    RETURN_IF_ERROR(WriteFile(JoinPath(context.settings.dir, file.file), file.text));
  for (const std::string& file : removed)
    RETURN_IF_ERROR(Away(JoinPath(context.settings.dir, file), keep, file));
  if (!sealed.ok()) return absl::IsNotFound(sealed.status()) ? absl::OkStatus() : sealed.status();
  Diagnostics unused;
  const std::vector<SealedMigration> lines = ParseSeal(*sealed, &unused);
  const std::uint64_t to = squashed.replaced.back()->version;
  const bool whole = !lines.empty() && lines.back().version >= to;
  return SealAnew(context, lines, whole ? to : 0);
}

void Json(Context& context, const diff::Squashed& squashed, const std::vector<Written>& written,
          const std::vector<std::string>& removed) {
  JsonWriter json;
  json.BeginObject().Key("version").Int(1).Key("dry_run");
  json.Bool(context.arguments.Has("--dry-run")).Key("replaces").BeginArray();
  for (const Migration* migration : squashed.replaced) json.Unsigned(migration->version);
  json.EndArray().Key("written").BeginArray();
  for (const Written& file : written) json.String(JoinPath(context.settings.dir, file.file));
  json.EndArray().Key("removed").BeginArray();
  for (const std::string& file : removed) json.String(JoinPath(context.settings.dir, file));
  json.EndArray().Key("proved_on_database").Bool(squashed.on_server).EndObject();
  context.terminal.Out(json.text() + "\n");
}

void Say(Context& context, const diff::Squashed& squashed, const std::vector<Written>& written,
         const std::vector<std::string>& removed, const std::string& keep) {
  const bool dry = context.arguments.Has("--dry-run");
  for (const std::string& note : squashed.notes) context.terminal.Err("note: " + note + "\n");
  if (context.settings.format == "json") return Json(context, squashed, written, removed);
  for (const Written& file : written) {
    context.terminal.Out((dry ? "would write " : "") + JoinPath(context.settings.dir, file.file) +
                         "\n");
    if (dry && context.settings.verbose) context.terminal.Out(file.text);
  }
  if (context.settings.quiet) return;
  const std::string where = keep.empty() ? "removed" : "moved to " + keep;
  context.terminal.Out(absl::StrFormat("%s, proved on %s; %s of theirs %s%s\n",
                                       Count(squashed.replaced.size(), "migration") + " in one",
                                       squashed.on_server ? "a scratch database" : "the model",
                                       Count(removed.size(), "file"), dry ? "would be " : "",
                                       where));
}

Exit Refuse(Context& context, const absl::Status& status) {
  const bool ran = status.message().find("do not run on the scratch database") != std::string::npos;
  if (ran) {
    return Fail(context, Exit::kRefused, std::string(status.message()),
                "--url names another server, which has what they need");
  }
  if (!absl::IsNotFound(status)) return ReportFailure(context, status);
  return Fail(context, Exit::kRefused, std::string(status.message()),
              "--url postgresql://user@host/name of a server for scratch databases, or install "
              "PostgreSQL's server programs; --without-rows leaves the rows out");
}

Exit Run(Context& context) {
  if (context.baked != nullptr)
    return Fail(context, Exit::kUsage, "a set that is baked in has no files to squash");
  const auto to = context.arguments.Value("--to");
  if (!to) {
    return Fail(context, Exit::kUsage, "needs --to V, the newest migration to be replaced",
                "strata squash --to 42");
  }
  diff::SquashOptions options;
  const absl::StatusOr<std::uint64_t> version = ParseVersion(*to);
  if (!version.ok()) return Fail(context, Exit::kUsage, std::string(version.status().message()));
  options.to = *version;
  options.rows = !context.arguments.Has("--without-rows");
  absl::StatusOr<TestServer> server = absl::NotFoundError("");
  options.server = [&]() -> absl::StatusOr<std::string> {
    server = FindTestServer(context);
    RETURN_IF_ERROR(server.status());
    return server->url;
  };
  const std::string name = SlugOf(context.arguments.Value("--name").value_or("baseline"));
  if (name.empty()) return Fail(context, Exit::kUsage, "--name is empty");

  const absl::StatusOr<diff::Squashed> squashed = diff::Squash(*context.loaded, options);
  if (!squashed.ok()) return Refuse(context, squashed.status());
  const std::vector<Written> written = NewFiles(*squashed, name);
  std::vector<std::string> removed = FilesOf(squashed->replaced);
  const bool dry = context.arguments.Has("--dry-run");
  const std::string keep = context.arguments.Value("--keep").value_or("");
  if (const std::string why = keep.empty() && !dry ? Unsaved(context, removed) : ""; !why.empty()) {
    return Fail(context, Exit::kRefused,
                "the files replaced would be lost: " + why + "; nothing was written",
                "commit them first, or --keep DIR moves them there");
  }
  if (keep.empty()) {  // one of them may have the baseline's name
    removed.erase(std::remove_if(removed.begin(), removed.end(),
                                 [&](const std::string& file) {
                                   return std::any_of(
                                       written.begin(), written.end(),
                                       [&](const Written& w) { return w.file == file; });
                                 }),
                  removed.end());
  }
  if (!dry) {
    const absl::Status status = Replace(context, *squashed, written, removed, keep);
    if (!status.ok()) return ReportFailure(context, status);
  }
  Say(context, *squashed, written, removed, keep);
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_squash;
const Command kCommand_squash = {
    .name = "squash",
    .group = Group::kWrite,
    .summary = "replace old migrations by one that makes the same schema and rows",
    .options = {{"--to", "V", "the newest migration to be replaced"},
                {"--name", "NAME", "of the new migration; default baseline"},
                {"--keep", "DIR", "move the replaced files there; default: remove them"},
                {"--dry-run", nullptr,
                 "say what would be written and removed (--verbose: the text)"},
                {"--without-rows", nullptr, "leave out what the migrations put into tables"},
                {"--ephemeral", nullptr,
                 "where a server is needed, a throw-away one, whatever the environment says"}},
    .notes =
        "The new migration has version V and says which ones it replaces, with their checksums.\n"
        "A fresh database runs it. A database that has them all counts as having it, and its\n"
        "history stays as it is (strata stamp V would rewrite it); one in the middle is refused\n"
        "until it was brought to V with the files from before. Its down drops everything.\n"
        "\n"
        "The files alone are enough where the migrations only make a schema. Where they put rows\n"
        "in, run DO blocks or have verify scripts, they run in a scratch database (as for strata\n"
        "test), the rows are read there, and the new migration is run and compared in another.\n"
        "Verify scripts are joined into one. Files are removed only where git has them.",
    .example =
        "strata squash --to 42 --dry-run\n"
        "strata squash --to 42",
    .needs = Needs::kSet,
    .run = Run,
};

}  // namespace strata

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <vector>

#include "absl/strings/str_format.h"
#include "base/files.h"
#include "base/json.h"
#include "command/context.h"
#include "command/line/new_file.h"
#include "command/line/words.h"
#include "migration/file_name.h"

namespace strata {
namespace {

constexpr char kUp[] =
    "-- What changes. The whole file is one transaction; what cannot run in one\n"
    "-- (CREATE INDEX CONCURRENTLY, …) goes into a migration of its own.\n\n";
constexpr char kDown[] =
    "-- The way back: after it the schema is as it was before the up file. Where there is none,\n"
    "-- delete this file and write into the up file:  -- strata: irreversible \"the reason\"\n\n";

// Makes a file that was not there. Errors: kAlreadyExists, kUnavailable.
absl::Status Create(const std::string& path, const char* text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (file < 0 && errno == EEXIST) return absl::AlreadyExistsError(path + " is already there");
  if (file < 0) return absl::UnavailableError("cannot write " + path + ": " + std::strerror(errno));
  const std::size_t size = std::strlen(text);
  const bool whole = write(file, text, size) == static_cast<ssize_t>(size);
  const int fault = errno;
  if (close(file) == 0 && whole) return absl::OkStatus();
  unlink(path.c_str());
  return absl::UnavailableError("cannot write " + path + ": " + std::strerror(fault));
}

absl::StatusOr<std::vector<std::string>> CreatePair(const Context& context,
                                                    const std::string& slug) {
  const std::string& folder = context.settings.dir;
  RETURN_IF_ERROR(MakeFolder(folder));
  ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(folder));
  const Numbering numbering = StyleOf(files);
  const bool timestamp = context.arguments.Has("--timestamp") ||
                         (numbering.timestamp && !context.arguments.Has("--sequence"));
  if (numbering.timestamp && context.arguments.Has("--sequence")) {
    return absl::InvalidArgumentError(
        "--sequence: this folder counts in timestamps, and a short number would come before them");
  }
  const std::string digits = NextDigits(numbering, timestamp);
  std::vector<std::string> made;
  for (const FilePart part : {FilePart::kUp, FilePart::kDown}) {
    made.push_back(JoinPath(folder, FormatFileName(digits, slug, false, part)));
    RETURN_IF_ERROR(Create(made.back(), part == FilePart::kUp ? kUp : kDown));
  }
  return made;
}

Exit Run(Context& context) {
  const Arguments& arguments = context.arguments;
  const std::optional<std::string> message = arguments.Value("--message");
  if (arguments.positional.empty() == !message.has_value()) {
    return Fail(context, Exit::kUsage, message ? "a NAME or -m, not both" : "needs a name",
                "strata new add_email_to_users");
  }
  const std::string words = message ? *message : arguments.positional[0];
  const std::string slug = SlugOf(words);
  if (slug.empty()) {
    return Fail(context, Exit::kUsage,
                absl::StrFormat("\"%s\" has no letter or digit to name a file after", words),
                "strata new add_email_to_users");
  }
  if (arguments.Has("--sequence") && arguments.Has("--timestamp")) {
    return Fail(context, Exit::kUsage, "--sequence and --timestamp: choose one");
  }
  absl::StatusOr<std::vector<std::string>> made = CreatePair(context, slug);
  if (!made.ok()) return Fail(context, Exit::kUsage, std::string(made.status().message()));
  if (context.settings.format == "json") {
    JsonWriter json;
    json.BeginObject().Key("files").BeginArray();
    for (const std::string& path : *made) json.String(path);
    context.terminal.Out(json.EndArray().EndObject().text() + "\n");
  } else {
    for (const std::string& path : *made) context.terminal.Out(path + "\n");
  }
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_new;
const Command kCommand_new = {
    .name = "new",
    .aliases = "revision",
    .group = Group::kWrite,
    .summary = "make a fresh pair of files",
    .arguments = "[NAME]",
    .options = {{"--sequence", nullptr, "count on: 0001, 0002, … (an empty folder begins so)"},
                {"--timestamp", nullptr, "number by the UTC time, as 20261122103000"},
                {"--message", "TEXT", "the name, in words", "-m"}},
    .notes =
        "Without --sequence or --timestamp the folder's newest file decides. The folder is made\n"
        "where it is missing. Prints the two paths.",
    .example =
        "strata new add_email_to_users\n"
        "strata revision -m \"add e-mail to users\"",
    .needs = Needs::kNothing,
    .run = Run,
};

}  // namespace strata

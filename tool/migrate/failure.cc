#include "migrate/failure.h"

#include <algorithm>
#include <cstdlib>
#include <type_traits>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "migration/plan.h"

namespace strata {
namespace {

constexpr char kPayload[] = "strata/failure";

// A payload is bytes: fields one after the other, each as "<length>:<bytes>".
class Writer {
 public:
  void Put(const std::string& text) { absl::StrAppend(&bytes_, text.size(), ":", text); }
  void Put(std::uint64_t number) { Put(absl::StrCat(number)); }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string bytes) : bytes_(std::move(bytes)) {}
  std::string Text() {
    const std::size_t colon = bytes_.find(':', at_);
    if (colon == std::string::npos) return "";
    const std::size_t size = std::strtoull(bytes_.c_str() + at_, nullptr, 10);
    at_ = std::min(colon + 1 + size, bytes_.size());
    return bytes_.substr(colon + 1, size);
  }
  std::uint64_t Number() { return std::strtoull(Text().c_str(), nullptr, 10); }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

std::string Sentence(const Failure& failure) {
  std::string text;
  if (!failure.file.empty()) absl::StrAppend(&text, failure.file);
  if (failure.line > 0) absl::StrAppend(&text, ":", failure.line, ":", failure.column);
  if (!text.empty()) text += ": ";
  absl::StrAppend(&text, failure.message);
  if (!failure.sqlstate.empty()) absl::StrAppend(&text, " [", failure.sqlstate, "]");
  if (!failure.detail.empty()) absl::StrAppend(&text, "; detail: ", failure.detail);
  if (!failure.hint.empty()) absl::StrAppend(&text, "; hint: ", failure.hint);
  return text;
}

}  // namespace

absl::Status FailureStatus(const Failure& failure) {
  absl::Status status = absl::AbortedError(Sentence(failure));
  Writer out;
  out.Put(failure.version);
  out.Put(failure.name);
  out.Put(failure.down ? 1 : 0);
  out.Put(failure.file);
  out.Put(failure.begin);
  out.Put(failure.end);
  out.Put(static_cast<std::uint64_t>(failure.line));
  out.Put(static_cast<std::uint64_t>(failure.column));
  out.Put(failure.statement);
  for (const std::string* text :
       {&failure.message, &failure.detail, &failure.hint, &failure.sqlstate}) {
    out.Put(*text);
  }
  out.Put(failure.dirty ? 1 : 0);
  out.Put(failure.done.size());
  for (std::uint64_t version : failure.done) out.Put(version);
  status.SetPayload(kPayload, absl::Cord(out.bytes()));
  return status;
}

std::optional<Failure> FailureOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  if (!payload) return std::nullopt;
  Reader in{std::string(*payload)};
  Failure failure;
  failure.version = in.Number();
  failure.name = in.Text();
  failure.down = in.Number() == 1;
  failure.file = in.Text();
  failure.begin = in.Number();
  failure.end = in.Number();
  failure.line = static_cast<int>(in.Number());
  failure.column = static_cast<int>(in.Number());
  failure.statement = in.Number();
  for (std::string* text : {&failure.message, &failure.detail, &failure.hint, &failure.sqlstate}) {
    *text = in.Text();
  }
  failure.dirty = in.Number() == 1;
  for (std::uint64_t left = in.Number(); left > 0; --left) failure.done.push_back(in.Number());
  return failure;
}

int ExitCode(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
      return 0;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kUnimplemented:
      return 2;
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kOutOfRange:
      return 3;
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
      return 5;
    default:
      return 4;
  }
}

std::string ListOf(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 5;
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i) {
    absl::StrAppend(&out, i == 0 ? "" : ", ", names[i]);
  }
  if (names.size() > kMost) absl::StrAppend(&out, " and ", names.size() - kMost, " more");
  return out;
}

std::string DoneBefore(const std::vector<Change>& changes, const MigrationSet& set) {
  if (changes.empty()) return "nothing was changed before it";
  std::vector<std::string> names;
  for (const Change& change : changes) names.push_back(Label(set, change.version, change.name));
  return absl::StrCat("done before it, and kept: ", ListOf(names));
}

}  // namespace strata

#include "driver/url.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "absl/strings/str_cat.h"

namespace strata {
namespace {

constexpr char kStars[] = "***";

bool StartsWith(const std::string& text, const char* prefix) { return text.rfind(prefix, 0) == 0; }

bool IsPostgresUrl(const std::string& url) {
  return StartsWith(url, "postgresql://") || StartsWith(url, "postgres://");
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool IsSecretKey(const std::string& key) {
  const std::string lower = Lower(key);
  return lower == "password" || lower == "sslpassword" || lower == "passfile";
}

struct Range {
  std::size_t begin;
  std::size_t end;
};

// A list of ports ("5432", or "5432,other:5433" for several hosts) and nothing else.
bool LooksLikePort(const std::string& text) {
  const std::string first = text.substr(0, text.find(','));
  return first.size() <= 5 && std::all_of(first.begin(), first.end(),
                                          [](unsigned char c) { return std::isdigit(c) != 0; });
}

// The password between "user:" and the last "@" before the query; without any "@", what follows the
// colon where it is no port (postgresql://user:secret/db: libpq takes it for a port and prints it).
void FindUserPassword(const std::string& url, std::vector<Range>& found) {
  const std::size_t start = url.find("://") + 3;
  const std::size_t end = std::min(url.find('?', start), url.size());
  const std::size_t at = url.rfind('@', end);
  if (at != std::string::npos && at >= start) {
    const std::size_t colon = url.find(':', start);
    if (colon < at) found.push_back({colon + 1, at});
    return;
  }
  const std::size_t slash = std::min(url.find('/', start), end);
  const std::size_t bracket = url.rfind(']', slash);  // [::1]:5432 has colons of another kind
  const std::size_t host = bracket != std::string::npos && bracket >= start ? bracket : start;
  const std::size_t colon = url.find(':', host);
  if (colon == std::string::npos || colon >= slash) return;
  if (!LooksLikePort(url.substr(colon + 1, slash - colon - 1))) found.push_back({colon + 1, slash});
}

void FindQueryPasswords(const std::string& url, std::vector<Range>& found) {
  std::size_t position = url.find('?');
  while (position != std::string::npos && position < url.size()) {
    const std::size_t key = position + 1;
    std::size_t end = url.find('&', key);
    if (end == std::string::npos) end = url.size();
    const std::size_t equals = url.find('=', key);
    if (equals != std::string::npos && equals < end && IsSecretKey(url.substr(key, equals - key))) {
      found.push_back({equals + 1, end});
    }
    position = end < url.size() ? end : std::string::npos;
  }
}

std::size_t SkipBlanks(const std::string& text, std::size_t i) {
  while (i < text.size() && std::isspace(static_cast<unsigned char>(text[i])) != 0) ++i;
  return i;
}

// libpq's own rules: blanks round "=", values in quotes with backslash escapes.
void FindKeywordPasswords(const std::string& text, std::vector<Range>& found) {
  std::size_t i = 0;
  while ((i = SkipBlanks(text, i)) < text.size()) {
    const std::size_t key = i;
    while (i < text.size() && text[i] != '=' &&
           std::isspace(static_cast<unsigned char>(text[i])) == 0)
      ++i;
    const std::string name = text.substr(key, i - key);
    i = SkipBlanks(text, i);
    if (i >= text.size() || text[i] != '=') continue;
    i = SkipBlanks(text, i + 1);
    const std::size_t value = i;
    if (i < text.size() && text[i] == '\'') {
      for (++i; i < text.size() && text[i] != '\''; ++i) {
        if (text[i] == '\\') ++i;
      }
      i = std::min(i + 1, text.size());
    } else {
      for (; i < text.size() && std::isspace(static_cast<unsigned char>(text[i])) == 0; ++i) {
        if (text[i] == '\\') ++i;
      }
      i = std::min(i, text.size());
    }
    if (IsSecretKey(name)) found.push_back({value, i});
  }
}

std::vector<Range> FindPasswords(const std::string& url) {
  std::vector<Range> found;
  if (StartsWith(Lower(url), "sqlite:")) return found;
  if (url.find("://") != std::string::npos) {
    FindUserPassword(url, found);
    FindQueryPasswords(url, found);
  } else {
    FindKeywordPasswords(url, found);
  }
  return found;
}

std::string PercentDecoded(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() &&
        std::isxdigit(static_cast<unsigned char>(text[i + 1])) != 0 &&
        std::isxdigit(static_cast<unsigned char>(text[i + 2])) != 0) {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

void ReplaceAll(std::string& text, const std::string& what, const std::string& with = kStars) {
  if (what.empty()) return;
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

}  // namespace

absl::StatusOr<Url> ParseUrl(const std::string& url) {
  if (url.empty()) return absl::InvalidArgumentError("no database URL is given");
  if (IsPostgresUrl(url)) return Url{Dialect::kPostgres, url};
  if (StartsWith(url, "sqlite:")) {
    std::string place = url.substr(7);
    if (StartsWith(place, "//")) place = place.substr(2);
    if (place.empty()) {
      return absl::InvalidArgumentError(
          "the URL names no file: write sqlite:relative.db, sqlite:///absolute.db or "
          "sqlite::memory:");
    }
    return Url{Dialect::kSqlite, place};
  }
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos && url.find('=') != std::string::npos) {
    return Url{Dialect::kPostgres, url};
  }
  return absl::InvalidArgumentError(absl::StrCat(
      "the database URL ",
      scheme == std::string::npos
          ? std::string("has no scheme")
          : absl::StrCat("has the unknown scheme \"", url.substr(0, scheme), "\""),
      ": write postgresql://user@host/database, sqlite:relative.db, sqlite:///absolute.db, "
      "sqlite::memory:, or libpq's key=value form"));
}

std::string Redact(const std::string& url) {
  std::string out = url;
  std::vector<Range> found = FindPasswords(url);
  std::sort(found.begin(), found.end(), [](Range a, Range b) { return a.begin > b.begin; });
  for (const Range& range : found) out.replace(range.begin, range.end - range.begin, kStars);
  return out;
}

std::string RedactIn(const std::string& message, const std::string& url) {
  std::string out = message;
  ReplaceAll(out, url, Redact(url));
  for (const Range& range : FindPasswords(url)) {
    const std::string secret = url.substr(range.begin, range.end - range.begin);
    ReplaceAll(out, secret);
    ReplaceAll(out, PercentDecoded(secret));
    // A password with "/" or ":" in it, unescaped, is cut up by libpq and shown in pieces.
    std::size_t from = 0;
    while (from < secret.size()) {
      const std::size_t to = std::min(secret.find_first_of("/:@?#", from), secret.size());
      if (to - from >= 4) ReplaceAll(out, secret.substr(from, to - from));
      from = to + 1;
    }
  }
  return out;
}

}  // namespace strata

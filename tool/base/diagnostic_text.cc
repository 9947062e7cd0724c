#include "base/diagnostic_text.h"

#include <algorithm>
#include <tuple>

#include "base/files.h"
#include "base/utf8.h"

namespace strata {
namespace {

constexpr std::size_t kExcerptWidth = 160;  // characters of a source line that are shown

struct Colors {
  std::string_view bold, severity, caret, reset;
};

Colors ColorsOf(Severity severity, bool color) {
  if (!color) return {};
  const std::string_view hue = severity == Severity::kError     ? "\x1b[1;31m"
                               : severity == Severity::kWarning ? "\x1b[1;35m"
                                                                : "\x1b[1;36m";
  return {"\x1b[1m", hue, "\x1b[1;32m", "\x1b[0m"};
}

// One source line as it can be shown: each character one column, nothing that moves the cursor.
struct Excerpt {
  std::string text;
  std::string caret;
};

std::size_t CharacterEnd(std::string_view text, std::size_t at) {
  const unsigned char first = text[at];
  if (first < 0x80) return at + 1;
  const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  const std::string_view character = text.substr(at, length);
  return at + (FindInvalidUtf8(character) == std::string_view::npos ? length : 1);
}

Excerpt ExcerptOf(std::string_view text, Span span) {
  const std::size_t at = std::min(span.begin, text.size());
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  std::size_t end = std::min(text.find('\n', at), text.size());
  if (end > begin && text[end - 1] == '\r') --end;

  Excerpt excerpt;
  std::size_t skip = 0;  // characters left out at the front, so that the caret is in view
  const std::size_t caret_column = PlaceOf(text.substr(begin), at - begin).column - 1;
  if (caret_column > kExcerptWidth - 40) skip = caret_column - (kExcerptWidth - 40);
  if (skip > 0) excerpt.text = excerpt.caret = "...";
  if (skip > 0) excerpt.caret = "   ";
  std::size_t column = 0;
  for (std::size_t i = begin; i < end; ++column) {
    const std::size_t next = std::min(CharacterEnd(text, i), end);
    if (column >= skip && column < skip + kExcerptWidth) {
      const std::string_view character = text.substr(i, next - i);
      const bool tab = character == "\t";
      const bool control =
          !tab && (static_cast<unsigned char>(character[0]) < 0x20 || character[0] == 0x7f);
      const bool broken = FindInvalidUtf8(character) != std::string_view::npos;
      excerpt.text += control ? "?" : broken ? "\xEF\xBF\xBD" : std::string(character);
      if (i < at) excerpt.caret += tab ? "\t" : " ";
      if (i == at) excerpt.caret += "^";
      if (i > at && i < span.end) excerpt.caret += "~";
    } else if (column == skip + kExcerptWidth) {
      excerpt.text += "...";
      break;
    }
    i = next;
  }
  if (at >= end) excerpt.caret += "^";
  return excerpt;
}

}  // namespace

std::string_view SeverityName(Severity severity) {
  return severity == Severity::kError     ? "error"
         : severity == Severity::kWarning ? "warning"
                                          : "note";
}

std::string_view ClassName(DiagnosticClass cls) {
  switch (cls) {
    case DiagnosticClass::kReject:
      return "reject";
    case DiagnosticClass::kRoundtrip:
      return "roundtrip";
    case DiagnosticClass::kIntegrity:
      return "integrity";
    case DiagnosticClass::kLint:
      return "lint";
    case DiagnosticClass::kCoverage:
      return "coverage";
  }
  return "";
}

std::string_view DirectionName(Direction direction) {
  return direction == Direction::kUp ? "up" : "down";
}

std::string DiagnosticText(const Diagnostic& d, const Sources& sources, bool color) {
  const Colors colors = ColorsOf(d.severity, color);
  const std::string_view text = sources.TextOf(d.file);
  std::string out(colors.bold);
  out += d.file.empty() ? sources.folder : JoinPath(sources.folder, d.file);
  if (!d.file.empty()) {
    const LineColumn place = PlaceOf(text, d.span.begin);
    out += ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  }
  out += ": ";
  out += colors.severity;
  out += SeverityName(d.severity);
  out += ": ";
  out += colors.reset;
  out += colors.bold;
  out += d.message;
  out += colors.reset;
  if (!d.rule.empty()) out += " [" + d.rule + "]";
  out += "\n";
  if (!text.empty() && d.span.end > 0) {
    const Excerpt excerpt = ExcerptOf(text, d.span);
    out += "  " + excerpt.text + "\n  ";
    out += colors.caret;
    out += excerpt.caret;
    out += colors.reset;
    out += "\n";
  }
  if (!d.help.empty()) out += "help: " + d.help + "\n";
  return out;
}

std::string DiagnosticsText(const Diagnostics& diagnostics, const Sources& sources, bool color) {
  std::string out;
  for (const Diagnostic& d : diagnostics) out += DiagnosticText(d, sources, color);
  return out;
}

void SortByPlace(Diagnostics* diagnostics) {
  auto before = [](const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.migration, a.direction, a.file, a.span.begin) <
           std::tie(b.migration, b.direction, b.file, b.span.begin);
  };
  std::stable_sort(diagnostics->begin(), diagnostics->end(), before);
}

}  // namespace strata

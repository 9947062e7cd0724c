#include "catalog/analyze/literal_time.h"

#include <algorithm>
#include <array>
#include <optional>

#include "catalog/analyze/literal_text.h"

namespace strata::catalog {
namespace {

std::optional<int> TakeNumber(std::string_view* text, std::size_t least, std::size_t most) {
  std::size_t n = 0;
  int value = 0;
  while (n < text->size() && n < most && IsDigit((*text)[n]))
    value = value * 10 + ((*text)[n++] - '0');
  if (n < least || (n < text->size() && IsDigit((*text)[n]))) return std::nullopt;
  text->remove_prefix(n);
  return value;
}

int DaysIn(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

enum class Reading { kFits, kOutOfRange, kOther };

// yyyy-mm-dd
Reading ReadDate(std::string_view* text) {
  const auto year = TakeNumber(text, 4, 4);
  if (!year || text->empty() || text->front() != '-') return Reading::kOther;
  text->remove_prefix(1);
  const auto month = TakeNumber(text, 1, 2);
  if (!month || text->empty() || text->front() != '-') return Reading::kOther;
  text->remove_prefix(1);
  const auto day = TakeNumber(text, 1, 2);
  if (!day) return Reading::kOther;
  if (text->find("BC") != std::string_view::npos || text->find("bc") != std::string_view::npos)
    return Reading::kOther;
  const bool fits =
      *year >= 1 && *month >= 1 && *month <= 12 && *day >= 1 && *day <= DaysIn(*year, *month);
  return fits ? Reading::kFits : Reading::kOutOfRange;
}

// hh:mm[:ss[.f]]
Reading ReadTime(std::string_view* text) {
  const auto hour = TakeNumber(text, 1, 2);
  if (!hour || text->empty() || text->front() != ':') return Reading::kOther;
  text->remove_prefix(1);
  const auto minute = TakeNumber(text, 2, 2);
  if (!minute) return Reading::kOther;
  int second = 0;
  if (!text->empty() && text->front() == ':') {
    text->remove_prefix(1);
    const auto read = TakeNumber(text, 2, 2);
    if (!read) return Reading::kOther;
    second = *read;
  }
  if (text->find("PM") != std::string_view::npos || text->find("pm") != std::string_view::npos ||
      text->find("AM") != std::string_view::npos || text->find("am") != std::string_view::npos) {
    return Reading::kOther;
  }
  const bool fits = *hour <= 24 && *minute <= 59 && second <= 60;
  return fits ? Reading::kFits : Reading::kOutOfRange;
}

LiteralFault OutOfRange(std::string_view text) {
  return {"datetime-field-overflow",
          "date/time field value out of range: \"" + std::string(text) + "\"", ""};
}

// Without a digit only these words make a date or time.
bool HasTimeWord(std::string_view text) {
  std::string word;
  for (char c : Lower(text) + " ") {
    if (c >= 'a' && c <= 'z') {
      word += c;
      continue;
    }
    for (const char* known :
         {"now", "today", "tomorrow", "yesterday", "epoch", "infinity", "allballs"}) {
      if (word == known) return true;
    }
    word.clear();
  }
  return false;
}

}  // namespace

LiteralFault CheckTimeLike(std::string_view text, std::string_view type, bool with_date,
                           bool words) {
  const bool digits = std::any_of(text.begin(), text.end(), IsDigit);
  if (!digits) {
    if (words && HasTimeWord(text)) return {};
    return Syntax(type, text, "invalid-datetime-format");
  }
  std::string_view rest = Trim(text);
  const bool number = std::all_of(rest.begin(), rest.end(), IsDigit);
  if (with_date && number && rest.size() < 5) return Syntax(type, text, "invalid-datetime-format");
  if (with_date) {
    const Reading date = ReadDate(&rest);
    if (date == Reading::kOutOfRange) return OutOfRange(text);
    if (date == Reading::kOther) return {};
    if (rest.empty() || (rest[0] != ' ' && rest[0] != 'T')) return {};
    rest.remove_prefix(1);
    rest = Trim(rest);
  }
  if (!words) return {};  // an interval
  return ReadTime(&rest) == Reading::kOutOfRange ? OutOfRange(text) : LiteralFault{};
}

}  // namespace strata::catalog

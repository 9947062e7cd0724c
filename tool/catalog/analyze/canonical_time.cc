#include <cctype>
#include <cstdint>
#include <cstdio>
#include <optional>

#include "catalog/analyze/canonical.h"
#include "catalog/analyze/types.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

namespace {

constexpr std::int64_t kSecond = 1000000, kMinute = 60 * kSecond, kHour = 60 * kMinute,
                       kDay = 24 * kHour;

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsAlpha(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool AtEnd() {
    Blanks();
    return at_ >= text_.size();
  }
  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void Blanks() {
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
  }
  std::optional<std::int64_t> Digits(std::size_t most = 15) {
    const std::size_t begin = at_;
    std::int64_t value = 0;
    for (; at_ < text_.size() && IsDigit(text_[at_]); ++at_)
      value = value * 10 + (text_[at_] - '0');
    if (at_ == begin || at_ - begin > most) return std::nullopt;
    return value;
  }
  // .25 -> 250000; 0 where there is none.
  std::int64_t Fraction() {
    if (!Take('.')) return 0;
    std::int64_t value = 0, unit = kSecond;
    for (; at_ < text_.size() && IsDigit(text_[at_]); ++at_) {
      unit /= 10;
      value += unit * (text_[at_] - '0');
    }
    return value;
  }
  std::string Word() {
    std::string word;
    for (; at_ < text_.size() && IsAlpha(text_[at_]); ++at_)
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(text_[at_])));
    return word;
  }
  // hh:mm[:ss[.f]], the hours given.
  std::optional<std::int64_t> ClockAfter(std::int64_t hours) {
    const auto minutes = Digits(2);
    if (!minutes) return std::nullopt;
    std::int64_t value = hours * kHour + *minutes * kMinute;
    if (!Take(':')) return value;
    const auto seconds = Digits(2);
    if (!seconds) return std::nullopt;
    return value + *seconds * kSecond + Fraction();
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

std::string Two(std::int64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string Clock(std::int64_t micros) {
  std::string text =
      Two(micros / kHour) + ":" + Two(micros / kMinute % 60) + ":" + Two(micros / kSecond % 60);
  if (micros % kSecond == 0) return text;
  std::string fraction = std::to_string(kSecond + micros % kSecond).substr(1);
  while (fraction.back() == '0') fraction.pop_back();
  return text + "." + fraction;
}

struct Interval {
  std::int64_t months = 0, days = 0, micros = 0;
};

// One unit's share; false: it is no unit.
bool AddUnit(std::string unit, std::int64_t whole, std::int64_t fraction, Interval* sum) {
  if (unit.size() > 1 && unit.back() == 's' && unit != "ms" && unit != "us") unit.pop_back();
  struct Length {
    const char* names;
    std::int64_t micros;
  };
  // Each name between blanks. Source: the documentation's table of interval units.
  static constexpr Length kClock[] = {{" h hr hour ", kHour},
                                      {" m min minute ", kMinute},
                                      {" s sec second ", kSecond},
                                      {" ms msec millisecond msecond ", 1000},
                                      {" us usec microsecond usecond ", 1}};
  const std::string key = " " + unit + " ";
  for (const Length& length : kClock) {
    if (std::string_view(length.names).find(key) == std::string_view::npos) continue;
    sum->micros += whole * length.micros + fraction * length.micros / kSecond;
    return true;
  }
  if (fraction != 0) return false;
  if (unit == "d" || unit == "day") return sum->days += whole, true;
  if (unit == "w" || unit == "week") return sum->days += 7 * whole, true;
  if (unit == "mon" || unit == "month") return sum->months += whole, true;
  if (unit == "y" || unit == "yr" || unit == "year") return sum->months += 12 * whole, true;
  if (unit == "decade") return sum->months += 120 * whole, true;
  if (unit == "century" || unit == "centurie") return sum->months += 1200 * whole, true;
  return false;
}

bool ReadInterval(std::string_view text, Interval* sum) {
  Reader reader(text);
  if (reader.AtEnd()) return false;
  while (!reader.AtEnd()) {
    const bool negative = reader.Take('-');
    if (!negative) reader.Take('+');
    const std::int64_t sign = negative ? -1 : 1;
    const auto whole = reader.Digits();
    if (!whole) {
      return reader.Word() == "ago" && reader.AtEnd() &&
             ((*sum = {-sum->months, -sum->days, -sum->micros}), true);
    }
    if (reader.Take(':')) {
      const auto clock = reader.ClockAfter(*whole);
      if (!clock) return false;
      sum->micros += sign * *clock;
      continue;
    }
    const std::int64_t fraction = reader.Fraction();
    reader.Blanks();
    std::string unit = reader.Word();
    if (unit.empty() && reader.AtEnd()) unit = "s";
    if (!AddUnit(unit, sign * *whole, sign * fraction, sum)) return false;
  }
  return true;
}

// Days since 1970-01-01. Source: Howard Hinnant's civil calendar formulas.
std::int64_t DaysOf(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = year / 400, of_era = year - era * 400;
  const std::int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

std::string DateOf(std::int64_t days) {
  days += 719468;
  const std::int64_t era = days / 146097, of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * of_year + 2) / 153;
  const std::int64_t month = shifted + (shifted < 10 ? 3 : -9);
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const std::string digits = std::to_string(10000 + year).substr(year < 10000 ? 1 : 0);
  return digits + "-" + Two(month) + "-" + Two(of_year - (153 * shifted + 2) / 5 + 1);
}

// The zone's distance from UTC in microseconds; nothing: a zone that is not understood.
std::optional<std::int64_t> ReadZone(Reader* reader) {
  if (reader->AtEnd()) return 0;
  const bool negative = reader->Take('-');
  if (negative || reader->Take('+')) {
    const auto hours = reader->Digits(2);
    if (!hours) return std::nullopt;
    std::int64_t offset = *hours * kHour;
    if (reader->Take(':')) {
      const auto minutes = reader->Digits(2);
      if (!minutes) return std::nullopt;
      offset += *minutes * kMinute;
    }
    return reader->AtEnd() ? std::optional(negative ? -offset : offset) : std::nullopt;
  }
  const std::string word = reader->Word();
  const bool utc = word == "utc" || word == "gmt" || word == "z" || word == "zulu";
  return utc && reader->AtEnd() ? std::optional<std::int64_t>(0) : std::nullopt;
}

}  // namespace

std::string CanonicalInterval(std::string_view text) {
  Interval sum;
  if (!ReadInterval(text, &sum)) return std::string(text);
  std::string result;
  auto add = [&](std::int64_t number, const char* unit) {
    if (number == 0) return;
    result += (result.empty() ? "" : " ") + std::to_string(number) + " " + unit +
              (number == 1 ? "" : "s");
  };
  add(sum.months / 12, "year");
  add(sum.months % 12, "mon");
  add(sum.days, "day");
  if (sum.micros == 0) return result.empty() ? "00:00:00" : result;
  if (!result.empty()) result += " ";
  return result + (sum.micros < 0 ? "-" + Clock(-sum.micros) : Clock(sum.micros));
}

std::string CanonicalTimestamp(Oid type, std::string_view text) {
  const std::string as_it_is(text);
  Reader reader(text);
  reader.Blanks();
  const auto year = reader.Digits(4);
  if (!year && type != kDate) {
    if (reader.Word() != "epoch" || !reader.AtEnd()) return as_it_is;
    return type == kTimestamp ? "1970-01-01 00:00:00" : "1970-01-01 00:00:00+00";
  }
  if (!year || !reader.Take('-')) return as_it_is;
  const auto month = reader.Digits(2);
  if (!month || !reader.Take('-')) return as_it_is;
  const auto day = reader.Digits(2);
  if (!day || *year == 0 || *month < 1 || *month > 12) return as_it_is;
  std::int64_t micros = 0;
  const bool t = reader.Take('T');
  if (t || !reader.AtEnd()) {
    const auto hours = reader.Digits(2);
    if (!hours || !reader.Take(':')) return as_it_is;
    const auto clock = reader.ClockAfter(*hours);
    if (!clock) return as_it_is;
    micros = *clock;
  }
  const std::optional<std::int64_t> zone = ReadZone(&reader);
  if (!zone) return as_it_is;
  std::int64_t days = DaysOf(*year, *month, *day);
  if (type == kDate) return DateOf(days);
  if (type == kTimestamptz) micros -= *zone;
  days += micros / kDay - (micros % kDay < 0 ? 1 : 0);
  micros = (micros % kDay + kDay) % kDay;
  return DateOf(days) + " " + Clock(micros) + (type == kTimestamptz ? "+00" : "");
}

}  // namespace strata::catalog

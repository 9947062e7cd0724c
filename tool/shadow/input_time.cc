#include <cctype>
#include <cstdio>
#include <cstdlib>

#include "shadow/input.h"

namespace strata::shadow {
namespace {

struct Moment {
  int year = 2000, month = 1, day = 1, hour = 0, minute = 0, second = 0;
  std::string fraction;  // without trailing zeros
  int zone_minutes = 0;  // east of Greenwich
  bool has_time = false, has_zone = false;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool done() const { return at_ == text_.size(); }
  bool Take(char c) {
    if (done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  // Between `least` and `most` digits.
  bool Number(int least, int most, int* number) {
    int count = 0;
    *number = 0;
    while (!done() && count < most && std::isdigit(static_cast<unsigned char>(text_[at_]))) {
      *number = *number * 10 + (text_[at_++] - '0');
      ++count;
    }
    return count >= least;
  }
  std::string Digits() {
    std::string digits;
    while (!done() && std::isdigit(static_cast<unsigned char>(text_[at_]))) digits += text_[at_++];
    return digits;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool ReadDate(Reader& reader, Moment* moment) {
  return reader.Number(4, 4, &moment->year) && reader.Take('-') &&
         reader.Number(1, 2, &moment->month) && reader.Take('-') &&
         reader.Number(1, 2, &moment->day);
}

bool ReadTime(Reader& reader, Moment* moment) {
  moment->has_time = true;
  if (!reader.Number(1, 2, &moment->hour) || !reader.Take(':') ||
      !reader.Number(2, 2, &moment->minute))
    return false;
  if (!reader.Take(':')) return true;
  if (!reader.Number(2, 2, &moment->second)) return false;
  if (reader.Take('.')) moment->fraction = reader.Digits();
  while (!moment->fraction.empty() && moment->fraction.back() == '0') moment->fraction.pop_back();
  return moment->fraction.size() <= 6;
}

bool ReadZone(Reader& reader, Moment* moment) {
  moment->has_zone = true;
  reader.Take(' ');
  if (reader.Take('Z') || reader.Take('z')) return true;
  const bool east = reader.Take('+');
  int hours = 0, minutes = 0;
  if ((!east && !reader.Take('-')) || !reader.Number(2, 2, &hours)) return false;
  reader.Take(':');
  if (!reader.done() && !reader.Number(2, 2, &minutes)) return false;
  moment->zone_minutes = (east ? 1 : -1) * (hours * 60 + minutes);
  return true;
}

bool IsLeap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int DaysIn(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeap(year) ? 29 : kDays[month - 1];
}

bool InRange(const Moment& m) {
  return m.year >= 1 && m.month >= 1 && m.month <= 12 && m.day >= 1 &&
         m.day <= DaysIn(m.year, m.month) && m.hour <= 23 && m.minute <= 59 && m.second <= 59;
}

void ToUtc(Moment* m) {
  int minutes = m->hour * 60 + m->minute - m->zone_minutes;
  while (minutes < 0) {
    minutes += 24 * 60;
    if (--m->day == 0) {
      if (--m->month == 0) m->month = 12, --m->year;
      m->day = DaysIn(m->year, m->month);
    }
  }
  while (minutes >= 24 * 60) {
    minutes -= 24 * 60;
    if (++m->day > DaysIn(m->year, m->month)) {
      m->day = 1;
      if (++m->month == 13) m->month = 1, ++m->year;
    }
  }
  m->hour = minutes / 60;
  m->minute = minutes % 60;
}

std::string Printed(Storage storage, const Moment& m) {
  char date[40], time[40];
  std::snprintf(date, sizeof date, "%04d-%02d-%02d", m.year, m.month, m.day);
  std::snprintf(time, sizeof time, "%02d:%02d:%02d", m.hour, m.minute, m.second);
  const std::string clock = std::string(time) + (m.fraction.empty() ? "" : "." + m.fraction);
  if (storage == Storage::kDate) return date;
  return storage == Storage::kTime ? clock : std::string(date) + " " + clock;
}

}  // namespace

InputResult ReadDateTime(Storage storage, bool with_zone, std::string_view text) {
  const std::string_view trimmed = TrimBlanks(text);
  Reader reader(trimmed);
  Moment moment;
  if (storage != Storage::kTime) {
    if (!ReadDate(reader, &moment)) return {};
    const bool separated = reader.Take(' ') || reader.Take('T');
    if (separated && !ReadTime(reader, &moment)) return {};
  } else if (!ReadTime(reader, &moment)) {
    return {};
  }
  if (moment.has_time && !reader.done() && !ReadZone(reader, &moment)) return {};
  if (!reader.done()) return {};
  if (!InRange(moment)) {
    const bool midnight = moment.hour == 24 || moment.second == 60 || moment.year == 0;
    if (midnight) return {};
    return Refused("datetime-field-overflow",
                   "date/time field value out of range: \"" + std::string(text) + "\"");
  }
  if (with_zone) ToUtc(&moment);
  return Accepted(TextValue(Printed(storage, moment)));
}

}  // namespace strata::shadow

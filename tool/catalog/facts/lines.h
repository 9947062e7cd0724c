// Lines of tab-separated fields in sorted text, found by bisection.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace strata::catalog::facts {

// Returns the offset of the first line that is not less than `key` (compared with its beginning).
inline std::size_t LowerBound(std::string_view text, std::string_view key) {
  std::size_t low = 0, high = text.size();
  while (low < high) {
    std::size_t middle = low + (high - low) / 2;
    const std::size_t newline = middle == 0 ? std::string_view::npos : text.rfind('\n', middle - 1);
    middle = newline == std::string_view::npos || newline < low ? low : newline + 1;
    if (text.substr(middle, key.size()) < key) {
      const std::size_t end = text.find('\n', middle);
      low = end == std::string_view::npos ? text.size() : end + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

inline std::string_view LineAt(std::string_view text, std::size_t offset) {
  const std::size_t end = text.find('\n', offset);
  return text.substr(offset, end == std::string_view::npos ? end : end - offset);
}

// Calls f(line) for every line that begins with `key`.
template <typename F>
void EachLine(std::string_view text, std::string_view key, F&& f) {
  for (std::size_t at = LowerBound(text, key); at < text.size();) {
    const std::string_view line = LineAt(text, at);
    if (line.substr(0, key.size()) != key) return;
    f(line);
    at += line.size() + 1;
  }
}

inline std::uint32_t NumberOf(std::string_view digits) {
  std::uint32_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

inline std::int32_t SignedOf(std::string_view digits) {
  std::int32_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// Takes fields one after another from a line.
class Fields {
 public:
  explicit Fields(std::string_view line, char separator = '\t')
      : rest_(line), separator_(separator) {}
  bool done() const { return done_; }
  std::string_view Next() {
    if (done_) return {};
    const std::size_t at = rest_.find(separator_);
    const std::string_view field = rest_.substr(0, at);
    if (at == std::string_view::npos) {
      done_ = true;
    } else {
      rest_.remove_prefix(at + 1);
    }
    return field;
  }
  std::string Text() { return std::string(Next()); }
  std::uint32_t Number() { return NumberOf(Next()); }
  std::int32_t Signed() { return SignedOf(Next()); }
  bool Flag() { return Next() == "1"; }
  char Letter() {
    const std::string_view field = Next();
    return field.empty() ? '\0' : field[0];
  }

 private:
  std::string_view rest_;
  char separator_;
  bool done_ = false;
};

inline std::vector<std::uint32_t> NumbersOf(std::string_view list) {
  std::vector<std::uint32_t> numbers;
  if (list.empty()) return numbers;
  for (Fields fields(list, ' '); !fields.done();) numbers.push_back(fields.Number());
  return numbers;
}

}  // namespace strata::catalog::facts

#include "command/line/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace strata {
namespace {

const char* Code(Style style) {
  switch (style) {
    case Style::kPlain:
      return "";
    case Style::kBold:
      return "\033[1m";
    case Style::kDim:
      return "\033[2m";
    case Style::kRed:
      return "\033[1;31m";
    case Style::kGreen:
      return "\033[32m";
    case Style::kYellow:
      return "\033[1;33m";
    case Style::kCyan:
      return "\033[1;36m";
  }
  return "";
}

std::string PaintIf(bool on, Style style, std::string_view text) {
  if (!on || style == Style::kPlain) return std::string(text);
  return std::string(Code(style)).append(text).append("\033[0m");
}

bool EnvironmentWantsColor() {
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* term = std::getenv("TERM");
  return term == nullptr || std::strcmp(term, "dumb") != 0;
}

constexpr char kEraseLine[] = "\r\033[K";

std::size_t ColumnsOfErr() {
  winsize size = {};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

// The beginning of `text` that `columns` hold, with "..." for what is left out.
std::string CutTo(const std::string& text, std::size_t columns) {
  std::size_t cut = 0;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] & 0xC0) == 0x80) continue;  // goes on with a character
    if (characters + 3 == columns) cut = i;
    if (++characters > columns) return text.substr(0, cut) + "...";
  }
  return text;
}

}  // namespace

Terminal::Terminal()
    : out_is_terminal_(isatty(STDOUT_FILENO) != 0), err_is_terminal_(isatty(STDERR_FILENO) != 0) {
  SetColor(Color::kAuto);
}

void Terminal::SetColor(Color color) {
  const bool automatic = color == Color::kAuto && EnvironmentWantsColor();
  paint_out_ = color == Color::kAlways || (automatic && out_is_terminal_);
  paint_err_ = color == Color::kAlways || (automatic && err_is_terminal_);
}

void Terminal::Out(std::string_view text) {
  if (lost_ != 0) return;
  if (out_is_terminal_) Erase();
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) lost_ = errno;
}

void Terminal::Flush() {
  if (lost_ == 0 && std::fflush(stdout) != 0) lost_ = errno;
}

void Terminal::Err(std::string_view text) {
  Erase();
  Flush();
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void Terminal::Draw(const std::string& line) {
  Err(CutTo(line, ColumnsOfErr() - 1));
  drawn_ = true;
}

void Terminal::Erase() {
  if (!std::exchange(drawn_, false)) return;
  std::fwrite(kEraseLine, 1, sizeof kEraseLine - 1, stderr);
}

std::string Terminal::Paint(Style style, std::string_view text) const {
  return PaintIf(paint_out_, style, text);
}

std::string Terminal::PaintErr(Style style, std::string_view text) const {
  return PaintIf(paint_err_, style, text);
}

bool Terminal::in_is_terminal() const { return isatty(STDIN_FILENO) != 0; }

std::string Terminal::Finish() {
  Erase();
  Flush();
  return lost_ == 0 || lost_ == EPIPE ? "" : std::strerror(lost_);
}

}  // namespace strata

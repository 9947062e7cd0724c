// Standard output and error as the commands use them.
#pragma once

#include <string>
#include <string_view>

namespace strata {

enum class Style { kPlain, kBold, kDim, kRed, kGreen, kYellow, kCyan };

class Terminal {
 public:
  enum class Color { kAuto, kAlways, kNever };

  Terminal();

  // kAuto paints where the stream is a terminal, NO_COLOR is unset and TERM is not "dumb".
  void SetColor(Color color);

  // What was asked for: standard output, buffered.
  void Out(std::string_view text);
  // Lets what Out holds be seen now.
  void Flush();
  // Everything said beside it: standard error, at once, after what Out holds.
  void Err(std::string_view text);

  // Returns `text` in `style` where that stream is painted.
  std::string Paint(Style style, std::string_view text) const;
  std::string PaintErr(Style style, std::string_view text) const;

  bool paints_err() const { return paint_err_; }
  // True where standard error is a terminal: a line may be rewritten in place.
  bool err_is_terminal() const { return err_is_terminal_; }
  bool in_is_terminal() const;

  // Writes what is left. Returns "" or why output was lost; a reader that went away (EPIPE) is no
  // fault.
  std::string Finish();

 private:
  bool out_is_terminal_;
  bool err_is_terminal_;
  bool paint_out_;
  bool paint_err_;
  int lost_ = 0;  // errno of the first failed write
};

}  // namespace strata

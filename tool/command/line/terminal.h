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

  // A line of standard error that the next one takes the place of, as does all other output; cut to
  // the terminal's width. Only where err_is_terminal().
  void Draw(const std::string& line);
  void Erase();

  // Returns `text` in `style` where that stream is painted.
  std::string Paint(Style style, std::string_view text) const;
  std::string PaintErr(Style style, std::string_view text) const;

  bool paints_err() const { return paint_err_; }
  // True where standard error is a terminal: a line may be drawn in place.
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
  bool drawn_ = false;  // a line stands that is to be erased
  int lost_ = 0;        // errno of the first failed write
};

}  // namespace strata

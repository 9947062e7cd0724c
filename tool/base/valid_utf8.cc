#include "base/valid_utf8.h"

#include "base/utf8.h"

namespace strata {

std::string ValidUtf8(std::string_view text) {
  std::string valid;
  for (std::size_t bad = FindInvalidUtf8(text); bad != std::string_view::npos;
       bad = FindInvalidUtf8(text)) {
    valid.append(text.substr(0, bad)).append("\xEF\xBF\xBD");
    text.remove_prefix(bad + 1);
  }
  return valid.append(text);
}

}  // namespace strata

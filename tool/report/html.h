// Text for HTML, and the frame of a self-contained page: no file beside it, no script, no network.
#pragma once

#include <string>
#include <string_view>

namespace strata::report {

// Returns `text` with what HTML and attributes reserve escaped, and always valid UTF-8.
std::string Html(std::string_view text);

// A whole page round `body`, which is HTML.
std::string HtmlPage(std::string_view title, std::string_view body);

}  // namespace strata::report

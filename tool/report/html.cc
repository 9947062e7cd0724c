#include "report/html.h"

#include "base/valid_utf8.h"

namespace strata::report {
namespace {

constexpr char kStyle[] = R"(
:root { color-scheme: light dark; --line: #8886; --soft: #8882; --bad: #c0392b; --warn: #b9770e; --good: #1e8449; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2.2rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
code, pre, svg text { font-family: ui-monospace, monospace; } code { font-size: .92em; }
.bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); } .soft { opacity: .7; }
.wide { overflow-x: auto; } svg { display: block; }
svg rect { fill: Canvas; stroke: var(--line); } svg rect.head { fill: var(--soft); } svg text { fill: CanvasText; font-size: 12px; }
svg path { fill: none; stroke: #5b8def; stroke-width: 1.3; } svg .type { opacity: .6; } svg .name { font-weight: 600; }
)";

}  // namespace

std::string Html(std::string_view text) {
  std::string out;
  for (const char c : ValidUtf8(text)) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') {
      out += c;
    }
  }
  return out;
}

std::string HtmlPage(std::string_view title, std::string_view body) {
  std::string page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
  page += Html(title);
  page += "</title>\n<style>";
  page += kStyle;
  page += "</style>\n</head>\n<body>\n";
  page += body;
  page += "</body>\n</html>\n";
  return page;
}

}  // namespace strata::report

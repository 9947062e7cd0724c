#include "embed/embed.h"

namespace strata::embed {
namespace {

// make's quoting, which Ninja reads too.
std::string Quoted(const std::string& path) {
  std::string text;
  for (const char c : path) {
    if (c == ' ' || c == '#') text += '\\';
    if (c == '$') text += '$';
    text += c;
  }
  return text;
}

}  // namespace

std::string Depfile(const std::string& output, const std::vector<std::string>& inputs) {
  std::string text = Quoted(output) + ":";
  for (const std::string& input : inputs) text += " \\\n " + Quoted(input);
  return text + "\n";
}

}  // namespace strata::embed

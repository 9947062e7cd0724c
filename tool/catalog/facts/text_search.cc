#include "catalog/facts/text_search.h"

#include <algorithm>

namespace strata::catalog::facts {

const std::vector<std::string>& TextSearchConfigurations() {
  static const std::vector<std::string> names = {
      "simple",  "arabic",    "armenian",   "basque",   "catalan", "danish",
      "dutch",   "english",   "finnish",    "french",   "german",  "greek",
      "hindi",   "hungarian", "indonesian", "irish",    "italian", "lithuanian",
      "nepali",  "norwegian", "portuguese", "romanian", "russian", "serbian",
      "spanish", "swedish",   "tamil",      "turkish",  "yiddish"};
  return names;
}

std::map<std::string, std::string> TextSearchMappings(std::string_view configuration) {
  const auto& names = TextSearchConfigurations();
  if (std::find(names.begin(), names.end(), configuration) == names.end()) return {};
  std::map<std::string, std::string> mappings;
  for (const char* token : {"email", "url", "url_path", "host", "file", "version", "sfloat",
                            "float", "int", "uint", "numword", "hword_numpart", "numhword"})
    mappings[token] = "simple";
  const bool simple = configuration == "simple";
  const std::string stem = simple ? "simple" : std::string(configuration) + "_stem";
  for (const char* token : {"word", "hword_part", "hword"}) mappings[token] = stem;
  // Where the letters are others, words of ASCII are taken for English.
  const bool other = configuration == "hindi" || configuration == "russian";
  for (const char* token : {"asciiword", "hword_asciipart", "asciihword"})
    mappings[token] = other ? "english_stem" : stem;
  return mappings;
}

}  // namespace strata::catalog::facts

#include "diff/words_of.h"

namespace strata::diff {

std::string InWords(const Difference& d, const std::string& place, const std::string& wanted) {
  switch (d.kind) {
    case Difference::Kind::kMissing:
      return d.object + " is not in " + place;
    case Difference::Kind::kExtra:
      return d.object + " is in " + place + " but not in " + wanted;
    case Difference::Kind::kChanged:
      return d.object + " " + d.detail + " in " + place;
  }
  return "";
}

std::string KindOf(const Difference& d) {
  switch (d.kind) {
    case Difference::Kind::kMissing:
      return "missing";
    case Difference::Kind::kExtra:
      return "extra";
    case Difference::Kind::kChanged:
      return "changed";
  }
  return "";
}

}  // namespace strata::diff

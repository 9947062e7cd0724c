#include "migration/checksum.h"

#include "base/sha256.h"

namespace strata {

std::string ScriptChecksum(std::string_view text) {
  Sha256 hash;
  while (!text.empty()) {
    const std::size_t crlf = text.find("\r\n");
    if (crlf == std::string_view::npos) {
      hash.Update(text);
      break;
    }
    hash.Update(text.substr(0, crlf));
    text.remove_prefix(crlf + 1);
  }
  return hash.HexDigest();
}

}  // namespace strata

// The parse trees of one script, in memory that is given back at once.
#pragma once

#include <pg_query.pb-c.h>

#include <cstddef>
#include <string>
#include <vector>

namespace strata::sql {

// libpg_query's word on a text that it cannot parse.
struct ParseError {
  std::string message;
  int character = 0;  // from 1; 0: unknown
};

class Trees {
 public:
  Trees() = default;
  ~Trees();
  Trees(const Trees&) = delete;
  Trees& operator=(const Trees&) = delete;

  // Parses `text` with libpg_query. Returns the tree, which this owns; or null, and sets `error`.
  PgQuery__ParseResult* Parse(const std::string& text, ParseError* error);

  // Returns a copy of the whole tree below `message`, which this owns.
  ProtobufCMessage* Copy(const ProtobufCMessage* message) noexcept;

 private:
  PgQuery__ParseResult* Unpack(const char* bytes, std::size_t size);
  void* Take(std::size_t size);
  template <typename T>
  T* CopyOf(const T* from, std::size_t count);
  char* CopyText(const char* text);
  void CopyBelow(ProtobufCMessage* copy);

  std::vector<char*> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t next_block_ = 2 << 10;  // small scripts are the most frequent by far
};

}  // namespace strata::sql

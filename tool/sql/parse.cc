#include "sql/parse.h"

#include <pg_query.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "migration/lexical.h"

namespace strata::sql {

// The trees of one script, in memory that is given back at once.
class ParsedScript::Trees {
 public:
  Trees() = default;
  ~Trees() {
    for (char* block : blocks_) std::free(block);
  }
  Trees(const Trees&) = delete;
  Trees& operator=(const Trees&) = delete;

  PgQuery__ParseResult* Unpack(const PgQueryProtobuf& bytes) {
    ProtobufCAllocator allocator = {&Allocate, [](void*, void*) {}, this};
    return pg_query__parse_result__unpack(&allocator, bytes.len,
                                          reinterpret_cast<const std::uint8_t*>(bytes.data));
  }

 private:
  static void* Allocate(void* self, std::size_t size) {
    return static_cast<Trees*>(self)->Take((size + 15) & ~std::size_t{15});
  }
  void* Take(std::size_t size) {
    if (size > left_) {
      left_ = std::max(size, next_block_);
      next_block_ = std::min<std::size_t>(2 * next_block_, 64 << 10);
      next_ = static_cast<char*>(std::malloc(left_));
      blocks_.push_back(next_);
    }
    char* taken = next_;
    next_ += size, left_ -= size;
    return taken;
  }

  std::vector<char*> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t next_block_ = 2 << 10;  // small scripts are the most frequent by far
};

ParsedScript::ParsedScript() : trees_(std::make_unique<Trees>()) {}
ParsedScript::ParsedScript(ParsedScript&&) noexcept = default;
ParsedScript& ParsedScript::operator=(ParsedScript&&) noexcept = default;
ParsedScript::~ParsedScript() = default;

namespace {

// Adds `offset` to every location of a tree that was parsed from the middle of a text.
void ShiftLocations(ProtobufCMessage* message, int offset) {
  const ProtobufCMessageDescriptor* type = message->descriptor;
  for (unsigned i = 0; i < type->n_fields; ++i) {
    const ProtobufCFieldDescriptor& field = type->fields[i];
    char* member = reinterpret_cast<char*>(message) + field.offset;
    const bool in_union = (field.flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
    if (in_union) {
      const auto chosen = *reinterpret_cast<std::uint32_t*>(reinterpret_cast<char*>(message) +
                                                            field.quantifier_offset);
      if (chosen != field.id) continue;
    }
    if (field.type == PROTOBUF_C_TYPE_INT32 && field.label != PROTOBUF_C_LABEL_REPEATED) {
      const std::string_view name = field.name;
      auto& value = *reinterpret_cast<std::int32_t*>(member);
      const bool is_location = name == "location" || name == "stmt_location" ||
                               name == "name_location" || name == "type_location";
      if (is_location && value >= 0) value += offset;
    } else if (field.type == PROTOBUF_C_TYPE_MESSAGE) {
      if (field.label == PROTOBUF_C_LABEL_REPEATED) {
        const auto count = *reinterpret_cast<std::size_t*>(reinterpret_cast<char*>(message) +
                                                           field.quantifier_offset);
        auto** items = *reinterpret_cast<ProtobufCMessage***>(member);
        for (std::size_t k = 0; k < count; ++k) ShiftLocations(items[k], offset);
      } else if (auto* child = *reinterpret_cast<ProtobufCMessage**>(member)) {
        ShiftLocations(child, offset);
      }
    }
  }
}

std::size_t TokenEnd(std::string_view text, std::size_t at) {
  std::size_t end = at;
  auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80);
  };
  while (end < text.size() && is_word(text[end])) ++end;
  return end == at && at < text.size() ? at + 1 : end;
}

SyntaxError ErrorOf(const PgQueryError& error, std::string_view text, std::size_t offset) {
  SyntaxError result;
  result.message = error.message;
  // "at or near" quotes the rest of the input where a quote is not closed: its first line will do.
  if (const std::size_t line_end = result.message.find('\n'); line_end != std::string::npos) {
    result.message = result.message.substr(0, line_end) + "\"";
  }
  const std::size_t at = error.cursorpos > 0 ? ByteOfCharacter(text, error.cursorpos - 1) : 0;
  result.at = {offset + at, offset + TokenEnd(text, at)};
  return result;
}

// The text with COPY data lines blanked out (line ends kept), so that offsets hold.
std::string BlankCopyData(std::string_view text, const std::vector<Cut>& cuts) {
  std::string blanked(text);
  for (const Cut& cut : cuts) {
    if (!cut.copy_from_stdin) continue;
    std::size_t end = cut.copy_data.end;
    if (text.compare(end, 2, "\\.") == 0) end += 2;
    for (std::size_t i = cut.copy_data.begin; i < end; ++i) {
      if (blanked[i] != '\n') blanked[i] = ' ';
    }
  }
  return blanked;
}

bool MentionsStdin(std::string_view text) {
  for (std::size_t i = 0; i + 5 <= text.size(); ++i) {
    if ((text[i] | 0x20) == 's' && strncasecmp(text.data() + i, "stdin", 5) == 0) return true;
  }
  return false;
}

std::size_t TrimEnd(std::string_view text, std::size_t begin, std::size_t end) {
  // Comments after the statement's last token stay outside: walk the gaps from the front.
  std::size_t last = begin;
  for (const Cut& cut : Lex(text.substr(begin, end - begin), Dialect::kPostgres).statements)
    last = begin + cut.statement.end;
  return last;
}

}  // namespace

ParsedScript Parse(std::string_view text) {
  ParsedScript script;
  script.text = text;

  std::vector<Cut> cuts;
  bool has_cuts = false;
  std::string input;
  if (MentionsStdin(text)) {
    cuts = Lex(text, Dialect::kPostgres).statements;
    has_cuts = true;
    input = BlankCopyData(text, cuts);
  } else {
    input = std::string(text);
  }

  auto add = [&](PgQuery__ParseResult* result, std::size_t limit) {
    for (std::size_t i = 0; i < result->n_stmts; ++i) {
      const RawStmt* raw = result->stmts[i];
      ParsedStatement statement;
      const std::size_t begin = SkipBlanks(input, raw->stmt_location < 0 ? 0 : raw->stmt_location);
      const std::size_t end =
          raw->stmt_len > 0 ? static_cast<std::size_t>(raw->stmt_location) + raw->stmt_len : limit;
      statement.span = {begin, TrimEnd(input, begin, end)};
      statement.tree = raw->stmt;
      if (has_cuts) {
        for (const Cut& cut : cuts) {
          if (cut.copy_from_stdin && cut.statement.begin == begin) {
            statement.copy_from_stdin = true;
            statement.copy_data = cut.copy_data;
          }
        }
      }
      script.statements.push_back(std::move(statement));
    }
  };

  PgQueryProtobufParseResult whole = pg_query_parse_protobuf(input.c_str());
  if (whole.error == nullptr) {
    if (PgQuery__ParseResult* result = script.trees_->Unpack(whole.parse_tree))
      add(result, input.size());
  } else {
    if (!has_cuts) cuts = Lex(text, Dialect::kPostgres).statements, has_cuts = true;
    bool found_error = false;
    for (const Cut& cut : cuts) {
      const std::string piece =
          input.substr(cut.statement.begin, cut.statement.end - cut.statement.begin);
      PgQueryProtobufParseResult part = pg_query_parse_protobuf(piece.c_str());
      if (part.error == nullptr) {
        if (PgQuery__ParseResult* result = script.trees_->Unpack(part.parse_tree)) {
          ShiftLocations(&result->base, static_cast<int>(cut.statement.begin));
          add(result, cut.statement.end);
        }
      } else {
        ParsedStatement statement;
        statement.span = cut.statement;
        statement.error = ErrorOf(*part.error, piece, cut.statement.begin);
        found_error = true;
        script.statements.push_back(std::move(statement));
      }
      pg_query_free_protobuf_parse_result(part);
    }
    // What only the whole text shows, such as a comment that is never closed.
    if (!found_error) {
      ParsedStatement statement;
      statement.error = ErrorOf(*whole.error, input, 0);
      statement.span = statement.error.at;
      script.statements.push_back(std::move(statement));
    }
  }
  pg_query_free_protobuf_parse_result(whole);
  return script;
}

PlpgsqlResult ParsePlpgsql(const std::string& create_function) {
  PlpgsqlResult result;
  PgQueryPlpgsqlParseResult parsed = pg_query_parse_plpgsql(create_function.c_str());
  if (parsed.error != nullptr) {
    result.error = parsed.error->message;
    // "compilation of PL/pgSQL function "f" near line 3"
    if (const char* context = parsed.error->context) {
      if (const char* line = std::strstr(context, "near line ")) result.line = std::atoi(line + 10);
    }
  } else {
    result.json = parsed.plpgsql_funcs;
  }
  pg_query_free_plpgsql_parse_result(parsed);
  return result;
}

std::string Deparse(const Node* statement) {
  PgQuery__RawStmt raw = PG_QUERY__RAW_STMT__INIT;
  raw.stmt = const_cast<Node*>(statement);
  PgQuery__RawStmt* stmts[] = {&raw};
  PgQuery__ParseResult result = PG_QUERY__PARSE_RESULT__INIT;
  result.n_stmts = 1;
  result.stmts = stmts;
  std::string bytes(pg_query__parse_result__get_packed_size(&result), '\0');
  pg_query__parse_result__pack(&result, reinterpret_cast<std::uint8_t*>(bytes.data()));
  PgQueryProtobuf packed = {bytes.size(), bytes.data()};
  PgQueryDeparseResult deparsed = pg_query_deparse_protobuf(packed);
  std::string text = deparsed.error == nullptr ? deparsed.query : "";
  pg_query_free_deparse_result(deparsed);
  return text;
}

}  // namespace strata::sql

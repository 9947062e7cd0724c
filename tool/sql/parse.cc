#include "sql/parse.h"

#include <pg_query.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "migration/lexical.h"
#include "sql/layout.h"
#include "sql/trees.h"

namespace strata::sql {

ParsedScript::ParsedScript() : trees_(std::make_unique<Trees>()) {}
ParsedScript::ParsedScript(ParsedScript&&) noexcept = default;
ParsedScript& ParsedScript::operator=(ParsedScript&&) noexcept = default;
ParsedScript::~ParsedScript() = default;

namespace {

// Adds `offset` to every location of a tree that was parsed from the middle of a text.
void ShiftLocations(ProtobufCMessage* message, int offset) {
  const Layout& layout = LayoutOf(message->descriptor);
  for (const std::uint16_t location : layout.locations) {
    auto& value = MemberAt<std::int32_t>(message, location);
    if (value >= 0) value += offset;
  }
  EachChild(message, layout, [&](ProtobufCMessage* child) { ShiftLocations(child, offset); });
}

std::size_t TokenEnd(std::string_view text, std::size_t at) {
  std::size_t end = at;
  auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80);
  };
  while (end < text.size() && is_word(text[end])) ++end;
  return end == at && at < text.size() ? at + 1 : end;
}

SyntaxError ErrorOf(const ParseError& error, std::string_view text, std::size_t offset) {
  SyntaxError result;
  result.message = error.message;
  // "at or near" quotes the rest of the input where a quote is not closed: its first line will do.
  if (const std::size_t line_end = result.message.find('\n'); line_end != std::string::npos) {
    result.message = result.message.substr(0, line_end) + "\"";
  }
  const std::size_t at = error.character > 0 ? ByteOfCharacter(text, error.character - 1) : 0;
  result.at = {offset + at, offset + TokenEnd(text, at)};
  return result;
}

void Blank(std::string* text, Span span) {
  for (std::size_t i = span.begin; i < span.end; ++i) {
    if ((*text)[i] != '\n') (*text)[i] = ' ';
  }
}

// libpg_query and protobuf-c recurse without a guard; 8 MB of stack hold about 4,000 levels.
constexpr int kDeepest = 1000;

}  // namespace

class Parser {
 public:
  explicit Parser(std::string_view text)
      : text_(text), lexed_(Lex(text, Dialect::kPostgres)), input_(text) {}

  ParsedScript Run() {
    script_.text = text_;
    BlankForeignText();
    const bool too_deep = std::any_of(lexed_.statements.begin(), lexed_.statements.end(),
                                      [](const Cut& cut) { return cut.depth > kDeepest; });
    const bool unclosed = lexed_.unclosed_comment != std::string_view::npos;
    if (too_deep || unclosed || !ParseWhole()) {
      for (const Cut& cut : lexed_.statements) ParsePiece(cut);
    }
    if (unclosed) AddUnclosedComment();
    return std::move(script_);
  }

 private:
  // COPY data is no SQL; and libpg_query needs quadratic time for nested comments. Offsets hold.
  void BlankForeignText() {
    for (const Cut& cut : lexed_.statements) {
      if (!cut.copy_from_stdin) continue;
      const bool ended = text_.compare(cut.copy_data.end, 2, "\\.") == 0;
      Blank(&input_, {cut.copy_data.begin, cut.copy_data.end + (ended ? 2 : 0)});
    }
    for (const Span& comment : lexed_.nested_comments) Blank(&input_, comment);
  }

  bool ParseWhole() {
    ParseError error;
    PgQuery__ParseResult* whole = script_.trees_->Parse(input_, &error);
    if (whole != nullptr) Add(whole, 0, input_.size());
    return whole != nullptr;
  }

  void ParsePiece(const Cut& cut) {
    if (cut.depth > kDeepest) {
      ParsedStatement statement;
      statement.span = cut.statement;
      statement.unread = "nested too deeply";
      script_.statements.push_back(std::move(statement));
      return;
    }
    // With its semicolon, so that errors at the end read as the server's do.
    std::size_t end = SkipBlanks(input_, cut.statement.end);
    end = end < input_.size() && input_[end] == ';' ? end + 1 : cut.statement.end;
    const std::string piece = input_.substr(cut.statement.begin, end - cut.statement.begin);
    ParseError error;
    PgQuery__ParseResult* part = script_.trees_->Parse(piece, &error);
    if (part != nullptr) return Add(part, cut.statement.begin, cut.statement.end);
    ParsedStatement statement;
    statement.span = cut.statement;
    statement.error = ErrorOf(error, piece, cut.statement.begin);
    script_.statements.push_back(std::move(statement));
  }

  // Takes over the statements of a parse of input_ from `offset` to `end`.
  void Add(PgQuery__ParseResult* result, std::size_t offset, std::size_t end) {
    if (offset > 0) ShiftLocations(&result->base, static_cast<int>(offset));
    for (std::size_t i = 0; i < result->n_stmts; ++i) {
      const RawStmt* raw = result->stmts[i];
      const std::size_t at = raw->stmt_location < 0 ? 0 : raw->stmt_location;
      ParsedStatement statement;
      statement.tree = raw->stmt;
      statement.span.begin = SkipBlanks(input_, std::max(at, offset));
      statement.span.end = raw->stmt_len > 0 ? at + raw->stmt_len : end;
      if (const Cut* cut = CutAt(statement.span.begin)) {
        statement.span.end = cut->statement.end;
        statement.copy_from_stdin = cut->copy_from_stdin;
        statement.copy_data = cut->copy_data;
      }
      script_.statements.push_back(std::move(statement));
    }
  }

  const Cut* CutAt(std::size_t begin) const {
    const auto found =
        std::lower_bound(lexed_.statements.begin(), lexed_.statements.end(), begin,
                         [](const Cut& cut, std::size_t at) { return cut.statement.begin < at; });
    return found != lexed_.statements.end() && found->statement.begin == begin ? &*found : nullptr;
  }

  void AddUnclosedComment() {
    const std::size_t begin = lexed_.unclosed_comment;
    const std::size_t line_end = std::min({text_.find('\n', begin), begin + 60, text_.size()});
    ParsedStatement statement;
    statement.span = statement.error.at = {begin, begin + 2};
    statement.error.message = "unterminated /* comment at or near \"" +
                              std::string(text_.substr(begin, line_end - begin)) + "\"";
    script_.statements.push_back(std::move(statement));
  }

  std::string_view text_;
  Lexed lexed_;
  std::string input_;
  ParsedScript script_;
};

ParsedScript Parse(std::string_view text) { return Parser(text).Run(); }

PlpgsqlResult ParsePlpgsql(const std::string& create_function) {
  PlpgsqlResult result;
  PgQueryPlpgsqlParseResult parsed = pg_query_parse_plpgsql(create_function.c_str());
  if (parsed.error != nullptr) {
    result.error = parsed.error->message;
    result.embedded = parsed.error->funcname != nullptr &&
                      std::strcmp(parsed.error->funcname, "scanner_yyerror") == 0;
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

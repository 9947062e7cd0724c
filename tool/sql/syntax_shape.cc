#include "sql/syntax_shape.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

#include "sql/token.h"

namespace strata::sql {
namespace {

// Words of the statement, by blanks. "!word" is the one the parser stopped at, "_" any one word,
// "..." any number of them, "<operator>", "<string>", "<name>" and "<end>" one of that kind; "a|b"
// is either. What follows the shape is left open.
struct Shape {
  std::string_view pattern;
  std::string_view help;
};

constexpr std::string_view kNoQuery =
    "a check holds for one row and no query; use a foreign key or a trigger";
constexpr std::string_view kNoLimit =
    "it takes neither ORDER BY nor LIMIT; choose the rows in a subquery: WHERE id IN (SELECT …)";
constexpr std::string_view kOwnParentheses =
    "put the expression in parentheses of its own: ((a || b))";
constexpr std::string_view kByName = "drop it by its name: DROP CONSTRAINT …";
constexpr std::string_view kBody = "put the body in dollar quotes: AS $$ … $$";
constexpr std::string_view kRunsOnce =
    "it has no IF NOT EXISTS; leave it out, a migration is applied once";

// The first that fits is taken.
constexpr Shape kShapes[] = {
    {"... IF !EXIST", "did you mean EXISTS?"},
    {"... IF NOT !EXIST", "did you mean EXISTS?"},
    {"CREATE FUNCTION|PROCEDURE|VIEW|TRIGGER|RULE|AGGREGATE IF !NOT",
     "it has no IF NOT EXISTS; write CREATE OR REPLACE, or leave it out"},
    {"CREATE ... IF !NOT EXISTS", kRunsOnce},
    {"CREATE ... IF !EXISTS", "did you mean IF NOT EXISTS?"},
    {"DROP ... IF !NOT EXISTS", "did you mean IF EXISTS?"},
    {"ALTER TABLE ... ADD CONSTRAINT IF !NOT",
     "it has no IF NOT EXISTS; leave it out, or write DROP CONSTRAINT IF EXISTS before it"},
    {"ALTER TABLE ... RENAME ... IF !EXISTS", "RENAME has no IF EXISTS; leave it out"},
    {"ALTER TABLE ... ALTER COLUMN IF !EXISTS", "ALTER COLUMN has no IF EXISTS; leave it out"},
    {"CREATE OR REPLACE !TABLE|INDEX|UNIQUE|TYPE|DOMAIN|SEQUENCE|SCHEMA|EXTENSION|POLICY|ROLE",
     "it has no OR REPLACE; leave it out"},
    {"CREATE OR REPLACE !MATERIALIZED", "it has no OR REPLACE; drop it first"},
    {"CREATE ... INDEX ... IF NOT EXISTS !ON", "give the index a name: IF NOT EXISTS needs one"},
    {"CREATE INDEX IF NOT EXISTS !ON", "give the index a name: IF NOT EXISTS needs one"},
    {"CREATE INDEX ... ON ... ( ... !<operator>", kOwnParentheses},
    {"CREATE _ INDEX ... ON ... ( ... !<operator>", kOwnParentheses},
    {"CREATE EXTENSION ... !-", "put the extension's name in double quotes"},
    {"DROP EXTENSION ... !-", "put the extension's name in double quotes"},
    {"CREATE FUNCTION|PROCEDURE ... !BEGIN|DECLARE|SELECT", kBody},
    {"CREATE OR REPLACE FUNCTION|PROCEDURE ... !BEGIN|DECLARE|SELECT", kBody},
    {"DO !BEGIN|DECLARE", "put the block in dollar quotes: DO $$ BEGIN … END $$"},
    {"CREATE TRIGGER ... EXECUTE !<name>", "write EXECUTE FUNCTION …()"},
    {"CREATE TRIGGER ... !BEGIN|SET",
     "a trigger calls a function: CREATE FUNCTION … RETURNS trigger, then EXECUTE FUNCTION …()"},
    {"CREATE TRIGGER _ _ INSERT|UPDATE|DELETE !,|AND", "join the events with OR"},
    {"CREATE POLICY ... FOR _ !,", "a policy is for one command, or FOR ALL"},
    {"... CHECK ( !SELECT", kNoQuery},
    {"... FOREIGN KEY !<name>", "put the columns in parentheses: FOREIGN KEY (…)"},
    {"CREATE TABLE ... !FOREIGN KEY", "write REFERENCES alone: the column is the key"},
    {"CREATE TABLE ... , PRIMARY KEY !<name>", "put the columns in parentheses: PRIMARY KEY (…)"},
    {"... UNIQUE !KEY|INDEX", "this is MySQL; write CONSTRAINT … UNIQUE (…)"},
    {"... !ON UPDATE CURRENT_TIMESTAMP|NOW|LOCALTIMESTAMP",
     "this is MySQL; let a trigger set the column"},
    {"CREATE TABLE ... !COMMENT", "this is MySQL; write COMMENT ON COLUMN … IS …"},
    {"... INT|INTEGER|BIGINT|SMALLINT|BOOLEAN !(", "this type takes no length"},
    {"... !WITH|WITHOUT TIMEZONE", "did you mean TIME ZONE?"},
    {"... AT !TIMEZONE", "did you mean TIME ZONE?"},
    {"... ON DELETE|UPDATE !NULL", "write SET NULL"},
    {"ALTER TABLE ... ADD !(", "name one column an action: ADD COLUMN …, ADD COLUMN …"},
    {"ALTER TABLE ... ADD COLUMN !(", "name one column an action: ADD COLUMN …, ADD COLUMN …"},
    {"ALTER TABLE ... ADD CONSTRAINT _ !(",
     "say what it is: PRIMARY KEY, UNIQUE, CHECK or FOREIGN KEY"},
    {"ALTER TABLE ... !AFTER|FIRST", "this is MySQL; PostgreSQL adds columns at the end"},
    {"ALTER TABLE ... ALTER COLUMN _ !NOT", "write SET NOT NULL"},
    {"ALTER TABLE ... ALTER COLUMN _ !NULL", "write DROP NOT NULL"},
    {"ALTER TABLE ... ALTER COLUMN _ !DEFAULT", "write SET DEFAULT"},
    {"ALTER TABLE ... ALTER COLUMN _ SET !TYPE", "write TYPE, or SET DATA TYPE"},
    {"ALTER TABLE ... ALTER COLUMN _ !<name>", "write ALTER COLUMN … TYPE …"},
    {"ALTER TABLE ... RENAME COLUMN _ !<name>", "write RENAME COLUMN … TO …"},
    {"ALTER TABLE ... RENAME _ !AS", "write RENAME … TO …"},
    {"ALTER TABLE ... RENAME !AS", "write RENAME TO …"},
    {"ALTER TABLE ... DROP !PRIMARY|FOREIGN|UNIQUE|CHECK", kByName},
    {"ALTER TABLE ... DROP INDEX|KEY !<name>", "write DROP INDEX … as a statement of its own"},
    {"ALTER TABLE ... DROP ... , !<name>", "begin each action with its verb: DROP …, DROP …"},
    {"ALTER TABLE ... ADD ... , !<name>", "begin each action with its verb: ADD …, ADD …"},
    {"ALTER ... OWNER !<name>", "write OWNER TO …"},
    {"ALTER TYPE ... DROP !VALUE",
     "no enum value can be dropped; make a new type and change the columns to it"},
    {"ALTER TYPE _ ADD !<string>", "write ADD VALUE …"},
    {"DROP INDEX ... !ON", "an index is dropped by its name alone; leave the table out"},
    {"DROP TRIGGER|POLICY|RULE _ !<end>|;", "say of which table: … ON …"},
    {"DROP TRIGGER|POLICY|RULE IF EXISTS _ !<end>|;", "say of which table: … ON …"},
    {"INSERT !OR", "this is SQLite; write INSERT … ON CONFLICT …"},
    {"INSERT ... ON !DUPLICATE", "this is MySQL; write ON CONFLICT (…) DO UPDATE SET …"},
    {"INSERT ... !VALUE", "did you mean VALUES?"},
    {"INSERT INTO ... !SET", "write INSERT INTO … (columns) VALUES (…)"},
    {"INSERT !<name>", "write INSERT INTO …"},
    {"UPDATE _ !JOIN|INNER|LEFT|RIGHT|CROSS", "join with FROM: UPDATE a SET … FROM b WHERE …"},
    {"UPDATE _ _ !JOIN|INNER|LEFT|RIGHT|CROSS", "join with FROM: UPDATE a SET … FROM b WHERE …"},
    {"DELETE !<name>", "write DELETE FROM …"},
    {"DELETE FROM ... !JOIN|INNER|LEFT|RIGHT|CROSS",
     "join with USING: DELETE FROM a USING b WHERE …"},
    {"DELETE|UPDATE ... !ORDER|LIMIT", kNoLimit},
    {"GRANT|REVOKE _ ON ALL _ !TO|FROM", "say in which schema: ON ALL … IN SCHEMA …"},
    {"COMMENT ON ... !<string>", "write IS before the text"},
    {"SELECT TOP !_", "this is SQL Server; write LIMIT … at the end"},
    {"!USE", "this is another database's; --url names the database"},
    {"!EXEC", "write CALL for a procedure, SELECT for a function"},
};

constexpr std::size_t kMostWords = 2000;  // of a statement that is looked at

struct Word {
  TokenKind kind;
  std::string text;  // in upper case
};

std::vector<Word> WordsOf(std::string_view text, Span statement, Span error, std::size_t* stop) {
  std::vector<Word> words;
  *stop = std::string::npos;
  const std::size_t end = std::max(statement.end, error.end);
  for (std::size_t at = statement.begin;;) {
    const Token token = NextToken(text, at);
    const bool over = token.kind == TokenKind::kEnd || token.span.begin >= end;
    const std::size_t begin = over ? end : token.span.begin;
    if (*stop == std::string::npos && begin >= error.begin) *stop = words.size();
    if (over) break;
    std::string word(text.substr(begin, token.span.end - begin));
    for (char& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    words.push_back({token.kind, std::move(word)});
    if (words.size() > kMostWords) break;
    at = token.span.end;
  }
  words.push_back({TokenKind::kEnd, ""});
  return words;
}

bool IsName(TokenKind kind) {
  return kind == TokenKind::kIdentifier || kind == TokenKind::kQuotedIdentifier;
}

bool FitsOne(std::string_view choice, const Word& word) {
  if (choice == "_") return word.kind != TokenKind::kEnd;
  if (choice == "<end>") return word.kind == TokenKind::kEnd;
  if (choice == "<string>") return word.kind == TokenKind::kString;
  if (choice == "<name>") return IsName(word.kind);
  if (choice == "<operator>") {
    return word.kind == TokenKind::kOperator || word.text == "::";
  }
  return word.kind != TokenKind::kQuotedIdentifier && word.text == choice;
}

bool Fits(std::string_view choices, const Word& word) {
  while (!choices.empty()) {
    const std::size_t bar = std::min(choices.find('|'), choices.size());
    if (FitsOne(choices.substr(0, bar), word)) return true;
    choices.remove_prefix(std::min(bar + 1, choices.size()));
  }
  return false;
}

// One pattern against the words; what has failed once is not tried again, so that the time is that
// of their product.
class Matcher {
 public:
  Matcher(std::string_view pattern, const std::vector<Word>& words, std::size_t stop)
      : words_(words), stop_(stop) {
    while (!pattern.empty()) {
      const std::size_t blank = std::min(pattern.find(' '), pattern.size());
      parts_.push_back(pattern.substr(0, blank));
      pattern.remove_prefix(std::min(blank + 1, pattern.size()));
    }
    failed_.resize(parts_.size() * words.size());
  }

  bool Matches(std::size_t part = 0, std::size_t at = 0) {
    if (part == parts_.size()) return true;
    if (at >= words_.size() || failed_[part * words_.size() + at]) return false;
    const bool matches = parts_[part] == "..."
                             ? Matches(part + 1, at) || Matches(part, at + 1)
                             : FitsPart(parts_[part], at) && Matches(part + 1, at + 1);
    failed_[part * words_.size() + at] = !matches;
    return matches;
  }

 private:
  bool FitsPart(std::string_view part, std::size_t at) const {
    const bool stops = part[0] == '!';
    if (stops) part.remove_prefix(1);
    return (!stops || at == stop_) && Fits(part, words_[at]);
  }

  const std::vector<Word>& words_;
  const std::size_t stop_;
  std::vector<std::string_view> parts_;
  std::vector<bool> failed_;  // by part and word
};

}  // namespace

std::string_view ShapeHelp(std::string_view text, Span statement, Span error) {
  std::size_t stop = 0;
  const std::vector<Word> words = WordsOf(text, statement, error, &stop);
  if (words.size() > kMostWords) return "";
  for (const Shape& shape : kShapes) {
    if (Matcher(shape.pattern, words, stop).Matches()) return shape.help;
  }
  return "";
}

}  // namespace strata::sql

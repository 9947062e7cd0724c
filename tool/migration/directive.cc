#include "migration/directive.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/nearest.h"
#include "migration/baseline.h"
#include "migration/lexical.h"

namespace strata {
namespace {

using Kind = Directive::Kind;

enum class Argument { kNone, kReason, kRuleAndReason, kDuration, kName, kReplaced };

constexpr unsigned Bit(ScriptHome home) { return 1u << static_cast<unsigned>(home); }
constexpr unsigned kUpOnly = Bit(ScriptHome::kUp);
constexpr unsigned kRun = kUpOnly | Bit(ScriptHome::kDown);
constexpr unsigned kAnywhere = kRun | Bit(ScriptHome::kVerify) | Bit(ScriptHome::kSchema);

struct Word {
  std::string_view name;
  Kind kind;
  Argument argument;
  bool of_file;  // holds for the file as a whole, so it stands before the first statement
  unsigned homes;
  std::string_view place;    // where it belongs, for messages
  std::string_view example;  // how it is written
};

constexpr std::array<Word, 8> kWords = {{
    {"no-transaction", Kind::kNoTransaction, Argument::kNone, true, kRun, "an up or down file",
     "-- strata: no-transaction"},
    {"irreversible", Kind::kIrreversible, Argument::kReason, true, kUpOnly, "an up file",
     "-- strata: irreversible \"the dropped column's data is gone\""},
    {"allow", Kind::kAllow, Argument::kRuleAndReason, false, kAnywhere, "",
     "-- strata: allow drop-table \"backed up on 2026-11-01\""},
    {"lock-timeout", Kind::kLockTimeout, Argument::kDuration, true, kRun, "an up or down file",
     "-- strata: lock-timeout 2s"},
    {"statement-timeout", Kind::kStatementTimeout, Argument::kDuration, true, kRun,
     "an up or down file", "-- strata: statement-timeout 5min"},
    {"renamed-from", Kind::kRenamedFrom, Argument::kName, false, Bit(ScriptHome::kSchema),
     "the desired schema", "-- strata: renamed-from old_name"},
    {"replaces", Kind::kReplaces, Argument::kReplaced, true, kUpOnly, "an up file",
     "-- strata: replaces 0001_create_users and the checksum of its up file"},
    {"newer-syntax", Kind::kNewerSyntax, Argument::kReason, false, kAnywhere, "",
     "-- strata: newer-syntax \"needs PostgreSQL 17\""},
}};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view TakeWord(std::string_view* text) {
  *text = Trim(*text);
  const auto end =
      std::find_if(text->begin(), text->end(), [](char c) { return IsBlank(c) || c == '"'; });
  const std::string_view word = text->substr(0, end - text->begin());
  text->remove_prefix(word.size());
  *text = Trim(*text);
  return word;
}

const Word* FindWord(std::string_view name) {
  const auto found = std::find_if(kWords.begin(), kWords.end(),
                                  [&](const Word& word) { return word.name == name; });
  return found == kWords.end() ? nullptr : &*found;
}

std::string UnknownHelp(std::string_view name) {
  std::vector<std::string> names;
  for (const Word& word : kWords) names.emplace_back(word.name);
  if (const auto near = Nearest(name, names)) return "did you mean \"" + *near + "\"?";
  std::string help = "the directives are";
  for (std::size_t i = 0; i < names.size(); ++i) help += (i == 0 ? " " : ", ") + names[i];
  return help;
}

class Reader {
 public:
  Reader(std::string_view text, Dialect dialect, ScriptHome home, Diagnostics* diagnostics)
      : text_(text), dialect_(dialect), home_(home), diagnostics_(diagnostics) {}

  std::vector<Directive> Run() {
    if (text_.find("strata") == std::string_view::npos) return {};
    lexed_ = Lex(text_, dialect_);
    for (const Span& comment : lexed_.line_comments) Comment(comment);
    return std::move(directives_);
  }

 private:
  void Comment(Span comment) {
    std::string_view body = Trim(text_.substr(comment.begin + 2, comment.end - comment.begin - 2));
    if (body.substr(0, 6) != "strata") return;
    body = Trim(body.substr(6));
    const std::size_t length =
        Trim(text_.substr(comment.begin, comment.end - comment.begin)).size();
    directive_ = Directive();
    directive_.span = {comment.begin, comment.begin + length};
    if (body.empty() || body[0] != ':') {
      const std::string_view name = TakeWord(&body);
      if (FindWord(name) == nullptr) return;  // prose that speaks of strata
      return Fault("bad-directive", "a directive is written with a colon",
                   "write -- strata: " + std::string(name));
    }
    body.remove_prefix(1);
    const std::string_view name = TakeWord(&body);
    const Word* word = FindWord(name);
    if (word == nullptr) {
      const std::string what = name.empty() ? "a directive without a name"
                                            : "unknown directive \"" + std::string(name) + "\"";
      return Fault("unknown-directive", what, UnknownHelp(name));
    }
    directive_.kind = word->kind;
    // What is wrong with its reason does not take from what "irreversible" says of the file.
    const bool means = Arguments(*word, body) || word->kind == Kind::kIrreversible;
    if (means && Place(*word)) directives_.push_back(std::move(directive_));
  }

  bool Arguments(const Word& word, std::string_view rest) {
    if (word.argument == Argument::kRuleAndReason) {
      directive_.rule = std::string(TakeWord(&rest));
      if (directive_.rule.empty()) return Misread(word, "names no rule");
    }
    switch (word.argument) {
      case Argument::kNone:
        return rest.empty() || Misread(word, "takes no argument");
      case Argument::kRuleAndReason:
        if (rest.empty()) return true;
        return Reason(rest) || Misread(word, "takes a rule and a reason in double quotes");
      case Argument::kReason:
        return Reason(rest) || Misread(word, "takes a reason in double quotes");
      case Argument::kDuration: {
        const std::optional<std::uint32_t> ms = ParseDuration(rest);
        if (!ms) return Misread(word, "takes a duration such as 500ms, 2s or 5min");
        directive_.ms = *ms;
        return true;
      }
      case Argument::kReplaced: {
        Replaced unused;
        directive_.text = std::string(rest);
        return ParseReplaced(rest, &unused) || Misread(word, "takes a migration and a checksum");
      }
      case Argument::kName:
        if (rest.size() >= 2 && rest.front() == '"' && rest.back() == '"') {
          rest = rest.substr(1, rest.size() - 2);
        }
        directive_.text = std::string(rest);
        return !rest.empty() || Misread(word, "takes the old name");
    }
    return false;
  }

  bool Reason(std::string_view rest) {
    if (rest.size() < 2 || rest.front() != '"' || rest.back() != '"') return false;
    directive_.text = std::string(Trim(rest.substr(1, rest.size() - 2)));
    return !directive_.text.empty();
  }

  bool Place(const Word& word) {
    const std::string name(word.name);
    if ((word.homes & Bit(home_)) == 0) {
      Fault("misplaced-directive", "\"" + name + "\" does not belong here",
            "it belongs in " + std::string(word.place));
      return false;
    }
    const bool before_all =
        lexed_.statements.empty() || directive_.span.end <= lexed_.statements[0].statement.begin;
    if (!before_all && word.of_file) {
      Fault("misplaced-directive", "\"" + name + "\" stands below the first statement",
            "it concerns the whole file; move it above the first statement");
      return false;
    }
    const bool repeated = word.of_file && word.kind != Kind::kReplaces &&
                          std::any_of(directives_.begin(), directives_.end(),
                                      [&](const Directive& d) { return d.kind == word.kind; });
    if (repeated) {
      Fault("repeated-directive", "\"" + name + "\" stands here twice", "remove one of them");
      return false;
    }
    if (before_all && home_ != ScriptHome::kSchema) return true;
    const std::size_t below = SkipBlanks(text_, directive_.span.end, dialect_);
    if (below >= text_.size() || below >= lexed_.statements.back().statement.end) {
      Fault("misplaced-directive", "no statement follows this directive",
            "put it directly above the statement it concerns");
      return false;
    }
    directive_.anchor = below;
    return true;
  }

  bool Misread(const Word& word, std::string_view what) {
    Fault("bad-directive", "\"" + std::string(word.name) + "\" " + std::string(what),
          "write " + std::string(word.example));
    return false;
  }

  void Fault(std::string rule, std::string message, std::string help) {
    Diagnostic d;
    d.rule = std::move(rule);
    d.message = std::move(message);
    d.help = std::move(help);
    d.span = directive_.span;
    diagnostics_->push_back(std::move(d));
  }

  std::string_view text_;
  Dialect dialect_;
  ScriptHome home_;
  Diagnostics* diagnostics_;
  Lexed lexed_;
  Directive directive_;
  std::vector<Directive> directives_;
};

}  // namespace

std::optional<std::uint32_t> ParseDuration(std::string_view text) {
  if (text == "0") return 0;
  std::uint64_t number = 0;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    if (digits == 10) return std::nullopt;
    number = number * 10 + (text[digits++] - '0');
  }
  if (digits == 0) return std::nullopt;
  const std::string_view unit = Trim(text.substr(digits));
  const std::uint64_t factor = unit == "ms"    ? 1
                               : unit == "s"   ? 1000
                               : unit == "min" ? 60'000
                               : unit == "h"   ? 3'600'000
                                               : 0;
  const std::uint64_t ms = number * factor;
  if (factor == 0 || ms > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
  return static_cast<std::uint32_t>(ms);
}

std::vector<Directive> ReadDirectives(std::string_view text, Dialect dialect, ScriptHome home,
                                      Diagnostics* diagnostics) {
  if (text.find("strata") == std::string_view::npos) return {};  // most files: no need to read on
  return Reader(text, dialect, home, diagnostics).Run();
}

}  // namespace strata

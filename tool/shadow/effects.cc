// What code that is not run - triggers, functions, DO blocks - may have written. Bodies are read as
// words: every table that a body names and that it could write becomes unknown; with an EXECUTE of
// which too little is known, all do.
#include "shadow/effects.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <vector>

#include "shadow/dynamic.h"
#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Function;
using catalog::Relation;

struct Word {
  std::string schema, name;
  bool called = false;  // followed by (
};

// Identifiers outside comments and string literals (folded to lower case unless quoted). Strings
// count as text of their own where `inside_strings`: dynamic SQL hides in them.
std::vector<Word> WordsOf(std::string_view text) {
  std::vector<Word> words;
  std::string pending;  // a qualifier, its dot was read
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const bool starts =
        std::isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80) || c == '"';
    if (c == '-' && text.substr(i, 2) == "--") {
      i = std::min(text.find('\n', i), text.size());
    } else if (c == '/' && text.substr(i, 2) == "/*") {
      i = std::min(text.find("*/", i), text.size() - 2) + 2;
    } else if (c == '\'') {
      i = std::min(text.find('\'', i + 1), text.size() - 1) + 1;
    } else if (!starts) {
      if (!std::isspace(static_cast<unsigned char>(c)) && c != '.') pending.clear();
      ++i;
    } else {
      std::string name;
      if (c == '"') {
        const std::size_t end = std::min(text.find('"', i + 1), text.size());
        name = std::string(text.substr(i + 1, end - i - 1));
        i = std::min(end + 1, text.size());
      } else {
        while (i < text.size() && (std::isalnum(static_cast<unsigned char>(text[i])) ||
                                   text[i] == '_' || (text[i] & 0x80))) {
          name += static_cast<char>(std::tolower(static_cast<unsigned char>(text[i++])));
        }
      }
      std::size_t next = i;
      while (next < text.size() && std::isspace(static_cast<unsigned char>(text[next]))) ++next;
      const char follows = next < text.size() ? text[next] : '\0';
      words.push_back({pending, name, follows == '('});
      pending = follows == '.' ? name : "";
    }
  }
  return words;
}

bool Writes(const std::string& word) {
  return word == "insert" || word == "update" || word == "delete" || word == "truncate" ||
         word == "copy" || word == "merge";
}

bool IsPlainCode(const Function& function) {
  return function.language == "plpgsql" || function.language == "sql";
}

// The columns that a BEFORE trigger may set: every NEW.column it names. Returns false where it may
// do more than that (drop the row, replace it).
bool ColumnsOfNew(const Relation& relation, std::string_view body,
                  std::set<std::int16_t>* columns) {
  const std::vector<Word> words = WordsOf(body);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool returns = words[i].name == "return" && i + 1 < words.size();
    if (returns && words[i + 1].name != "new") return false;
    if (words[i].schema == "new") {
      const catalog::Column* column = relation.FindColumn(words[i].name);
      if (column != nullptr) columns->insert(column->number);
    }
    if (words[i].name == "execute" || words[i].name == "into") return false;
    const bool whole = words[i].name == "new" && (i == 0 || words[i - 1].name != "return") &&
                       (i + 1 == words.size() || words[i + 1].schema != "new");
    if (whole) return false;
  }
  for (const catalog::Column& column : relation.columns) {
    if (column.generated != 0 && !columns->empty()) columns->insert(column.number);
  }
  return true;
}

// What the words before words[at] make of the table it names; "": it is not written.
std::string VerbOf(const std::vector<Word>& words, std::size_t at) {
  const auto before = [&](std::size_t back) {
    return at >= back ? words[at - back].name : std::string();
  };
  std::size_t back = words[at].schema.empty() ? 1 : 2;
  if (before(back) == "only") ++back;
  const std::string word = before(back);
  if (word == "into") return before(back + 1) == "insert" ? "insert" : "into";
  if (word == "from") return before(back + 1) == "delete" ? "delete" : "";
  return word == "update" || word == "copy" ? word : "";
}

// Some index is gone: tables that a unique one kept from rows may take them now. A constraint's
// index cannot be dropped.
void MarkIndexedUnknown(World& world) {
  std::set<catalog::Oid> constraints, tables;
  world.after->constraints().ForEach([&](catalog::Oid, const auto& c) {
    if (c->index != 0) constraints.insert(c->index);
  });
  world.after->relations().ForEach([&](catalog::Oid oid, const auto& r) {
    if (r->index && r->index->unique && constraints.count(oid) == 0) tables.insert(r->index->table);
  });
  for (const catalog::Oid table : tables) world.MarkUnknown(table);
}

// Goes through code and the code it calls, each function once.
class Follower {
 public:
  explicit Follower(World& world) : world_(world) {}

  void Body(std::string_view body) {
    const std::vector<Word> words = WordsOf(body);
    bool executes = false, writes = false;
    for (const Word& word : words) {
      executes |= word.name == "execute";
      if (word.name == "setval" || word.name == "restart") world_.MarkSequencesUnknown();
      writes |= Writes(word.name);
    }
    Calls(words);
    if (writes) Targets(words);
    if (executes) Executed(body);
  }

  void Calls(const std::vector<Word>& words) {
    for (const Word& word : words) {
      if (!word.called) continue;
      for (const Function* function : world_.after->FindFunctions(word.schema, word.name)) {
        const bool own = function->oid >= catalog::kFirstUserOid &&
                         function->kind != catalog::FunctionKind::kAggregate;
        if (own) Called(*function);
      }
    }
  }

 private:
  void Called(const Function& function) {
    if (!IsPlainCode(function)) {
      if (function.language != "c" && function.language != "internal") world_.MarkAllUnknown();
    } else if (followed_.insert(function.oid).second) {
      Body(function.body);
    }
  }

  // The tables that INSERT, UPDATE, DELETE, COPY and MERGE name; where TRUNCATE stands, any table.
  void Targets(const std::vector<Word>& words) {
    const auto has = [&](std::string_view name) {
      return std::any_of(words.begin(), words.end(), [&](const Word& w) { return w.name == name; });
    };
    const bool truncates = has("truncate"), updates = has("conflict");
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string verb = truncates ? "truncate" : VerbOf(words, i);
      if (!verb.empty()) Target(words[i], verb == "insert" && !updates);
    }
  }

  // `adds`: it may get rows, and loses and changes none.
  void Target(const Word& word, bool adds) {
    const Relation* relation = world_.after->FindRelation(word.schema, word.name);
    if (relation == nullptr || relation->oid < catalog::kFirstUserOid) return;
    if (relation->kind == catalog::RelationKind::kView) world_.MarkAllUnknown();
    if (adds) {
      world_.MarkIncomplete(relation->oid);
    } else {
      world_.MarkUnknown(relation->oid);
      for (const catalog::Constraint* key : world_.after->ForeignKeysTo(relation->oid))
        world_.MarkUnknown(key->relation);
    }
    for (const catalog::Trigger* trigger : world_.after->TriggersOf(relation->oid)) {
      const Function* function = world_.after->function(trigger->function);
      if (trigger->enabled != 'D' && function != nullptr && IsPlainCode(*function))
        Called(*function);
    }
  }

  void Executed(std::string_view body) {
    const std::optional<std::vector<std::string>> texts = ExecutedTexts(body);
    if (!texts) return world_.MarkAllUnknown();
    for (const std::string& text : *texts) ExecutedText(text);
  }

  void ExecutedText(const std::string& text) {
    const Written written = WrittenBy(text);
    if (written == Written::kAnything) return world_.MarkAllUnknown();
    if (written == Written::kIndexes) return MarkIndexedUnknown(world_);
    if (written == Written::kNothing) return;
    const std::vector<Word> words = WordsOf(text);
    Calls(words);
    const std::string verb = words.empty() ? "" : words[0].name;
    if (verb != "alter" && verb != "drop") return Targets(words);
    for (std::size_t i = 1; i < words.size(); ++i) {
      const std::size_t back = words[i].schema.empty() ? 1 : 2;
      if (i < back || words[i - back].name != "references") Target(words[i], false);
    }
  }

  World& world_;
  std::set<catalog::Oid> followed_;
};

}  // namespace

void FollowBody(World& world, std::string_view body) { Follower(world).Body(body); }

void FollowCalls(World& world, std::string_view text) { Follower(world).Calls(WordsOf(text)); }

bool FollowTriggers(World& world, const Relation& relation, const std::string& event,
                    std::set<std::int16_t>* opaque) {
  bool known = true;
  for (const catalog::Trigger* trigger : world.after->TriggersOf(relation.oid)) {
    bool fires = trigger->enabled != 'D';
    bool on_event = false;
    for (const std::string& e : trigger->events) on_event |= e == event;
    if (!fires || !on_event) continue;
    const Function* function = world.after->function(trigger->function);
    if (function == nullptr || !IsPlainCode(*function)) {
      known = false;
      continue;
    }
    FollowBody(world, function->body);
    if (trigger->timing == "AFTER" || !trigger->for_each_row) continue;
    if (trigger->timing != "BEFORE" || event == "DELETE") known = false;
    if (known) known = ColumnsOfNew(relation, function->body, opaque);
  }
  return known;
}

bool MayWriteRows(const catalog::Catalog& catalog, std::string_view body, int depth) {
  constexpr int kDeepest = 8;
  if (depth > kDeepest) return true;
  for (const Word& word : WordsOf(body)) {
    if (Writes(word.name)) return true;
  }
  return CallsWriter(catalog, body, depth);
}

bool CallsWriter(const catalog::Catalog& catalog, std::string_view text, int depth) {
  for (const Word& word : WordsOf(text)) {
    if (!word.called) continue;
    for (const Function* function : catalog.FindFunctions(word.schema, word.name)) {
      const bool own = function->oid >= catalog::kFirstUserOid && IsPlainCode(*function);
      if (own && MayWriteRows(catalog, function->body, depth + 1)) return true;
    }
  }
  return false;
}

std::string_view BodyOf(const sql::DoStmt& statement) {
  for (const sql::Node* node : sql::Each(statement.n_args, statement.args)) {
    const auto* option = sql::As<sql::DefElem>(node);
    if (option != nullptr && std::string_view(option->defname) == "as") {
      return sql::StringOf(option->arg);
    }
  }
  return "";
}

}  // namespace strata::shadow

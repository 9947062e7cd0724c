// What code that is not run - triggers, functions, DO blocks - may have written. Bodies are read as
// words: every table that a body names and that it could write becomes unknown; with an EXECUTE of
// which too little is known, all do.
#include "shadow/effects.h"

#include <cctype>

#include "shadow/dynamic.h"
#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Function;
using catalog::Relation;

constexpr int kDeepest = 8;

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

void FollowFunctions(World& world, const Word& word, int depth) {
  if (!word.called || depth > kDeepest) return;
  for (const Function* function : world.after->FindFunctions(word.schema, word.name)) {
    if (function->oid < catalog::kFirstUserOid ||
        function->kind == catalog::FunctionKind::kAggregate)
      continue;
    if (IsPlainCode(*function)) {
      FollowBody(world, function->body, depth + 1);
    } else if (function->language != "c" && function->language != "internal") {
      world.MarkAllUnknown();
    }
  }
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

// `writes`: one of the words is a statement that changes rows.
void FollowWords(World& world, const std::vector<Word>& words, bool writes, int depth) {
  for (const Word& word : words) {
    FollowFunctions(world, word, depth);
    if (!writes) continue;
    const Relation* relation = world.after->FindRelation(word.schema, word.name);
    if (relation == nullptr || relation->oid < catalog::kFirstUserOid) continue;
    if (relation->kind == catalog::RelationKind::kView) world.MarkAllUnknown();
    world.MarkUnknown(relation->oid);
    for (const catalog::Constraint* key : world.after->ForeignKeysTo(relation->oid))
      world.MarkUnknown(key->relation);
  }
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

void FollowExecuted(World& world, std::string_view body, int depth) {
  const std::optional<std::vector<std::string>> texts = ExecutedTexts(body);
  if (!texts) return world.MarkAllUnknown();
  for (const std::string& text : *texts) {
    const Written written = WrittenBy(text);
    if (written == Written::kAnything) return world.MarkAllUnknown();
    if (written == Written::kNothing) continue;
    if (written == Written::kIndexes) {
      MarkIndexedUnknown(world);
      continue;
    }
    const std::vector<Word> words = WordsOf(text);
    FollowWords(world, words, words.empty() || words[0].name != "select", depth + 1);
  }
}

}  // namespace

void FollowBody(World& world, std::string_view body, int depth) {
  if (depth > kDeepest) return world.MarkAllUnknown();
  const std::vector<Word> words = WordsOf(body);
  bool executes = false, writes = false;
  for (const Word& word : words) {
    executes |= word.name == "execute";
    if (word.name == "setval" || word.name == "restart") world.MarkSequencesUnknown();
    writes |= Writes(word.name);
  }
  FollowWords(world, words, writes, depth);
  if (executes) FollowExecuted(world, body, depth);
}

void FollowCalls(World& world, std::string_view text) {
  for (const Word& word : WordsOf(text)) FollowFunctions(world, word, 0);
}

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

#include "catalog/apply/block/uncertain.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "catalog/apply/block/text.h"
#include "catalog/apply/doubt.h"
#include "catalog/apply/drop.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

// They write rows or settings at most.
constexpr std::array<std::string_view, 30> kHarmless = {
    "select", "insert", "update",   "delete",   "with",     "merge",  "truncate", "grant",
    "revoke", "set",    "reset",    "show",     "analyze",  "vacuum", "comment",  "lock",
    "notify", "listen", "refresh",  "reindex",  "cluster",  "copy",   "explain",  "discard",
    "values", "table",  "reassign", "security", "unlisten", "prepare"};

constexpr std::array<std::string_view, 21> kModifiers = {
    "or",     "replace", "global",    "local",   "temp",         "temporary",  "unlogged",
    "unique", "foreign", "recursive", "trusted", "materialized", "procedural", "concurrently",
    "if",     "not",     "exists",    "only",    "event",        "constraint", "default"};

bool IsOneOf(std::string_view word, const auto& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

struct Word {
  std::string value;
  bool name = false;  // an identifier; else punctuation, a string, a number
};

class Reader {
 public:
  Reader(Context& context, std::vector<Word> words) : context_(context), words_(std::move(words)) {}

  // Returns whether anything is in doubt.
  bool Read() {
    Statement();
    return any_;
  }

 private:
  void Statement() {
    const std::string verb = Take();
    if (verb == "create") return Create();
    if (verb == "drop") return Drop();
    if (verb == "alter") return Alter();
    if (!IsOneOf(verb, kHarmless)) return Doubt("*");
    // SELECT x() with x not known may call anything.
    for (; !AtEnd(); ++at_) {
      const bool called = at_ + 1 < words_.size() && words_[at_ + 1].value == "(";
      if (called && IsUnknown(words_[at_].value)) Doubt("*");
    }
  }

  static bool IsUnknown(std::string_view word) {
    return word.find(kUnknownName) != std::string_view::npos;
  }
  bool AtEnd() const { return at_ >= words_.size(); }
  std::string Peek() const { return AtEnd() ? "" : words_[at_].value; }
  std::string Take() { return AtEnd() ? "" : words_[at_++].value; }
  bool Accept(std::string_view word) {
    if (Peek() != word) return false;
    ++at_;
    return true;
  }
  void SkipModifiers() {
    while (!AtEnd() && IsOneOf(Peek(), kModifiers)) ++at_;
  }
  // a.b.c gives c.
  std::string Name() {
    std::string name = Take();
    while (Accept(".")) name = Take();
    return name;
  }
  void SkipTo(std::string_view word) {
    while (!AtEnd() && Peek() != word) ++at_;
  }

  void Appears(std::string_view kind, std::string_view name) { Doubt(DoubtKey(kind, name)); }
  // At once, for the statements that follow in the same block.
  void Doubt(std::string doubt) {
    any_ = true;
    context_.catalog.session.doubtful.insert(std::move(doubt));
  }

  // What of that kind and name there is, and what needs it, may be gone.
  void Vanishes(std::string_view kind, std::string_view name) {
    if (!IsUnknown(name)) Appears(kind, name);
    std::vector<ObjectRef> objects;
    const std::string key = DoubtKey(kind, name);
    const std::size_t space = key.find(' ');
    ForEachObject([&](ObjectRef object) {
      const std::vector<Thing> things = ThingsIn(context_.catalog.Describe(object));
      if (!things.empty() && things[0].kind == key.substr(0, space) &&
          MatchesPattern(std::string_view(key).substr(space + 1), things[0].name))
        objects.push_back(object);
    });
    // One by one: what cannot be dropped alone (a key's index, a table's row type) stays.
    for (const ObjectRef& object : objects) {
      for (const ObjectRef& gone : PlanDrop(context_.catalog, {object}, /*cascade=*/true).doomed) {
        const std::vector<Thing> things = ThingsIn(context_.catalog.Describe(gone));
        if (!things.empty()) Appears(things[0].kind, things[0].name);
      }
    }
  }

  void ForEachObject(const auto& visit) const {
    const Catalog& c = context_.catalog;
    auto walk = [&](const auto& objects, ObjectClass cls) {
      objects.ForEach([&](Oid oid, const auto&) { visit(ObjectRef{cls, oid, 0}); });
    };
    walk(c.relations(), ObjectClass::kRelation);
    walk(c.schemas(), ObjectClass::kSchema);
    walk(c.types(), ObjectClass::kType);
    walk(c.functions(), ObjectClass::kFunction);
    walk(c.constraints(), ObjectClass::kConstraint);
    walk(c.triggers(), ObjectClass::kTrigger);
    walk(c.rules(), ObjectClass::kRule);
    walk(c.policies(), ObjectClass::kPolicy);
    walk(c.extensions(), ObjectClass::kExtension);
  }

  void Create() {
    bool unique = false;
    for (; !AtEnd() && IsOneOf(Peek(), kModifiers); ++at_) unique |= Peek() == "unique";
    const std::string kind = Take();
    if (IsUnknown(kind) || kind.empty()) return Doubt("*");
    SkipModifiers();
    if (kind == "index") return CreateIndex(unique);
    const std::string name = Name();
    Appears(kind, name);
    if (kind == "extension") Doubt(std::string(kFromExtension));
    if (kind == "table") {
      Appears("index", name + "*");
      Appears("sequence", name + "*");
    }
    if (kind == "type") Appears("function", name);
  }

  void CreateIndex(bool unique) {
    Appears("index", Peek() == "on" ? std::string(kUnknownName) : Name());
    SkipTo("on");
    ++at_;
    SkipModifiers();
    if (unique) Appears("key", Name());
  }

  void Drop() {
    while (!AtEnd() && IsOneOf(Peek(), kModifiers)) ++at_;
    const std::string kind = Take();
    if (IsUnknown(kind) || kind.empty() || kind == "owned") return Doubt("*");
    SkipModifiers();
    do {
      Vanishes(kind, Name());
      if (Accept("(")) SkipTo(")"), Accept(")");
    } while (Accept(","));
  }

  void Alter() {
    while (!AtEnd() && IsOneOf(Peek(), kModifiers)) ++at_;
    const std::string kind = Take();
    if (IsUnknown(kind) || kind.empty()) return Doubt("*");
    SkipModifiers();
    const std::string name = Name();
    if (kind == "table") Accept("*");
    if (kind == "type" && Peek() == "add") Appears("type", name);
    bool begins = true;  // of an action
    for (int depth = 0; !AtEnd();) {
      const std::string word = Take();
      if (word == "(") ++depth;
      if (word == ")") --depth;
      if (begins) Action(kind, name, word);
      begins = depth == 0 && word == ",";
    }
  }

  void Action(const std::string& kind, const std::string& name, const std::string& word) {
    if (word == "rename") return Rename(kind, name);
    if (word == "set" && Accept("schema")) {
      Appears(kind, name);
      Vanishes(kind, name);
      return;
    }
    if (kind != "table") return;
    if (word == "add") return Add(name);
    if (word == "drop") return DropPart(name);
    if (word == kUnknownName) {
      for (const char* part : {"column", "constraint", "index"}) Appears(part, kUnknownName);
      Appears("key", name);
      Vanishes(kind, name);
    }
  }

  void Rename(const std::string& kind, const std::string& name) {
    if (Accept("to")) {
      Vanishes(kind, name);
      return Appears(kind, Name());
    }
    const bool constraint = Accept("constraint");
    if (!constraint) Accept("column");
    const std::string part = constraint ? "constraint" : kind == "type" ? "type" : "column";
    Appears(part, Name());
    if (Accept("to")) Appears(part, Name());
  }

  void Add(const std::string& table) {
    const bool named = Accept("constraint");
    const std::string first = Peek();
    const bool constraint = named || first == "primary" || first == "unique" ||
                            first == "foreign" || first == "check" || first == "exclude";
    if (!constraint) {
      Accept("column");
      SkipModifiers();
      return Appears("column", Name());
    }
    const std::string name = named ? Name() : table + "_*";
    Appears("constraint", name);
    Appears("index", name);
    Appears("key", table);
  }

  void DropPart(const std::string& table) {
    const std::string first = Peek();
    if (first == "not" || first == "default" || first == "identity" || first == "expression")
      return;
    const bool constraint = Accept("constraint");
    if (!constraint) Accept("column");
    while (Peek() == "if" || Peek() == "exists") ++at_;
    if (!constraint) return Appears("column", Name());
    Vanishes("constraint", Name());
    Appears("key", table);
  }

  Context& context_;
  std::vector<Word> words_;
  std::size_t at_ = 0;
  bool any_ = false;
};

}  // namespace

bool DoubtStatements(Context& context, std::string_view sql) {
  bool any = false;
  std::vector<Word> words;
  auto flush = [&] {
    if (!words.empty()) any |= Reader(context, std::move(words)).Read();
    words.clear();
  };
  for (std::size_t at = 0;;) {
    const sql::Token token = sql::NextToken(sql, at);
    if (token.kind == sql::TokenKind::kEnd) break;
    at = token.span.end;
    const bool name = token.kind == sql::TokenKind::kIdentifier ||
                      token.kind == sql::TokenKind::kQuotedIdentifier;
    const std::string value = sql::ValueOf(sql, token);
    if (!name && value == ";") {
      flush();
    } else {
      words.push_back({value, name});
    }
  }
  flush();
  return any;
}

}  // namespace strata::catalog

#include "catalog/compare.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "catalog/describe.h"

namespace strata::catalog {
namespace {

class Comparison {
 public:
  Comparison(const Catalog& before, const Catalog& after) : before_(before), after_(after) {}

  std::vector<Difference> Run() {
    auto was = [&](ObjectRef object) { Describe(before_, after_, object, &was_); };
    auto is = [&](ObjectRef object) { Describe(after_, before_, object, &is_); };
    auto differ = [&]<typename T>(ObjectClass cls, const ObjectMap<T>& a, const ObjectMap<T>& b) {
      using Held = std::shared_ptr<const T>;
      ObjectMap<T>::Differences(a, b, [&](Oid oid, const Held* x, const Held* y) {
        if (x != nullptr) was({cls, oid});
        if (y != nullptr) is({cls, oid});
      });
    };
    differ(ObjectClass::kSchema, before_.schemas(), after_.schemas());
    differ(ObjectClass::kRelation, before_.relations(), after_.relations());
    differ(ObjectClass::kType, before_.types(), after_.types());
    differ(ObjectClass::kFunction, before_.functions(), after_.functions());
    differ(ObjectClass::kOperator, before_.operators(), after_.operators());
    differ(ObjectClass::kOperatorClass, before_.operator_classes(), after_.operator_classes());
    differ(ObjectClass::kCast, before_.casts(), after_.casts());
    differ(ObjectClass::kConstraint, before_.constraints(), after_.constraints());
    differ(ObjectClass::kTrigger, before_.triggers(), after_.triggers());
    differ(ObjectClass::kRule, before_.rules(), after_.rules());
    differ(ObjectClass::kPolicy, before_.policies(), after_.policies());
    differ(ObjectClass::kExtension, before_.extensions(), after_.extensions());
    using Named = std::shared_ptr<const NamedObject>;
    ObjectMap<NamedObject>::Differences(before_.named_objects(), after_.named_objects(),
                                        [&](Oid oid, const Named* x, const Named* y) {
                                          if (x != nullptr) was({(*x)->cls, oid});
                                          if (y != nullptr) is({(*y)->cls, oid});
                                        });
    auto attached = [&](ObjectRef object) {
      if (Exists(before_, object)) was(object);
      if (Exists(after_, object)) is(object);
    };
    using Comments = PersistentMap<ObjectRef, std::string>;
    Comments::Differences(
        before_.comments(), after_.comments(),
        [&](ObjectRef o, const std::string*, const std::string*) { attached(o); });
    using Items = std::vector<std::string>;
    PersistentMap<ObjectRef, Items>::Differences(
        before_.privileges(), after_.privileges(),
        [&](ObjectRef o, const Items*, const Items*) { attached(o); });
    return Judge();
  }

 private:
  static bool Exists(const Catalog& c, ObjectRef o) {
    switch (o.cls) {
      case ObjectClass::kSchema:
        return c.schema(o.oid) != nullptr;
      case ObjectClass::kRelation:
        return c.relation(o.oid) != nullptr;
      case ObjectClass::kType:
        return c.type(o.oid) != nullptr;
      case ObjectClass::kFunction:
        return c.function(o.oid) != nullptr;
      case ObjectClass::kConstraint:
        return c.constraint(o.oid) != nullptr;
      case ObjectClass::kTrigger:
        return c.trigger(o.oid) != nullptr;
      case ObjectClass::kExtension:
        return c.extension(o.oid) != nullptr;
      default:
        return true;
    }
  }

  std::vector<Difference> Judge() {
    for (const auto& [key, entry] : was_) {
      if (is_.count(key) == 0 && !GoneWithParent(entry, was_, is_)) {
        Say(Difference::Kind::kLost, entry.object, entry.words + " is not restored");
      }
    }
    for (const auto& [key, entry] : is_) {
      if (was_.count(key) == 0 && !GoneWithParent(entry, is_, was_)) {
        Say(Difference::Kind::kLeft, entry.object, entry.words + " is left behind");
      }
    }
    for (const auto& [key, entry] : was_) {
      const auto now = is_.find(key);
      if (now != is_.end()) Match(entry, now->second);
    }
    return std::move(differences_);
  }

  // A part of a table that is lost or left goes without saying.
  static bool GoneWithParent(const Entry& entry, const Entries& here, const Entries& there) {
    return !entry.parent.empty() && here.count(entry.parent) > 0 && there.count(entry.parent) == 0;
  }

  void Say(Difference::Kind kind, ObjectRef object, std::string text) {
    differences_.push_back({kind, object, std::move(text)});
  }

  void Match(const Entry& was, const Entry& is) {
    for (const std::string& text : Changes(was.properties, is.properties)) {
      Say(Difference::Kind::kChanged, is.object, was.words + ": " + text);
    }
    MatchColumns(was, is);
  }

  // On one line, blanks between words one each.
  static std::string OneLine(const std::string& value) {
    std::string line;
    for (char c : value) {
      const bool blank = c == ' ' || c == '\n' || c == '\t';
      if (!blank) line += c;
      if (blank && !line.empty() && line.back() != ' ') line += ' ';
    }
    return line;
  }

  // A long value from the word at `at` on.
  static std::string Short(const std::string& value, std::size_t at = 0) {
    constexpr std::size_t kLongest = 200, kBefore = 40;
    if (value.size() <= kLongest) return value;
    const std::size_t blank = at < kBefore ? std::string::npos : value.rfind(' ', at - kBefore);
    const std::size_t begin = blank == std::string::npos ? 0 : blank + 1;
    std::size_t end = std::min(begin + kLongest, value.size());
    while (end < value.size() && (value[end] & 0xC0) == 0x80) --end;  // inside a character
    return (begin > 0 ? "…" : "") + value.substr(begin, end - begin) +
           (end < value.size() ? "…" : "");
  }

  // Both on one line; where they are long, from where they part.
  static std::string Changed(const std::string& name, const std::string& was,
                             const std::string& is) {
    const std::string old = OneLine(was), now = OneLine(is);
    const std::size_t at = static_cast<std::size_t>(
        std::mismatch(old.begin(), old.end(), now.begin(), now.end()).first - old.begin());
    return name + " comes back as " + Short(now, at) + ", was " + Short(old, at);
  }

  static bool SameProperties(const std::vector<Property>& a, const std::vector<Property>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
      return x.value == y.value && std::strcmp(x.words, y.words) == 0;
    });
  }

  static std::vector<std::string> Changes(const std::vector<Property>& was,
                                          const std::vector<Property>& is) {
    std::vector<std::string> texts;
    if (SameProperties(was, is)) return texts;
    std::map<std::string, std::pair<std::string, std::string>> all;
    for (const Property& p : was) all[p.words].first = p.value;
    for (const Property& p : is) all[p.words].second = p.value;
    for (const auto& [name, values] : all) {
      const auto& [old, now] = values;
      if (old == now) continue;
      if (name == "body") {
        texts.push_back("the body comes back changed");
      } else if (now.empty()) {
        texts.push_back(name + (old == "yes" ? " is not restored"
                                             : " is not restored, was " + Short(OneLine(old))));
      } else if (old.empty()) {
        texts.push_back(
            name + (now == "yes" ? " is left behind" : " is left behind: " + Short(OneLine(now))));
      } else {
        texts.push_back(Changed(name, old, now));
      }
    }
    return texts;
  }

  void MatchColumns(const Entry& was, const Entry& is) {
    const std::string table = was.words.substr(was.words.find_last_of(' ') + 1);
    const Relation* now = after_.relation(is.object.oid);
    const Relation* then = before_.relation(was.object.oid);
    auto object = [](const Relation* r, const std::string& column) {
      const Column* c = r == nullptr ? nullptr : r->FindColumn(column);
      return ObjectRef{ObjectClass::kRelation, r == nullptr ? 0 : r->oid,
                       c == nullptr ? std::int16_t{0} : c->number};
    };
    std::vector<std::string> common_was, common_is;
    for (const std::string& name : was.columns) {
      if (is.column_properties.count(name) == 0) {
        Say(Difference::Kind::kLost, object(then, name),
            "column " + table + "." + name + " is not restored");
      } else {
        common_was.push_back(name);
      }
    }
    for (const std::string& name : is.columns) {
      if (was.column_properties.count(name) == 0) {
        Say(Difference::Kind::kLeft, object(now, name),
            "column " + table + "." + name + " is left behind");
      } else {
        common_is.push_back(name);
      }
    }
    for (const std::string& name : common_was)
      ColumnChanges(table, name, was, is, object(now, name));
    if (common_was != common_is && !common_was.empty()) {
      Say(Difference::Kind::kColumnOrder, is.object,
          "the columns of " + was.words + " come back in another order");
    }
  }

  static std::string TypeOf(const std::vector<Property>& column) {
    for (const Property& p : column) {
      if (std::string_view(p.words) == "type") return p.value;
    }
    return "";
  }

  void ColumnChanges(const std::string& table, const std::string& name, const Entry& was,
                     const Entry& is, ObjectRef object) {
    const std::string column = "column " + table + "." + name;
    const auto& properties_was = was.column_properties.at(name);
    const auto& properties_is = is.column_properties.at(name);
    const std::string type_was = TypeOf(properties_was), type_is = TypeOf(properties_is);
    if (type_was != type_is) {
      Say(Difference::Kind::kChanged, object,
          column + " comes back as " + type_is + ", was " + type_was);
    }
    for (const std::string& text : Changes(properties_was, properties_is)) {
      if (!text.starts_with("type ")) Say(Difference::Kind::kChanged, object, column + ": " + text);
    }
  }

  const Catalog& before_;
  const Catalog& after_;
  Entries was_, is_;
  std::vector<Difference> differences_;
};

}  // namespace

std::vector<Difference> Compare(const Catalog& before, const Catalog& after) {
  return Comparison(before, after).Run();
}

}  // namespace strata::catalog

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "catalog/facts/facts.h"
#include "catalog/facts/records.h"

extern "C" const char strata_facts_extensions[];
extern "C" const char strata_facts_extensions_end[];

namespace strata::catalog::facts {
namespace {

std::string_view Text() {
  return {strata_facts_extensions,
          static_cast<std::size_t>(strata_facts_extensions_end - strata_facts_extensions)};
}

ObjectClass ClassOf(std::string_view kind) {
  if (kind == "am") return ObjectClass::kAccessMethod;
  if (kind == "fdw") return ObjectClass::kForeignDataWrapper;
  if (kind == "language") return ObjectClass::kLanguage;
  if (kind == "ts_dict") return ObjectClass::kTextSearchDictionary;
  return ObjectClass::kTextSearchTemplate;
}

void ReadMember(std::string_view line, ExtensionContents* extension) {
  Fields fields(line);
  const char kind = fields.Letter();
  if (kind == 'n') {
    NamedObject object;
    object.cls = ClassOf(fields.Next());
    object.name = fields.Text();
    object.owner = "postgres";
    extension->named.push_back(std::move(object));
    return;
  }
  const Oid oid = fields.Number();
  if (kind == 't') extension->types.push_back(ReadType(oid, 0, fields));
  if (kind == 'r') extension->relations.push_back(ReadRelation(oid, 0, fields));
  if (kind == 'f') extension->functions.push_back(ReadFunction(oid, 0, fields, nullptr));
  if (kind == 'o') extension->operators.push_back(ReadOperator(oid, 0, fields));
  if (kind == 'p') extension->operator_classes.push_back(ReadOperatorClass(oid, 0, fields));
  if (kind == 'c') {
    const Oid target = fields.Number();
    extension->casts.push_back(ReadCast(oid, target, fields));
  }
}

std::unique_ptr<ExtensionContents> Read(std::size_t at) {
  auto extension = std::make_unique<ExtensionContents>();
  std::string_view line = LineAt(Text(), at);
  Fields head(line.substr(1));
  extension->name = head.Text();
  extension->version = head.Text();
  extension->relocatable = head.Flag();
  extension->schema = head.Text();
  const std::string_view required = head.Next();
  for (Fields list(required, ','); !required.empty() && !list.done();) {
    extension->requires_.push_back(list.Text());
  }
  extension->trusted = head.Flag();
  for (at += line.size() + 1; at < Text().size() && Text()[at] != '='; at += line.size() + 1) {
    line = LineAt(Text(), at);
    ReadMember(line, extension.get());
  }
  return extension;
}

// Where "=name" begins a line; the extensions are few enough to look at every one.
std::size_t HeadOf(std::string_view name) {
  const std::string head = "=" + std::string(name) + "\t";
  if (Text().substr(0, head.size()) == head) return 0;
  const std::size_t at = Text().find("\n" + head);
  return at == std::string_view::npos ? at : at + 1;
}

}  // namespace

const ExtensionContents* ExtensionNamed(std::string_view name) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<ExtensionContents>, std::less<>> known;
  const std::lock_guard lock(mutex);
  if (const auto found = known.find(name); found != known.end()) return found->second.get();
  const std::size_t at = HeadOf(name);
  if (at == std::string_view::npos) return nullptr;
  return known.emplace(std::string(name), Read(at)).first->second.get();
}

std::vector<std::string> ExtensionNames() {
  std::vector<std::string> names;
  for (std::size_t at = 0; at != std::string_view::npos;) {
    const std::size_t begin = Text()[at] == '=' ? at + 1 : at + 2;
    names.emplace_back(Text().substr(begin, Text().find('\t', begin) - begin));
    at = Text().find("\n=", begin);
  }
  return names;
}

std::string ExtensionWith(ObjectClass cls, std::string_view wanted) {
  auto has = [wanted](const auto& objects) {
    return std::any_of(objects.begin(), objects.end(),
                       [wanted](const auto& object) { return object.name == wanted; });
  };
  for (const std::string& name : ExtensionNames()) {
    const ExtensionContents& contents = *ExtensionNamed(name);
    const bool found = cls == ObjectClass::kFunction        ? has(contents.functions)
                       : cls == ObjectClass::kType          ? has(contents.types)
                       : cls == ObjectClass::kOperatorClass ? has(contents.operator_classes)
                                                            : false;
    if (found) return name;
  }
  return "";
}

}  // namespace strata::catalog::facts

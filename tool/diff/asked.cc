#include "diff/asked.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "base/nearest.h"

namespace strata::diff {
namespace {

std::string PlaceOf(const std::string& schema) { return schema == "public" ? "" : schema; }

std::string InSchema(const std::string& schema) {
  return schema.empty() ? "" : absl::StrCat(" in schema ", schema);
}

std::string DidYouMean(const std::string& word, const std::vector<std::string>& names) {
  const std::optional<std::string> nearest = Nearest(word, names);
  return nearest ? absl::StrCat("; did you mean \"", *nearest, "\"?") : "";
}

std::vector<std::string> Names(const std::vector<Shape>& shapes, const std::string& schema) {
  std::vector<std::string> names;
  for (const Shape& shape : shapes) {
    if (shape.schema == schema) names.push_back(shape.name);
  }
  return names;
}

std::vector<std::string> Columns(const Shape& table) {
  std::vector<std::string> names;
  for (const auto& [name, type] : table.parts) names.push_back(name);
  return names;
}

bool HasColumn(const Shape& table, const std::string& name) {
  const std::vector<std::string> names = Columns(table);
  return std::find(names.begin(), names.end(), name) != names.end();
}

template <typename Shapes>
auto Find(Shapes& shapes, const std::string& schema, const std::string& name) {
  const auto found = std::find_if(shapes.begin(), shapes.end(), [&](const Shape& shape) {
    return shape.schema == schema && shape.name == name;
  });
  return found == shapes.end() ? nullptr : &*found;
}

class Resolver {
 public:
  Resolver(std::vector<Shape> from, const std::vector<Shape>& to)
      : from_(std::move(from)), to_(to) {}

  absl::Status Resolve(std::vector<Rename>* asked) {
    for (Rename& rename : *asked) TellApart(&rename);
    for (Rename& rename : *asked) {
      if (rename.kind != "column") RETURN_IF_ERROR(Whole(&rename));
    }
    for (Rename& rename : *asked) {
      if (rename.kind == "column") RETURN_IF_ERROR(Column(&rename));
    }
    return absl::OkStatus();
  }

 private:
  // "a.b=c": table a's column b, or b in schema a.
  void TellApart(Rename* rename) const {
    if (rename->kind != "column" || !rename->schema.empty() ||
        Find(from_, "", rename->table) != nullptr)
      return;
    const std::string schema = PlaceOf(rename->table);
    if (Find(from_, schema, rename->from) == nullptr) return;
    rename->kind = "table";
    rename->schema = std::exchange(rename->table, "");
  }

  static absl::Status Fault(const Rename& rename, const std::string& what) {
    return absl::InvalidArgumentError(absl::StrCat(AsOption(rename), ": ", what));
  }

  static absl::Status Taken(const Rename& rename) {
    return Fault(rename,
                 absl::StrCat("the present schema has \"", rename.to,
                              "\" still; rename that one first (two that trade names need a third "
                              "name between, in a migration by hand)"));
  }

  absl::Status Whole(Rename* rename) {
    const std::string schema = PlaceOf(rename->schema);
    const std::string old_schema =
        rename->from_schema.empty() ? schema : PlaceOf(rename->from_schema);
    Shape* shape = Find(from_, old_schema, rename->from);
    if (shape == nullptr) {
      return Fault(*rename, absl::StrCat("the present schema has no \"", rename->from, "\"",
                                         InSchema(old_schema),
                                         DidYouMean(rename->from, Names(from_, old_schema))));
    }
    if (Find(from_, schema, rename->to) != nullptr) return Taken(*rename);
    if (Find(to_, schema, rename->to) == nullptr) {
      return Fault(*rename,
                   absl::StrCat("the desired schema has no \"", rename->to, "\"", InSchema(schema),
                                DidYouMean(rename->to, Names(to_, schema))));
    }
    rename->kind = shape->kind;
    renamed_[{old_schema, rename->from}] = {schema, rename->to};
    shape->schema = schema;
    shape->name = rename->to;
    return absl::OkStatus();
  }

  // A column may be named under its table's old name, too.
  absl::Status Column(Rename* rename) {
    const std::string schema = PlaceOf(rename->schema);
    Shape* table = Find(from_, schema, rename->table);
    const auto renamed = renamed_.find({schema, rename->table});
    if (table == nullptr && renamed != renamed_.end()) {
      rename->schema = renamed->second.first;
      rename->table = renamed->second.second;
      table = Find(from_, rename->schema, rename->table);
    }
    if (table == nullptr) {
      return Fault(*rename,
                   absl::StrCat("the present schema has no table \"", rename->table, "\"",
                                InSchema(schema), DidYouMean(rename->table, Names(from_, schema))));
    }
    if (!HasColumn(*table, rename->from)) {
      return Fault(*rename,
                   absl::StrCat("table ", table->name, " of the present schema has no \"",
                                rename->from, "\"", DidYouMean(rename->from, Columns(*table))));
    }
    if (HasColumn(*table, rename->to)) return Taken(*rename);
    const Shape* after = Find(to_, table->schema, table->name);
    if (after == nullptr || !HasColumn(*after, rename->to)) {
      return Fault(
          *rename,
          absl::StrCat("table ", table->name, " of the desired schema has no \"", rename->to, "\"",
                       after == nullptr ? "" : DidYouMean(rename->to, Columns(*after))));
    }
    for (auto& [name, type] : table->parts) {
      if (name == rename->from) name = rename->to;
    }
    return absl::OkStatus();
  }

  std::vector<Shape> from_;
  const std::vector<Shape>& to_;
  std::map<std::pair<std::string, std::string>, std::pair<std::string, std::string>> renamed_;
};

}  // namespace

absl::Status ResolveRenames(std::vector<Shape> from, const std::vector<Shape>& to,
                            std::vector<Rename>* asked) {
  return Resolver(std::move(from), to).Resolve(asked);
}

}  // namespace strata::diff

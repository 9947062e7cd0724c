#include "diff/likely.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "catalog/print/words.h"
#include "diff/differ.h"

namespace strata::diff {
namespace {

using Parts = std::vector<std::pair<std::string, std::string>>;

std::string SchemaName(const catalog::Catalog& catalog, Oid oid) {
  const catalog::Schema* schema = catalog.schema(oid);
  return schema == nullptr || schema->name == "public" ? "" : schema->name;
}

std::string KindOf(const catalog::Relation& relation, bool every) {
  switch (relation.kind) {
    case catalog::RelationKind::kForeignTable:
      return every ? "foreign table" : "";
    case catalog::RelationKind::kSequence:
      return every ? "sequence" : "";
    case catalog::RelationKind::kIndex:
    case catalog::RelationKind::kPartitionedIndex:
      return every ? "index" : "";
    case catalog::RelationKind::kTable:
    case catalog::RelationKind::kPartitionedTable:
      return "table";
    case catalog::RelationKind::kView:
      return "view";
    case catalog::RelationKind::kMaterializedView:
      return "materialized view";
    default:
      return "";
  }
}

Shape* Find(std::vector<Shape>& shapes, const std::string& kind, const std::string& schema,
            const std::string& name) {
  for (Shape& shape : shapes) {
    if (shape.kind == kind && shape.schema == schema && shape.name == name) return &shape;
  }
  return nullptr;
}

const Shape* Find(const std::vector<Shape>& shapes, const Shape& like) {
  for (const Shape& shape : shapes) {
    if (shape.kind == like.kind && shape.schema == like.schema && shape.name == like.name)
      return &shape;
  }
  return nullptr;
}

bool Has(const Parts& parts, const std::string& name) {
  return std::any_of(parts.begin(), parts.end(), [&](const auto& p) { return p.first == name; });
}

// From 0 to 100: the share of parts that both have; one of the same type under another name counts
// half.
int Alikeness(const Parts& a, const Parts& b) {
  const std::size_t most = std::max(a.size(), b.size());
  if (most == 0) return 0;
  std::size_t points = 0;
  std::multiset<std::string> types;  // of a's parts that b has not
  for (const auto& part : a) {
    const bool shared = std::find(b.begin(), b.end(), part) != b.end();
    if (shared) points += 2;
    if (!shared && !part.second.empty()) types.insert(part.second);
  }
  for (const auto& part : b) {
    if (std::find(a.begin(), a.end(), part) != a.end()) continue;
    if (const auto same = types.find(part.second); same != types.end()) {
      types.erase(same);
      ++points;
    }
  }
  return static_cast<int>(50 * points / most);
}

// Letters that both words begin and end with.
std::size_t SharedLetters(const std::string& a, const std::string& b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t head = 0, tail = 0;
  while (head < most && a[head] == b[head]) ++head;
  while (tail < most - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  return head + tail;
}

class Asker {
 public:
  Asker(std::vector<Shape> from, const std::vector<Shape>& to, std::vector<Rename> known,
        const IsRename& ask)
      : from_(std::move(from)), to_(to), renames_(std::move(known)), ask_(ask) {}

  std::vector<Rename> Run() {
    for (const Rename& rename : renames_) Apply(rename);
    AskWholes();
    for (Shape& shape : from_) {
      const Shape* after = Find(to_, shape);
      if (after != nullptr && shape.kind == "table") AskColumns(shape, *after);
    }
    return std::move(renames_);
  }

 private:
  struct Pair {
    std::size_t likeness;
    Rename rename;
  };

  void Apply(const Rename& rename) {
    const std::string schema = rename.schema == "public" ? "" : rename.schema;
    if (rename.kind != "column") {
      if (Shape* shape = Find(from_, rename.kind, schema, rename.from)) shape->name = rename.to;
      return;
    }
    Shape* table = Find(from_, "table", schema, rename.table);
    if (table == nullptr) return;
    for (auto& [name, type] : table->parts) {
      if (name == rename.from) name = rename.to;
    }
  }

  // Each thing is renamed once.
  void Ask(std::vector<Pair> pairs) {
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.likeness > b.likeness; });
    std::vector<std::string> taken;
    const auto is_taken = [&](const std::string& name) {
      return std::find(taken.begin(), taken.end(), name) != taken.end();
    };
    for (const Pair& pair : pairs) {
      const Rename& rename = pair.rename;
      const std::string key = absl::StrCat(rename.kind, " ", rename.schema, ".");
      if (is_taken(key + "<" + rename.from) || is_taken(key + ">" + rename.to) || !ask_(rename))
        continue;
      taken.push_back(key + "<" + rename.from);
      taken.push_back(key + ">" + rename.to);
      renames_.push_back(rename);
      Apply(rename);
    }
  }

  void AskWholes() {
    std::vector<Pair> pairs;
    for (const Shape& gone : from_) {
      if (Find(to_, gone) != nullptr) continue;
      for (const Shape& fresh : to_) {
        if (fresh.kind != gone.kind || fresh.schema != gone.schema || Find(from_, fresh) != nullptr)
          continue;
        const int alike = Alikeness(gone.parts, fresh.parts);
        if (alike >= 50)
          pairs.push_back({static_cast<std::size_t>(alike),
                           {gone.kind, gone.schema, "", gone.name, fresh.name}});
      }
    }
    Ask(std::move(pairs));
  }

  // Columns of one type, the likeliest names first.
  void AskColumns(const Shape& before, const Shape& after) {
    std::vector<Pair> pairs;
    for (const auto& [gone, type] : before.parts) {
      if (Has(after.parts, gone)) continue;
      for (const auto& [fresh, new_type] : after.parts) {
        if (Has(before.parts, fresh) || new_type != type) continue;
        pairs.push_back(
            {SharedLetters(gone, fresh), {"column", before.schema, before.name, gone, fresh}});
      }
    }
    Ask(std::move(pairs));
  }

  std::vector<Shape> from_;
  const std::vector<Shape>& to_;
  std::vector<Rename> renames_;
  const IsRename& ask_;
};

}  // namespace

namespace {

std::vector<Shape> Shapes(const catalog::Catalog& catalog, bool every) {
  std::vector<Shape> shapes;
  catalog.relations().ForEach([&](Oid oid, const auto& relation) {
    const std::string kind = KindOf(*relation, every);
    if (oid < catalog::kFirstUserOid || kind.empty() || (relation->is_partition && !every) ||
        OfExtension({ObjectClass::kRelation, oid}))
      return;
    Shape shape{kind, SchemaName(catalog, relation->schema), relation->name, {}};
    for (const catalog::Column& column : relation->columns)
      shape.parts.emplace_back(column.name, catalog::SqlType(catalog, column));
    shapes.push_back(std::move(shape));
  });
  catalog.types().ForEach([&](Oid oid, const auto& type) {
    const catalog::Relation* row = type->relation == 0 ? nullptr : catalog.relation(type->relation);
    const bool named = every && !type->is_array &&
                       (row == nullptr || row->kind == catalog::RelationKind::kCompositeType);
    if (oid < catalog::kFirstUserOid || (type->labels.empty() && !named) ||
        OfExtension({ObjectClass::kType, oid}))
      return;
    const bool domain = type->kind == catalog::TypeKind::kDomain;
    Shape shape{domain ? "domain" : "type", SchemaName(catalog, type->schema), type->name, {}};
    for (const catalog::EnumLabel& label : type->labels) shape.parts.emplace_back(label.label, "");
    shapes.push_back(std::move(shape));
  });
  return shapes;
}

}  // namespace

std::vector<Shape> ShapesOf(const catalog::Catalog& catalog) { return Shapes(catalog, false); }
std::vector<Shape> EveryShapeOf(const catalog::Catalog& catalog) { return Shapes(catalog, true); }

std::vector<Shape> ShapesOf(const SqliteModel& model) {
  std::vector<Shape> shapes;
  for (const auto& [name, table] : TablesOf(model)) {
    Shape shape{"table", "", name, {}};
    for (const SqliteColumn& column : table.columns)
      shape.parts.emplace_back(column.name, column.type);
    shapes.push_back(std::move(shape));
  }
  return shapes;
}

std::vector<Rename> AskRenames(std::vector<Shape> from, const std::vector<Shape>& to,
                               std::vector<Rename> known, const IsRename& ask) {
  return Asker(std::move(from), to, std::move(known), ask).Run();
}

std::string AsOption(const Rename& rename) {
  const std::string schema = rename.schema.empty() ? "" : rename.schema + ".";
  const std::string table = rename.table.empty() ? "" : rename.table + ".";
  if (!rename.from_schema.empty())
    return absl::StrCat("--rename ", rename.from_schema, ".", rename.from, "=", schema, rename.to);
  return absl::StrCat("--rename ", schema, table, rename.from, "=", rename.to);
}

std::string InWords(const Rename& rename) {
  const std::string schema = rename.schema.empty() ? "" : rename.schema + ".";
  const std::string of = schema + (rename.table.empty() ? "" : rename.table + ".");
  return absl::StrCat(rename.kind, " ", of, rename.to, " is new, and ", of, rename.from,
                      " is gone");
}

}  // namespace strata::diff

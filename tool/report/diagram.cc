#include "report/diagram.h"

#include <algorithm>
#include <map>
#include <memory>
#include <vector>

#include "absl/strings/str_format.h"
#include "report/html.h"

namespace strata::report {
namespace {

using catalog::Catalog;
using catalog::Oid;
using catalog::Relation;
using catalog::RelationKind;

// All measures in pixels; a character of the monospaced face is about 7.3 wide at 12 px.
constexpr double kCharacter = 7.3;
constexpr double kRow = 18;
constexpr double kHead = 24;
constexpr double kGapX = 70;
constexpr double kGapY = 22;

struct Box {
  const Relation* relation = nullptr;
  std::string title;
  std::vector<std::pair<std::string, std::string>> rows;  // column, type
  int level = 0;
  double x = 0;
  double y = 0;
  double width = 0;
  double height() const { return kHead + kRow * static_cast<double>(rows.size()) + 6; }
};

bool IsShown(const Relation& relation) {
  switch (relation.kind) {
    case RelationKind::kTable:
    case RelationKind::kPartitionedTable:
    case RelationKind::kForeignTable:
      return !relation.is_partition;
    case RelationKind::kView:
    case RelationKind::kMaterializedView:
      return true;
    default:
      return false;
  }
}

Box MakeBox(const Catalog& catalog, const Relation& relation) {
  Box box;
  box.relation = &relation;
  box.title = catalog.QualifiedName({catalog::ObjectClass::kRelation, relation.oid, 0});
  if (relation.kind == RelationKind::kView) box.title += " (view)";
  if (relation.kind == RelationKind::kMaterializedView) box.title += " (materialized view)";
  const catalog::Constraint* key = catalog.PrimaryKeyOf(relation.oid);
  std::size_t longest = box.title.size();
  for (const catalog::Column& column : relation.columns) {
    const bool in_key = key != nullptr && std::find(key->columns.begin(), key->columns.end(),
                                                    column.number) != key->columns.end();
    std::string type = catalog.TypeName(column.type);
    if (!column.not_null) type += "?";
    box.rows.emplace_back((in_key ? "# " : "  ") + column.name, type);
    longest = std::max(longest, column.name.size() + type.size() + 5);
  }
  box.width = kCharacter * static_cast<double>(longest) + 16;
  return box;
}

std::vector<Box> MakeBoxes(const Catalog& catalog) {
  std::vector<Box> boxes;
  catalog.relations().ForEach([&](Oid, const std::shared_ptr<const Relation>& relation) {
    if (IsShown(*relation)) boxes.push_back(MakeBox(catalog, *relation));
  });
  std::sort(boxes.begin(), boxes.end(),
            [](const Box& a, const Box& b) { return a.title < b.title; });
  return boxes;
}

struct ForeignKey {
  const Box* from;
  const Box* to;
  const catalog::Constraint* constraint;
};

std::vector<ForeignKey> ForeignKeys(const Catalog& catalog, const std::vector<Box>& boxes) {
  std::map<Oid, const Box*> by_oid;
  for (const Box& box : boxes) by_oid[box.relation->oid] = &box;
  std::vector<ForeignKey> keys;
  for (const Box& box : boxes) {
    for (const catalog::Constraint* constraint : catalog.ConstraintsOf(box.relation->oid)) {
      if (constraint->kind != catalog::ConstraintKind::kForeignKey) continue;
      const auto to = by_oid.find(constraint->referenced);
      if (to != by_oid.end()) keys.push_back({&box, to->second, constraint});
    }
  }
  return keys;
}

// A box's level is one more than the highest level it refers to. Cycles stop at the number of
// boxes.
void SetLevels(std::vector<Box>& boxes, const std::vector<ForeignKey>& keys) {
  for (std::size_t round = 0; round < std::min<std::size_t>(boxes.size(), 12); ++round) {
    for (const ForeignKey& key : keys) {
      if (key.from == key.to) continue;
      Box& from = boxes[static_cast<std::size_t>(key.from - boxes.data())];
      from.level = std::max(from.level, std::min(key.to->level + 1, 8));
    }
  }
  int highest = 0;
  for (const Box& box : boxes) highest = std::max(highest, box.level);
  for (Box& box : boxes) {
    const bool view = box.relation->query != nullptr;
    if (view) box.level = highest + 1;
  }
}

// Returns the picture's size.
std::pair<double, double> Place(std::vector<Box>& boxes) {
  std::map<int, std::vector<Box*>> levels;
  for (Box& box : boxes) levels[box.level].push_back(&box);
  double x = 1;
  double bottom = 0;
  for (auto& [level, column] : levels) {
    double y = 1;
    double width = 0;
    for (Box* box : column) width = std::max(width, box->width);
    for (Box* box : column) {
      box->x = x;
      box->y = y;
      box->width = width;
      y += box->height() + kGapY;
    }
    bottom = std::max(bottom, y);
    x += width + kGapX;
  }
  return {x - kGapX + 2, bottom - kGapY + 2};
}

double RowMiddle(const Box& box, std::int16_t column) {
  double row = 0;
  for (const catalog::Column& candidate : box.relation->columns) {
    if (candidate.number == column) break;
    row += 1;
  }
  return box.y + kHead + row * kRow + kRow / 2;
}

std::string Line(const ForeignKey& key) {
  const double from_y = RowMiddle(*key.from, key.constraint->columns.front());
  const double to_y = key.constraint->referenced_columns.empty()
                          ? key.to->y + kHead / 2
                          : RowMiddle(*key.to, key.constraint->referenced_columns.front());
  const bool rightwards = key.to->x > key.from->x;
  const double from_x = rightwards ? key.from->x + key.from->width : key.from->x;
  const double to_x = key.to->level < key.from->level || key.from == key.to
                          ? key.to->x + (key.from == key.to ? 0 : key.to->width)
                          : key.to->x;
  const double bend = rightwards ? kGapX / 2 : -kGapX / 2;
  const double to_bend = key.to->level < key.from->level ? kGapX / 2 : -kGapX / 2;
  return absl::StrFormat(
      "<path d=\"M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f\"><title>%s</title></path>\n", from_x,
      from_y, from_x + bend, from_y, to_x + to_bend, to_y, to_x, to_y, Html(key.constraint->name));
}

std::string Draw(const Box& box) {
  std::string svg = absl::StrFormat(
      "<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"4\"/>"
      "<rect class=\"head\" x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"4\"/>"
      "<text class=\"name\" x=\"%.0f\" y=\"%.0f\">%s</text>\n",
      box.x, box.y, box.width, box.height(), box.x, box.y, box.width, kHead, box.x + 8, box.y + 16,
      Html(box.title));
  double y = box.y + kHead + 13;
  for (const auto& [column, type] : box.rows) {
    absl::StrAppendFormat(
        &svg,
        "<text x=\"%.0f\" y=\"%.0f\" xml:space=\"preserve\">%s</text>"
        "<text class=\"type\" x=\"%.0f\" y=\"%.0f\" text-anchor=\"end\">%s</text>\n",
        box.x + 6, y, Html(column), box.x + box.width - 8, y, Html(type));
    y += kRow;
  }
  return svg;
}

}  // namespace

std::string SchemaDiagram(const catalog::Catalog& catalog) {
  std::vector<Box> boxes = MakeBoxes(catalog);
  if (boxes.empty()) return "";
  const std::vector<ForeignKey> keys = ForeignKeys(catalog, boxes);
  SetLevels(boxes, keys);
  const auto [width, height] = Place(boxes);
  std::string svg = absl::StrFormat(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"the schema\" "
      "width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\">\n",
      width, height, width, height);
  for (const Box& box : boxes) svg += Draw(box);
  for (const ForeignKey& key : keys) svg += Line(key);
  return svg + "</svg>\n";
}

}  // namespace strata::report

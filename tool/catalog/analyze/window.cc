// WINDOW and OVER.
#include <algorithm>
#include <memory>
#include <string>

#include "catalog/analyze/analysis.h"
#include "catalog/analyze/clauses.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

namespace {

// The bits of frame_options: PostgreSQL's FRAMEOPTION_*.
enum Frame : int {
  kNonDefault = 0x1,
  kRange = 0x2,
  kRows = 0x4,
  kGroups = 0x8,
  kBetween = 0x10,
  kAnyOffset = 0x7800,
  kExcludeCurrentRow = 0x8000,
  kExcludeGroup = 0x10000,
  kExcludeTies = 0x20000,
};

std::string BoundOf(int frame, bool start) {
  if (frame & (start ? 0x20 : 0x40)) return "UNBOUNDED PRECEDING";
  if (frame & (start ? 0x80 : 0x100)) return "UNBOUNDED FOLLOWING";
  if (frame & (start ? 0x200 : 0x400)) return "CURRENT ROW";
  return frame & (start ? 0x800 : 0x1000) ? "$ PRECEDING" : "$ FOLLOWING";
}

std::string FrameOf(int frame) {
  std::string text = frame & kRange ? "RANGE " : frame & kRows ? "ROWS " : "GROUPS ";
  text += frame & kBetween ? "BETWEEN " + BoundOf(frame, true) + " AND " + BoundOf(frame, false)
                           : BoundOf(frame, true);
  if (frame & kExcludeCurrentRow) text += " EXCLUDE CURRENT ROW";
  if (frame & kExcludeGroup) text += " EXCLUDE GROUP";
  if (frame & kExcludeTies) text += " EXCLUDE TIES";
  return text;
}

class WindowReader {
 public:
  WindowReader(Analysis* analysis, Level* level, const sql::WindowDef& window)
      : a_(*analysis), level_(level), window_(window) {}

  std::shared_ptr<const WindowSpec> Read() {
    const auto& known = level_->windows;
    const bool definition = std::find(known.begin(), known.end(), &window_) != known.end();
    if (!definition && window_.name != nullptr && window_.name[0] != '\0') {
      spec_->name = window_.name;
      Need(spec_->name);
      return spec_;
    }
    if (window_.refname != nullptr && window_.refname[0] != '\0') {
      spec_->refines = window_.refname;
      Need(spec_->refines);
    }
    PartitionAndOrder();
    if ((window_.frame_options & kNonDefault) != 0) ReadFrame();
    return spec_;
  }

 private:
  void Need(const std::string& name) {
    for (const sql::WindowDef* known : level_->windows) {
      if (known->name != nullptr && known->name == name) return;
    }
    a_.Fail("undefined-object", "window \"" + name + "\" does not exist", At(window_.location));
  }

  void PartitionAndOrder() {
    for (const sql::Node* node : sql::Each(window_.n_partition_clause, window_.partition_clause)) {
      spec_->partition.push_back(
          a_.ResolveUnknown(a_.Expression(level_, node, Clause::kWindowPartition)));
    }
    for (const sql::Node* node : sql::Each(window_.n_order_clause, window_.order_clause)) {
      const auto* sort = sql::As<sql::SortBy>(node);
      if (sort == nullptr) continue;
      spec_->order.push_back(SortOf(
          *sort, a_.ResolveUnknown(a_.Expression(level_, sort->node, Clause::kWindowOrder))));
    }
  }

  void ReadFrame() {
    const int frame = window_.frame_options;
    if ((frame & kRange) != 0 && (frame & kAnyOffset) != 0 && spec_->order.size() != 1 &&
        spec_->refines.empty()) {
      a_.Fail("windowing-error",
              "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
              At(window_.location));
    }
    if ((frame & kGroups) != 0 && spec_->order.empty() && spec_->refines.empty()) {
      a_.Fail("windowing-error", "GROUPS mode requires an ORDER BY clause", At(window_.location));
    }
    spec_->frame = FrameOf(frame);
    for (const sql::Node* offset : {window_.start_offset, window_.end_offset}) {
      if (offset == nullptr) continue;
      const ExprPtr value = a_.Expression(level_, offset, Clause::kWindowFrame);
      spec_->frame_offsets.push_back(
          frame & kRange ? value
                         : a_.CoerceToInteger(value, kInt8, frame & kRows ? "ROWS" : "GROUPS"));
    }
  }

  Analysis& a_;
  Level* level_;
  const sql::WindowDef& window_;
  std::shared_ptr<WindowSpec> spec_ = std::make_shared<WindowSpec>();
};

}  // namespace

std::shared_ptr<const WindowSpec> Analysis::Window(Level* level, const sql::WindowDef* window) {
  return WindowReader(this, level, *window).Read();
}

}  // namespace strata::catalog

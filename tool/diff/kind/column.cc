// ALTER TABLE, column by column.
#include <algorithm>

#include "catalog/analyze/analyze.h"
#include "catalog/definition.h"
#include "catalog/quote.h"
#include "diff/differ.h"
#include "lint/rewrites.h"
#include "sql/parse.h"
#include "sql/tree.h"

namespace strata::diff {

using catalog::Column;
using catalog::Print;
using catalog::QuoteIdentifier;
using catalog::Relation;
using catalog::SqlType;

namespace {

std::string ValueOf(const Catalog& c, const Column& column) {
  return column.default_value == nullptr
             ? ""
             : (column.generated != 0 ? Print(c, *column.default_value)
                                      : catalog::DefaultText(c, column));
}

ObjectRef Ref(const Relation& r, const Column& c) {
  return {ObjectClass::kRelation, r.oid, c.number};
}
ObjectRef DefaultOf(const Relation& r, const Column& c) {
  return {ObjectClass::kDefault, r.oid, c.number};
}

constexpr char kRewrites[] = "rewrites the table, which nobody can use meanwhile";

enum Step { kDropColumn = 2, kAddColumn = 3, kAlterColumn = 4 };

class ColumnDiffer {
 public:
  ColumnDiffer(Differ& d, const Relation& before, const Relation& after)
      : d_(d), before_(before), after_(after), table_(catalog::SqlRelation(d.b, after.oid)) {}

  void Run() {
    for (const Column& c : before_.columns) {
      if (!d_.IsGone(Ref(before_, c)) || GoesWithParent(c)) continue;
      Drop(c);
    }
    for (const Column& c : after_.columns) {
      const ObjectRef old = d_.InBefore(Ref(after_, c));
      const Column* was = old.oid == 0 ? nullptr : before_.FindColumn(old.column);
      if (was == nullptr || d_.IsGone(old)) {
        if (!ComesWithParent(c)) AddColumn(c);
      } else {
        Alter(*was, c);
      }
    }
  }

 private:
  static bool Inherited(const Relation& r, const Column& c) {
    return (!c.local || r.is_partition) && c.inherited > 0;
  }
  // A parent's ADD COLUMN brings it. A table that is attached must have the column by then.
  bool ComesWithParent(const Column& c) const {
    return Inherited(after_, c) &&
           std::any_of(after_.parents.begin(), after_.parents.end(),
                       [&](Oid oid) { return KeepsParent(d_, before_, after_, oid); });
  }

  // A parent's DROP COLUMN takes it. A table that is detached has it still.
  bool GoesWithParent(const Column& c) const {
    return Inherited(before_, c) &&
           std::any_of(before_.parents.begin(), before_.parents.end(), [&](Oid oid) {
             const ObjectRef now = d_.InAfter({ObjectClass::kRelation, oid});
             return now.oid != 0 && KeepsParent(d_, before_, after_, now.oid);
           });
  }

  Op New(int step, const Column& c) {
    Op op;
    op.unit = after_.name;
    op.step = step;
    op.name = std::to_string(10000 + c.number);
    op.table = table_;
    return op;
  }

  // Keys and indexes that go with the column: their names are free then.
  void TakesAlong(const Column& c, Op* op) const {
    const auto along = [&](ObjectRef ref) {
      if (d_.IsGone(ref) && d_.IsCovered(ref)) op->ends.push_back(ref);
    };
    for (const catalog::DependentKey& key : d_.a.DependentsOf(Ref(before_, c))) {
      if (key.on.column == c.number && key.kind == catalog::DependencyKind::kAuto)
        along(WholeOf(d_.a, key.dependent));
    }
  }

  void Drop(const Column& c) {
    Op op = New(kDropColumn, c);
    op.clause = "DROP COLUMN " + QuoteIdentifier(c.name);
    op.ends = {Ref(before_, c), DefaultOf(before_, c)};
    for (const Relation* s : d_.a.SequencesOf(before_.oid, c.number))
      op.ends.push_back({ObjectClass::kRelation, s->oid});
    TakesAlong(c, &op);
    op.breaks = true;
    const ObjectRef now = d_.InAfter(Ref(before_, c));
    if (c.generated == 0)
      op.notes.push_back("destroys the data of column " + after_.name + "." + c.name);
    if (now.oid == 0) op.differences.push_back(d_.Extra(Ref(before_, c)));
    d_.Add(std::move(op));
  }

  void AddColumn(const Column& c) {
    Op op = New(kAddColumn, c);
    op.clause = "ADD COLUMN " + catalog::ColumnDefinition(d_.b, after_, c);
    op.starts = {Ref(after_, c), DefaultOf(after_, c)};
    if (!catalog::SerialType(d_.b, after_, c).empty() || c.identity != 0) {
      for (const Relation* s : d_.b.SequencesOf(after_.oid, c.number)) {
        op.starts.push_back({ObjectClass::kRelation, s->oid});
        d_.Make({ObjectClass::kRelation, s->oid});
      }
    }
    if (c.not_null && c.default_value == nullptr && c.identity == 0) {
      op.notes.push_back("column " + after_.name + "." + c.name +
                         " is NOT NULL without a default: this fails where the table has rows");
    }
    if (d_.back && c.generated == 0)
      op.notes.push_back("what column " + after_.name + "." + c.name + " held does not come back");
    if (const std::string why = WhyItRewrites(op.clause); !why.empty())
      op.notes.push_back("adding column " + after_.name + "." + c.name + " " + kRewrites + ": " +
                         why);
    const ObjectRef old = d_.InBefore(Ref(after_, c));
    op.differences.push_back(old.oid == 0 ? d_.Missing(Ref(after_, c))
                                          : d_.Changed(Ref(after_, c), "is generated otherwise"));
    d_.Add(std::move(op));
    Settings(Column(), c);
  }

  // "its default is volatile", or "".
  std::string WhyItRewrites(const std::string& clause) const {
    if (after_.kind == catalog::RelationKind::kForeignTable) return "";
    const sql::ParsedScript script = sql::Parse("ALTER TABLE t " + clause);
    const auto* alter = script.statements.empty()
                            ? nullptr
                            : sql::As<sql::AlterTableStmt>(script.statements[0].tree);
    const auto* cmd = alter == nullptr || alter->n_cmds == 0
                          ? nullptr
                          : sql::As<sql::AlterTableCmd>(alter->cmds[0]);
    const auto* column = cmd == nullptr ? nullptr : sql::As<sql::ColumnDef>(cmd->def);
    return column == nullptr ? "" : lint::WhyAddColumnRewrites(column, d_.b);
  }

  void Alter(const Column& was, const Column& is) {
    if (FollowsParent(was, is)) return;
    const std::string alter = "ALTER COLUMN " + QuoteIdentifier(is.name) + " ";
    const bool disturbed = d_.IsDisturbed(Ref(before_, was));
    const bool own_default = was.generated == 0 && is.generated == 0;
    const std::string old_value = ValueOf(d_.a, was), new_value = ValueOf(d_.b, is);
    const bool lost_default = d_.IsGone(DefaultOf(before_, was));
    if (was.generated != 0 && is.generated == 0) DropExpression(was, is, alter);
    if (was.identity != 0 && is.identity == 0) DropIdentity(was, is, alter);
    const bool other_value = ValueOf(d_.exact_a, was) != ValueOf(d_.exact_b, is);
    const bool change_default = own_default && (other_value || lost_default);
    const bool drop_first =
        own_default && !old_value.empty() && (lost_default || new_value.empty() || disturbed);
    if (drop_first && (change_default || disturbed)) DropDefault(was, is, alter, new_value.empty());
    if (disturbed) ChangeType(was, is, alter);
    if (own_default && !new_value.empty() && (change_default || (drop_first && disturbed))) {
      SetDefault(was, is, alter, old_value, new_value, other_value);
    }
    if (was.generated != 0 && is.generated == 0 && !new_value.empty())
      SetDefault(was, is, alter, "", new_value, true);
    Nullability(was, is, alter);
    if (is.identity != 0) Identity(was, is, alter);
    Settings(was, is);
  }

  // A partition or child whose parent's ALTER reaches it.
  bool FollowsParent(const Column& was, const Column& is) const {
    if (was.inherited == 0 || is.inherited == 0 || after_.parents.empty() ||
        !KeepsParent(d_, before_, after_, after_.parents[0]))
      return false;
    const Relation* parent = d_.b.relation(after_.parents[0]);
    const Relation* old_parent =
        before_.parents.empty() ? nullptr : d_.a.relation(before_.parents[0]);
    const Column* now = parent == nullptr ? nullptr : parent->FindColumn(is.name);
    const Column* then = old_parent == nullptr ? nullptr : old_parent->FindColumn(was.name);
    if (now == nullptr || then == nullptr) return false;
    return now->type == is.type && now->not_null == is.not_null &&
           ValueOf(d_.exact_b, *now) == ValueOf(d_.exact_b, is) && then->type == was.type &&
           then->not_null == was.not_null && ValueOf(d_.exact_a, *then) == ValueOf(d_.exact_a, was);
  }

  void Simple(const Column& c, std::string clause, std::string detail, std::vector<ObjectRef> ends,
              std::vector<ObjectRef> starts) {
    Op op = New(kAlterColumn, c);
    op.clause = std::move(clause);
    op.ends = std::move(ends);
    op.starts = std::move(starts);
    if (!detail.empty()) op.differences.push_back(d_.Changed(Ref(after_, c), std::move(detail)));
    d_.Add(std::move(op));
  }

  // In one statement with it a new type is taken for one of the column as it was.
  void SayApart(Op* op) {
    op->sql = {"ALTER TABLE " + table_ + " " + op->clause};
    op->table.clear();
    op->clause.clear();
  }

  void DropExpression(const Column& was, const Column& is, const std::string& alter) {
    Op op = New(kAlterColumn, is);
    op.name += "a";
    op.clause = alter + "DROP EXPRESSION";
    op.ends = {DefaultOf(before_, was)};
    op.differences.push_back(d_.Changed(Ref(after_, is), "is not generated"));
    if (d_.IsDisturbed(Ref(before_, was))) SayApart(&op);  // its type may want a USING
    d_.Add(std::move(op));
  }

  void DropDefault(const Column& was, const Column& is, const std::string& alter, bool for_good) {
    Op op = New(kAlterColumn, is);
    op.name += "a";
    op.clause = alter + "DROP DEFAULT";
    op.ends = {DefaultOf(before_, was)};
    op.breaks = true;
    if (for_good)
      op.differences.push_back(d_.Changed(
          Ref(after_, is), "has the default " + ValueOf(d_.a, was) + " instead of none"));
    d_.Add(std::move(op));
  }

  void SetDefault(const Column& was, const Column& is, const std::string& alter,
                  const std::string& old_value, const std::string& new_value, bool differs) {
    Op op = New(kAlterColumn, is);
    op.name += "c";
    op.clause = alter + "SET DEFAULT " + new_value;
    if (old_value.empty() || !d_.IsGone(DefaultOf(before_, was)))
      op.ends = {DefaultOf(before_, was)};
    op.starts = {DefaultOf(after_, is)};
    if (differs) {
      op.differences.push_back(d_.Changed(
          Ref(after_, is), "has " +
                               (old_value.empty() ? "no default" : "the default " + old_value) +
                               " instead of " + new_value));
    }
    d_.Add(std::move(op));
  }

  void ChangeType(const Column& was, const Column& is, const std::string& alter) {
    Op op = New(kAlterColumn, is);
    op.name += "b";
    const std::string type = SqlType(d_.b, is), old_type = SqlType(d_.a, was);
    op.clause = alter + "TYPE " + type;
    if (is.collation != 0) op.clause += " COLLATE " + catalog::SqlCollation(d_.b, is.collation);
    op.clause += Using(was, is, type);
    op.ends = {Ref(before_, was)};
    op.starts = {Ref(after_, is)};
    op.breaks = true;
    const bool known =
        was.type.type < catalog::kFirstUserOid && is.type.type < catalog::kFirstUserOid;
    if (known && after_.kind != catalog::RelationKind::kForeignTable &&
        lint::ChangeOfType(d_.b, was.type, is.type) == lint::TypeChange::kRewrite)
      op.notes.push_back("the new type of column " + after_.name + "." + is.name + " " + kRewrites);
    const std::string column = after_.name + "." + is.name;
    const std::string loss = known ? LossOf(d_.b, column, was.type, is.type) : "";
    if (!loss.empty()) op.notes.push_back(loss);
    std::string detail;
    if (type != old_type) detail = "has type " + old_type + " instead of " + type;
    if (type == old_type && was.collation != is.collation) detail = "has another collation";
    if (!detail.empty()) op.differences.push_back(d_.Changed(Ref(after_, is), detail));
    // The type itself is made anew: its step takes the column along.
    if (d_.IsGone(WholeOf(d_.a, {ObjectClass::kType, was.type.type})) && type == old_type) return;
    d_.Add(std::move(op));
  }

  std::string Using(const Column& was, const Column& is, const std::string& type) const {
    const Oid from = was.type.type, to = is.type.type;
    if (from == 0 || to == 0) return "";
    const std::string name = QuoteIdentifier(is.name);
    // A type of one side alone has no casts on the other.
    const bool own_from = from >= catalog::kFirstUserOid, own_to = to >= catalog::kFirstUserOid;
    if (own_from && own_to) {
      return SqlType(d_.a, {from, -1}) == SqlType(d_.b, {to, -1})
                 ? ""
                 : " USING " + name + "::text::" + type;
    }
    const Catalog& c = own_from ? d_.a : d_.b;
    if (CanCoerce(c, from, to, 'a')) return "";
    return " USING " + name + (CanCoerce(c, from, to, 'e') ? "::" : "::text::") + type;
  }

  // "; first: UPDATE …" where the default says with what.
  std::string FillIn(const Column& c) const {
    const std::string value = c.identity != 0 || c.generated != 0 ? "" : ValueOf(d_.b, c);
    if (value.empty()) return "";
    const std::string name = QuoteIdentifier(c.name);
    return "; first: UPDATE " + table_ + " SET " + name + " = " + value + " WHERE " + name +
           " IS NULL";
  }

  void Nullability(const Column& was, const Column& is, const std::string& alter) {
    if (was.not_null == is.not_null) return;
    Op op = New(kAlterColumn, is);
    op.name += is.not_null ? "d" : "e";
    op.clause = alter + (is.not_null ? "SET NOT NULL" : "DROP NOT NULL");
    if (!is.not_null) op.allows_null = before_.oid;
    op.differences.push_back(
        d_.Changed(Ref(after_, is), is.not_null ? "allows NULL" : "is NOT NULL"));
    if (is.not_null) {
      op.conditions.push_back("fails while column " + after_.name + "." + is.name +
                              " holds a NULL" + FillIn(is));
    }
    // An identity column has to be NOT NULL at once, and a partition's before it is attached.
    const bool attached = std::any_of(after_.parents.begin(), after_.parents.end(), [&](Oid oid) {
      return !KeepsParent(d_, before_, after_, oid);
    });
    if (is.not_null && is.identity == was.identity && !attached) {
      const std::string check = QuoteIdentifier(after_.name + "_" + is.name + "_not_null");
      op.online_clause = "ADD CONSTRAINT " + check + " CHECK (" + QuoteIdentifier(is.name) +
                         " IS NOT NULL) NOT VALID";
      const std::string table = "ALTER TABLE " + table_ + " ";
      op.online_after = {table + "VALIDATE CONSTRAINT " + check, table + alter + "SET NOT NULL",
                         table + "DROP CONSTRAINT " + check};
    }
    d_.Add(std::move(op));
  }

  void DropIdentity(const Column& was, const Column& is, const std::string& alter) {
    Op op = New(kAlterColumn, is);
    op.name += "a";
    op.clause = alter + "DROP IDENTITY";
    for (const Relation* s : d_.a.SequencesOf(before_.oid, was.number)) {
      op.ends.push_back({ObjectClass::kRelation, s->oid});
      d_.Cover({ObjectClass::kRelation, s->oid});
    }
    op.breaks = true;
    op.differences.push_back(d_.Changed(Ref(after_, is), "is an identity column"));
    constexpr Oid kInt8 = 20, kInt2 = 21, kInt4 = 23;  // what an identity column can be
    const Oid type = is.type.type;
    if (type != kInt8 && type != kInt2 && type != kInt4) SayApart(&op);
    d_.Add(std::move(op));
  }

  void Identity(const Column& was, const Column& is, const std::string& alter) {
    const Relation* sequence = ColumnSequence(d_.b, after_, is);
    Op op = New(kAlterColumn, is);
    op.name += "f";
    if (was.identity == 0) {
      op.clause = alter + "ADD " + catalog::IdentityClause(d_.b, after_, is);
      op.differences.push_back(d_.Changed(Ref(after_, is), "is not an identity column"));
      op.sql = {"SELECT setval(pg_get_serial_sequence(" + catalog::QuoteLiteral(table_) + ", " +
                catalog::QuoteLiteral(is.name) + "), max(" + QuoteIdentifier(is.name) + ")) FROM " +
                table_};
      if (sequence != nullptr) {
        op.starts.push_back({ObjectClass::kRelation, sequence->oid});
        d_.Make({ObjectClass::kRelation, sequence->oid});
      }
      return d_.Add(std::move(op));
    }
    if (sequence != nullptr) d_.Make({ObjectClass::kRelation, sequence->oid});
    if (was.identity != is.identity) {
      op.clause = alter + "SET GENERATED " + (is.identity == 'a' ? "ALWAYS" : "BY DEFAULT");
      op.differences.push_back(d_.Changed(Ref(after_, is), "is another kind of identity column"));
      d_.Add(std::move(op));
    }
  }

  void ForeignOptions(const Column& was, const Column& is, const std::string& alter) {
    const std::string changes = catalog::ChangedOptions(was.options, is.options);
    if (changes.empty() || d_.IsNew(Ref(after_, is))) return;
    Op op = New(kAlterColumn, is);
    op.sql = {"ALTER FOREIGN TABLE " + table_ + " " + alter + "OPTIONS (" + changes + ")"};
    op.table.clear();
    op.starts = {Ref(after_, is)};
    op.differences.push_back(d_.Changed(Ref(after_, is), "has other options"));
    d_.Add(std::move(op));
  }

  void Settings(const Column& was, const Column& is) {
    const std::string alter = "ALTER COLUMN " + QuoteIdentifier(is.name) + " ";
    auto set = [&](const std::string& clause) {
      Simple(is, alter + clause, "is stored otherwise", {}, {Ref(after_, is)});
    };
    if (was.storage != is.storage)
      set("SET STORAGE " +
          (is.storage.empty() ? catalog::UsualStorage(d_.b, is.type.type) : is.storage));
    if (was.compression != is.compression)
      set("SET COMPRESSION " + (is.compression.empty() ? "default" : is.compression));
    if (was.statistics.value_or(-1) != is.statistics.value_or(-1)) {
      set("SET STATISTICS " + std::to_string(is.statistics.value_or(-1)));
    }
    if (after_.kind == catalog::RelationKind::kForeignTable) return ForeignOptions(was, is, alter);
    if (was.options != is.options && !is.options.empty())
      set("SET " + catalog::SqlOptions(is.options));
    std::vector<std::string> reset;
    for (const auto& [name, value] : was.options) {
      if (is.options.count(name) == 0) reset.push_back(name);
    }
    if (!reset.empty()) set("RESET (" + catalog::Join(reset, ", ") + ")");
  }

  Differ& d_;
  const Relation& before_;
  const Relation& after_;
  const std::string table_;
};

}  // namespace

bool SameColumnType(const Differ& d, const Column& before, const Column& after) {
  const auto collation = [](const Catalog& c, Oid oid) {
    return oid == 0 ? std::string() : catalog::SqlCollation(c, oid);
  };
  return SqlType(d.a, before) == SqlType(d.b, after) &&
         collation(d.a, before.collation) == collation(d.b, after.collation);
}

bool MustReplaceColumn(const Differ& d, const Relation&, const Column& before, const Relation&,
                       const Column& after) {
  if (after.generated == 0) return false;
  return before.generated == 0 || ValueOf(d.exact_a, before) != ValueOf(d.exact_b, after);
}

void DiffColumns(Differ& d, const Relation& before, const Relation& after) {
  ColumnDiffer(d, before, after).Run();
}

}  // namespace strata::diff

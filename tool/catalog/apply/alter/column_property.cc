// ALTER COLUMN: default, NOT NULL, identity, statistics, storage
#include "catalog/apply/alter/alter.h"
#include "catalog/apply/sequence.h"
#include "catalog/apply/table/column.h"
#include "catalog/definition.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

class ColumnChange {
 public:
  ColumnChange(Context& context, const AlterCommand& command)
      : context_(context), command_(command), node_(command.node) {}

  void Run() {
    const Column* column = FindTheColumn();
    if (column == nullptr) return;
    column_ = *column;
    at_ = sql::FindName(context_.text, command_.at, column_.name).value_or(command_.at);
    switch (node_.subtype) {
      case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
        return Default();
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
        return SetNotNull(command_.relation);
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
        return DropNotNull();
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropExpression:
        return DropExpression();
      case PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity:
        return AddIdentity();
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetIdentity:
        return SetIdentity();
      case PG_QUERY__ALTER_TABLE_TYPE__AT_DropIdentity:
        return DropIdentity();
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics: {
        const int target = std::atoi(OptionText(node_.def).c_str());
        return Change([&](Column* c) {
          c->statistics = target < 0 ? std::nullopt : std::optional<int>(target);
        });
      }
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
        return SetStorage();
      case PG_QUERY__ALTER_TABLE_TYPE__AT_SetCompression:
        return Change([&](Column* c) {
          c->compression = OptionText(node_.def) == "default" ? "" : OptionText(node_.def);
        });
      default:
        return Options();
    }
  }

 private:
  const Column* FindTheColumn() {
    if (node_.name != nullptr && node_.name[0] != '\0')
      return CommandColumn(context_, command_, node_.name);
    // ALTER INDEX … ALTER COLUMN 1 SET STATISTICS: of the index's own columns nothing is kept.
    return nullptr;
  }

  template <typename F>
  void Change(F&& f) {
    context_.edit.ChangeColumn(command_.relation, column_.number, f);
  }
  void Refuse(std::string_view rule, std::string message, std::string help = "") {
    context_.Report(rule, std::move(message), at_, std::move(help));
  }
  std::string ColumnWords() const {
    return "column \"" + column_.name + "\" of relation \"" +
           context_.catalog.relation(command_.relation)->name + "\"";
  }

  void Default() {
    if (column_.identity != 0) {
      return Refuse(
          "syntax-error", ColumnWords() + " is an identity column",
          node_.def == nullptr ? "use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead" : "");
    }
    if (column_.generated != 0) {
      return Refuse("syntax-error", ColumnWords() + " is a generated column",
                    node_.def == nullptr
                        ? "use ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION instead"
                        : "");
    }
    SetDefault(context_, command_.relation, column_.number, node_.def, false);
    for (Oid child : context_.catalog.ChildrenOf(command_.relation)) {
      const Column* own = context_.catalog.relation(child)->FindColumn(column_.name);
      if (own == nullptr) continue;
      Findings before = std::move(context_.result.findings);
      SetDefault(context_, child, own->number, node_.def, false);
      context_.result.findings = std::move(before);  // said once, for the parent
    }
  }

  void SetNotNull(Oid relation) {
    const Column* own = context_.catalog.relation(relation)->FindColumn(column_.name);
    if (own == nullptr) return;
    context_.edit.ChangeColumn(relation, own->number, [](Column* c) { c->not_null = true; });
    for (Oid child : context_.catalog.ChildrenOf(relation)) SetNotNull(child);
  }

  void DropNotNull() {
    if (column_.identity != 0)
      return Refuse("syntax-error", ColumnWords() + " is an identity column");
    const Relation* r = context_.catalog.relation(command_.relation);
    for (const Relation* index : context_.catalog.IndexesOf(command_.relation)) {
      if (!index->index->primary && !index->index->replica_identity) continue;
      for (const IndexKey& key : index->index->keys) {
        if (key.column != column_.number) continue;
        return Refuse(
            "invalid-table-definition",
            "column \"" + column_.name + "\" is in " +
                (index->index->primary ? "a primary key" : "index used as replica identity"),
            "drop the constraint first");
      }
    }
    if (r->is_partition && !r->parents.empty()) {
      const Column* above = context_.catalog.relation(r->parents[0])->FindColumn(column_.name);
      if (above != nullptr && above->not_null) {
        return Refuse("invalid-table-definition",
                      "column \"" + column_.name + "\" is marked NOT NULL in parent table");
      }
    }
    Down(command_.relation);
  }
  void Down(Oid relation) {
    const Column* own = context_.catalog.relation(relation)->FindColumn(column_.name);
    if (own == nullptr) return;
    context_.edit.ChangeColumn(relation, own->number, [](Column* c) { c->not_null = false; });
    for (Oid child : context_.catalog.ChildrenOf(relation)) Down(child);
  }

  void DropExpression() {
    if (column_.generated == 0) {
      if (!node_.missing_ok) {
        Refuse("object-not-in-prerequisite-state",
               ColumnWords() + " is not a stored generated column");
      }
      return;
    }
    context_.edit.Erase({ObjectClass::kDefault, command_.relation, column_.number});
  }

  void AddIdentity() {
    const auto* identity = sql::As<sql::Constraint>(node_.def);
    if (identity == nullptr) return;
    if (!column_.not_null) {
      return Refuse("object-not-in-prerequisite-state",
                    ColumnWords() + " must be declared NOT NULL before identity can be added");
    }
    if (column_.identity != 0) {
      return Refuse("object-not-in-prerequisite-state",
                    ColumnWords() + " is already an identity column");
    }
    if (column_.default_value != nullptr) {
      return Refuse("object-not-in-prerequisite-state",
                    ColumnWords() + " already has a default value", "drop the default first");
    }
    const Oid type = column_.type.type;
    if (type != 0 && type != 20 && type != 21 && type != 23) {
      return Refuse("invalid-parameter-value",
                    "identity column type must be smallint, integer, or bigint");
    }
    const char kind =
        identity->generated_when != nullptr && identity->generated_when[0] == 'd' ? 'd' : 'a';
    Change([&](Column* c) { c->identity = kind; });
    MakeOwnedSequence(context_, command_.relation, column_, type == 0 ? 20 : type, identity);
  }

  void SetIdentity() {
    if (column_.identity == 0) {
      return Refuse("object-not-in-prerequisite-state",
                    ColumnWords() + " is not an identity column");
    }
    const auto* list = sql::As<sql::List>(node_.def);
    if (list == nullptr) return;
    for (const sql::Node* n : sql::Each(list)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o == nullptr || std::string_view(o->defname) != "generated") continue;
      const int letter = std::atoi(OptionText(o->arg).c_str());
      Change([&](Column* c) { c->identity = static_cast<char>(letter); });
    }
    const SequenceOptions options = ReadSequenceOptions(context_, list->n_items, list->items);
    for (const Relation* sequence :
         context_.catalog.SequencesOf(command_.relation, column_.number)) {
      if (!sequence->sequence->identity) continue;
      const Oid oid = sequence->oid;
      SequenceDefinition d = *sequence->sequence;
      ApplySequenceOptions(context_, options, &d, false);
      context_.edit.ChangeRelation(oid, [&](Relation* r) { r->sequence = d; });
      return;
    }
  }

  void DropIdentity() {
    if (column_.identity == 0) {
      if (!node_.missing_ok) {
        Refuse("object-not-in-prerequisite-state", ColumnWords() + " is not an identity column");
      }
      return;
    }
    Change([](Column* c) { c->identity = 0; });
    std::vector<ObjectRef> sequences;
    for (const Relation* s : context_.catalog.SequencesOf(command_.relation, column_.number)) {
      if (s->sequence->identity) sequences.push_back({ObjectClass::kRelation, s->oid});
    }
    for (const ObjectRef& s : sequences) {
      context_.edit.ForgetNeeds(s);
      context_.Drop({s}, true, at_);
    }
  }

  void SetStorage() {
    std::string storage = OptionText(node_.def);
    for (char& c : storage) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    if (storage != "plain" && storage != "external" && storage != "extended" && storage != "main") {
      return Refuse("invalid-parameter-value", "invalid storage type \"" + storage + "\"");
    }
    if (storage == UsualStorage(context_.catalog, column_.type.type)) storage.clear();
    Change([&](Column* c) { c->storage = storage; });
  }

  void Options() {
    const auto* list = sql::As<sql::List>(node_.def);
    if (list == nullptr) return;
    const bool reset = node_.subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions;
    Change([&](Column* c) {
      for (const sql::Node* n : sql::Each(list)) {
        const auto* o = sql::As<sql::DefElem>(n);
        if (o == nullptr) continue;
        if (reset || o->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP) {
          c->options.erase(o->defname);
        } else {
          c->options[o->defname] = OptionText(o->arg);
        }
      }
    });
  }

  Context& context_;
  const AlterCommand& command_;
  const sql::AlterTableCmd& node_;
  Column column_;
  Span at_;
};

}  // namespace

void AlterColumnProperty(Context& context, const AlterCommand& command) {
  ColumnChange(context, command).Run();
}

}  // namespace strata::catalog

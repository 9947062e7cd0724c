#include "catalog/apply/block/schema_rows.h"

#include <algorithm>

namespace strata::catalog {
namespace {

using Visit = std::function<void(const SchemaRow&)>;

std::string SchemaOf(const Catalog& c, Oid schema) {
  const Schema* found = c.schema(schema);
  return found == nullptr ? "" : found->name;
}

struct Home {
  std::string schema, relation;
};

Home HomeOf(const Catalog& c, Oid oid) {
  const Relation* r = c.relation(oid);
  return r == nullptr ? Home{} : Home{SchemaOf(c, r->schema), r->name};
}

bool IsTable(const Relation& r) {
  return r.kind == RelationKind::kTable || r.kind == RelationKind::kPartitionedTable;
}

// What the information schema calls a relation that it shows as a table; "": it does not.
std::string TableType(const Relation& r) {
  if (IsTable(r)) return r.persistence == 't' ? "LOCAL TEMPORARY" : "BASE TABLE";
  if (r.kind == RelationKind::kView) return "VIEW";
  return r.kind == RelationKind::kForeignTable ? "FOREIGN" : "";
}

template <typename F>
void EachRelation(const Catalog& c, F&& f) {
  c.relations().ForEach([&](Oid, const auto& r) { f(*r); });
}

void PgClass(const Catalog& c, const Visit& visit) {
  EachRelation(c, [&](const Relation& r) {
    visit({{"relname", r.name},
           {"oid", std::to_string(r.oid)},
           {"relnamespace", std::to_string(r.schema)},
           {"relkind", std::string(1, static_cast<char>(r.kind))}});
  });
}

void PgTables(const Catalog& c, const Visit& visit) {
  EachRelation(c, [&](const Relation& r) {
    if (IsTable(r)) visit({{"tablename", r.name}, {"schemaname", SchemaOf(c, r.schema)}});
  });
}

void PgViews(const Catalog& c, const Visit& visit) {
  EachRelation(c, [&](const Relation& r) {
    if (r.kind == RelationKind::kView)
      visit({{"viewname", r.name}, {"schemaname", SchemaOf(c, r.schema)}});
  });
}

void PgMatviews(const Catalog& c, const Visit& visit) {
  EachRelation(c, [&](const Relation& r) {
    if (r.kind == RelationKind::kMaterializedView)
      visit({{"matviewname", r.name}, {"schemaname", SchemaOf(c, r.schema)}});
  });
}

void PgIndexes(const Catalog& c, const Visit& visit) {
  EachRelation(c, [&](const Relation& r) {
    if (!r.index) return;
    visit({{"indexname", r.name},
           {"schemaname", SchemaOf(c, r.schema)},
           {"tablename", HomeOf(c, r.index->table).relation}});
  });
}

void PgSequences(const Catalog& c, const Visit& visit) {
  EachRelation(c, [&](const Relation& r) {
    if (r.kind != RelationKind::kSequence) return;
    const std::string schema = SchemaOf(c, r.schema);
    visit({{"sequencename", r.name},
           {"schemaname", schema},
           {"sequence_name", r.name},
           {"sequence_schema", schema}});
  });
}

void PgType(const Catalog& c, const Visit& visit) {
  c.types().ForEach([&](Oid oid, const auto& t) {
    visit({{"typname", t->name},
           {"oid", std::to_string(oid)},
           {"typnamespace", std::to_string(t->schema)}});
  });
}

void PgEnum(const Catalog& c, const Visit& visit) {
  c.types().ForEach([&](Oid oid, const auto& t) {
    for (const EnumLabel& label : t->labels)
      visit({{"enumlabel", label.label}, {"enumtypid", std::to_string(oid)}});
  });
}

void PgNamespace(const Catalog& c, const Visit& visit) {
  c.schemas().ForEach([&](Oid oid, const auto& s) {
    visit({{"nspname", s->name}, {"schema_name", s->name}, {"oid", std::to_string(oid)}});
  });
}

void PgExtension(const Catalog& c, const Visit& visit) {
  c.extensions().ForEach([&](Oid, const auto& e) { visit({{"extname", e->name}}); });
}

void PgProc(const Catalog& c, const Visit& visit) {
  c.functions().ForEach([&](Oid, const auto& f) {
    visit({{"proname", f->name},
           {"pronamespace", std::to_string(f->schema)},
           {"routine_name", f->name},
           {"routine_schema", SchemaOf(c, f->schema)}});
  });
}

void PgTrigger(const Catalog& c, const Visit& visit) {
  c.triggers().ForEach([&](Oid, const auto& t) {
    const Home home = HomeOf(c, t->relation);
    visit({{"tgname", t->name},
           {"tgrelid", std::to_string(t->relation)},
           {"trigger_name", t->name},
           {"trigger_schema", home.schema},
           {"event_object_schema", home.schema},
           {"event_object_table", home.relation}});
  });
}

void PgConstraint(const Catalog& c, const Visit& visit) {
  c.constraints().ForEach([&](Oid, const auto& k) {
    visit({{"conname", k->name},
           {"conrelid", std::to_string(k->relation)},
           {"contype", std::string(1, static_cast<char>(k->kind))}});
  });
}

std::string ConstraintType(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::kPrimaryKey:
      return "PRIMARY KEY";
    case ConstraintKind::kUnique:
      return "UNIQUE";
    case ConstraintKind::kForeignKey:
      return "FOREIGN KEY";
    case ConstraintKind::kCheck:
      return "CHECK";
    default:
      return "";
  }
}

// NOT NULL, which the information schema shows as a CHECK of a name made up from numbers, is left
// out: nobody asks for that name.
void TableConstraints(const Catalog& c, const Visit& visit) {
  c.constraints().ForEach([&](Oid, const auto& k) {
    const std::string type = ConstraintType(k->kind);
    if (type.empty() || k->relation == 0) return;
    const Home home = HomeOf(c, k->relation);
    visit({{"constraint_name", k->name},
           {"constraint_schema", home.schema},
           {"table_schema", home.schema},
           {"table_name", home.relation},
           {"constraint_type", type}});
  });
}

void PgPolicies(const Catalog& c, const Visit& visit) {
  c.policies().ForEach([&](Oid, const auto& p) {
    const Home home = HomeOf(c, p->relation);
    visit({{"policyname", p->name},
           {"polname", p->name},
           {"polrelid", std::to_string(p->relation)},
           {"schemaname", home.schema},
           {"tablename", home.relation}});
  });
}

void PgAttribute(const Catalog& c, const Visit& visit) {
  EachRelation(c, [&](const Relation& r) {
    for (const Column& column : r.columns) {
      visit({{"attname", column.name},
             {"attrelid", std::to_string(r.oid)},
             {"attisdropped", "false"},
             {"attnotnull", column.not_null ? "true" : "false"}});
    }
  });
}

void Tables(const Catalog& c, const Visit& visit) {
  EachRelation(c, [&](const Relation& r) {
    const std::string type = TableType(r);
    if (type.empty()) return;
    visit({{"table_name", r.name}, {"table_schema", SchemaOf(c, r.schema)}, {"table_type", type}});
  });
}

void Views(const Catalog& c, const Visit& visit) {
  EachRelation(c, [&](const Relation& r) {
    if (r.kind == RelationKind::kView)
      visit({{"table_name", r.name}, {"table_schema", SchemaOf(c, r.schema)}});
  });
}

std::string DataType(const Catalog& c, TypeRef column) {
  const Type* type = c.type(c.BaseType(column).type);
  if (type == nullptr) return "";
  if (type->is_array) return "ARRAY";
  return type->oid < kFirstUserOid ? c.TypeName({type->oid, -1}) : "USER-DEFINED";
}

void Columns(const Catalog& c, const Visit& visit) {
  EachRelation(c, [&](const Relation& r) {
    if (TableType(r).empty()) return;
    for (const Column& column : r.columns) {
      visit({{"column_name", column.name},
             {"table_name", r.name},
             {"table_schema", SchemaOf(c, r.schema)},
             {"is_nullable", column.not_null ? "NO" : "YES"},
             {"data_type", DataType(c, column.type)}});
    }
  });
}

struct Table {
  std::string_view name;
  void (*rows)(const Catalog&, const Visit&);
  std::string_view columns;  // parted by blanks
};

constexpr Table kTables[] = {
    {"pg_class", PgClass, "relname oid relnamespace relkind"},
    {"pg_tables", PgTables, "tablename schemaname"},
    {"pg_views", PgViews, "viewname schemaname"},
    {"pg_matviews", PgMatviews, "matviewname schemaname"},
    {"pg_indexes", PgIndexes, "indexname schemaname tablename"},
    {"pg_sequences", PgSequences, "sequencename schemaname sequence_name sequence_schema"},
    {"sequences", PgSequences, "sequencename schemaname sequence_name sequence_schema"},
    {"pg_type", PgType, "typname oid typnamespace"},
    {"pg_enum", PgEnum, "enumlabel enumtypid"},
    {"pg_namespace", PgNamespace, "nspname schema_name oid"},
    {"schemata", PgNamespace, "nspname schema_name oid"},
    {"pg_extension", PgExtension, "extname"},
    {"pg_proc", PgProc, "proname pronamespace routine_name routine_schema"},
    {"routines", PgProc, "proname pronamespace routine_name routine_schema"},
    {"pg_trigger", PgTrigger,
     "tgname tgrelid trigger_name trigger_schema event_object_schema event_object_table"},
    {"triggers", PgTrigger,
     "tgname tgrelid trigger_name trigger_schema event_object_schema event_object_table"},
    {"pg_constraint", PgConstraint, "conname conrelid contype"},
    {"table_constraints", TableConstraints,
     "constraint_name constraint_schema table_schema table_name constraint_type"},
    {"pg_policies", PgPolicies, "policyname polname polrelid schemaname tablename"},
    {"pg_policy", PgPolicies, "policyname polname polrelid schemaname tablename"},
    {"pg_attribute", PgAttribute, "attname attrelid attisdropped attnotnull"},
    {"tables", Tables, "table_name table_schema table_type"},
    {"views", Views, "table_name table_schema"},
    {"columns", Columns, "column_name table_name table_schema is_nullable data_type"},
};

const Table* Find(std::string_view name) {
  for (const Table& table : kTables) {
    if (table.name == name) return &table;
  }
  return nullptr;
}

}  // namespace

bool HasSchemaColumn(std::string_view table, std::string_view column) {
  const Table* known = Find(table);
  for (std::string_view rest = known == nullptr ? "" : known->columns; !rest.empty();) {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    if (rest.substr(0, blank) == column) return true;
    rest.remove_prefix(std::min(blank + 1, rest.size()));
  }
  return false;
}

void ForEachSchemaRow(const Catalog& catalog, std::string_view table, const Visit& visit) {
  if (const Table* known = Find(table)) known->rows(catalog, visit);
}

}  // namespace strata::catalog

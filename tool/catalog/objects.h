// What a PostgreSQL schema is made of, object by object, as pg_catalog holds it. Plain values; an
// object in a Catalog is immutable (shared_ptr<const T>) and replaced as a whole.
//
// Objects point to each other by Oid and columns by attribute number, so that a rename follows
// through everywhere by itself, as in PostgreSQL.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace strata::catalog {

// Built-in objects have PostgreSQL's own numbers (facts.h); what migrations make counts from
// kFirstUserOid.
using Oid = std::uint32_t;
constexpr Oid kFirstUserOid = 16384;

struct Expr;   // expr.h: an analysed expression
struct Query;  // expr.h: an analysed query
using ExprPtr = std::shared_ptr<const Expr>;
using QueryPtr = std::shared_ptr<const Query>;

struct TypeRef {
  Oid type = 0;  // 0: not known; nothing is certain about a value of it
  std::int32_t typmod = -1;
  bool operator==(const TypeRef& o) const { return type == o.type && typmod == o.typmod; }
};

enum class ObjectClass : std::uint8_t {
  kSchema,
  kRelation,
  kType,
  kFunction,
  kConstraint,
  kTrigger,
  kRule,
  kPolicy,
  kExtension,
  kRole,
  kOperator,
  kOperatorClass,
  kOperatorFamily,
  kCast,
  kCollation,
  kConversion,
  kTextSearchConfig,
  kTextSearchDictionary,
  kTextSearchParser,
  kTextSearchTemplate,
  kLanguage,
  kEventTrigger,
  kPublication,
  kSubscription,
  kForeignDataWrapper,
  kForeignServer,
  kUserMapping,
  kStatistics,
  kAccessMethod,
  kTransform,
  kDatabase,
  kTablespace,
  kDefault,            // the default of a column: the relation's oid, the column's number
  kDefaultPrivileges,  // ALTER DEFAULT PRIVILEGES
};

// An object, or one column of a relation (column: attribute number; 0: the whole).
struct ObjectRef {
  ObjectClass cls = ObjectClass::kRelation;
  Oid oid = 0;
  std::int16_t column = 0;
  // Class, then number, then column.
  std::uint64_t Key() const {
    return std::uint64_t{static_cast<std::uint8_t>(cls)} << 48 | std::uint64_t{oid} << 16 |
           static_cast<std::uint16_t>(column ^ 0x8000);
  }
  bool operator==(const ObjectRef& o) const { return Key() == o.Key(); }
  bool operator<(const ObjectRef& o) const { return Key() < o.Key(); }
};

// How a dependent falls: kNormal needs CASCADE, kAuto goes silently with what it depends on,
// kInternal is a part of it, kExtension belongs to an extension, kPartition goes with its parent
// but cannot be dropped alone. (pg_depend.deptype)
enum class DependencyKind : char {
  kNormal = 'n',
  kAuto = 'a',
  kInternal = 'i',
  kExtension = 'e',
  kPartition = 'P',
};

struct Dependency {
  ObjectRef on;
  DependencyKind kind = DependencyKind::kNormal;
  bool operator==(const Dependency& o) const { return on == o.on && kind == o.kind; }
  bool operator<(const Dependency& o) const { return std::tie(on, kind) < std::tie(o.on, o.kind); }
};

struct Schema {
  Oid oid = 0;
  std::string name;
  std::string owner;
};

// --- relations ---------------------------------------------------------------------------------

struct Column {
  std::int16_t number = 0;  // attribute number; never reused, so a dropped column leaves a gap
  std::string name;
  TypeRef type;
  std::string written_type;  // as SQL names it, where an extension that is not known brings it
  Oid collation = 0;         // 0: the type's own
  bool not_null = false;
  ExprPtr default_value;             // also the expression of a generated column; null: none
  char identity = 0;                 // 'a' ALWAYS, 'd' BY DEFAULT
  char generated = 0;                // 's' STORED
  bool local = true;                 // defined here (may also be inherited)
  int inherited = 0;                 // from how many parents
  std::string storage, compression;  // where set explicitly
  std::optional<int> statistics;
  std::map<std::string, std::string> options;
};

enum class RelationKind : char {
  kTable = 'r',
  kPartitionedTable = 'p',
  kView = 'v',
  kMaterializedView = 'm',
  kSequence = 'S',
  kIndex = 'i',
  kPartitionedIndex = 'I',
  kCompositeType = 'c',
  kForeignTable = 'f',
};

struct IndexKey {
  std::int16_t column = 0;  // 0: an expression
  ExprPtr expression;
  Oid opclass = 0;  // 0: the default one
  std::string opclass_options;
  Oid collation = 0;  // 0: the column's
  bool descending = false;
  bool nulls_first = false;
};

struct IndexDefinition {
  Oid table = 0;
  std::string method = "btree";
  std::vector<IndexKey> keys;          // key columns
  std::vector<std::int16_t> included;  // INCLUDE columns
  ExprPtr predicate;
  bool unique = false, primary = false, exclusion = false;
  bool nulls_not_distinct = false;
  bool immediate = true;
  bool valid = true;
  bool clustered = false, replica_identity = false;
  Oid constraint = 0;  // the constraint that owns it
};

struct SequenceDefinition {
  Oid type = 20;  // int8
  std::int64_t start = 1, increment = 1, minimum = 1, maximum = INT64_MAX, cache = 1;
  bool cycle = false;
  ObjectRef owned_by;     // oid 0: none
  bool identity = false;  // made by an identity column
};

struct PartitionKey {
  std::string strategy;  // list, range, hash
  std::vector<IndexKey> keys;
};

struct Relation {
  Oid oid = 0;
  Oid schema = 0;
  std::string name;
  RelationKind kind = RelationKind::kTable;
  char persistence = 'p';  // 'p' permanent, 'u' unlogged, 't' temporary
  std::string owner;
  std::vector<Column> columns;   // in order; dropped ones are gone
  std::int16_t last_number = 0;  // the highest attribute number ever given
  Oid row_type = 0;
  Oid of_type = 0;
  std::vector<Oid> parents;  // inheritance; for a partition its one parent
  bool is_partition = false;
  std::string partition_bound;  // canonical text: FOR VALUES …, or DEFAULT
  std::optional<PartitionKey> partition_key;
  std::map<std::string, std::string> options;  // WITH (…)
  std::string access_method, tablespace;
  bool row_security = false, force_row_security = false;
  char replica_identity = 'd';
  std::optional<IndexDefinition> index;
  std::optional<SequenceDefinition> sequence;
  QueryPtr query;            // views and materialized views
  std::string check_option;  // of a view: local, cascaded
  bool populated = true;     // of a materialized view
  bool complete = true;      // false: it may have columns that are not known
  Oid server = 0;            // of a foreign table
  std::vector<std::string> disabled_triggers;

  const Column* FindColumn(const std::string& column) const;
  const Column* FindColumn(std::int16_t number) const;
};

// --- constraints, triggers, rules, policies ----------------------------------------------------

enum class ConstraintKind : char {
  kCheck = 'c',
  kForeignKey = 'f',
  kPrimaryKey = 'p',
  kUnique = 'u',
  kExclusion = 'x',
  kTrigger = 't',
};

struct Constraint {
  Oid oid = 0;
  std::string name;
  ConstraintKind kind = ConstraintKind::kCheck;
  Oid relation = 0;  // 0: of a domain
  Oid domain = 0;
  std::vector<std::int16_t> columns;
  ExprPtr check;
  Oid index = 0;  // that enforces it; for a foreign key the referenced unique index
  Oid referenced = 0;
  std::vector<std::int16_t> referenced_columns;
  char match = 's', on_update = 'a', on_delete = 'a';  // pg_constraint's letters
  std::vector<std::int16_t> on_delete_columns;
  std::vector<std::string> exclusion_operators;
  bool deferrable = false, deferred = false, validated = true, no_inherit = false;
  bool local = true;
  int inherited = 0;
  Oid parent = 0;  // of a partition's constraint
};

struct Trigger {
  Oid oid = 0;
  Oid relation = 0;
  Oid parent = 0;  // of a partition's trigger
  std::string name;
  Oid function = 0;
  std::string timing;                 // BEFORE, AFTER, INSTEAD OF
  std::vector<std::string> events;    // INSERT, UPDATE, DELETE, TRUNCATE
  std::vector<std::int16_t> columns;  // UPDATE OF
  bool for_each_row = false;
  ExprPtr when;
  std::vector<std::string> arguments;
  std::string old_table, new_table;
  bool constraint = false, deferrable = false, deferred = false;
  Oid referenced = 0;
  char enabled = 'O';
};

struct Rule {
  Oid oid = 0;
  Oid relation = 0;
  std::string name;
  std::string definition;  // canonical text, from ON
  char enabled = 'O';
};

struct Policy {
  Oid oid = 0;
  Oid relation = 0;
  std::string name;
  bool permissive = true;
  std::string command = "ALL";
  std::vector<std::string> roles;
  ExprPtr using_expression, check_expression;
};

// --- types, functions, operators ---------------------------------------------------------------

enum class TypeKind : char {
  kBase = 'b',
  kComposite = 'c',
  kDomain = 'd',
  kEnum = 'e',
  kPseudo = 'p',
  kRange = 'r',
  kMultirange = 'm',
};

struct EnumLabel {
  std::string label;
  int made_in =
      0;  // the transaction that added it by ALTER TYPE … ADD VALUE: unusable in it; else 0
  bool operator==(const EnumLabel& o) const { return label == o.label; }
};

struct Type {
  Oid oid = 0;
  Oid schema = 0;
  std::string name;
  std::string owner;
  TypeKind kind = TypeKind::kBase;
  char category = 'U';
  bool preferred = false;
  Oid element = 0;        // of an array (or a subscriptable type)
  Oid array = 0;          // the array type over this one
  bool is_array = false;  // a true array: element's array is this
  Oid relation = 0;       // of a composite type: its relation
  TypeRef base;           // of a domain
  bool not_null = false;
  ExprPtr default_value;
  Oid collation = 0;
  std::vector<EnumLabel> labels;
  Oid subtype = 0, multirange = 0, range = 0;
  bool shell = false;
  std::map<std::string, std::string> options;  // of a base or range type, as written
};

enum class FunctionKind : char {
  kFunction = 'f',
  kProcedure = 'p',
  kAggregate = 'a',
  kWindow = 'w'
};

struct FunctionArgument {
  std::string name;
  TypeRef type;
  std::string written_type;  // as Column has it
  char mode = 'i';           // 'i' IN, 'o' OUT, 'b' INOUT, 'v' VARIADIC, 't' TABLE
  ExprPtr default_value;
};

// RETURN …, or BEGIN ATOMIC … END. Objects in it have the names that they have today.
struct InlineBody {
  struct Statement {
    QueryPtr query;
    ExprPtr returned;  // of RETURN; then there is no query
  };
  bool block = false;  // BEGIN ATOMIC … END; else the one statement is RETURN
  std::vector<Statement> statements;
};

struct Function {
  Oid oid = 0;
  Oid schema = 0;
  std::string name;
  std::string owner;
  FunctionKind kind = FunctionKind::kFunction;
  std::vector<Oid> inputs;  // the types it is called with, in order
  std::vector<FunctionArgument>
      arguments;     // all, OUT and TABLE included; may be empty for built-ins
  int defaults = 0;  // how many of the last inputs have a default
  Oid variadic = 0;  // element type where the last input is VARIADIC
  TypeRef result;
  std::string written_result;  // as Column::written_type
  bool returns_set = false;
  std::string language;
  std::string body;  // as written
  std::optional<InlineBody> inline_body;
  char volatility = 'v';
  bool strict = false, security_definer = false, leakproof = false;
  char parallel = 'u';
  std::map<std::string, std::string> settings;  // SET …
  std::string definition;                       // of an aggregate: its options, canonical
  int direct_arguments = -1;                    // of an ordered-set aggregate, before ORDER BY
  double cost = -1, rows = -1;
};

struct Operator {
  Oid oid = 0;
  Oid schema = 0;
  std::string name;
  Oid left = 0, right = 0;  // left 0: prefix
  Oid result = 0;
  Oid function = 0;
  Oid commutator = 0, negator = 0;
  std::string restrict_function, join_function;  // selectivity estimators, by their names
  bool can_hash = false, can_merge = false;
};

struct OperatorClass {
  Oid oid = 0;
  Oid schema = 0;
  std::string name;
  std::string method;
  Oid family = 0;
  Oid input = 0;
  bool is_default = false;
  Oid key = 0;
  std::string definition;  // canonical text, from AS on; "" of a built-in or an extension's
};

struct Cast {
  Oid oid = 0;
  Oid source = 0, target = 0;
  Oid function = 0;    // 0: binary coercible or through I/O
  char context = 'e';  // 'i' implicit, 'a' assignment, 'e' explicit
  char method = 'f';   // 'f' function, 'b' binary, 'i' I/O
};

// --- the rest ----------------------------------------------------------------------------------

struct Extension {
  Oid oid = 0;
  std::string name;
  Oid schema = 0;
  std::string version;
};

struct Role {
  Oid oid = 0;
  std::string name;
  std::map<std::string, std::string> options;
  std::map<std::string, bool> member_of;  // role -> with admin option
};

// Objects of which the model keeps name, place and a canonical definition, and no more: collations,
// text-search objects, statistics, publications, foreign servers, event triggers, …
struct NamedObject {
  Oid oid = 0;
  ObjectClass cls = ObjectClass::kCollation;
  Oid schema = 0;  // 0: not in a schema
  std::string name;
  std::string owner;
  Oid relation = 0;  // statistics, user mappings' server, …
  std::map<std::string, std::string> options;
  std::string definition;
  // Of statistics: what they are of, in `relation`.
  std::vector<std::int16_t> columns;
  std::vector<ExprPtr> expressions;
};

}  // namespace strata::catalog

template <>
struct std::hash<strata::catalog::ObjectRef> {
  std::size_t operator()(const strata::catalog::ObjectRef& r) const {
    return (static_cast<std::size_t>(r.cls) << 56) ^ (static_cast<std::size_t>(r.oid) << 16) ^
           static_cast<std::uint16_t>(r.column);
  }
};

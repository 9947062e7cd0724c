// The options of CREATE SEQUENCE, ALTER SEQUENCE and identity columns (sequence.c, init_params).
#pragma once

#include <cstdint>
#include <optional>

#include "catalog/apply/context.h"

namespace strata::catalog {

struct SequenceOptions {
  std::optional<Oid> type;
  std::optional<std::int64_t> start, increment, minimum, maximum, cache;
  bool no_minimum = false, no_maximum = false;  // written as NO MINVALUE, NO MAXVALUE
  std::optional<bool> cycle;
  bool restart = false;
  Name name;                            // SEQUENCE NAME of an identity column
  const sql::Node* owned_by = nullptr;  // a list of names
};

SequenceOptions ReadSequenceOptions(Context& context, std::size_t count, sql::Node* const* options);

// The bounds that a new sequence of that type has.
void SetSequenceType(Oid type, SequenceDefinition* definition);

// Changes the definition, as a new sequence (`is_new`) or by ALTER. Reports values that do not fit.
void ApplySequenceOptions(Context& context, const SequenceOptions& options,
                          SequenceDefinition* definition, bool is_new);

// OWNED BY: the column, or nothing for NONE. Reports.
void SetSequenceOwner(Context& context, Oid sequence, const sql::Node* owned_by);

}  // namespace strata::catalog

// Partitions: their bounds, and what they take over from the partitioned table.
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

// Makes `child` inherit from `parent` what it does not have: columns' marks, checks; as a partition
// also indexes, foreign keys and row triggers.
void AttachPartition(Context& context, Oid parent, Oid child);

// FOR VALUES … as text, for the partition `name`; checks it against the parent's key and the other
// partitions.
std::string ReadBound(Context& context, const Relation& parent, const std::string& name,
                      const sql::PartitionBoundSpec& bound);

// Copies a row trigger of a partitioned table to a partition.
void MirrorTrigger(Context& context, Oid trigger, Oid partition);

}  // namespace strata::catalog

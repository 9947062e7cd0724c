// The data lines of COPY … FROM stdin.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "sql/tree.h"

namespace strata::shadow {

struct CopyFormat {
  bool csv = false, header = false;
  char delimiter = '\t', quote = '"', escape = '"';
  std::string null = "\\N";
};

struct CopyField {
  std::string text;
  bool is_null = false;
};

// False: an option that is not read here.
bool ReadCopyFormat(const sql::CopyStmt& statement, CopyFormat* format);

std::vector<std::vector<CopyField>> CopyRecords(std::string_view data, const CopyFormat& format);

// The columns that the data lines hold; null for a name that is none.
std::vector<const catalog::Column*> CopyColumns(const catalog::Relation& relation,
                                                const sql::CopyStmt& statement);

}  // namespace strata::shadow

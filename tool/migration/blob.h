// The blob: a migration set as one run of bytes, which the build writes and an application carries.
//
// All numbers are little-endian and unsigned, 32 bits unless said; an offset counts bytes from the
// blob's start. A string is (offset, size); the texts lie at the end. Format 1:
//
//   header      64 bytes   magic "strata\x1a\n", format, dialect (0 postgres, 1 sqlite), size of
//   the
//                          blob, number and offset of migrations, of scripts, of statements, the
//                          set's name (string), 12 bytes of zero
//   migration   48 bytes   version (64 bits), name (string), irreversible (string), and the numbers
//   of
//                          its scripts: up, down, verify, sqlite up, sqlite down, sqlite verify
//                          (0xffffffff: none)
//   script      44 bytes   file, text, checksum (strings), number of the first statement, how many,
//                          flags (1 transactional, 2 has a lock timeout, 4 has a statement timeout,
//                          8 byte-order mark), lock timeout, statement timeout (milliseconds)
//   statement   20 bytes   begin, end, flags, data begin, data end (offsets into its script's text)
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "strata/migration_set.h"

namespace strata {

inline constexpr std::uint32_t kBlobFormat = 1;

// Returns the blob of `set`. Error: kOutOfRange where it would reach 4 GiB.
absl::StatusOr<std::string> WriteBlob(const MigrationSet& set);

// Reads a blob back; every view in the result points into `blob`, which must outlive it. Every
// offset is checked before use. Errors: kDataLoss where the bytes are no whole blob, kUnimplemented
// where it is of a format that this version does not know.
absl::StatusOr<MigrationSet> ReadBlob(std::string_view blob);

}  // namespace strata

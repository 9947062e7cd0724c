// Diagnostics as the formats that other programs read. One resolved list serves every printer; the
// text form for people is base/diagnostic_text.h.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/sources.h"
#include "strata/migration_set.h"

namespace strata::report {

// A diagnostic with its place as people count it; the end is exclusive.
struct Finding {
  const Diagnostic* diagnostic;
  std::string path;  // folder and file: "migrations/0004_drop_email.up.sql"
  LineColumn begin;
  LineColumn end;
};

// Resolves every diagnostic. The diagnostics must outlive the result.
std::vector<Finding> Resolve(const Diagnostics& diagnostics, const Sources& sources);

// Source: GitHub Actions, "Workflow commands": ::error file=…,line=…::message, one line each.
std::string GithubAnnotations(const std::vector<Finding>& findings);
// Source: OASIS SARIF 2.1.0.
std::string Sarif(const std::vector<Finding>& findings, const std::string& tool_version);
// Source: GitLab, "Code Quality report format".
std::string GitlabCodeQuality(const std::vector<Finding>& findings);
// A test suite with one case a migration (faults of the folder itself are a case of their own); an
// error or warning is a failure.
std::string Junit(const std::vector<Finding>& findings, const MigrationSet& set);

}  // namespace strata::report

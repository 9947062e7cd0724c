#include "diff/schema.h"

#include <algorithm>

#include "base/files.h"
#include "catalog/apply/apply.h"
#include "diff/run.h"
#include "migration/directive.h"
#include "migration/file_name.h"
#include "sql/parse.h"
#include "sql/place.h"
#include "sql/token.h"

namespace strata::diff {

namespace {

struct Made {
  std::string kind, schema, name;
};

Made FromRange(std::string kind, const sql::RangeVar* range) {
  if (range == nullptr) return {};
  return {std::move(kind), range->schemaname == nullptr ? "" : range->schemaname, range->relname};
}

Made FromNames(std::string kind, sql::NodeRange names) {
  if (names.empty()) return {};
  return {std::move(kind),
          names.size() > 1 ? std::string(sql::StringOf(names[names.size() - 2])) : "",
          std::string(sql::StringOf(names.back()))};
}

// What a CREATE statement makes; an empty kind: nothing that can be renamed.
Made MadeBy(const sql::Node* tree) {
  if (const auto* s = sql::As<sql::CreateStmt>(tree)) return FromRange("table", s->relation);
  if (const auto* s = sql::As<sql::ViewStmt>(tree)) return FromRange("view", s->view);
  if (const auto* s = sql::As<sql::CreateSeqStmt>(tree)) return FromRange("sequence", s->sequence);
  if (const auto* s = sql::As<sql::CreateEnumStmt>(tree))
    return FromNames("type", sql::Each(s->n_type_name, s->type_name));
  if (const auto* s = sql::As<sql::CreateDomainStmt>(tree)) {
    return FromNames("domain", sql::Each(s->n_domainname, s->domainname));
  }
  if (const auto* s = sql::As<sql::CompositeTypeStmt>(tree)) return FromRange("type", s->typevar);
  if (const auto* s = sql::As<sql::IndexStmt>(tree)) {
    Made made = FromRange("index", s->relation);
    made.name = s->idxname == nullptr ? "" : s->idxname;
    return made;
  }
  return {};
}

class Loader {
 public:
  Loader(Schema* schema, Diagnostics* diagnostics) : schema_(*schema), diagnostics_(*diagnostics) {}

  void Load(const std::string& file, std::string_view text) {
    file_ = file;
    const sql::ParsedScript script = sql::Parse(text);
    Directives(text, script);
    schema_.catalog.session = catalog::Session();
    for (const sql::ParsedStatement& s : script.statements) Apply(text, s);
  }

 private:
  void Directives(std::string_view text, const sql::ParsedScript& script) {
    const std::size_t before = diagnostics_.size();
    for (const Directive& d :
         ReadDirectives(text, Dialect::kPostgres, ScriptHome::kSchema, &diagnostics_)) {
      if (d.kind != Directive::Kind::kRenamedFrom || !d.anchor) continue;
      for (const sql::ParsedStatement& s : script.statements) {
        if (s.span.begin <= *d.anchor && *d.anchor < s.span.end)
          Renamed(text, s, *d.anchor, d.text);
      }
    }
    for (std::size_t i = before; i < diagnostics_.size(); ++i) diagnostics_[i].file = file_;
  }

  void Renamed(std::string_view text, const sql::ParsedStatement& s, std::size_t anchor,
               const std::string& from) {
    const Made made = MadeBy(s.tree);
    if (made.kind.empty()) return;
    if (anchor == s.span.begin) {
      Rename rename{made.kind, made.schema, "", from, made.name};
      if (const std::size_t dot = from.find('.'); dot != std::string::npos) {
        rename.from_schema = from.substr(0, dot);
        rename.from = from.substr(dot + 1);
      }
      schema_.renames.push_back(std::move(rename));
    } else if (made.kind == "table") {
      const sql::Token token = sql::NextToken(text, anchor);
      schema_.renames.push_back(
          {"column", made.schema, made.name, from, sql::ValueOf(text, token)});
    }
  }

  void Report(std::string rule, std::string message, std::string help, Span at) {
    Diagnostic d;
    d.cls = DiagnosticClass::kReject;
    d.rule = std::move(rule);
    d.message = std::move(message);
    d.help = std::move(help);
    d.file = file_;
    d.span = at;
    diagnostics_.push_back(std::move(d));
  }

  void Apply(std::string_view text, const sql::ParsedStatement& s) {
    if (!s.error.message.empty()) {
      const bool psql = s.error.at.begin < text.size() && text[s.error.at.begin] == '\\';
      return Report("syntax-error", s.error.message,
                    psql ? "commands to psql are no SQL; leave them out" : "", s.error.at);
    }
    if (s.tree == nullptr ||
        SetsSearchPath(&schema_.catalog, text.substr(s.span.begin, s.span.end - s.span.begin)))
      return;
    const catalog::ApplyResult result = ApplyWithRoles(&schema_.catalog, text, s, true);
    for (const catalog::Problem& p : result.findings.problems) {
      Report(p.rule, p.message, p.help, sql::Underlined(text, p.at, s.span));
    }
  }

  Schema& schema_;
  Diagnostics& diagnostics_;
  std::string file_;
};

}  // namespace

namespace {

// The file itself, or those of the folder.
absl::StatusOr<std::vector<std::string>> FilesAt(const std::string& path) {
  absl::StatusOr<std::vector<std::string>> listed = ListFiles(path);
  if (absl::IsFailedPrecondition(listed.status())) return std::vector<std::string>{path};
  if (absl::IsNotFound(listed.status()))
    return absl::NotFoundError("there is no file or folder " + path);
  RETURN_IF_ERROR(listed.status());
  std::vector<std::string> files;
  for (const std::string& name : *listed) {
    if (name.ends_with(".up.sql") || name.ends_with(".down.sql")) {
      return absl::InvalidArgumentError("the folder " + path + " holds migrations (" + name +
                                        "), not a schema to come to");
    }
    if (IsSqlFile(name)) files.push_back(JoinPath(path, name));
  }
  if (files.empty()) return absl::NotFoundError("the folder " + path + " holds no .sql file");
  return files;
}

// pg_dump brackets its output with commands to psql, \restrict and \unrestrict. The places of all
// else stay.
void BlankRestrict(std::string* text) {
  for (std::size_t line = 0; line < text->size();) {
    const std::size_t end = std::min(text->find('\n', line), text->size());
    const std::string_view words = std::string_view(*text).substr(line, end - line);
    if (words.starts_with("\\restrict ") || words.starts_with("\\unrestrict "))
      std::fill(text->begin() + static_cast<std::ptrdiff_t>(line),
                text->begin() + static_cast<std::ptrdiff_t>(end), ' ');
    line = end + 1;
  }
}

bool HoldsStatement(const SchemaFile& file) {
  return sql::NextToken(file.text, 0).kind != sql::TokenKind::kEnd;
}

}  // namespace

absl::StatusOr<std::vector<SchemaFile>> ReadSchemaFiles(const std::vector<std::string>& paths) {
  std::vector<SchemaFile> files;
  for (const std::string& path : paths) {
    ASSIGN_OR_RETURN(const std::vector<std::string> found, FilesAt(path));
    for (const std::string& file : found) {
      ASSIGN_OR_RETURN(std::string text, ReadFile(file));
      if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
      BlankRestrict(&text);
      files.push_back({file, std::move(text)});
    }
  }
  if (std::none_of(files.begin(), files.end(), HoldsStatement)) {
    return absl::InvalidArgumentError(paths[0] +
                                      " holds no statement: to come to that, all would be dropped");
  }
  return files;
}

absl::StatusOr<Schema> LoadSchema(const std::vector<std::string>& paths, Diagnostics* diagnostics) {
  ASSIGN_OR_RETURN(std::vector<SchemaFile> files, ReadSchemaFiles(paths));
  Schema schema;
  auto texts = std::make_shared<std::map<std::string, std::string>>();
  std::vector<std::string> left;
  for (SchemaFile& file : files) {
    (*texts)[file.path] = std::move(file.text);
    left.push_back(file.path);
  }
  for (bool last = left.size() == 1; !left.empty();) {
    std::vector<std::string> postponed;
    for (const std::string& file : left) {
      Diagnostics faults;
      Schema with = schema;
      Loader(&with, &faults).Load(file, (*texts)[file]);
      if (!last && HasErrors(faults)) {
        postponed.push_back(file);
        continue;
      }
      schema = std::move(with);
      diagnostics->insert(diagnostics->end(), faults.begin(), faults.end());
    }
    last = postponed.size() == left.size();
    left = std::move(postponed);
  }
  for (const auto& [file, text] : *texts) schema.sources.texts[file] = text;
  schema.sources.storage = texts;
  schema.catalog.session = catalog::Session();
  return schema;
}

namespace {

std::vector<std::string> SplitAtDots(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t dot = std::min(text.find('.', begin), text.size());
    parts.push_back(text.substr(begin, dot - begin));
    begin = dot + 1;
  }
  return parts;
}

}  // namespace

absl::StatusOr<Rename> ParseRename(const std::string& text) {
  const std::size_t equals = text.find('=');
  const std::vector<std::string> left = SplitAtDots(text.substr(0, equals));
  const std::vector<std::string> right = equals == std::string::npos
                                             ? std::vector<std::string>()
                                             : SplitAtDots(text.substr(equals + 1));
  const auto has = [](const std::vector<std::string>& parts, const std::string& what) {
    return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
      return what.empty() ? part.empty() : part.find(what) != std::string::npos;
    });
  };
  const bool moves = right.size() == 2 && left.size() <= 2;
  if ((right.size() != 1 && !moves) || left.size() > 3 || has(left, "") || has(right, "") ||
      has(right, "=")) {
    return absl::InvalidArgumentError("--rename \"" + text +
                                      "\" is not of the form table.column=new or table=new");
  }
  Rename rename;
  rename.to = right.back();
  rename.from = left.back();
  if (moves) {
    rename.kind = "table";
    rename.schema = right[0];
    rename.from_schema = left.size() > 1 ? left[0] : "public";
    return rename;
  }
  rename.kind = left.size() == 1 ? "table" : "column";
  if (left.size() > 1) rename.table = left[left.size() - 2];
  if (left.size() > 2) rename.schema = left[0];
  return rename;
}

}  // namespace strata::diff

#include "diff/squash/squash.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "diff/introspect/introspect.h"
#include "diff/plan.h"
#include "diff/run.h"
#include "diff/sqlite/model.h"
#include "migration/baseline.h"
#include "migration/plan.h"

namespace strata::diff {
namespace {

absl::Status Refused(const std::string& why, const std::string& way_out) {
  return absl::FailedPreconditionError(absl::StrCat(why, "; ", way_out));
}

// What databases may have that need not run the baseline.
std::string Head(const std::vector<const Migration*>& replaced) {
  std::string text =
      absl::StrCat("-- The schema that ", Label(*replaced.front()), " to ", Label(*replaced.back()),
                   " made. A database that has them counts as having this one.\n");
  for (const Migration* migration : replaced) {
    for (const Replaced& earlier : ReplacedBy(migration->up.text)) {
      absl::StrAppend(&text, "-- strata: replaces ", std::string(earlier.label), " ",
                      std::string(earlier.checksum), "\n");
    }
    absl::StrAppend(&text, "-- strata: replaces ", Label(*migration), " ",
                    std::string(migration->up.checksum), "\n");
  }
  return text;
}

std::string VerifyText(const std::vector<const Migration*>& replaced) {
  std::string text;
  for (const Migration* migration : replaced) {
    if (!migration->verify) continue;
    absl::StrAppend(&text, text.empty() ? "" : "\n", "-- ", std::string(migration->verify->file),
                    "\n", std::string(migration->verify->text));
    if (text.back() != '\n') text += '\n';
  }
  return text;
}

class Squasher {
 public:
  Squasher(const sql::LoadedSet& loaded, const SquashOptions& options)
      : loaded_(loaded), options_(options) {}

  absl::StatusOr<Squashed> Run() {
    RETURN_IF_ERROR(Choose());
    done_.verify = VerifyText(done_.replaced);
    const bool sqlite = loaded_.set.dialect == Dialect::kSqlite;
    RETURN_IF_ERROR(sqlite ? OnSqlite() : OnPostgres());
    return std::move(done_);
  }

 private:
  absl::Status Choose() {
    if (FindMigration(loaded_.set, options_.to) == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("version ", options_.to,
                                                     " is not in the set, which ends at ",
                                                     Label(loaded_.set.migrations.back())));
    }
    for (const Migration& migration : loaded_.set.migrations) {
      if (migration.version <= options_.to) done_.replaced.push_back(&migration);
    }
    if (done_.replaced.size() == 1) {
      return absl::FailedPreconditionError(
          absl::StrCat(Label(*done_.replaced[0]), " is the oldest: there is nothing to squash"));
    }
    const std::string_view file = done_.replaced.back()->up.file;
    done_.digits = std::string(file.substr(0, file.find('_')));
    for (const Migration* migration : done_.replaced) {
      if (!migration->sqlite_up) continue;
      done_.notes.push_back(
          Label(*migration) +
          " has a form of its own for SQLite, which the baseline has not: there it is translated");
      break;
    }
    return absl::OkStatus();
  }

  absl::Status OnPostgres() {
    survey_ = SurveyOf(loaded_, options_.to);
    if (!survey_.lost.empty()) {
      return Refused(survey_.lost + " is not something that the model can write again",
                     "squash to a version before it");
    }
    if (!options_.rows && !survey_.rows.empty())
      done_.notes.push_back("rows are left out, such as those of " + survey_.rows);
    absl::Status offline = Assemble(CatalogOf(loaded_.set, options_.to), "");
    const bool rows = options_.rows && !survey_.rows.empty();
    if (offline.ok() && !rows && survey_.unclear.empty() && done_.verify.empty()) return offline;
    absl::StatusOr<std::string> server = options_.server();
    if (!server.ok()) return NoServer(offline, server.status());
    done_.on_server = true;
    const bool model = offline.ok() && survey_.unclear.empty();
    return ProveOn(
        *server, loaded_.set, options_.to, options_.rows,
        [&](Database& database) { return FromServer(database, model); }, &done_);
  }

  absl::Status NoServer(const absl::Status& offline, const absl::Status& server) const {
    if (!offline.ok()) return offline;
    const std::string why = !survey_.unclear.empty() ? survey_.unclear + " cannot be followed"
                            : options_.rows && !survey_.rows.empty()
                                ? survey_.rows
                                : "verify scripts have to be tried";
    return absl::NotFoundError(absl::StrCat(
        why, ", so the migrations have to run on a server: ", std::string(server.message())));
  }

  absl::Status FromServer(Database& database, bool model) {
    std::string rows;
    if (options_.rows) {
      ASSIGN_OR_RETURN(rows, RowScript(database));
    }
    if (model) return Assemble(CatalogOf(loaded_.set, options_.to), rows);
    ASSIGN_OR_RETURN(const LiveSchema live, Introspect(database, IntrospectOptions()));
    if (!live.unread.empty())
      return Refused("the model cannot read " + live.unread[0], "squash to a version before it");
    return Assemble(live.catalog, rows);
  }

  // Schema and way back, proved on the model.
  absl::Status Assemble(const catalog::Catalog& catalog, const std::string& rows) {
    catalog::Catalog to = catalog;
    to.session.doubtful.clear();
    PlanOptions options;
    options.online = false;
    const Plan plan = MakePlan(catalog::Catalog(), to, options);
    if (!plan.refusal.empty())
      return Refused("no sound baseline was found: " + plan.refusal,
                     "squash to an earlier version");
    std::string up, down;
    for (const PlannedFile& file : plan.files) {
      up += (up.empty() ? "" : "\n") + file.up;
      down = file.down + (down.empty() ? "" : "\n") + down;
    }
    const std::string roles = survey_.unclear.empty() ? "" : RolesFor(catalog);
    Put(roles + survey_.head, up, rows, "", down);
    return absl::OkStatus();
  }

  void Put(const std::string& head, const std::string& schema, const std::string& rows,
           const std::string& rest, const std::string& down) {
    done_.up = Head(done_.replaced);
    for (const std::string& part : {head, schema}) {
      if (!part.empty()) done_.up += "\n" + part;
    }
    if (!rows.empty()) {
      done_.notes.push_back(
          "rows are written as they are now: times, random identifiers and secrets among them are "
          "the same in every fresh database from here on; look them over");
      done_.up +=
          "\n-- The rows that these migrations make; times and random values are those of the day "
          "of the squash.\n" +
          rows;
    }
    if (!rest.empty()) done_.up += "\n" + rest;
    done_.down = down.empty() ? "-- Nothing was made.\n" : down;
  }

  absl::Status OnSqlite() {
    done_.on_server = true;
    return ProveOn(
        "sqlite:", loaded_.set, options_.to, options_.rows,
        [&](Database& database) -> absl::Status {
          ASSIGN_OR_RETURN(const SqliteModel model, ReadModel(database, "strata_history"));
          const SqliteDump dump = DumpParts(model);
          std::string rows;
          if (options_.rows) {
            ASSIGN_OR_RETURN(rows, RowScript(database));
          }
          Put("", dump.tables, rows, dump.rest, dump.drops);
          return absl::OkStatus();
        },
        &done_);
  }

  const sql::LoadedSet& loaded_;
  const SquashOptions& options_;
  Squashed done_;
  Survey survey_;
};

}  // namespace

absl::StatusOr<Squashed> Squash(const sql::LoadedSet& loaded, const SquashOptions& options) {
  return Squasher(loaded, options).Run();
}

}  // namespace strata::diff

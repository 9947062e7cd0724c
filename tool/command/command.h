// A command is one file of this folder and one row of one table. From the row come dispatch,
// --help, "did you mean", the completions and the man page; the build collects the rows from the
// folder.
//
// To add the word `frob`: write tool/command/frob.cc that defines `const Command kCommand_frob` (a
// name that is no C++ name part writes '_' for '-'), and tests/golden/command/frob/session.txt.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strata {

struct Context;

// What the process answers. Scripts rely on the numbers.
enum class Exit {
  kDone = 0,         // nothing to do included
  kFindings = 1,     // check, lint, test, verify, status --exit-code
  kUsage = 2,        // usage or configuration
  kRefused = 3,      // nothing touched
  kFailed = 4,       // a migration failed
  kUnreachable = 5,  // database unreachable, or a lock not obtained in time
  kSkipped = 77,  // a test's: what it needs is not on this machine (CTest's and automake's number)
};

// What the command line tool opens before it runs a command. Commands open nothing themselves.
enum class Needs {
  kNothing,
  kFiles,     // the folder, read; its faults are the command's to report
  kSet,       // a sound set: a faulty one is refused with all its diagnostics
  kSetToBe,   // the same, or none yet: a folder that is empty, or is not there without --check
  kUrl,       // a database's URL, no files
  kDatabase,  // a sound set and a database's URL
  kRun,       // the same, but scripts that do not run are not read: RunOptions refuses faulty ones
};

// The headings of `strata --help`. kInternal: for build systems, not listed.
enum class Group { kRun, kAsk, kWrite, kProve, kServe, kInternal };

struct Option {
  const char* name = nullptr;   // "--to"; null ends a list
  const char* value = nullptr;  // "V", or its choices "text|json"; null: a switch
  const char* help = "";        // one line, lower case, no full stop
  const char* letter = "";      // "-m", or empty
};

struct Command {
  const char* name;
  const char* aliases = "";  // other names, separated by blanks
  Group group = Group::kServe;
  const char* summary;  // one line, lower case, no full stop
  const char* arguments =
      "";  // "NAME", "[V]", "start|stop|url": optional ones in brackets, in order
  Option options[16] = {};
  const char* notes = "";  // further paragraphs of --help
  const char* example;     // what a person would type, one line each; "# …" lines explain
  Needs needs = Needs::kNothing;
  bool prints_findings = false;  // --format may also be github, sarif, gitlab or junit
  // What can be begun before the set is open, in a thread: it waits in Context::begun. May be null.
  void (*begin)(Context&) = nullptr;
  Exit (*run)(Context&);
};

// Every command, by name; made by the build from the files of tool/command.
const std::vector<const Command*>& AllCommands();

// The options that every command takes; they may stand before or after the command.
const std::vector<Option>& GlobalOptions();

}  // namespace strata

#include "command/line/completions.h"

#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "command/command.h"

namespace strata {
namespace {

enum class Value { kNone, kChoice, kFolder, kFile, kOther };

Value KindOf(const Option& option) {
  if (option.value == nullptr) return Value::kNone;
  const std::string_view value = option.value;
  if (value == "DIR") return Value::kFolder;
  if (value == "FILE") return Value::kFile;
  return value.find('|') == value.npos ? Value::kOther : Value::kChoice;
}

std::string Choices(const Option& option) {
  return absl::StrReplaceAll(option.value, {{"|", " "}});
}

std::vector<Option> OptionsOf(const Command& command) {
  std::vector<Option> options;
  for (const Option& option : command.options) {
    if (option.name == nullptr) break;
    options.push_back(option);
  }
  return options;
}

std::vector<const Command*> Listed() {
  std::vector<const Command*> listed;
  for (const Command* command : AllCommands()) {
    if (command->group != Group::kInternal) listed.push_back(command);
  }
  return listed;
}

std::vector<std::string> WordsOf(const std::vector<Option>& options) {
  std::vector<std::string> words;
  for (const Option& option : options) words.push_back(option.name);
  return words;
}

// The words that may stand in the place of an argument: "start|stop|url" -> "start stop url".
std::string ArgumentWords(const Command& command) {
  const std::string_view arguments = command.arguments;
  if (arguments.find('|') == arguments.npos) return "";
  return absl::StrReplaceAll(command.arguments, {{"|", " "}, {"[", ""}, {"]", ""}});
}

// One `case` branch that completes the value of `option`; "" where there is nothing to offer.
std::string BashValue(const Option& option) {
  switch (KindOf(option)) {
    case Value::kChoice:
      return absl::StrFormat("    %s) COMPREPLY=($(compgen -W \"%s\" -- \"$cur\")); return ;;\n",
                             option.name, Choices(option));
    case Value::kFolder:
      return absl::StrFormat("    %s) COMPREPLY=($(compgen -d -- \"$cur\")); return ;;\n",
                             option.name);
    case Value::kFile:
      return absl::StrFormat("    %s) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n",
                             option.name);
    default:
      return "";
  }
}

// For a string in single quotes, in zsh's _arguments and in fish.
std::string Quoted(std::string_view text) {
  return absl::StrReplaceAll(std::string(text), {{"'", "’"}});
}

std::string ZshOption(const Option& option) {
  std::string action;
  switch (KindOf(option)) {
    case Value::kNone:
      break;
    case Value::kChoice:
      action = absl::StrFormat(":value:(%s)", Choices(option));
      break;
    case Value::kFolder:
      action = ":folder:_files -/";
      break;
    case Value::kFile:
      action = ":file:_files";
      break;
    case Value::kOther:
      action = ":value: ";
      break;
  }
  const std::string help =
      absl::StrReplaceAll(Quoted(option.help), {{"[", "("}, {"]", ")"}, {":", "\\:"}});
  return absl::StrFormat("    '%s[%s]%s' \\\n", option.name, help, action);
}

std::string FishOption(const std::string& condition, const Option& option) {
  std::string line = absl::StrFormat("complete -c strata%s -l %s -d '%s'", condition,
                                     option.name + 2, Quoted(option.help));
  if (option.letter[0] != '\0') line += absl::StrFormat(" -s %s", option.letter + 1);
  switch (KindOf(option)) {
    case Value::kNone:
      break;
    case Value::kChoice:
      line += absl::StrFormat(" -x -a '%s'", Choices(option));
      break;
    case Value::kFolder:
      line += " -x -a '(__fish_complete_directories)'";
      break;
    case Value::kFile:
      line += " -r -F";
      break;
    case Value::kOther:
      line += " -x";
      break;
  }
  return line + "\n";
}

}  // namespace

std::string BashCompletion() {
  std::vector<std::string> names;
  std::string values;
  std::string branches;
  for (const Option& option : GlobalOptions()) values += BashValue(option);
  for (const Command* command : Listed()) {
    names.push_back(command->name);
    const std::vector<Option> options = OptionsOf(*command);
    for (const Option& option : options) {
      const std::string branch = BashValue(option);
      if (values.find(branch) == values.npos) values += branch;
    }
    absl::StrAppendFormat(&branches, "    %s) words=\"%s %s\" ;;\n", command->name,
                          absl::StrJoin(WordsOf(options), " "), ArgumentWords(*command));
  }
  const std::string commands = absl::StrJoin(names, " ");
  return absl::StrFormat(
      "# bash completion for strata\n"
      "_strata() {\n"
      "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= word "
      "words=\n"
      "  case $prev in\n%s  esac\n"
      "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
      "    case \" %s \" in *\" $word \"*) command=$word; break ;; esac\n"
      "  done\n"
      "  case $command in\n    '') words=\"%s\" ;;\n%s  esac\n"
      "  COMPREPLY=($(compgen -W \"$words %s --help\" -- \"$cur\"))\n"
      "}\n"
      "complete -o default -F _strata strata\n",
      values, commands, commands, branches, absl::StrJoin(WordsOf(GlobalOptions()), " "));
}

std::string ZshCompletion() {
  std::string global;
  for (const Option& option : GlobalOptions()) global += ZshOption(option);
  std::string commands;
  std::string branches;
  for (const Command* command : Listed()) {
    absl::StrAppendFormat(&commands, "  '%s:%s'\n", command->name,
                          absl::StrReplaceAll(Quoted(command->summary), {{":", "\\:"}}));
    absl::StrAppendFormat(&branches, "  %s) _arguments $global \\\n", command->name);
    for (const Option& option : OptionsOf(*command)) branches += ZshOption(option);
    const std::string words = ArgumentWords(*command);
    branches += words.empty() ? "    '*:argument:_files' ;;\n"
                              : absl::StrFormat("    '*:argument:(%s)' ;;\n", words);
  }
  return absl::StrFormat(
      "#compdef strata\n"
      "local state line\n"
      "local -a global commands\n"
      "global=( \\\n%s    '--help[what the command does]' )\n"
      "commands=(\n%s)\n"
      "_arguments -C $global '1:command:->command' '*::argument:->argument' && return\n"
      "if [[ $state == command ]]; then\n"
      "  _describe command commands\n"
      "  return\n"
      "fi\n"
      "case $line[1] in\n%sesac\n",
      global, commands, branches);
}

std::string FishCompletion() {
  std::string text = "# fish completion for strata\ncomplete -c strata -f\n";
  for (const Option& option : GlobalOptions()) text += FishOption("", option);
  for (const Command* command : Listed()) {
    absl::StrAppendFormat(&text, "complete -c strata -n __fish_use_subcommand -a %s -d '%s'\n",
                          command->name, Quoted(command->summary));
    const std::string condition =
        absl::StrFormat(" -n '__fish_seen_subcommand_from %s'", command->name);
    for (const Option& option : OptionsOf(*command)) text += FishOption(condition, option);
    const std::string words = ArgumentWords(*command);
    if (words.empty()) continue;
    absl::StrAppendFormat(&text, "complete -c strata%s -a '%s'\n", condition, words);
  }
  return text;
}

}  // namespace strata

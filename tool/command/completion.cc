#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "command/context.h"

namespace strata {
namespace {

std::vector<const Command*> Shown() {
  std::vector<const Command*> shown;
  for (const Command* command : AllCommands()) {
    if (command->group != Group::kInternal) shown.push_back(command);
  }
  return shown;
}

std::vector<const Option*> OptionsOf(const Command& command) {
  std::vector<const Option*> options;
  for (const Option& option : command.options) {
    if (option.name == nullptr) break;
    options.push_back(&option);
  }
  return options;
}

std::string Choices(const Option& option) {
  const bool closed =
      option.value != nullptr && std::string(option.value).find('|') != std::string::npos;
  return closed ? absl::StrReplaceAll(option.value, {{"|", " "}}) : "";
}

// Options that take a file or a folder.
bool TakesPath(const Option& option) {
  if (option.value == nullptr) return false;
  const std::string value = option.value;
  return value == "DIR" || value == "FILE" || value == "PATH";
}

void AppendBashValues(std::string& out, const Option& option) {
  if (option.value == nullptr) return;
  const std::string choices = Choices(option);
  const char* names = TakesPath(option) ? "-f" : "";
  absl::StrAppendFormat(&out, "    %s) COMPREPLY=($(compgen %s -W '%s' -- \"$word\")); return;;\n",
                        option.name, names, choices);
}

std::string Bash() {
  std::string words;
  std::string values;
  std::string cases;
  std::string globals = "--help --version";
  for (const Option& option : GlobalOptions()) {
    absl::StrAppendFormat(&globals, " %s", option.name);
    AppendBashValues(values, option);
  }
  for (const Command* command : Shown()) {
    absl::StrAppendFormat(&words, "%s%s", words.empty() ? "" : " ", command->name);
    std::string own;
    for (const Option* option : OptionsOf(*command))
      absl::StrAppendFormat(&own, " %s", option->name);
    const std::string arguments =
        absl::StrReplaceAll(command->arguments, {{"|", " "}, {"[", ""}, {"]", ""}});
    const bool closed = std::string(command->arguments).find('|') != std::string::npos;
    absl::StrAppendFormat(&cases, "    %s) own='%s%s';;\n", command->name, closed ? arguments : "",
                          own);
  }
  return absl::StrFormat(
      "# bash completion for strata; load it with: eval \"$(strata completion bash)\"\n"
      "_strata() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command='' own='' "
      "i\n"
      "  case $before in\n%s  esac\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case ' %s ' in *\" ${COMP_WORDS[i]} \"*) command=${COMP_WORDS[i]}; break;; esac\n"
      "  done\n"
      "  case $command in\n    '') own='%s';;\n%s  esac\n"
      "  COMPREPLY=($(compgen -W \"$own %s\" -- \"$word\"))\n"
      "}\n"
      "complete -F _strata strata\n",
      values, words, words, cases, globals);
}

std::string Quoted(std::string_view text) {
  return "'" + absl::StrReplaceAll(std::string(text), {{"'", "'\\''"}}) + "'";
}

// _arguments reads '[', ']' and ':' itself.
std::string ZshOption(const Option& option) {
  const std::string help =
      absl::StrReplaceAll(option.help, {{"[", "\\["}, {"]", "\\]"}, {":", "\\:"}});
  std::string spec =
      absl::StrFormat("%s%s[%s]", option.name, option.value == nullptr ? "" : "=", help);
  const std::string choices = Choices(option);
  if (!choices.empty()) {
    absl::StrAppendFormat(&spec, ":value:(%s)", choices);
  } else if (option.value != nullptr) {
    spec += TakesPath(option) ? ":path:_files" : ":value:";
  }
  return Quoted(spec);
}

std::string Zsh() {
  std::string words;
  std::string cases;
  std::string globals;
  for (const Option& option : GlobalOptions()) {
    absl::StrAppendFormat(&globals, " \\\n    %s", ZshOption(option));
  }
  for (const Command* command : Shown()) {
    absl::StrAppendFormat(&words, "    %s\n",
                          Quoted(absl::StrFormat("%s:%s", command->name, command->summary)));
    const std::vector<const Option*> options = OptionsOf(*command);
    if (options.empty()) continue;
    absl::StrAppendFormat(&cases, "      (%s) _arguments", command->name);
    for (const Option* option : options) {
      absl::StrAppendFormat(&cases, " \\\n        %s", ZshOption(*option));
    }
    cases += " '*:argument:_files';;\n";
  }
  return absl::StrFormat(
      "#compdef strata\n"
      "# zsh completion for strata; save it as _strata in a folder of $fpath\n"
      "_strata() {\n"
      "  local -a commands\n  commands=(\n%s  )\n"
      "  _arguments -C%s \\\n    '1:command:{_describe command commands}' '*::argument:->rest'\n"
      "  if [[ $state == rest ]]; then\n    case $words[1] in\n%s    esac\n  fi\n"
      "}\n"
      "_strata \"$@\"\n",
      words, globals, cases);
}

void AppendFish(std::string& out, const Option& option, const std::string& condition) {
  const std::string choices = Choices(option);
  absl::StrAppendFormat(&out, "complete -c strata%s -l %s", condition, option.name + 2);
  if (option.letter[0] != '\0') absl::StrAppendFormat(&out, " -s %s", option.letter + 1);
  if (option.value != nullptr) out += TakesPath(option) ? " -rF" : " -x";
  if (!choices.empty()) absl::StrAppendFormat(&out, " -a %s", Quoted(choices));
  absl::StrAppendFormat(&out, " -d %s\n", Quoted(option.help));
}

std::string Fish() {
  std::string out = "# fish completion for strata; load it with: strata completion fish | source\n";
  for (const Command* command : Shown()) {
    absl::StrAppendFormat(&out, "complete -c strata -n __fish_use_subcommand -f -a %s -d %s\n",
                          command->name, Quoted(command->summary));
  }
  for (const Option& option : GlobalOptions()) AppendFish(out, option, "");
  for (const Command* command : Shown()) {
    const std::string condition =
        absl::StrFormat(" -n '__fish_seen_subcommand_from %s'", command->name);
    for (const Option* option : OptionsOf(*command)) AppendFish(out, *option, condition);
  }
  return out;
}

Exit Run(Context& context) {
  const std::string& shell = context.arguments.positional[0];
  const std::string text = shell == "bash" ? Bash() : shell == "zsh" ? Zsh() : Fish();
  context.terminal.Out(absl::StrReplaceAll(
      text, {{"complete -F _strata strata", "complete -F _strata " + context.program}}));
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_completion;
const Command kCommand_completion = {
    .name = "completion",
    .summary = "print the completion script of a shell",
    .arguments = "bash|zsh|fish",
    .example = "eval \"$(strata completion bash)\"",
    .run = Run,
};

}  // namespace strata

#include "command/line/arguments.h"

#include <cctype>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "base/nearest.h"

namespace strata {
namespace {

using Words = std::vector<std::string>;

Words SplitWords(const char* text, char separator) {
  return absl::StrSplit(text, separator, absl::SkipEmpty());
}

std::string Suggestion(std::string_view word, const Words& candidates) {
  std::optional<std::string> nearest = Nearest(word, candidates);
  return nearest ? absl::StrFormat("; did you mean %s?", *nearest) : "";
}

bool LooksLikeOption(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && !std::isdigit(static_cast<unsigned char>(word[1]));
}

class Parser {
 public:
  Parser(const Words& words, Arguments* result) : words_(words), result_(*result) {}

  absl::Status Run() {
    bool only_arguments = false;
    for (; next_ < words_.size();) {
      const std::string& word = words_[next_++];
      if (!only_arguments && word == "--") {
        only_arguments = true;
      } else if (!only_arguments && LooksLikeOption(word)) {
        RETURN_IF_ERROR(TakeOption(word));
      } else if (result_.command == nullptr) {
        RETURN_IF_ERROR(TakeCommand(word));
      } else {
        result_.positional.push_back(word);
      }
    }
    if (!result_.help && result_.command != nullptr) RETURN_IF_ERROR(CheckArguments());
    return absl::OkStatus();
  }

 private:
  absl::Status TakeCommand(const std::string& word) {
    result_.command = FindCommand(word);
    if (result_.command != nullptr) return absl::OkStatus();
    Words names;
    for (const Command* command : AllCommands()) {
      names.push_back(command->name);
      for (std::string& alias : SplitWords(command->aliases, ' '))
        names.push_back(std::move(alias));
    }
    return Error(absl::StrFormat("unknown command \"%s\"%s", word, Suggestion(word, names)));
  }

  absl::Status TakeOption(const std::string& word) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    if (name == "--help" || name == "-h") return TakeFlag(equals, name, result_.help);
    if (name == "--version") return TakeFlag(equals, name, result_.version);
    const Option* option = FindOption(name);
    if (option == nullptr) return UnknownOption(name);
    std::string value;
    if (option->value == nullptr) {
      if (equals != std::string::npos) return Error(name + " takes no value");
    } else if (equals != std::string::npos) {
      value = word.substr(equals + 1);
    } else if (next_ < words_.size()) {
      value = words_[next_++];
    } else {
      return Error(absl::StrFormat("%s needs a value: %s %s", name, name, option->value));
    }
    if (option->value != nullptr) RETURN_IF_ERROR(CheckChoice(name, option->value, value));
    result_.options[option->name].push_back(std::move(value));
    return absl::OkStatus();
  }

  absl::Status TakeFlag(std::size_t equals, const std::string& name, bool& flag) {
    if (equals != std::string::npos) return Error(name + " takes no value");
    flag = true;
    return absl::OkStatus();
  }

  // "a|b|c" is a closed list; any other metavariable takes what comes.
  absl::Status CheckChoice(const std::string& what, const char* choices,
                           const std::string& value) const {
    const Words allowed = SplitWords(choices, '|');
    if (allowed.size() < 2) return absl::OkStatus();
    for (const std::string& choice : allowed) {
      if (choice == value) return absl::OkStatus();
    }
    return Error(absl::StrFormat("%s cannot be \"%s\"%s (one of: %s)", what, value,
                                 Suggestion(value, allowed), choices));
  }

  const Option* FindOption(const std::string& name) const {
    if (result_.command != nullptr) {
      for (const Option& option : result_.command->options) {
        if (option.name == nullptr) break;
        if (name == option.name || name == option.letter) return &option;
      }
    }
    for (const Option& option : GlobalOptions()) {
      if (name == option.name || name == option.letter) return &option;
    }
    return nullptr;
  }

  absl::Status UnknownOption(const std::string& name) const {
    Words names = {"--help", "--version"};
    for (const Option& option : GlobalOptions()) names.push_back(option.name);
    if (result_.command != nullptr) {
      for (const Option& option : result_.command->options) {
        if (option.name != nullptr) names.push_back(option.name);
      }
    } else {
      for (const Command* command : AllCommands()) {
        for (const Option& option : command->options) {
          if (option.name != nullptr && name == option.name) {
            return Error(
                absl::StrFormat("%s belongs to a command and stands after it: strata %s %s", name,
                                command->name, name));
          }
        }
      }
    }
    return Error(absl::StrFormat("unknown option %s%s", name, Suggestion(name, names)));
  }

  absl::Status CheckArguments() const {
    const Words wanted = SplitWords(result_.command->arguments, ' ');
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const bool optional = wanted[i][0] == '[';
      if (i >= result_.positional.size()) {
        if (optional) return absl::OkStatus();
        return Error(absl::StrFormat("needs %s: strata %s %s", wanted[i], result_.command->name,
                                     result_.command->arguments));
      }
      const std::string name = optional ? wanted[i].substr(1, wanted[i].size() - 2) : wanted[i];
      RETURN_IF_ERROR(CheckChoice("the argument", name.c_str(), result_.positional[i]));
    }
    if (result_.positional.size() > wanted.size()) {
      const std::string& extra = result_.positional[wanted.size()];
      return Error(absl::StrFormat("does not take the argument \"%s\"", extra));
    }
    return absl::OkStatus();
  }

  absl::Status Error(const std::string& message) const {
    const std::string command =
        result_.command == nullptr ? "" : std::string(result_.command->name) + " ";
    return absl::InvalidArgumentError(
        absl::StrFormat("%s\nhelp: strata %s--help", message, command));
  }

  const Words& words_;
  std::size_t next_ = 0;
  Arguments& result_;
};

}  // namespace

std::optional<std::string> Arguments::Value(std::string_view option) const {
  auto found = options.find(option);
  if (found == options.end()) return std::nullopt;
  return found->second.back();
}

std::vector<std::string> Arguments::Values(std::string_view option) const {
  auto found = options.find(option);
  return found == options.end() ? std::vector<std::string>() : found->second;
}

const Command* FindCommand(std::string_view name) {
  for (const Command* command : AllCommands()) {
    if (name == command->name) return command;
    for (const std::string& alias : SplitWords(command->aliases, ' ')) {
      if (name == alias) return command;
    }
  }
  return nullptr;
}

absl::Status ParseArguments(const std::vector<std::string>& words, Arguments* result) {
  return Parser(words, result).Run();
}

}  // namespace strata

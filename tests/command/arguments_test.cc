#include "command/line/arguments.h"

#include <gtest/gtest.h>

namespace strata {
namespace {

std::string Fault(const std::vector<std::string>& words) {
  Arguments unused;
  return std::string(ParseArguments(words, &unused).message());
}

TEST(ArgumentsTest, TakesGlobalOptionsBeforeAndAfterTheCommand) {
  Arguments arguments;
  ASSERT_TRUE(
      ParseArguments({"--dir", "a", "new", "users", "--url=sqlite:x", "-q"}, &arguments).ok());
  EXPECT_STREQ(arguments.command->name, "new");
  EXPECT_EQ(arguments.Value("--dir"), "a");
  EXPECT_EQ(arguments.Value("--url"), "sqlite:x");
  EXPECT_TRUE(arguments.Has("--quiet"));
  EXPECT_EQ(arguments.positional, std::vector<std::string>{"users"});
}

TEST(ArgumentsTest, FindsACommandByItsAlias) {
  Arguments arguments;
  ASSERT_TRUE(ParseArguments({"revision", "-m", "add users"}, &arguments).ok());
  EXPECT_STREQ(arguments.command->name, "new");
  EXPECT_EQ(arguments.Value("--message"), "add users");
}

TEST(ArgumentsTest, TakesANegativeNumberAsAnArgument) {
  Arguments arguments;
  ASSERT_TRUE(ParseArguments({"new", "-1"}, &arguments).ok());
  EXPECT_EQ(arguments.positional, std::vector<std::string>{"-1"});
  Arguments after;
  ASSERT_TRUE(ParseArguments({"new", "--", "--odd"}, &after).ok());
  EXPECT_EQ(after.positional, std::vector<std::string>{"--odd"});
}

TEST(ArgumentsTest, SaysWhatIsWrongAndWhatWasMeant) {
  EXPECT_EQ(Fault({"newe"}), "unknown command \"newe\"; did you mean new?\nhelp: strata --help");
  EXPECT_EQ(Fault({"new", "--sequnce", "x"}),
            "unknown option --sequnce; did you mean --sequence?\nhelp: strata new --help");
  EXPECT_EQ(Fault({"new", "a", "b"}), "does not take the argument \"b\"\nhelp: strata new --help");
  EXPECT_EQ(Fault({"--sequence", "new"}),
            "--sequence belongs to a command and stands after it: strata new --sequence\n"
            "help: strata --help");
  EXPECT_EQ(Fault({"new", "--dir"}), "--dir needs a value: --dir DIR\nhelp: strata new --help");
}

// What every row of the table owes its reader.
TEST(ArgumentsTest, EveryCommandHasASummaryAnExampleAndDistinctNames) {
  std::vector<std::string> names;
  for (const Command* command : AllCommands()) {
    EXPECT_NE(std::string(command->summary), "") << command->name;
    EXPECT_NE(std::string(command->example).find("strata"), std::string::npos) << command->name;
    EXPECT_EQ(FindCommand(command->name), command);
    EXPECT_NE(command->run, nullptr) << command->name;
    for (const Option& option : command->options) {
      if (option.name == nullptr) break;
      EXPECT_EQ(std::string(option.name).rfind("--", 0), 0U) << option.name;
      EXPECT_NE(std::string(option.help), "") << command->name << " " << option.name;
      for (const Option& global : GlobalOptions()) EXPECT_STRNE(global.name, option.name);
    }
  }
}

}  // namespace
}  // namespace strata

#include "command/line/strata_main.h"
#include "heap.h"

int main(int argc, char** argv) {
  strata::UseLargePages();
  return strata::StrataMain(argc, argv, nullptr);
}

#include "command/line/strata_main.h"

int main(int argc, char** argv) { return strata::StrataMain(argc, argv, nullptr); }

#include <shop_schema.h>

#include <cstdio>

int main() { std::printf("%zu\n", shop_schema::migrations().migrations.size()); }

// The data files, as they are, inside the program: strata_facts_<name> and strata_facts_<name>_end.
#define FILE_(symbol, path)           \
  .global strata_facts_##symbol;      \
  .global strata_facts_##symbol##_end; \
  strata_facts_##symbol:              \
  .incbin path;                       \
  strata_facts_##symbol##_end:        \
  .byte 0

  .section .rodata
  FILE_(types, "types.txt")
  FILE_(types_names, "types.names.txt")
  FILE_(functions, "functions.txt")
  FILE_(functions_names, "functions.names.txt")
  FILE_(operators, "operators.txt")
  FILE_(operators_names, "operators.names.txt")
  FILE_(relations, "relations.txt")
  FILE_(relations_names, "relations.names.txt")
  FILE_(casts, "casts.txt")
  FILE_(opclasses, "opclasses.txt")
  FILE_(names, "names.txt")
  FILE_(extensions, "extensions.txt")
  .section .note.GNU-stack,"",@progbits

// Compiles where an assembler statement can take in a file: see StrataEmbed.cmake.
#if defined(__APPLE__)
__asm__(".const_data\n.incbin \"" STRATA_INCBIN_FILE "\"\n.text\n");
#else
__asm__(".pushsection .rodata,\"a\"\n.incbin \"" STRATA_INCBIN_FILE "\"\n.popsection\n");
#endif
int unused;

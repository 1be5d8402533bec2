# Compiler-wide choices: warnings, sanitizers, ccache and mold where they are found.
find_program(BLAZEDB_CCACHE ccache)
if(BLAZEDB_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${BLAZEDB_CCACHE})
endif()
find_program(BLAZEDB_MOLD mold)
if(BLAZEDB_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

if(BLAZEDB_SANITIZE)
    add_compile_options(-fsanitize=${BLAZEDB_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
    add_link_options(-fsanitize=${BLAZEDB_SANITIZE})
endif()
if(BLAZEDB_FUZZ)
    # Coverage for every object; the fuzzers themselves add the libFuzzer main.
    add_compile_options(-fsanitize=fuzzer-no-link)
    add_link_options(-fsanitize=fuzzer-no-link)
endif()

set(BLAZEDB_WARNINGS -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual)

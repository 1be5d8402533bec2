# The helpers every folder uses to declare its library, its programs and its tests.

# blazedb_add_library(<folder> [QT] SOURCES … [DEPENDS …] [PRIVATE_DEPENDS …])
# Makes the static library blazedb_<folder with _> and its alias BlazeDB::<folder with _>.
# DEPENDS are the arrows of the architecture; PRIVATE_DEPENDS are libraries this folder alone sees.
function(blazedb_add_library folder)
    cmake_parse_arguments(ARG "QT" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
    string(REPLACE "/" "_" name ${folder})
    add_library(blazedb_${name} STATIC ${ARG_SOURCES})
    add_library(BlazeDB::${name} ALIAS blazedb_${name})
    target_include_directories(blazedb_${name} PUBLIC ${PROJECT_SOURCE_DIR})
    target_compile_options(blazedb_${name} PRIVATE ${BLAZEDB_WARNINGS})
    target_link_libraries(blazedb_${name} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS})
    if(ARG_QT)
        set_target_properties(blazedb_${name} PROPERTIES AUTOMOC ON)
        target_compile_definitions(blazedb_${name} PRIVATE QT_NO_CAST_FROM_ASCII QT_NO_KEYWORDS)
    endif()
endfunction()

# blazedb_add_program(<target> OUTPUT <name> [QT] SOURCES … DEPENDS …)
# A program of the product: build/<preset>/bin/<name>.
function(blazedb_add_program target)
    cmake_parse_arguments(ARG "QT" "OUTPUT" "SOURCES;DEPENDS" ${ARGN})
    add_executable(${target} ${ARG_SOURCES})
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${ARG_OUTPUT})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_options(${target} PRIVATE ${BLAZEDB_WARNINGS})
    target_compile_definitions(${target} PRIVATE BLAZEDB_VERSION="${PROJECT_VERSION}")
    target_link_libraries(${target} PRIVATE ${ARG_DEPENDS})
    if(ARG_QT)
        set_target_properties(${target} PROPERTIES AUTOMOC ON AUTORCC ON)
        target_compile_definitions(${target} PRIVATE QT_NO_CAST_FROM_ASCII QT_NO_KEYWORDS)
    endif()
endfunction()

# blazedb_add_test(<name> LABELS … SOURCES … DEPENDS … [TIMEOUT seconds] [ARGUMENTS …])
# One Qt Test program. A folder's test has several test classes in one program: each class ends with
# BLAZEDB_REGISTER_TEST(Class) of tests/support/test_registry.h and there is one BLAZEDB_TEST_MAIN.
function(blazedb_add_test name)
    cmake_parse_arguments(ARG "" "TIMEOUT" "LABELS;SOURCES;DEPENDS;ARGUMENTS" ${ARGN})
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 120)
    endif()
    add_executable(${name} ${ARG_SOURCES})
    # Unity would merge test files whose moc output is included by name.
    set_target_properties(${name} PROPERTIES AUTOMOC ON UNITY_BUILD OFF)
    target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
    target_compile_options(${name} PRIVATE ${BLAZEDB_WARNINGS})
    target_compile_definitions(${name} PRIVATE
        BLAZEDB_SOURCE_DIR="${PROJECT_SOURCE_DIR}" BLAZEDB_BINARY_DIR="${PROJECT_BINARY_DIR}")
    target_link_libraries(${name} PRIVATE Qt6::Test ${ARG_DEPENDS})
    add_test(NAME ${name} COMMAND ${name} ${ARG_ARGUMENTS})
    set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;TZ=UTC")
endfunction()

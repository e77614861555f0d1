# What every target of the project is compiled with.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

option(TERRACAT_WERROR "warnings are errors" OFF)
option(TERRACAT_FUZZ "test/fuzz for libFuzzer instead of replaying what is kept; needs clang" OFF)
set(TERRACAT_SANITIZE "" CACHE STRING "sanitizers, as given to -fsanitize: address,undefined or thread")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  # It keeps nothing that was compiled with a precompiled header unless it is told to.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros "${CCACHE_PROGRAM}")
endif()

add_library(terracat_settings INTERFACE)
target_compile_options(terracat_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
  -Wconversion -Wsign-conversion -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough
  -Wundef -Wold-style-cast
  # Designated initializers name what differs from the defaults; g++ 12 asks for the rest as well.
  -Wno-missing-field-initializers
  # Builds in different folders give the same bytes.
  "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(terracat_settings INTERFACE -Wduplicated-cond -Wlogical-op
    # g++ 12 sees overlapping copies in `string += "literal"` where there are none (GCC 105651).
    -Wno-restrict)
endif()
if(TERRACAT_WERROR)
  target_compile_options(terracat_settings INTERFACE -Werror)
endif()

if(TERRACAT_FUZZ)
  target_compile_options(terracat_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()

if(TERRACAT_SANITIZE)
  target_compile_options(terracat_settings INTERFACE
    "-fsanitize=${TERRACAT_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(terracat_settings INTERFACE "-fsanitize=${TERRACAT_SANITIZE}")
  if(TERRACAT_SANITIZE STREQUAL "thread")
    # Asio fences its reference counts, which g++ says the sanitizer does not understand.
    target_compile_options(terracat_settings INTERFACE -Wno-tsan)
  endif()
else()
  # Hardening costs little and harvested text is untrusted.
  target_compile_definitions(terracat_settings INTERFACE
    $<$<CONFIG:Release>:_FORTIFY_SOURCE=2> _GLIBCXX_ASSERTIONS)
  target_compile_options(terracat_settings INTERFACE
    -fstack-protector-strong -fstack-clash-protection
    $<$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>:-fcf-protection>)
  target_link_options(terracat_settings INTERFACE -Wl,-z,relro,-z,now)
endif()

# A sanitizer build of the tests is slow enough without debug-level code: -O1, with line numbers.
set(CMAKE_CXX_FLAGS_SANITIZE "-O1 -g1")

# All presets but `dev` compile several files of a room as one, which takes half the time. There, the
# names of an unnamed namespace are seen by the neighbours: two functions cannot be alike.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 8)
if(CMAKE_UNITY_BUILD)
  # These warn of the neighbours; clang warns of shadows in one file (scripts/check-tidy), g++ with
  # the preset `dev`.
  target_compile_options(terracat_settings INTERFACE -Wno-shadow
    $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()

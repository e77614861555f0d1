# A room is one static library, in one folder, with one namespace. The link line states the layering.

# terracat_room(<name> [APART] [DEPENDS room...] [USES library...])
#   APART    its files give like names to like things: they are never compiled as one
#   DEPENDS  rooms whose headers this room includes
#   USES     outside libraries that this room's .cpp files include
function(terracat_room name)
  cmake_parse_arguments(ROOM "APART" "" "DEPENDS;USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp")
  add_library(terracat_${name} STATIC ${sources})
  add_library(terracat::${name} ALIAS terracat_${name})
  target_include_directories(terracat_${name} PUBLIC
    "${PROJECT_SOURCE_DIR}/include" "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(terracat_${name} PRIVATE terracat_settings)
  foreach(room IN LISTS ROOM_DEPENDS)
    target_link_libraries(terracat_${name} PUBLIC terracat::${room})
  endforeach()
  target_link_libraries(terracat_${name} PUBLIC ${ROOM_USES})
  if(ROOM_APART)
    set_target_properties(terracat_${name} PROPERTIES UNITY_BUILD OFF)
  endif()
endfunction()

# What tests are compiled with: a compiler takes twice as long to optimise their many assertions.
add_library(test_settings INTERFACE)
target_link_libraries(test_settings INTERFACE terracat_settings)
target_compile_options(test_settings INTERFACE
  $<$<CONFIG:Release>:-O1> $<$<CONFIG:Sanitize>:-O0>
  # With precompiled headers g++ 12 warns of the inside of std::string where texts are joined.
  "$<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-stringop-overflow;-Wno-stringop-overread>")

# terracat_test_headers(<program>)
#   The program's files are compiled with the headers that all tests include read already.
function(terracat_test_headers program)
  target_precompile_headers(${program} REUSE_FROM test_headers)
endfunction()

# What the sanitizers run: all tests with the label `unit`. For each change those of rooms with
# threads, label `threads`, run under that for threads, and the others, label `memory`, under those
# for addresses and undefined behaviour.
add_custom_target(unit-tests)
add_custom_target(thread-tests)
add_custom_target(memory-tests)

# terracat_test(<room> [LABELS label...] [USES library...])
#   Builds test/unit/<room>/*.cpp into one Catch2 program and runs it as the CTest case <room>.
function(terracat_test room)
  cmake_parse_arguments(TEST "" "" "LABELS;USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/unit/${room}/*.cpp")
  add_executable(test_${room} ${sources})
  target_include_directories(test_${room} PRIVATE "${PROJECT_SOURCE_DIR}/test")
  target_link_libraries(test_${room} PRIVATE test_settings terracat::${room} test_support ${TEST_USES})
  terracat_test_headers(test_${room})
  add_dependencies(unit-tests test_${room})
  if("threads" IN_LIST TEST_LABELS)
    add_dependencies(thread-tests test_${room})
  else()
    add_dependencies(memory-tests test_${room})
    list(APPEND TEST_LABELS memory)
  endif()
  add_test(NAME ${room} COMMAND test_${room})
  set_tests_properties(${room} PROPERTIES LABELS "unit;${TEST_LABELS}" TIMEOUT 600)
endfunction()

# Target check-headers: each header of the project is compiled alone, so none leans on what
# another happens to include.

file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}"
  "${PROJECT_SOURCE_DIR}/include/*.hpp" "${PROJECT_SOURCE_DIR}/src/*.hpp")

set(units)
foreach(header IN LISTS headers)
  string(REPLACE "/" "_" name "${header}")
  string(REGEX REPLACE "^(include|src)/" "" path "${header}")
  set(unit "${CMAKE_BINARY_DIR}/header-check/${name}.cpp")
  file(CONFIGURE OUTPUT "${unit}" CONTENT "#include \"@path@\" // IWYU pragma: keep\n" @ONLY)
  list(APPEND units "${unit}")
endforeach()

add_library(check-headers OBJECT EXCLUDE_FROM_ALL ${units})
set_target_properties(check-headers PROPERTIES UNITY_BUILD OFF)
target_link_libraries(check-headers PRIVATE terracat_settings terracat::cli)

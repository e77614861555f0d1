# Files that the program carries within itself. The tool embed makes of them one file of bytes, as
# they are and coded by gzip, brotli and zstd as small as it goes, and a source file that takes it in.

add_executable(embed "${PROJECT_SOURCE_DIR}/cmake/embed.cpp")
target_link_libraries(embed PRIVATE PkgConfig::libbrotlienc PkgConfig::libxxhash
  PkgConfig::libzstd ZLIB::ZLIB)
target_compile_features(embed PRIVATE cxx_std_20)

# terracat_embed(<target> <function> [STORED] FILE <name> <path>... [FILE <name> <path>...]...)
#   Adds `std::span<EmbeddedFile const> terracat::embedded::<function>() noexcept`, which the room
#   declares where it is used, to the target: the files in the order of their names
#   (include/terracat/embedded.hpp). A name with several paths is these files one behind the other.
#   STORED  nothing is coded: for what never leaves the program, or is coded already
function(terracat_embed target function)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/embedded")
  file(MAKE_DIRECTORY "${folder}")
  set(arguments "")
  set(paths "")
  set(is_name FALSE)
  set(how coded)
  foreach(argument IN LISTS ARGN)
    if(argument STREQUAL "STORED")
      set(how stored)
    elseif(argument STREQUAL "FILE")
      list(APPEND arguments --)
      set(is_name TRUE)
    elseif(is_name)
      list(APPEND arguments "${argument}")
      set(is_name FALSE)
    else()
      file(REAL_PATH "${argument}" path)
      list(APPEND arguments "${path}")
      list(APPEND paths "${path}")
    endif()
  endforeach()
  add_custom_command(
    OUTPUT "${folder}/${function}.cpp" "${folder}/${function}.bytes"
    COMMAND embed "${folder}" ${function} ${how} ${arguments}
    DEPENDS embed ${paths}
    COMMENT "Embedding ${function}"
    VERBATIM)
  set_source_files_properties("${folder}/${function}.cpp" PROPERTIES
    OBJECT_DEPENDS "${folder}/${function}.bytes")
  target_sources(${target} PRIVATE "${folder}/${function}.cpp")
endfunction()

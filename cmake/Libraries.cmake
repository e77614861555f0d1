# The libraries of Debian 12 that the rooms are linked with. Others are headers only (Beast, Asio,
# RapidJSON, toml++) and need no entry. Which room may include which library is said and
# proved by scripts/check-layers.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS url)
find_package(ICU 72 REQUIRED COMPONENTS i18n uc)
find_package(CURL 7.88 REQUIRED)
find_package(spdlog REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(pugixml REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CLI11 REQUIRED)

foreach(library IN ITEMS sqlite3 spatialite simdjson libzstd libbrotlienc libxxhash libseccomp libhwy proj)
  pkg_check_modules(${library} REQUIRED IMPORTED_TARGET ${library})
endforeach()

# GEOS promises stability for its C API only; its pkg-config file names the C++ one too.
find_library(GEOS_C geos_c REQUIRED)
find_library(STEMMER stemmer REQUIRED)

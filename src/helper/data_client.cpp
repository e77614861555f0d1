#include "helper/data_client.hpp"

#include "helper/data_text.hpp"
#include "helper/serve.hpp"

namespace terracat::helper {
namespace {

Finding crash(std::string_view how) {
  return {.code = FindingCode::parser_crash, .where = {}, .excerpt = excerpt(how)};
}

} // namespace

boost::system::result<data::Facts, Finding>
DataClient::read(std::span<data::OpenFile const> files) {
  std::vector<int> descriptors;
  for (auto const& file : files) descriptors.push_back(file.descriptor);
  auto const answer = pool_.ask(data_request(files), descriptors);
  if (!answer) return crash(answer.error().how);
  auto outcome = facts_in(*answer);
  if (!outcome) return crash("an answer that is none");
  return std::move(*outcome);
}

std::string DataClient::obstacle() {
  // Of no file: it is answered by whoever has found what it needs.
  auto const answer = pool_.ask(data_request({}));
  if (answer) return {};
  if (answer.error().how == "exit code " + std::to_string(lacks_library)) {
    return "GDAL is not installed (libgdal.so.32, of Debian's package libgdal32)";
  }
  return "GDAL cannot be used: " + answer.error().how;
}

process::Program data_program() {
  auto out = own_program(std::string(data_mode));
  // What it brings along would start threads, and without a home looks for settings in /tmp.
  for (auto const* const setting :
       {"OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", "OPJ_NUM_THREADS=0", "HOME=/nonexistent"}) {
    out.environment.emplace_back(setting);
  }
  return out;
}

} // namespace terracat::helper

#pragma once

#include "helper/rdf_scan.hpp"
#include "helper/rdf_text.hpp"
#include "helper/serve.hpp"

#include <memory>

namespace terracat::helper {

/// raptor2 in this process: only helpers and tests have one. One thread.
class RdfReader {
 public:
  /// What a graph may hold before its document is too large.
  struct Bounds {
    RdfLimits document;
    std::size_t triples = 500'000;
    std::size_t bytes = std::size_t{32} << 20; ///< of all terms, each once
  };

  /// Loads the library, and lets it load and ask what it needs by reading something.
  /// \throws std::system_error  if there is no such library
  RdfReader();
  explicit RdfReader(Bounds bounds);
  RdfReader(RdfReader const&) = delete;
  RdfReader& operator=(RdfReader const&) = delete;
  RdfReader(RdfReader&&) noexcept;
  RdfReader& operator=(RdfReader&&) noexcept;
  ~RdfReader();

  /// Looks at the document, and parses it if nothing speaks against that.
  [[nodiscard]] GraphOrFinding read(RdfRequest const& request);

  /// Parses what nobody has looked at: for tests of what the parser itself lets happen.
  [[nodiscard]] GraphOrFinding parse(RdfRequest const& request);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// What a helper answers that reads RDF.
[[nodiscard]] Answer make_rdf_answer();

} // namespace terracat::helper

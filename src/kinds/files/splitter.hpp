#pragma once

#include "kinds/files/input.hpp"

#include <terracat/finding.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::kinds::files {

/// The longest document that is taken, and the longest XML file: formats::xml reads no more.
inline constexpr std::size_t most_document_bytes = std::size_t{16} << 20;

/// A document cut out of a file, or a part of it that is none.
struct Cut {
  std::string bytes;
  std::optional<Finding> fault;

  // Of an item that was made of a file.
  std::string native_id = {}; ///< empty: only the document knows
  std::string collection = {};
  std::string format = {}; ///< empty: that of the source
  std::optional<Finding> warning = {};
};

/// Cuts an input into documents.
class Splitter {
 public:
  Splitter() = default;
  Splitter(Splitter const&) = delete;
  Splitter& operator=(Splitter const&) = delete;
  Splitter(Splitter&&) = delete;
  Splitter& operator=(Splitter&&) = delete;
  virtual ~Splitter() = default;

  /// \return  nothing at the end
  /// \throws std::system_error  if the input cannot be read on
  [[nodiscard]] virtual std::optional<Cut> next() = 0;
};

/// One JSON text on each line. A line that is too long is passed over.
[[nodiscard]] std::unique_ptr<Splitter> split_lines(Buffered input);

/// JSON texts, one or several. Of an array, and of the members `features` and `collections` of an
/// object if they hold objects, each element is a document; any other object is one itself. Only
/// brackets and strings are looked at: whether a document is valid is found out by who reads it.
[[nodiscard]] std::unique_ptr<Splitter> split_json(Buffered input);

/// One XML document, or the records of an answer of a CSW.
[[nodiscard]] std::unique_ptr<Splitter> split_xml(Buffered input);

/// All in one document.
[[nodiscard]] std::unique_ptr<Splitter> no_split(Buffered input);

/// Nothing but a fault.
[[nodiscard]] std::unique_ptr<Splitter> only_fault(Finding fault);

/// True if a file of this name holds metadata, as far as its ending tells.
[[nodiscard]] bool promises_metadata(std::string_view name) noexcept;

/// Chooses by the file's name, and where that says nothing by its beginning.
/// \param is_given  it was named by somebody, who wants it read whatever it looks like
/// \return          null if the file seems to hold no metadata
[[nodiscard]] std::unique_ptr<Splitter> splitter_for(std::string_view name, Buffered input,
                                                     bool is_given);

} // namespace terracat::kinds::files

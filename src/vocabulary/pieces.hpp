#pragma once

#include "vocabulary/document.hpp"

#include <terracat/finding.hpp>

#include <boost/system/result.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// Documents that are too large to be parsed at once, cut into pieces that are documents by
/// themselves. Cutting knows where a statement, an element or an object ends, and nothing of what
/// it says: whether a piece is valid is for its parser.
namespace terracat::vocabulary {

struct Piece {
  std::string text;

  /// Of the document, before the first one of the text; less than 0 where the text begins with
  /// what stands further above, as prefixes do.
  std::int64_t lines_before = 0;
};

class Pieces {
 public:
  Pieces() = default;
  Pieces(Pieces const&) = delete;
  Pieces& operator=(Pieces const&) = delete;
  Pieces(Pieces&&) = delete;
  Pieces& operator=(Pieces&&) = delete;
  virtual ~Pieces() = default;

  using Next = boost::system::result<std::optional<Piece>, Finding>;

  /// \return  nothing at the end; too_large for what cannot be cut small enough
  [[nodiscard]] virtual Next next() = 0;
};

enum class Syntax : std::uint8_t { turtle, rdf_xml, json_ld };

/// What stands for the name of a thing without an address where the thing may be spoken of in
/// other pieces, too: an address that begins so.
inline constexpr std::string_view shared_blank = "x-blank:";

struct Cut {
  std::size_t piece = std::size_t{2} << 20; ///< bytes that a piece has at least, but the last one
  std::size_t most = std::size_t{12} << 20; ///< bytes that one may have
};

/// A document that is not larger than a piece is the only one, as it is.
/// \param document  is read from its beginning, and outlives the pieces
[[nodiscard]] std::unique_ptr<Pieces> pieces_of(Document& document, Syntax syntax,
                                                Cut const& cut = {});

} // namespace terracat::vocabulary

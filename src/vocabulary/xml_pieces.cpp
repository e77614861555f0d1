#include "vocabulary/cutter.hpp"

#include <algorithm>

namespace terracat::vocabulary {
namespace {

constexpr auto none = std::string_view::npos;

/// The name of the element that a tag begins, with its prefix.
std::string_view name_of(std::string_view tag) noexcept {
  tag.remove_prefix(1);
  return tag.substr(0, tag.find_first_of(" \t\r\n/>"));
}

/// What is described beside each other in RDF/XML: the elements in `rdf:RDF`. The start of this,
/// and what stands before it, is repeated in each piece.
class XmlCutter : public Cutter {
 public:
  using Cutter::Cutter;

 protected:
  Token step(std::string_view text, bool is_rest) override {
    auto token = token_of(text, is_rest);
    if (token.size == 0 && is_rest) token.size = text.size();
    return token;
  }

  void end() override {
    if (depth_ != 0) refuse(FindingCode::xml_malformed);
  }

  std::string finish(std::string kept) override { return above_ + kept + "</" + root_ + ">"; }

 private:
  Token token_of(std::string_view text, bool is_rest) {
    if (text.front() != '<') {
      auto const size = std::min(text.find('<'), text.size());
      // Blanks between elements are kept for the number of the line.
      return {.size = size, .is_kept = depth_ > 0};
    }
    if (text.size() < 9 && !is_rest) return {}; // `<![CDATA[`
    if (text.starts_with("<!--")) return until(text, "-->", 4);
    if (text.starts_with("<![CDATA[")) return until(text, "]]>", 9);
    if (text.starts_with("<?")) return until(text, "?>", 2);
    if (text.starts_with("<!")) return document_type(text);
    return tag(text);
  }

  [[nodiscard]] Token until(std::string_view text, std::string_view end, std::size_t from) const {
    auto const found = text.find(end, from);
    if (found == none) return {};
    return {.size = found + end.size(), .is_kept = depth_ > 0};
  }

  /// With what is declared in it: names of texts are used all over the document.
  Token document_type(std::string_view text) {
    bool is_inside = false;
    for (std::size_t at = 2; at < text.size(); ++at) {
      auto const c = text[at];
      if (c == '"' || c == '\'') {
        at = text.find(c, at + 1);
        if (at == none) return {};
      } else if (text.substr(at).starts_with("<!--")) {
        at = text.find("-->", at + 4);
        if (at == none) return {};
      } else if (c == '[' || c == ']') {
        is_inside = c == '[';
      } else if (c == '>' && !is_inside) {
        if (depth_ == 0) above_ += text.substr(0, at + 1);
        return {.size = at + 1, .is_kept = depth_ > 0};
      }
    }
    return {};
  }

  Token tag(std::string_view text) {
    auto end = std::size_t{1};
    while (end < text.size() && text[end] != '>') {
      if (text[end] == '"' || text[end] == '\'') end = text.find(text[end], end + 1);
      if (end == none) return {};
      ++end;
    }
    if (end >= text.size()) return {};
    auto const whole = text.substr(0, end + 1);
    if (depth_ == 0) return outside(whole);
    if (whole[1] == '/') --depth_;
    if (whole[1] != '/' && whole[end - 1] != '/') ++depth_;
    return {.size = whole.size(), .is_kept = depth_ > 0, .is_end = depth_ == 1};
  }

  /// \param tag  of the root, or of what stands behind it and must not
  Token outside(std::string_view tag) {
    auto const name = name_of(tag);
    bool const is_root = root_.empty() && tag[1] != '/';
    bool const is_list = name == "RDF" || name.ends_with(":RDF");
    // The one thing that a document describes cannot be cut.
    if (is_root && (!is_list || tag[tag.size() - 2] == '/')) refuse(FindingCode::too_large);
    if (!is_root) refuse(FindingCode::xml_malformed);
    root_ = name;
    above_ += tag;
    depth_ = 1;
    if (above_.size() > most_above) refuse(FindingCode::too_large);
    return {.size = tag.size(), .is_kept = false};
  }

  static constexpr std::size_t most_above = std::size_t{1} << 20;

  std::string above_;     ///< the document type and the start of the root
  std::string root_;      ///< its name
  std::size_t depth_ = 0; ///< of elements
};

} // namespace

std::unique_ptr<Pieces> xml_pieces(Document& document, Cut const& cut) {
  return std::make_unique<XmlCutter>(document, cut);
}

} // namespace terracat::vocabulary

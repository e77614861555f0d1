#include "vocabulary/pieces.hpp"

#include "vocabulary/cutter.hpp"

#include <algorithm>
#include <utility>

namespace terracat::vocabulary {
namespace {

constexpr std::size_t step_bytes = std::size_t{256} << 10; ///< of a document, at once

Finding refusal(FindingCode code) {
  return {.code = code, .where = {}, .excerpt = {}};
}

/// A document as it is.
class OnePiece : public Pieces {
 public:
  OnePiece(Document& document, std::size_t most) : document_(document), most_(most) {}

  [[nodiscard]] Next next() override {
    if (std::exchange(is_over_, true)) return std::optional<Piece>();
    auto text = document_.whole(most_);
    if (!text) return text.error();
    return std::optional(Piece{.text = std::move(*text)});
  }

 private:
  Document& document_;
  std::size_t most_;
  bool is_over_ = false;
};

} // namespace

Cutter::Next Cutter::next() {
  while (!is_over_) {
    auto const text = std::string_view(read_).substr(at_);
    auto token = text.empty() ? Token() : step(text, is_at_end_);
    if (refusal_) return *refusal_;
    if (token.size == 0 && !is_at_end_) {
      if (text.size() > cut_.most) return too_large();
      if (!fill()) return refusal(FindingCode::file_unreadable);
      continue;
    }
    if (token.size == 0) {
      is_over_ = true;
      end();
      if (refusal_) return *refusal_;
      break;
    }
    pass(text.substr(0, token.size), token.is_kept);
    if (kept_.size() > cut_.most) return too_large();
    if (token.is_end && kept_.size() >= cut_.piece) return emit();
  }
  if (kept_.empty()) return std::optional<Piece>();
  return emit();
}

/// Reads as much again as there is, so that who looks for an end looks at few bytes twice.
bool Cutter::fill() {
  read_.erase(0, at_);
  at_ = 0;
  auto const more = document_.read(std::max(step_bytes, read_.size()));
  is_at_end_ = more.empty();
  read_ += more;
  return !document_.is_broken();
}

void Cutter::pass(std::string_view token, bool is_kept) {
  if (kept_.empty()) begin_ = lines_;
  lines_ += std::ranges::count(token, '\n');
  at_ += token.size();
  if (!instead_.empty()) {
    kept_ += std::exchange(instead_, {});
  } else if (is_kept) {
    kept_ += token;
  }
}

Cutter::Next Cutter::emit() {
  auto const size = std::ranges::count(kept_, '\n');
  auto text = finish(std::exchange(kept_, {}));
  auto const all = std::ranges::count(text, '\n');
  return std::optional(Piece{.text = std::move(text), .lines_before = begin_ - (all - size)});
}

Finding Cutter::too_large() const {
  auto out = refusal(FindingCode::too_large);
  out.where = "line " + std::to_string(begin_ + 1);
  out.excerpt = "from there on it cannot be cut into pieces";
  return out;
}

std::unique_ptr<Pieces> pieces_of(Document& document, Syntax syntax, Cut const& cut) {
  if (document.size() <= cut.piece) return std::make_unique<OnePiece>(document, cut.most);
  switch (syntax) {
  case Syntax::turtle:
    return turtle_pieces(document, cut);
  case Syntax::rdf_xml:
    return xml_pieces(document, cut);
  case Syntax::json_ld:
    return json_pieces(document, cut);
  }
  return nullptr;
}

} // namespace terracat::vocabulary

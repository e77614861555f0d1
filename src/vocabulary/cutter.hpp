#pragma once

#include "vocabulary/pieces.hpp"

#include <string>
#include <string_view>

namespace terracat::vocabulary {

/// Cuts a document, token by token. Derived classes know its syntax.
class Cutter : public Pieces {
 public:
  Cutter(Document& document, Cut const& cut) : cut_(cut), document_(document) {
    document_.rewind();
  }

  [[nodiscard]] Next next() final;

 protected:
  struct Token {
    std::size_t size = 0; ///< 0: it may go on behind the text
    bool is_kept = true;
    bool is_end = false; ///< what was kept up to here can be a piece
  };

  /// The first token of a text. \pre the text is not empty
  /// \param is_rest  nothing follows the text
  [[nodiscard]] virtual Token step(std::string_view text, bool is_rest) = 0;

  /// \param kept  all that was kept since the former piece
  /// \return      with what it needs from further above, and to end well
  [[nodiscard]] virtual std::string finish(std::string kept) = 0;

  /// The document is at its end; refuses if it should not be.
  virtual void end() {}

  /// To be kept in the place of the token.
  void replace(std::string text) { instead_ = std::move(text); }

  /// There are no pieces.
  void refuse(FindingCode code) { refusal_ = {.code = code, .where = {}, .excerpt = {}}; }

  [[nodiscard]] std::string const& kept() const noexcept { return kept_; }

 private:
  [[nodiscard]] bool fill();
  [[nodiscard]] Next emit();
  [[nodiscard]] Finding too_large() const;
  void pass(std::string_view token, bool is_kept);

  Cut cut_;
  Document& document_;
  std::string read_;       ///< of the document, from a token on
  std::size_t at_ = 0;     ///< in read_
  bool is_at_end_ = false; ///< there is nothing behind read_
  std::string kept_;
  std::string instead_;
  std::int64_t lines_ = 0; ///< that were passed
  std::int64_t begin_ = 0; ///< lines_ where kept_ begins
  std::optional<Finding> refusal_;
  bool is_over_ = false;
};

[[nodiscard]] std::unique_ptr<Pieces> turtle_pieces(Document& document, Cut const& cut);
[[nodiscard]] std::unique_ptr<Pieces> xml_pieces(Document& document, Cut const& cut);
[[nodiscard]] std::unique_ptr<Pieces> json_pieces(Document& document, Cut const& cut);

} // namespace terracat::vocabulary

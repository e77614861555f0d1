#include "vocabulary/cutter.hpp"

#include <algorithm>
#include <utility>

namespace terracat::vocabulary {
namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view structure = "{}[],:\"";

/// A string of JSON, with its quotes: 0 if its end is not there.
std::size_t string_size(std::string_view text) noexcept {
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return 0;
}

/// Objects of JSON-LD that stand beside each other: in the list that a document is, or in its
/// `@graph`. The other members of the document, its context among them, are repeated in each piece.
class JsonCutter : public Cutter {
 public:
  /// \param members  as JSON, without `@graph`
  /// \param is_list  the document is one
  JsonCutter(Document& document, Cut const& cut, std::string members, bool is_list)
      : Cutter(document, cut), members_(std::move(members)), is_list_(is_list) {}

 protected:
  Token step(std::string_view text, bool is_rest) override {
    auto const c = text.front();
    auto const level = depth_;
    Token token{.size = 1};
    if (c == '"') {
      token.size = string_size(text);
      if (token.size == 0 && is_rest) token.size = text.size();
      if (token.size != 0) string(text.substr(0, token.size));
    } else if (structure.find(c) == std::string_view::npos) {
      token.size = std::min(text.find_first_of(structure), text.size());
      if (token.size == text.size() && !is_rest) return {}; // numbers and words are short
    } else if (c == '{' || c == '[') {
      open();
    } else if ((c == '}' || c == ']') && depth_ > 0) {
      --depth_;
    }
    // Within the list there are objects, and commas between them.
    bool const is_inside = list_depth_ != 0 && (level > list_depth_ || depth_ > list_depth_);
    token.is_kept = is_inside;
    token.is_end = is_inside && depth_ == list_depth_;
    if (token.is_end) replace(std::string(text.substr(0, token.size)) + ",");
    if (list_depth_ != 0 && depth_ < list_depth_) list_depth_ = 0;
    return token;
  }

  void end() override {
    if (depth_ != 0) refuse(FindingCode::json_malformed);
  }

  std::string finish(std::string kept) override {
    if (kept.ends_with(',')) kept.pop_back();
    if (is_list_) return "[" + kept + "]";
    return "{" + members_ + (members_.empty() ? "" : ",") + R"("@graph":[)" + kept + "]}";
  }

 private:
  void open() {
    ++depth_;
    bool const is_list = is_list_ ? depth_ == 1 : depth_ == 2 && is_graph_;
    if (is_list) list_depth_ = depth_;
    is_graph_ = false;
  }

  void string(std::string_view text) {
    if (depth_ == 1 && !is_list_) is_graph_ = text == R"("@graph")";
    constexpr std::string_view blank = "\"_:";
    if (list_depth_ != 0 && depth_ > list_depth_ && text.starts_with(blank)) {
      replace('"' + std::string(shared_blank) + std::string(text.substr(blank.size())));
    }
  }

  std::string members_;
  bool is_list_;
  std::size_t depth_ = 0;      ///< of brackets
  std::size_t list_depth_ = 0; ///< within the list; 0: outside
  bool is_graph_ = false;      ///< its name was the last one
};

/// Looks for the members of a document beside `@graph`.
class MemberReader {
 public:
  explicit MemberReader(Document& document) : document_(document) {}

  [[nodiscard]] boost::system::result<std::string, Finding> run() {
    document_.rewind();
    for (std::string part; !(part = document_.read(step)).empty();) {
      for (auto const c : part) pass(c);
      if (members_.size() > most) {
        return Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}};
      }
    }
    end_member();
    return std::move(members_);
  }

  [[nodiscard]] bool has_graph() const noexcept { return has_graph_; }

 private:
  static constexpr std::size_t step = std::size_t{256} << 10;
  static constexpr std::size_t most = std::size_t{1} << 20;

  void pass(char c) {
    if (is_string_) {
      keep(c);
      is_string_ = is_escaped_ || c != '"';
      is_escaped_ = !is_escaped_ && c == '\\';
      return;
    }
    if (c == '"') {
      is_string_ = true;
      keep(c);
    } else if (c == '{' || c == '[') {
      if (depth_++ > 0) keep(c);
    } else if (c == '}' || c == ']') {
      if (depth_ > 0 && --depth_ > 0) keep(c);
    } else if (c == ',' && depth_ == 1) {
      end_member();
    } else if (depth_ > 0 && blanks.find(c) == std::string_view::npos) {
      keep(c);
    }
  }

  /// Of `@graph` only the name.
  void keep(char c) {
    constexpr std::string_view graph = R"("@graph":)";
    if (member_ == graph) return;
    if (member_.size() <= most) member_ += c;
    has_graph_ = has_graph_ || member_ == graph;
  }

  void end_member() {
    if (!member_.starts_with(R"("@graph":)") && !member_.empty()) {
      members_ += (members_.empty() ? "" : ",") + member_;
    }
    member_.clear();
  }

  Document& document_;
  std::string members_;
  std::string member_;
  std::size_t depth_ = 0;
  bool is_string_ = false;
  bool is_escaped_ = false;
  bool has_graph_ = false;
};

/// There are no pieces.
class Refusal : public Pieces {
 public:
  explicit Refusal(Finding finding) : finding_(std::move(finding)) {}

  [[nodiscard]] Next next() override { return finding_; }

 private:
  Finding finding_;
};

} // namespace

std::unique_ptr<Pieces> json_pieces(Document& document, Cut const& cut) {
  document.rewind();
  constexpr std::size_t enough = 1024;
  if (beginning_of(document.read(enough)).starts_with('[')) {
    return std::make_unique<JsonCutter>(document, cut, std::string(), true);
  }
  MemberReader reader(document);
  auto members = reader.run();
  if (!members) return std::make_unique<Refusal>(members.error());
  if (!reader.has_graph()) {
    return std::make_unique<Refusal>(
        Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}});
  }
  return std::make_unique<JsonCutter>(document, cut, std::move(*members), false);
}

} // namespace terracat::vocabulary

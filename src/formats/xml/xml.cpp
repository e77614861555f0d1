#include "formats/xml/xml.hpp"

#include "formats/xml/xml_checks.hpp"
#include "formats/xml/xml_encoding.hpp"
#include "formats/xml/xml_walk.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <new>
#include <unordered_map>

namespace terracat::formats::xml {
namespace {

/// A path of names, taken apart name by name.
struct Step {
  std::string_view name; ///< empty: any
  std::string_view rest;
};

Step first_step(std::string_view path) noexcept {
  auto const slash = path.find('/');
  auto const name = path.substr(0, slash);
  return {.name = name == "*" ? std::string_view() : name,
          .rest = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1)};
}

// The two walks go as deep as the path is long, and paths are written by us.

void collect(Node from, std::string_view path, std::vector<Node>& found) {
  auto const [name, rest] = first_step(path);
  for (auto const child : from.children(name)) {
    if (rest.empty()) {
      found.push_back(child);
    } else {
      collect(child, rest, found);
    }
  }
}

Node first_at(Node from, std::string_view path) noexcept {
  auto const [name, rest] = first_step(path);
  for (auto const child : from.children(name)) {
    if (rest.empty()) return child;
    if (auto const found = first_at(child, rest)) return found;
  }
  return {};
}

/// `[2]` for the second of several siblings of one name; empty for the only one.
std::string position(pugi::xml_node node) {
  auto const name = local_part(node.name());
  std::size_t before = 0;
  for (auto s = node.previous_sibling(); s; s = s.previous_sibling()) {
    if (s.type() == pugi::node_element && local_part(s.name()) == name) ++before;
  }
  if (before == 0 && !element_from(node.next_sibling(), name)) return {};
  auto number = std::to_string(before + 1);
  number.insert(number.begin(), '[');
  number.push_back(']');
  return number;
}

/// The prefixes that are bound while a tree is walked, each with what its namespace was judged.
class Scope {
 public:
  explicit Scope(std::span<std::string_view const> kept) noexcept : kept_(kept) {}

  /// Goes into an element: its declarations hold from here to leave().
  void enter(pugi::xml_node element) {
    auto& declared = declared_.emplace_back();
    for (auto const attribute : element.attributes()) {
      auto const prefix = declared_prefix(attribute.name());
      if (!prefix) continue;
      bindings_[*prefix].push_back(is_kept(attribute.value()));
      declared.push_back(*prefix);
    }
  }

  void leave() {
    for (auto const prefix : declared_.back()) bindings_[prefix].pop_back();
    declared_.pop_back();
  }

  [[nodiscard]] bool keeps(std::string_view qualified_name) const {
    auto const found = bindings_.find(prefix_part(qualified_name));
    return found == bindings_.end() || found->second.empty() || found->second.back();
  }

 private:
  [[nodiscard]] bool is_kept(std::string_view uri) const noexcept {
    // xmlns="" takes a default namespace back.
    if (uri.empty()) return true;
    return std::ranges::any_of(kept_, [&](std::string_view entry) {
      if (entry.ends_with('*')) return uri.starts_with(entry.substr(0, entry.size() - 1));
      return uri == entry;
    });
  }

  std::span<std::string_view const> kept_;
  std::unordered_map<std::string_view, std::vector<bool>> bindings_;
  std::vector<std::vector<std::string_view>> declared_;
};

} // namespace

pugi::xml_node Node::handle() const noexcept {
  return pugi::xml_node(node_);
}

std::string_view Node::name() const noexcept {
  return local_part(handle().name());
}

std::string_view Node::namespace_uri() const noexcept {
  auto const prefix = prefix_part(handle().name());
  for (auto node = handle(); node; node = node.parent()) {
    for (auto const attribute : node.attributes()) {
      if (declared_prefix(attribute.name()) == prefix) return attribute.value();
    }
  }
  return {};
}

Node Node::parent() const noexcept {
  auto const parent = handle().parent();
  return parent.type() == pugi::node_element ? Node(parent.internal_object()) : Node();
}

Node Node::child() const noexcept {
  return child({});
}

Node Node::child(std::string_view name) const noexcept {
  return Node(element_from(handle().first_child(), name).internal_object());
}

Node Node::next() const noexcept {
  return Node(element_from(handle().next_sibling()).internal_object());
}

Children Node::children() const noexcept {
  return {child(), {}};
}

Children Node::children(std::string_view name) const noexcept {
  return {child(name), name};
}

std::vector<Node> Node::all(std::string_view path) const {
  std::vector<Node> found;
  collect(*this, path, found);
  return found;
}

Node Node::at(std::string_view path) const noexcept {
  return first_at(*this, path);
}

std::string_view Node::attribute(std::string_view name) const noexcept {
  for (auto const attribute : handle().attributes()) {
    std::string_view const written = attribute.name();
    if (local_part(written) == name && !declared_prefix(written)) return attribute.value();
  }
  return {};
}

std::string Node::text() const {
  std::string out;
  for (auto const node : handle().children()) {
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) out += node.value();
  }
  return out;
}

std::string Node::pointer() const {
  std::vector<std::string> steps;
  for (auto node = handle(); node.type() == pugi::node_element; node = node.parent()) {
    steps.push_back(std::string(local_part(node.name())).append(position(node)));
  }
  std::string out;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) out.append("/").append(*step);
  return out;
}

Children::Iterator& Children::Iterator::operator++() noexcept {
  do {
    node_ = node_.next();
  } while (node_ && !name_.empty() && node_.name() != name_);
  return *this;
}

Document::Document(std::unique_ptr<pugi::xml_document> document) : document_(std::move(document)) {}

Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

boost::system::result<Document, Finding> Document::parse(std::string_view bytes,
                                                         Limits const& limits, Keep keep) {
  auto const refuse = [](FindingCode code, std::string where = {}, std::string_view what = {}) {
    return Finding{.code = code, .where = std::move(where), .excerpt = excerpt(what)};
  };
  if (bytes.size() > limits.bytes) return refuse(FindingCode::too_large);
  auto const text = to_utf8(bytes);
  if (!text) return refuse(FindingCode::not_utf8);
  if (text->size() > limits.bytes) return refuse(FindingCode::too_large);
  auto const markup = static_cast<std::size_t>(std::ranges::count(*text, '<'));
  if (markup > limits.markup) return refuse(FindingCode::too_large);
  if (auto finding = check_references(*text)) return *finding;
  auto document = std::make_unique<pugi::xml_document>();
  constexpr unsigned everything =
      pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_comments | pugi::parse_pi;
  auto const parsed = document->load_buffer(
      text->data(), text->size(), keep == Keep::everything ? everything : pugi::parse_default,
      pugi::encoding_utf8);
  if (parsed.status == pugi::status_out_of_memory) throw std::bad_alloc();
  if (!parsed) {
    auto const offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0));
    return refuse(FindingCode::xml_malformed, line_and_column(*text, offset), parsed.description());
  }
  if (auto finding = check_tree(*document, limits)) return *finding;
  return Document(std::move(document));
}

Node Document::root() const noexcept {
  return Node(document_->document_element().internal_object());
}

void keep_only(Node top, std::span<std::string_view const> namespaces,
               std::string_view extension_mark) {
  Scope scope(namespaces);
  std::vector<pugi::xml_node> around;
  for (auto outer = top.parent(); outer; outer = outer.parent()) around.push_back(outer.handle());
  for (auto outer = around.rbegin(); outer != around.rend(); ++outer) scope.enter(*outer);
  std::vector<pugi::xml_node> foreign;
  walk(
      top.handle(),
      [&](pugi::xml_node element) {
        scope.enter(element);
        if (element == top.handle() || scope.keeps(element.name())) return true;
        if (!extension_mark.empty() &&
            !Node(element.internal_object()).attribute(extension_mark).empty()) {
          return true;
        }
        foreign.push_back(element);
        return false;
      },
      [&](pugi::xml_node) { scope.leave(); });
  for (auto const& element : foreign) element.parent().remove_child(element);
}

} // namespace terracat::formats::xml

#pragma once

#include <terracat/finding.hpp>

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pugi {
class xml_document;
class xml_node;
struct xml_node_struct;
} // namespace pugi

/// Untrusted XML: read within limits, walked without regard to prefixes. No external entity or
/// document type is ever resolved.
namespace terracat::formats::xml {

/// What a document may cost before it is refused.
struct Limits {
  std::size_t bytes = std::size_t{16} << 20;
  std::size_t markup = 2'000'000; ///< characters `<`, twice the number of elements
  std::size_t depth = 200;        ///< of nested elements
  std::size_t attributes = 256;   ///< of one element
};

/// What of a document is read.
enum class Keep : std::uint8_t {
  content,    ///< without comments, processing instructions, and blanks between elements
  everything, ///< for who writes it again
};

class Children;

/// An element, or none. Every question to none answers with nothing, so that a reader can go
/// through a document without checking each step. Valid as long as its Document is.
class Node {
 public:
  Node() noexcept = default;

  explicit Node(pugi::xml_node_struct* node) noexcept : node_(node) {}

  explicit operator bool() const noexcept { return node_ != nullptr; }

  /// Without the prefix.
  [[nodiscard]] std::string_view name() const noexcept;

  /// As declared in the document; empty if the element is in no namespace or the prefix undeclared.
  [[nodiscard]] std::string_view namespace_uri() const noexcept;

  [[nodiscard]] Node parent() const noexcept;

  /// The first child element, of any name or of this one.
  [[nodiscard]] Node child() const noexcept;
  [[nodiscard]] Node child(std::string_view name) const noexcept;

  /// The next element beside this one.
  [[nodiscard]] Node next() const noexcept;

  [[nodiscard]] Children children() const noexcept;
  [[nodiscard]] Children children(std::string_view name) const noexcept;

  /// Every element at the end of a path of names from here, in the order of the document;
  /// `*` stands for any name: `transferOptions/*/onLine`.
  [[nodiscard]] std::vector<Node> all(std::string_view path) const;

  /// The first of all(path).
  [[nodiscard]] Node at(std::string_view path) const noexcept;

  /// The value of the attribute of that name, whatever its prefix; empty if there is none.
  [[nodiscard]] std::string_view attribute(std::string_view name) const noexcept;

  /// The text directly within the element, CDATA sections included, as written.
  [[nodiscard]] std::string text() const;

  /// Where the element stands, from the root: `/MD_Metadata/identificationInfo/*[2]/extent`, with
  /// names instead of the star and a number where there are several of one name.
  [[nodiscard]] std::string pointer() const;

  /// The parser's own, for the .cpp files of this header.
  [[nodiscard]] pugi::xml_node handle() const noexcept;

  friend bool operator==(Node const&, Node const&) = default;

 private:
  pugi::xml_node_struct* node_ = nullptr;
};

/// The child elements of one element, all or those of one name.
class Children {
 public:
  class Iterator {
   public:
    using value_type = Node;
    using difference_type = std::ptrdiff_t;

    Iterator() noexcept = default;

    Iterator(Node node, std::string_view name) noexcept : node_(node), name_(name) {}

    Node operator*() const noexcept { return node_; }

    Iterator& operator++() noexcept;

    Iterator operator++(int) noexcept {
      auto const before = *this;
      ++*this;
      return before;
    }

    friend bool operator==(Iterator const& a, Iterator const& b) noexcept {
      return a.node_ == b.node_;
    }

   private:
    Node node_;
    std::string_view name_; ///< empty: any
  };

  Children(Node first, std::string_view name) noexcept : first_(first), name_(name) {}

  [[nodiscard]] Iterator begin() const noexcept { return {first_, name_}; }

  [[nodiscard]] static Iterator end() noexcept { return {}; }

  [[nodiscard]] bool empty() const noexcept { return !first_; }

 private:
  Node first_;
  std::string_view name_;
};

/// A parsed document that owns what its nodes point to.
class Document {
 public:
  /// Refuses what is beyond the limits, not in the encoding that it claims, not well-formed (also
  /// where the parser would forgive it), or whose text depends on an entity of its own.
  [[nodiscard]] static boost::system::result<Document, Finding>
  parse(std::string_view bytes, Limits const& limits = {}, Keep keep = Keep::content);

  Document(Document const&) = delete;
  Document& operator=(Document const&) = delete;
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  [[nodiscard]] Node root() const noexcept;

 private:
  explicit Document(std::unique_ptr<pugi::xml_document> document);

  std::unique_ptr<pugi::xml_document> document_;
};

/// Removes every element below `top`, with what is in it, whose namespace is declared and is none
/// of these, so that names alone tell the others apart. An entry that ends in `*` stands for all
/// that begin like it. Elements with the attribute `extension_mark`, by which a profile says what
/// it extends, stay. Nodes of the removed are invalid.
void keep_only(Node top, std::span<std::string_view const> namespaces,
               std::string_view extension_mark = {});

/// The element as an XML document of its own in UTF-8, with those namespace declarations of its
/// ancestors that it uses. The same element gives the same bytes, whatever stands around it.
[[nodiscard]] std::string standalone(Node element);

/// What a document says of its root, or of an element soon after it.
struct StartTag {
  std::string name;          ///< without prefix
  std::string namespace_uri; ///< as far as declared so far
  std::string written;       ///< everything between `<` and `>`
};

/// The first start tags of a document, without parsing it: cheap, and no proof of anything. A
/// document that begins like no XML has none.
[[nodiscard]] std::vector<StartTag> first_start_tags(std::string_view bytes, std::size_t count);

} // namespace terracat::formats::xml

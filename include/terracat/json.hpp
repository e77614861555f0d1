#pragma once

#include <terracat/geometry.hpp>
#include <terracat/problem.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace terracat::json {

/// What a text may cost before it is refused.
struct Limits {
  std::size_t bytes = std::size_t{64} << 20;
  std::size_t depth = 64;
  bool unique_names = false; ///< refuse an object that has a name twice; set it where people write
};

enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

class Members;
class Elements;

/// A place in a parsed text, valid as long as its Parser parses nothing else. Base of what is
/// handed out; the two words are simdjson's, whose header stays out of sight.
struct Place {
  void const* document = nullptr;
  std::size_t index = 0;

  friend bool operator==(Place const&, Place const&) = default;
};

/// One value of a parsed text. Asking it for what it is not gives nothing, so that a reader can go
/// through a text without checking each step.
class Value {
 public:
  explicit Value(Place place) noexcept : place_(place) {}

  [[nodiscard]] Kind kind() const noexcept;

  [[nodiscard]] bool is_null() const noexcept { return kind() == Kind::null; }

  [[nodiscard]] bool is_object() const noexcept { return kind() == Kind::object; }

  [[nodiscard]] bool is_array() const noexcept { return kind() == Kind::array; }

  [[nodiscard]] std::optional<bool> boolean() const noexcept;

  [[nodiscard]] std::optional<double> number() const noexcept;

  /// A number that was written without fraction and exponent and fits.
  [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;

  [[nodiscard]] std::optional<std::string_view> string() const noexcept;

  /// The member of an object; the first one, should the name occur twice.
  [[nodiscard]] std::optional<Value> member(std::string_view name) const noexcept;

  /// The member, if it is a string.
  [[nodiscard]] std::optional<std::string_view> string(std::string_view name) const noexcept;

  /// \return an empty range for anything but an object
  [[nodiscard]] Members members() const noexcept;

  /// \return an empty range for anything but an array
  [[nodiscard]] Elements elements() const noexcept;

  /// Number of members or elements; 0 for anything else.
  [[nodiscard]] std::size_t size() const noexcept;

  /// Appends the value as text without white space. Integers stay integers, other numbers get the
  /// shortest digits that read back as the same value.
  void append_to(std::string& out) const;

  [[nodiscard]] std::string text() const;

 private:
  Place place_;
};

struct Member {
  std::string_view name;
  Value value;
};

/// The members of an object in the order of the text.
class Members {
 public:
  class Iterator {
   public:
    Iterator(Place place) noexcept : place_(place) {} // NOLINT: made by the range only

    Member operator*() const noexcept;
    Iterator& operator++() noexcept;

    friend bool operator==(Iterator const&, Iterator const&) = default;

   private:
    Place place_;
  };

  Members(Place begin, Place end) noexcept : begin_(begin), end_(end) {}

  [[nodiscard]] Iterator begin() const noexcept { return begin_; }

  [[nodiscard]] Iterator end() const noexcept { return end_; }

 private:
  Iterator begin_;
  Iterator end_;
};

/// The elements of an array.
class Elements {
 public:
  class Iterator {
   public:
    Iterator(Place place) noexcept : place_(place) {} // NOLINT: made by the range only

    Value operator*() const noexcept { return Value(place_); }

    Iterator& operator++() noexcept;

    friend bool operator==(Iterator const&, Iterator const&) = default;

   private:
    Place place_;
  };

  Elements(Place begin, Place end) noexcept : begin_(begin), end_(end) {}

  [[nodiscard]] Iterator begin() const noexcept { return begin_; }

  [[nodiscard]] Iterator end() const noexcept { return end_; }

 private:
  Iterator begin_;
  Iterator end_;
};

/// Parses texts one after the other, reusing its memory. One thread at a time.
class Parser {
 public:
  explicit Parser(Limits limits = {});
  Parser(Parser const&) = delete;
  Parser& operator=(Parser const&) = delete;
  Parser(Parser&&) noexcept;
  Parser& operator=(Parser&&) noexcept;
  ~Parser();

  /// The text must be UTF-8 and nothing but one JSON value (RFC 8259).
  /// \return  invalid_body with the position of the first fault; the former value is gone either
  /// way
  [[nodiscard]] Result<Value> parse(std::string_view text);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// One parsed text that owns what its values point to.
class Document {
 public:
  [[nodiscard]] static Result<Document> parse(std::string_view text, Limits limits = {});

  [[nodiscard]] Value root() const noexcept { return root_; }

 private:
  Document(Parser parser, Value root) : parser_(std::move(parser)), root_(root) {}

  Parser parser_;
  Value root_;
};

/// Writes one JSON text. Names and values must alternate inside objects, as the grammar asks; a
/// mistake is an assertion, for it is ours. Text that is not UTF-8 is written with U+FFFD in the
/// place of each bad byte.
class Writer {
 public:
  Writer();
  Writer(Writer const&) = delete;
  Writer& operator=(Writer const&) = delete;
  Writer(Writer&&) noexcept;
  Writer& operator=(Writer&&) noexcept;
  ~Writer();

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();

  Writer& name(std::string_view name);
  Writer& null();
  Writer& boolean(bool value);
  Writer& integer(std::int64_t value);
  /// The shortest digits that read back as the same value; null for what JSON cannot say.
  Writer& number(double value);
  Writer& string(std::string_view value);
  /// A value that is JSON already.
  Writer& raw(std::string_view json);
  /// A value of a parsed text.
  Writer& value(Value const& value);

  /// A whole member. Nothing is written for an empty string: what is not there is absent.
  Writer& member(std::string_view name, std::string_view value);

  /// The text so far; the writer is empty afterwards.
  [[nodiscard]] std::string take();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// True for valid UTF-8 (RFC 3629).
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// `text` with quotes and escapes.
[[nodiscard]] std::string quoted(std::string_view text);

/// Reads a GeoJSON geometry object (RFC 7946 3.1), any type.
/// \param positions  how many positions are accepted at most
/// \return  invalid_parameter with a JSON pointer below the geometry
[[nodiscard]] Result<model::RawGeometry> read_geometry(Value const& geometry,
                                                       std::size_t positions = 1'000'000);

/// Writes a GeoJSON geometry object.
void write_geometry(Writer& out, model::RawGeometry const& geometry);

} // namespace terracat::json

#include "json/rapidjson_settings.hpp"

#include <terracat/json.hpp>

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <simdjson.h>
#include <unicode/utf8.h>

#include <cmath>

namespace terracat::json {
namespace {

using Encoding = rapidjson::UTF8<>;
using RapidBuffer = rapidjson::GenericStringBuffer<Encoding, ThrowingAllocator>;
using RapidWriter = rapidjson::Writer<RapidBuffer, Encoding, Encoding, ThrowingAllocator>;

std::string with_replacements(std::string_view text) {
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  auto const* const bytes = reinterpret_cast<std::uint8_t const*>(text.data());
  auto const length = static_cast<std::int32_t>(text.size());
  std::string out;
  for (std::int32_t i = 0; i < length;) {
    auto const start = i;
    UChar32 point = 0;
    U8_NEXT(bytes, i, length, point);
    auto const taken =
        text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(i - start));
    out += point < 0 ? replacement : taken;
  }
  return out;
}

void write_string(RapidWriter& writer, std::string_view text) {
  if (is_utf8(text)) {
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  } else {
    writer.String(with_replacements(text));
  }
}

} // namespace

struct Writer::Implementation {
  RapidBuffer buffer;
  RapidWriter writer{buffer};
};

Writer::Writer() : implementation_(std::make_unique<Implementation>()) {}

Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;
Writer::~Writer() = default;

Writer& Writer::begin_object() {
  implementation_->writer.StartObject();
  return *this;
}

Writer& Writer::end_object() {
  implementation_->writer.EndObject();
  return *this;
}

Writer& Writer::begin_array() {
  implementation_->writer.StartArray();
  return *this;
}

Writer& Writer::end_array() {
  implementation_->writer.EndArray();
  return *this;
}

Writer& Writer::name(std::string_view name) {
  write_string(implementation_->writer, name);
  return *this;
}

Writer& Writer::null() {
  implementation_->writer.Null();
  return *this;
}

Writer& Writer::boolean(bool value) {
  implementation_->writer.Bool(value);
  return *this;
}

Writer& Writer::integer(std::int64_t value) {
  implementation_->writer.Int64(value);
  return *this;
}

Writer& Writer::number(double value) {
  constexpr double exact = 9'007'199'254'740'992; // 2^53: whole numbers up to here need no fraction
  if (!std::isfinite(value)) return null();
  if (value == std::trunc(value) && std::abs(value) < exact) {
    return integer(static_cast<std::int64_t>(value));
  }
  implementation_->writer.Double(value);
  return *this;
}

Writer& Writer::string(std::string_view value) {
  write_string(implementation_->writer, value);
  return *this;
}

Writer& Writer::raw(std::string_view json) {
  implementation_->writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
  return *this;
}

Writer& Writer::value(Value const& value) {
  return raw(value.text());
}

Writer& Writer::member(std::string_view name, std::string_view value) {
  return value.empty() ? *this : this->name(name).string(value);
}

std::string Writer::take() {
  std::string out(implementation_->buffer.GetString(), implementation_->buffer.GetSize());
  implementation_->buffer.Clear();
  implementation_->writer.Reset(implementation_->buffer);
  return out;
}

bool is_utf8(std::string_view text) noexcept {
  return simdjson::validate_utf8(text.data(), text.size());
}

std::string quoted(std::string_view text) {
  return Writer().string(text).take();
}

} // namespace terracat::json

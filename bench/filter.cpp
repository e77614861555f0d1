#include "filter.hpp"

#include <algorithm>

namespace terracat::bench {
namespace {

std::string number(double value) {
  std::string out;
  append_number(out, value, 4);
  return out;
}

std::string joined(std::vector<Filter> const& parts, std::string Filter::*spelling,
                   std::string_view between) {
  std::string out;
  for (auto const& part : parts) {
    if (!out.empty()) out += between;
    out += part.*spelling;
  }
  return out;
}

std::string operation(std::string_view name, std::vector<Filter> const& arguments) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return R"({"op":")" + lower + R"(","args":[)" + joined(arguments, &Filter::json, ",") + "]}";
}

} // namespace

Filter property(std::string_view name) {
  return {.text = std::string(name), .json = R"({"property":")" + std::string(name) + "\"}"};
}

Filter literal(std::string_view value) {
  return {.text = "'" + std::string(value) + "'", .json = '"' + std::string(value) + '"'};
}

Filter literal(double value) {
  return {.text = number(value), .json = number(value)};
}

Filter polygon(Ring const& ring) {
  Filter out{.text = "POLYGON((", .json = R"({"type":"Polygon","coordinates":[)"};
  for (std::size_t i = 0; i <= ring.size(); ++i) {
    auto const& [longitude, latitude] = ring[i % ring.size()];
    if (i > 0) out.text += ',';
    append_number(out.text, longitude);
    out.text += ' ';
    append_number(out.text, latitude);
  }
  out.text += "))";
  append_ring(out.json, ring);
  out.json += "]}";
  return out;
}

Filter interval(std::string_view first, std::string_view last) {
  std::vector const ends{literal(first), literal(last)};
  return {.text = "INTERVAL(" + joined(ends, &Filter::text, ",") + ')',
          .json = R"({"interval":[)" + joined(ends, &Filter::json, ",") + "]}"};
}

Filter infix(std::string_view name, std::vector<Filter> const& parts) {
  auto const between = ' ' + std::string(name) + ' ';
  return {.text = '(' + joined(parts, &Filter::text, between) + ')',
          .json = operation(name, parts)};
}

Filter call(std::string_view name, std::vector<Filter> const& parts) {
  return {.text = std::string(name) + '(' + joined(parts, &Filter::text, ",") + ')',
          .json = operation(name, parts)};
}

Filter is_one_of(Filter const& value, std::vector<Filter> const& values) {
  return {.text = value.text + " IN (" + joined(values, &Filter::text, ",") + ')',
          .json = R"({"op":"in","args":[)" + value.json + ",[" +
                  joined(values, &Filter::json, ",") + "]]}"};
}

Filter is_between(Filter const& value, Filter const& least, Filter const& most) {
  return {.text = value.text + " BETWEEN " + least.text + " AND " + most.text,
          .json = operation("between", {value, least, most})};
}

Filter is_null(Filter const& value) {
  return {.text = value.text + " IS NULL",
          .json = R"({"op":"isNull","args":[)" + value.json + "]}"};
}

std::string escaped(std::string_view text) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                     "0123456789-._~";
  std::string out;
  for (auto const letter : text) {
    if (plain.find(letter) != plain.npos) {
      out += letter;
    } else {
      auto const byte = static_cast<unsigned char>(letter);
      out += {'%', "0123456789ABCDEF"[byte / 16], "0123456789ABCDEF"[byte % 16]};
    }
  }
  return out;
}

} // namespace terracat::bench

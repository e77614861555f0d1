#include "config/describe.hpp"
#include "config/load.hpp"

#include <terracat/json.hpp>
#include <terracat/link.hpp>
#include <terracat/text.hpp>

namespace terracat::config {
namespace {

/// TOML basic strings escape as JSON does, but for the slash, which JSON need not escape. Whatever
/// is an address is masked: what is printed may be shown to others.
std::string toml_text(std::string_view text) {
  return json::quoted(model::masked(text));
}

/// The options of a source are JSON; an inline table of TOML says the same.
void append_toml(json::Value const& value, std::string& out) {
  auto const separator = [&](bool& is_first) {
    if (!is_first) out += ", ";
    is_first = false;
  };
  bool is_first = true;
  switch (value.kind()) {
  case json::Kind::object:
    out += "{";
    for (auto const [name, member] : value.members()) {
      separator(is_first);
      out += json::quoted(name) + " = ";
      append_toml(member, out);
    }
    out += "}";
    break;
  case json::Kind::array:
    out += "[";
    for (auto const element : value.elements()) {
      separator(is_first);
      append_toml(element, out);
    }
    out += "]";
    break;
  case json::Kind::string:
    out += toml_text(*value.string());
    break;
  default:
    value.append_to(out);
  }
}

/// Writes TOML, each key with its sentence as a comment.
class Printer {
 public:
  template<class Settings>
  void table(std::string_view name, Settings& settings, std::string_view sentence) {
    section("[" + std::string(name) + "]", sentence);
    describe(*this, settings);
  }

  template<class Settings>
  void tables(std::string_view name, std::vector<Settings>& list, std::string_view sentence) {
    for (auto& settings : list) {
      section("[[" + std::string(name) + "]]", sentence);
      describe(*this, settings);
    }
  }

  void value(std::string_view name, std::string const& member, Effect effect,
             std::string_view sentence) {
    line(name, toml_text(member), explained(sentence, effect));
  }

  /// What stands for it is too short to be one.
  void secret(std::string_view name, std::string const& member, Effect effect,
              std::string_view sentence) {
    value(name, member.empty() ? std::string() : "(hidden)", effect, sentence);
  }

  void value(std::string_view name, bool member, Effect effect, std::string_view sentence) {
    line(name, member ? "true" : "false", explained(sentence, effect));
  }

  void value(std::string_view name, std::vector<std::string> const& member, Effect effect,
             std::string_view sentence) {
    line(name, "[" + listed(member, toml_text) + "]", explained(sentence, effect));
  }

  void number(std::string_view name, std::uint32_t member, Effect effect, std::int64_t,
              std::int64_t, std::string_view sentence) {
    line(name, std::to_string(member), explained(sentence, effect));
  }

  template<class Rep, class Period>
  void number(std::string_view name, std::chrono::duration<Rep, Period> member, Effect effect,
              std::int64_t, std::int64_t, std::string_view sentence) {
    line(name, std::to_string(member.count()), explained(sentence, effect));
  }

  void json(std::string_view name, std::string const& member, Effect effect,
            std::string_view sentence) {
    std::string out;
    append_toml(json::Document::parse(member).value().root(), out);
    line(name, out, explained(sentence, effect));
  }

  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void section(std::string const& header, std::string_view sentence) {
    out_ += out_.empty() ? "" : "\n";
    out_ += "# " + std::string(sentence) + "\n" + header + "\n";
  }

  void line(std::string_view name, std::string const& text, std::string_view sentence) {
    out_ += "# " + std::string(sentence) + "\n" + std::string(name) + " = " + text + "\n";
  }

  std::string out_;
};

/// Writes JSON Schema: the members of one object.
class SchemaWriter {
 public:
  explicit SchemaWriter(json::Writer& out) : out_(out) {}

  template<class Settings>
  void table(std::string_view name, Settings& settings, std::string_view sentence) {
    open(name, sentence);
    write_object(settings);
    out_.end_object();
  }

  template<class Settings>
  void tables(std::string_view name, std::vector<Settings>&, std::string_view sentence) {
    open(name, sentence);
    out_.name("type").string("array").name("items").begin_object();
    Settings defaults;
    write_object(defaults);
    out_.end_object().end_object();
  }

  void value(std::string_view name, std::string const& member, Effect effect,
             std::string_view sentence) {
    open(name, explained(sentence, effect));
    out_.name("type").string("string").name("default").string(member).end_object();
  }

  void secret(std::string_view name, std::string const& member, Effect effect,
              std::string_view sentence) {
    value(name, member, effect, sentence);
  }

  void value(std::string_view name, bool member, Effect effect, std::string_view sentence) {
    open(name, explained(sentence, effect));
    out_.name("type").string("boolean").name("default").boolean(member).end_object();
  }

  void value(std::string_view name, std::vector<std::string> const& member, Effect effect,
             std::string_view sentence) {
    open(name, explained(sentence, effect));
    out_.name("type").string("array").name("items").begin_object();
    out_.name("type").string("string").end_object().name("default").begin_array();
    for (auto const& one : member) out_.string(one);
    out_.end_array().end_object();
  }

  void number(std::string_view name, std::uint32_t member, Effect effect, std::int64_t least,
              std::int64_t most, std::string_view sentence) {
    integer(name, member, least, most, explained(sentence, effect));
  }

  template<class Rep, class Period>
  void number(std::string_view name, std::chrono::duration<Rep, Period> member, Effect effect,
              std::int64_t least, std::int64_t most, std::string_view sentence) {
    integer(name, member.count(), least, most, explained(sentence, effect));
  }

  void json(std::string_view name, std::string const&, Effect effect, std::string_view sentence) {
    open(name, explained(sentence, effect));
    out_.name("type").string("object").end_object();
  }

  template<class Settings>
  void write_object(Settings& settings) {
    out_.name("type").string("object").name("additionalProperties").boolean(false);
    out_.name("properties").begin_object();
    describe(*this, settings);
    out_.end_object();
  }

 private:
  void open(std::string_view name, std::string_view sentence) {
    out_.name(name).begin_object().name("description").string(sentence);
  }

  void integer(std::string_view name, std::int64_t standard, std::int64_t least, std::int64_t most,
               std::string_view sentence) {
    open(name, sentence);
    out_.name("type").string("integer").name("minimum").integer(least);
    out_.name("maximum").integer(most).name("default").integer(standard).end_object();
  }

  json::Writer& out_;
};

} // namespace

std::string to_toml(Config const& config) {
  Printer printer;
  auto copy = config; // describe() hands out members that a visitor may change
  describe(printer, copy);
  return printer.take();
}

std::string schema() {
  json::Writer out;
  out.begin_object().name("$schema").string("http://json-schema.org/draft-07/schema#");
  out.name("title").string("Configuration of terracat");
  Config defaults;
  SchemaWriter(out).write_object(defaults);
  out.end_object();
  return out.take();
}

} // namespace terracat::config

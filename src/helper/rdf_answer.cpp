#include "helper/rdf_answer.hpp"

#include "helper/raptor.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <unordered_map>

namespace terracat::helper {
namespace {

using rdf::Graph;
using rdf::Syntax;
using rdf::Term;
using rdf::TermKind;

/// The names of raptor2's parsers, by syntax.
constexpr std::array<char const*, 3> parser_names{"rdfxml", "turtle", "ntriples"};

unsigned char const* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<unsigned char const*>(text.data()); // NOLINT: as raptor2 has it
}

std::string text_of(unsigned char const* bytes, std::size_t length) {
  return {reinterpret_cast<char const*>(bytes), length}; // NOLINT: as raptor2 has it
}

/// The line of a document, counted from 1, for a report.
std::string_view line_of(std::string_view document, int number) {
  for (; number > 1; --number) {
    auto const end = document.find('\n');
    if (end == std::string_view::npos) return {};
    document.remove_prefix(end + 1);
  }
  return document.substr(0, document.find('\n'));
}

/// A graph in the making. raptor2 hands it one statement after another.
class Collector {
 public:
  Collector(raptor::Library const& library, RdfReader::Bounds const& bounds)
      : library_(library), bounds_(bounds) {}

  void add(raptor::Statement const& statement) {
    if (is_full_) return;
    auto const subject = number_of(*statement.subject);
    auto const predicate = number_of(*statement.predicate);
    auto const object = number_of(*statement.object);
    graph_.triples.push_back({.subject = subject, .predicate = predicate, .object = object});
    is_full_ = graph_.triples.size() > bounds_.triples || bytes_ > bounds_.bytes;
  }

  [[nodiscard]] bool is_full() const noexcept { return is_full_; }

  [[nodiscard]] Graph take() { return std::move(graph_); }

 private:
  [[nodiscard]] std::string text_of_uri(raptor::Uri* uri) const {
    if (uri == nullptr) return {};
    std::size_t length = 0;
    auto const* const bytes = library_->uri_as_counted_string(uri, &length);
    return text_of(bytes, length);
  }

  [[nodiscard]] Term term_of(raptor::Term const& term) const {
    auto const& value = term.value; // NOLINTBEGIN: the type says which member of the union it is
    if (term.type == raptor::TermType::uri) {
      return {.kind = TermKind::iri, .text = text_of_uri(value.uri)};
    }
    if (term.type == raptor::TermType::blank) {
      return {.kind = TermKind::blank,
              .text = text_of(value.blank.string, value.blank.string_length)};
    }
    auto const& literal = value.literal; // NOLINTEND
    Term out{.kind = TermKind::literal, .text = text_of(literal.string, literal.string_length)};
    if (literal.language != nullptr) {
      out.language = text_of(literal.language, literal.language_length);
    }
    out.datatype = text_of_uri(literal.datatype);
    return out;
  }

  std::uint32_t number_of(raptor::Term const& written) {
    auto term = term_of(written);
    auto key = std::to_string(static_cast<int>(term.kind)) + term.language + '\0' + term.datatype +
               '\0' + term.text;
    auto const next = static_cast<std::uint32_t>(graph_.terms.size());
    auto const [place, is_new] = numbers_.try_emplace(std::move(key), next);
    if (is_new) {
      // Its own name may be one that raptor2 made up, which goes by what was read before.
      if (term.kind == TermKind::blank) term.text = "b" + std::to_string(++blanks_);
      bytes_ += term.text.size() + term.language.size() + term.datatype.size();
      graph_.terms.push_back(std::move(term));
    }
    return place->second;
  }

  raptor::Library const& library_;
  RdfReader::Bounds const& bounds_;
  Graph graph_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::size_t bytes_ = 0;
  std::size_t blanks_ = 0;
  bool is_full_ = false;
};

} // namespace

class RdfReader::Implementation {
 public:
  explicit Implementation(Bounds bounds)
      : bounds_(bounds),
        world_(library_->new_world_internal(raptor::version), library_->free_world) {
    if (world_ == nullptr) fail();
    library_->world_set_flag(world_.get(), raptor::WorldFlag::www_skip_init_finish, 1);
    if (library_->world_open(world_.get()) != 0) fail();
    library_->world_set_log_handler(world_.get(), this, &Implementation::hear);
  }

  [[nodiscard]] Bounds const& bounds() const noexcept { return bounds_; }

  GraphOrFinding parse(RdfRequest const& request) {
    lines_.clear();
    auto const* const kind = parser_names.at(static_cast<std::size_t>(request.syntax));
    Holder<raptor::Parser> const parser(library_->new_parser(world_.get(), kind),
                                        library_->free_parser);
    Holder<raptor::Uri> const base(
        library_->new_uri(world_.get(), bytes_of(std::string(request.base))), library_->free_uri);
    if (parser == nullptr || base == nullptr) {
      return Finding{.code = FindingCode::rdf_malformed, .where = {}, .excerpt = "the base"};
    }
    parser_ = parser.get();
    prepare();
    Collector collector(library_, bounds_);
    library_->parser_set_statement_handler(parser_, &collector,
                                           [](void* user, raptor::Statement* statement) {
                                             static_cast<Collector*>(user)->add(*statement);
                                           });
    bool const is_read =
        library_->parser_parse_start(parser_, base.get()) == 0 && feed(request.document, collector);
    if (collector.is_full()) {
      return Finding{.code = FindingCode::too_large, .where = {}, .excerpt = {}};
    }
    // Of RDF/XML it passes over what is not allowed and goes on, and people meant something by it;
    // of the others it passes over the rest.
    if (!is_read || (!lines_.empty() && request.syntax != Syntax::rdf_xml)) {
      auto refusal = oddity(request, lines_.empty() ? 0 : lines_.front());
      refusal.code = FindingCode::rdf_malformed;
      return refusal;
    }
    auto graph = collector.take();
    for (auto const line : lines_) graph.oddities.push_back(oddity(request, line));
    return graph;
  }

 private:
  template<class Thing>
  using Holder = std::unique_ptr<Thing, void (*)(Thing*)>;

  [[noreturn]] static void fail() {
    throw std::system_error(ELIBBAD, std::generic_category(), "raptor2");
  }

  void prepare() const {
    library_->parser_set_option(parser_, raptor::Option::no_net, nullptr, 1);
    library_->parser_set_option(parser_, raptor::Option::no_file, nullptr, 1);
    library_->parser_set_option(parser_, raptor::Option::load_external_entities, nullptr, 0);
  }

  /// Keeps the line of a complaint; 0 where there is none. What only worries it is passed over.
  static void hear(void* user, raptor::LogMessage* message) {
    auto& self = *static_cast<Implementation*>(user);
    constexpr std::size_t most = 20;
    if (message->level < raptor::LogLevel::error || self.lines_.size() == most) return;
    auto const* locator = message->locator;
    if (locator == nullptr) locator = self.library_->parser_get_locator(self.parser_);
    self.lines_.push_back(locator == nullptr ? 0 : std::max(locator->line, 0));
  }

  /// In pieces, so that a graph that is full ends the reading.
  [[nodiscard]] bool feed(std::string_view document, Collector const& collector) const {
    constexpr std::size_t piece = std::size_t{64} << 10;
    do {
      auto const next = document.substr(0, piece);
      document.remove_prefix(next.size());
      bool const is_end = document.empty();
      if (library_->parser_parse_chunk(parser_, bytes_of(next), next.size(), is_end ? 1 : 0) != 0) {
        return false;
      }
      if (collector.is_full()) {
        library_->parser_parse_abort(parser_);
        return true;
      }
    } while (!document.empty());
    return true;
  }

  [[nodiscard]] static Finding oddity(RdfRequest const& request, int line) {
    Finding finding{.code = FindingCode::rdf_repaired, .where = {}, .excerpt = {}};
    if (line == 0) return finding;
    finding.where = "line " + std::to_string(line);
    finding.excerpt = excerpt(line_of(request.document, line));
    return finding;
  }

  Bounds bounds_;
  raptor::Library library_;
  std::unique_ptr<raptor::World, void (*)(raptor::World*)> world_;
  raptor::Parser* parser_ = nullptr; ///< of the document that is being read
  std::vector<int> lines_;           ///< that it complained of
};

RdfReader::RdfReader() : RdfReader(Bounds()) {}

RdfReader::RdfReader(Bounds bounds) : implementation_(std::make_unique<Implementation>(bounds)) {
  constexpr std::string_view xml =
      R"(<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:Bag/></r:RDF>)";
  for (auto const& [syntax, document] :
       {std::pair(Syntax::rdf_xml, xml), std::pair(Syntax::turtle, std::string_view("<a> a <b> .")),
        std::pair(Syntax::n_triples, std::string_view("<a:a> <a:b> <a:c> .\n"))}) {
    static_cast<void>(read({.syntax = syntax, .base = rdf::no_base, .document = document}));
  }
}

RdfReader::RdfReader(RdfReader&&) noexcept = default;
RdfReader& RdfReader::operator=(RdfReader&&) noexcept = default;
RdfReader::~RdfReader() = default;

GraphOrFinding RdfReader::read(RdfRequest const& request) {
  auto refused = scan_rdf(request.document, request.syntax, implementation_->bounds().document);
  if (refused) return std::move(*refused);
  if (request.syntax != Syntax::rdf_xml) return parse(request);
  auto const text = without_declaration(request.document);
  return parse({.syntax = request.syntax, .base = request.base, .document = text});
}

GraphOrFinding RdfReader::parse(RdfRequest const& request) {
  return implementation_->parse(request);
}

Answer make_rdf_answer() {
  auto const reader = std::make_shared<RdfReader>(); // a std::function is copied
  return [reader](std::string_view request) {
    auto const read = from_request(request);
    if (!read) {
      return to_answer(Finding{.code = FindingCode::rdf_malformed, .where = {}, .excerpt = {}});
    }
    return to_answer(reader->read(*read));
  };
}

} // namespace terracat::helper

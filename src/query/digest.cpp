#include "query/digest.hpp"

#include "query/functions.hpp"

#include <xxhash.h>

#include <bit>
#include <new>

namespace terracat::query {

struct Digest::State {
  State() {
    if (!hash) throw std::bad_alloc();
  }

  struct Deleter {
    void operator()(XXH3_state_t* state) const noexcept { XXH3_freeState(state); }
  };

  std::unique_ptr<XXH3_state_t, Deleter> hash{XXH3_createState()};
};

namespace {

/// Adds what a condition says; the kind of the condition has been added before.
struct AddCondition {
  Digest& out;

  void add(Property const& property) const {
    out.add(static_cast<std::uint64_t>(property.place)).add(property.name);
    out.add(static_cast<std::uint64_t>(property.type));
    add(property.only_in);
  }

  void add(std::vector<RecordNumber> const& numbers) const {
    out.add(std::uint64_t{numbers.size()});
    for (auto const number : numbers) out.add(static_cast<std::uint64_t>(number));
  }

  void add(std::vector<Scalar> const& values) const {
    out.add(std::uint64_t{values.size()});
    for (auto const& value : values) add(value);
  }

  void add(Scalar const& scalar) const {
    out.add(std::uint64_t{scalar.index()});
    if (auto const* const flag = std::get_if<bool>(&scalar)) out.add(std::uint64_t{*flag});
    if (auto const* const number = std::get_if<double>(&scalar)) out.add(*number);
    if (auto const* const text = std::get_if<std::string>(&scalar))
      out.add(std::string_view(*text));
    if (auto const* const time = std::get_if<model::Instant>(&scalar)) {
      out.add(std::bit_cast<std::uint64_t>(time->milliseconds()));
    }
  }

  void add(model::Bound const& bound) const {
    auto const at = bound.earliest();
    out.add(std::uint64_t{at ? 2U : bound.is_open() ? 1U : 0U});
    out.add(at ? std::bit_cast<std::uint64_t>(at->milliseconds()) : 0);
    out.add(static_cast<std::uint64_t>(bound.precision()));
  }

  void operator()(Always const&) const {}

  void operator()(Compare const& compare) const {
    add(compare.property);
    out.add(static_cast<std::uint64_t>(compare.comparison));
    add(compare.value);
  }

  void operator()(In const& in) const {
    add(in.property);
    add(in.values);
  }

  void operator()(IsNull const& is_null) const { add(is_null.property); }

  void operator()(Like const& like) const {
    add(like.property);
    out.add(std::string_view(like.pattern));
  }

  void operator()(ListCompare const& compare) const {
    add(compare.property);
    out.add(static_cast<std::uint64_t>(compare.comparison));
    add(compare.values);
  }

  void operator()(Intersects const& intersects) const {
    out.add(std::string_view(intersects.geometry.wkb()));
  }

  void operator()(HeightsMeet const& meet) const {
    out.add(meet.range.lowest).add(meet.range.highest);
  }

  void operator()(PeriodMeets const& meets) const {
    add(meets.interval.start());
    add(meets.interval.end());
  }

  void operator()(HasId const& has) const {
    out.add(std::uint64_t{has.ids.size()});
    for (auto const& id : has.ids) out.add(std::string_view(id));
  }

  void operator()(InCollections const& in) const { add(in.collections); }

  void operator()(Holds const& holds) const { add(holds.term); }

  void add(Term const& term) const {
    out.add(std::uint64_t{term.node.index()});
    std::visit(*this, term.node);
  }

  void operator()(Scalar const& scalar) const { add(scalar); }

  void operator()(model::Bound const& bound) const { add(bound); }

  void operator()(model::Geometry const& geometry) const {
    out.add(std::string_view(geometry.wkb()));
  }

  void operator()(Term::Read const& read) const {
    out.add(std::uint64_t{read.as.size()});
    for (auto const& property : read.as) add(property);
  }

  void operator()(Term::Footprint const&) const {}

  void operator()(Term::Call const& call) const {
    out.add(call.function->name).add(std::uint64_t{call.arguments.size()});
    for (auto const& argument : call.arguments) add(argument);
  }

  void operator()(And const& all) const { add(all.of); }

  void operator()(Or const& any) const { add(any.of); }

  void operator()(Not const& none) const { add(none.of); }

  void add(std::vector<Expression> const& operands) const {
    out.add(std::uint64_t{operands.size()});
    for (auto const& operand : operands) out.add(operand);
  }
};

} // namespace

Digest::Digest() : state_(std::make_unique<State>()) {
  XXH3_64bits_reset(state_->hash.get());
}

Digest::~Digest() = default;

Digest& Digest::add(std::string_view text) {
  add(std::uint64_t{text.size()});
  XXH3_64bits_update(state_->hash.get(), text.data(), text.size());
  return *this;
}

Digest& Digest::add(std::uint64_t number) {
  XXH3_64bits_update(state_->hash.get(), &number, sizeof number);
  return *this;
}

Digest& Digest::add(double number) {
  return add(std::bit_cast<std::uint64_t>(number));
}

Digest& Digest::add(Expression const& expression) {
  add(std::uint64_t{expression.node.index()});
  std::visit(AddCondition{*this}, expression.node);
  return *this;
}

std::uint64_t Digest::value() const noexcept {
  return XXH3_64bits_digest(state_->hash.get());
}

std::uint64_t digest_of(std::string_view text) noexcept {
  return XXH3_64bits(text.data(), text.size());
}

} // namespace terracat::query

#include "query/filter.hpp"

#include "geometry/normalise.hpp"
#include "query/literal.hpp"

#include <algorithm>
#include <array>

namespace terracat::query {
namespace {

struct ComparisonName {
  std::string_view name;
  Comparison comparison;
  Comparison mirrored; ///< with the two sides exchanged
};

constexpr std::array comparisons{
    ComparisonName{"=", Comparison::equal, Comparison::equal},
    ComparisonName{"<>", Comparison::not_equal, Comparison::not_equal},
    ComparisonName{"<", Comparison::less, Comparison::greater},
    ComparisonName{"<=", Comparison::less_equal, Comparison::greater_equal},
    ComparisonName{">", Comparison::greater, Comparison::less},
    ComparisonName{">=", Comparison::greater_equal, Comparison::less_equal},
};

class FilterReader;
using Read = Result<Expression> (FilterReader::*)(json::Value const&, std::string const&);

/// One filter; counts what it reads, so that size and depth stay within bounds.
class FilterReader {
 public:
  FilterReader(Queryables const& queryables, FilterLimits limits)
      : queryables_(queryables), limits_(limits) {}

  Result<Expression> read(json::Value const& filter, std::string const& where) {
    if (++nodes_ > limits_.nodes) return too_many_parts(where);
    if (++depth_ > limits_.depth) {
      return refuse("the filter is nested more than " + std::to_string(limits_.depth) + " deep",
                    where);
    }
    auto made = read_node(filter, where);
    --depth_;
    return made;
  }

 private:
  Result<Expression> read_node(json::Value const& filter, std::string const& where) {
    if (auto const constant = filter.boolean()) {
      if (*constant) return Expression{Always{}};
      return Expression{Not{{Expression{Always{}}}}};
    }
    auto const op = filter.string("op");
    auto const args = filter.member("args");
    if (!op || !args || !args->is_array()) {
      return refuse("expected an object with 'op' and an array 'args'", where);
    }
    auto const* const comparison = std::ranges::find(comparisons, *op, &ComparisonName::name);
    auto const at = where + "/args";
    if (comparison != comparisons.end()) return read_comparison(*comparison, *args, at);
    auto const* const row = std::ranges::find(readers, *op, &Reader::name);
    if (row != readers.end()) return (this->*row->read)(*args, at);
    return refuse("'" + std::string(op->substr(0, 50)) + "' is no operator here; there are " +
                      known_operators(),
                  where + "/op");
  }

  static std::string known_operators() {
    std::string names;
    auto const add = [&](std::string_view name) {
      names += (names.empty() ? "" : ", ") + std::string(name);
    };
    for (auto const& row : comparisons) add(row.name);
    for (auto const& row : readers) add(row.name);
    return names;
  }

  Result<Expression> read_and(json::Value const& args, std::string const& where) {
    auto operands = read_all(args, where, 2);
    if (!operands) return operands.error();
    return Expression{And{std::move(*operands)}};
  }

  Result<Expression> read_or(json::Value const& args, std::string const& where) {
    auto operands = read_all(args, where, 2);
    if (!operands) return operands.error();
    return Expression{Or{std::move(*operands)}};
  }

  Result<Expression> read_not(json::Value const& args, std::string const& where) {
    if (args.size() != 1) return refuse("'not' takes one argument", where);
    auto operands = read_all(args, where, 1);
    if (!operands) return operands.error();
    return Expression{Not{std::move(*operands)}};
  }

  Result<std::vector<Expression>> read_all(json::Value const& args, std::string const& where,
                                           std::size_t least) {
    if (args.size() < least) return refuse("too few arguments", where);
    std::vector<Expression> out;
    for (auto const operand : args.elements()) {
      auto made = read(operand, where + "/" + std::to_string(out.size()));
      if (!made) return made.error();
      out.push_back(std::move(*made));
    }
    return out;
  }

  Result<Expression> read_comparison(ComparisonName const& row, json::Value const& args,
                                     std::string const& where) {
    if (args.size() != 2) return refuse("a comparison takes two arguments", where);
    auto const first = *args.elements().begin();
    auto const second = *++args.elements().begin();
    bool const mirrored = !first.member("property");
    if (first.member("property") && second.member("property")) {
      return refuse("a property is compared with a literal here, not with another property", where);
    }
    auto const queryable =
        read_property(mirrored ? second : first, where + (mirrored ? "/1" : "/0"));
    if (!queryable) return queryable.error();
    auto const& value = mirrored ? first : second;
    auto const comparison = mirrored ? row.mirrored : row.comparison;
    return for_each_type(**queryable, value, where + (mirrored ? "/0" : "/1"),
                         [&](Property const& property) -> std::optional<Expression> {
                           auto const read = literal(value, property.type);
                           if (!read) return std::nullopt;
                           return Expression{Compare{property, comparison, *read}};
                         });
  }

  Result<Expression> read_between(json::Value const& args, std::string const& where) {
    if (args.size() != 3) return refuse("'between' takes a property and two values", where);
    auto operand = args.elements().begin();
    auto const queryable = read_property(*operand, where + "/0");
    if (!queryable) return queryable.error();
    auto const low = *++operand;
    auto const high = *++operand;
    return for_each_type(
        **queryable, args, where, [&](Property const& property) -> std::optional<Expression> {
          auto const least = literal(low, property.type);
          auto const most = literal(high, property.type);
          if (!least || !most) return std::nullopt;
          return Expression{And{{{Compare{property, Comparison::greater_equal, *least}},
                                 {Compare{property, Comparison::less_equal, *most}}}}};
        });
  }

  Result<Expression> read_in(json::Value const& args, std::string const& where) {
    if (args.size() != 2) return refuse("'in' takes a property and an array of values", where);
    auto operand = args.elements().begin();
    auto const queryable = read_property(*operand, where + "/0");
    if (!queryable) return queryable.error();
    auto const values = *++operand;
    nodes_ += values.size();
    if (nodes_ > limits_.nodes) return too_many_parts(where);
    return for_each_type(**queryable, values, where + "/1",
                         [&](Property const& property) -> std::optional<Expression> {
                           auto read = literals(values, property.type);
                           if (!read) return std::nullopt;
                           return Expression{In{property, std::move(*read)}};
                         });
  }

  Result<Expression> read_like(json::Value const& args, std::string const& where) {
    if (args.size() != 2) return refuse("'like' takes a property and a pattern", where);
    auto operand = args.elements().begin();
    auto const queryable = read_property(*operand, where + "/0");
    if (!queryable) return queryable.error();
    auto const pattern = *++operand;
    return for_each_type(**queryable, pattern, where + "/1",
                         [&](Property const& property) -> std::optional<Expression> {
                           auto const text = pattern.string();
                           if (!text || property.type != Type::text) return std::nullopt;
                           return Expression{Like{property, std::string(*text)}};
                         });
  }

  Result<Expression> read_is_null(json::Value const& args, std::string const& where) {
    if (args.size() != 1) return refuse("'isNull' takes one property", where);
    auto const operand = *args.elements().begin();
    if (operand.string("property") == "geometry") {
      return Expression{IsNull{{.place = Property::Place::geometry}}};
    }
    auto const queryable = read_property(operand, where + "/0");
    if (!queryable) return queryable.error();
    // Null means that the property is missing in every type that it may have.
    And all;
    for (auto const& property : (*queryable)->as) all.of.push_back({IsNull{property}});
    return all.of.size() == 1 ? std::move(all.of.front()) : Expression{std::move(all)};
  }

  Result<Expression> read_intersects(json::Value const& args, std::string const& where) {
    if (args.size() != 2) return refuse("'s_intersects' takes the geometry and a literal", where);
    auto const first = *args.elements().begin();
    auto const second = *++args.elements().begin();
    bool const mirrored = !first.member("property");
    auto const& property = mirrored ? second : first;
    if (property.string("property") != "geometry") {
      return refuse("the property to intersect with is 'geometry'", where);
    }
    auto geometry = read_geometry(mirrored ? first : second);
    if (!geometry) {
      auto problem = geometry.error();
      problem.kind = ProblemKind::invalid_filter;
      problem.where = where + (mirrored ? "/0" : "/1") + problem.where;
      return problem;
    }
    return Expression{Intersects{std::move(*geometry)}};
  }

  Result<model::Geometry> read_geometry(json::Value const& value) {
    if (auto const box = value.member("bbox")) {
      std::vector<double> numbers;
      for (auto const element : box->elements()) {
        numbers.push_back(element.number().value_or(std::numeric_limits<double>::quiet_NaN()));
      }
      auto const read = model::Bbox3::from_numbers(numbers);
      if (!read) return read.error();
      return model::Geometry::box(read->plane);
    }
    auto const raw = json::read_geometry(value, limits_.positions);
    if (!raw) return raw.error();
    model::for_each_position(*raw, [this](model::Position const&) { ++positions_; });
    if (positions_ > limits_.positions) {
      return refuse("the geometries of the filter have more than " +
                        std::to_string(limits_.positions) + " positions together",
                    {});
    }
    return geometry::normalise(*raw);
  }

  Result<Queryable const*> read_property(json::Value const& operand, std::string const& where) {
    auto const name = operand.string("property");
    if (!name) return refuse(R"(expected a property, such as {"property": "datetime"})", where);
    auto const* const queryable = queryables_.find(*name);
    if (queryable == nullptr) return queryables_.unknown(*name, where + "/property");
    return queryable;
  }

  [[nodiscard]] Problem too_many_parts(std::string const& where) const {
    return refuse("the filter has more than " + std::to_string(limits_.nodes) +
                      " parts: conditions, and values in lists",
                  where);
  }

  static Problem refuse(std::string detail, std::string where) {
    return {.kind = ProblemKind::invalid_filter,
            .detail = std::move(detail),
            .where = std::move(where)};
  }

  struct Reader {
    std::string_view name;
    Read read;
  };

  static std::array<Reader, 8> const readers;

  Queryables const& queryables_;
  FilterLimits limits_;
  std::size_t nodes_ = 0;
  std::size_t positions_ = 0;
  std::size_t depth_ = 0;
};

constexpr std::array<FilterReader::Reader, 8> FilterReader::readers{{
    {"and", &FilterReader::read_and},
    {"or", &FilterReader::read_or},
    {"not", &FilterReader::read_not},
    {"between", &FilterReader::read_between},
    {"in", &FilterReader::read_in},
    {"like", &FilterReader::read_like},
    {"isNull", &FilterReader::read_is_null},
    {"s_intersects", &FilterReader::read_intersects},
}};

} // namespace

Result<Expression> read_cql2_json(json::Value const& filter, Queryables const& queryables,
                                  std::string const& where, FilterLimits limits) {
  return FilterReader(queryables, limits).read(filter, where);
}

} // namespace terracat::query

#include "store/sqlite/filter_sql.hpp"

#include "query/parts.hpp"
#include "query/words.hpp"
#include "store/sqlite/item_words.hpp"
#include "store/sqlite/spatialite_blob.hpp"

#include <terracat/json.hpp>

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

namespace terracat::store {
namespace {

using query::Property;

std::string numbers_as_json(std::vector<RecordNumber> const& numbers) {
  json::Writer out;
  out.begin_array();
  for (auto const number : numbers) out.integer(static_cast<std::int64_t>(number));
  return out.end_array().take();
}

std::string texts_as_json(std::vector<std::string> const& texts) {
  json::Writer out;
  out.begin_array();
  for (auto const& text : texts) out.string(text);
  return out.end_array().take();
}

std::string scalars_as_json(std::vector<query::Scalar> const& scalars) {
  json::Writer out;
  out.begin_array();
  for (auto const& scalar : scalars) {
    if (auto const* const flag = std::get_if<bool>(&scalar)) out.boolean(*flag);
    if (auto const* const number = std::get_if<double>(&scalar)) out.number(*number);
    if (auto const* const text = std::get_if<std::string>(&scalar)) out.string(*text);
  }
  return out.end_array().take();
}

/// Part of a longer condition, with the number of conditions that it consists of.
struct Operand {
  std::size_t index;
  std::size_t weight;
};

std::size_t weight_of(query::Expression const& expression) {
  std::size_t weight = 1;
  for (auto const& operand : query::parts_of(expression).operands) weight += weight_of(operand);
  return weight;
}

bool is_term(query::Expression const& expression) noexcept {
  return std::holds_alternative<query::Holds>(expression.node);
}

/// Adds operands with a word between them, in brackets.
///
/// SQLite bounds how high an expression is, and its parser how much stands unfinished before what
/// it reads: `a OR b OR c` is as high as it is long, and a bracket behind a word leaves three
/// things unfinished, one at the front a single one. So the operands are split, again and again,
/// into `groups` of the same weight, the heaviest in front.
/// \param operands  at least one, the heaviest first
/// \param add       adds one operand
template<std::size_t Size, class Add>
void add_joined(SqlText& sql, char const (&word)[Size], // NOLINT: literals only, see SqlText::add
                std::span<Operand const> operands, std::size_t groups, Add const& add) {
  if (operands.size() == 1) return add(operands.front().index);
  std::size_t total = 0;
  for (auto const& operand : operands) total += operand.weight;
  sql.add("(");
  for (auto rest = operands; !rest.empty();) {
    std::size_t taken = 0;
    for (std::size_t weight = 0; taken < rest.size() && weight * groups < total; ++taken) {
      if (taken + 1 == operands.size()) break; // one group of all would be no step
      weight += rest[taken].weight;
    }
    add_joined(sql, word, rest.first(taken), groups, add);
    rest = rest.subspan(taken);
    if (!rest.empty()) sql.add(word);
  }
  sql.add(")");
}

void add_in_collections(SqlText& sql, std::vector<RecordNumber> const& collections) {
  if (collections.size() == 1) { // lets SQLite walk the index of that collection in order of time
    sql.add("i.collection = ").integer(static_cast<std::int64_t>(collections.front()));
    return;
  }
  sql.add("i.collection IN (SELECT value FROM json_each(")
      .text(numbers_as_json(collections))
      .add("))");
}

void add_comparison(SqlText& sql, query::Comparison comparison) {
  switch (comparison) {
  case query::Comparison::equal:
    sql.add(" = ");
    break;
  case query::Comparison::not_equal:
    sql.add(" <> ");
    break;
  case query::Comparison::less:
    sql.add(" < ");
    break;
  case query::Comparison::less_equal:
    sql.add(" <= ");
    break;
  case query::Comparison::greater:
    sql.add(" > ");
    break;
  case query::Comparison::greater_equal:
    sql.add(" >= ");
    break;
  }
}

/// The item's box meets a box that does not cross the antimeridian; the item's own may.
void add_boxes_meet(SqlText& sql, model::Bbox const& box) {
  sql.add("(i.south <= ").number(box.north()).add(" AND i.north >= ").number(box.south());
  sql.add(" AND CASE WHEN i.west <= i.east THEN i.west <= ").number(box.east());
  sql.add(" AND i.east >= ").number(box.west());
  sql.add(" ELSE i.west <= ").number(box.east()).add(" OR i.east >= ").number(box.west());
  sql.add(" END)");
}

/// The item's box lies within a box that does not cross the antimeridian.
void add_box_within(SqlText& sql, model::Bbox const& box) {
  sql.add("(i.west >= ").number(box.west()).add(" AND i.east <= ").number(box.east());
  sql.add(" AND i.south >= ").number(box.south()).add(" AND i.north <= ").number(box.north());
  sql.add(" AND i.west <= i.east)");
}

/// One overload for each kind of condition.
struct AddCondition {
  SqlText& sql;

  void operator()(query::Always const&) const { sql.add("1"); }

  void operator()(query::Compare const& compare) const {
    add_property(sql, compare.property);
    add_comparison(sql, compare.comparison);
    sql.scalar(compare.value);
  }

  void operator()(query::In const& in) const {
    if (in.values.empty()) { // `IN ()` would be false of NULL, too
      sql.add("CASE WHEN ");
      add_property(sql, in.property);
      sql.add(" IS NOT NULL THEN 0 END");
      return;
    }
    add_property(sql, in.property);
    sql.add(" IN (");
    for (std::size_t i = 0; i < in.values.size(); ++i) {
      if (i > 0) sql.add(", ");
      sql.scalar(in.values[i]);
    }
    sql.add(")");
  }

  void operator()(query::IsNull const& is_null) const {
    if (is_null.property.place == Property::Place::geometry) {
      sql.add("i.west");
    } else {
      add_property(sql, is_null.property);
    }
    sql.add(" IS NULL");
  }

  void operator()(query::Like const& like) const {
    if (auto const phrase = query::phrase_in(like)) {
      sql.add("i.number IN (SELECT rowid FROM words_item WHERE words_item MATCH ");
      sql.text(quoted_phrase(*phrase)).add(")");
      return;
    }
    add_property(sql, like.property);
    sql.add(" LIKE ").text(like.pattern).add(" ESCAPE '\\'");
  }

  void operator()(query::ListCompare const& compare) const {
    bool const is_partial = !compare.property.only_in.empty();
    if (is_partial) {
      sql.add("CASE WHEN ");
      add_in_collections(sql, compare.property.only_in);
      sql.add(" THEN ");
    }
    sql.add("item_list(i.number, b.body, ").text(compare.property.name).add(", ");
    sql.integer(static_cast<std::int64_t>(compare.comparison)).add(", ");
    sql.text(scalars_as_json(compare.values)).add(")");
    if (is_partial) sql.add(" END");
  }

  void operator()(query::Intersects const& intersects) const {
    auto const& geometry = intersects.geometry;
    sql.add("CASE WHEN i.west IS NULL THEN NULL ELSE (");
    auto const halves = geometry.bbox().halves();
    for (std::size_t i = 0; i < halves.size(); ++i) {
      if (i > 0) sql.add(" OR ");
      add_boxes_meet(sql, halves[i]);
    }
    sql.add(") AND (");
    if (geometry.is_box()) {
      sql.add("i.is_box = 1 OR ");
      for (auto const& half : halves) {
        add_box_within(sql, half);
        sql.add(" OR ");
      }
    }
    add_footprint_meets(sql, Footprint::of_item, geometry);
    sql.add(") END");
  }

  void operator()(query::HeightsMeet const& meet) const {
    sql.add("(i.lowest IS NULL OR (i.lowest <= ").number(meet.range.highest);
    sql.add(" AND i.highest >= ").number(meet.range.lowest).add("))");
  }

  void operator()(query::PeriodMeets const& meets) const {
    auto const first = meets.interval.first();
    auto const last = meets.interval.last();
    sql.add("CASE WHEN i.time IS NULL THEN NULL WHEN i.begins IS NOT NULL AND i.ends IS NOT NULL "
            "THEN 1");
    if (last) sql.add(" AND i.begins <= ").integer(last->milliseconds());
    if (first) sql.add(" AND i.ends >= ").integer(first->milliseconds());
    sql.add(" ELSE 1");
    if (last) sql.add(" AND i.time <= ").integer(last->milliseconds());
    if (first) sql.add(" AND i.time >= ").integer(first->milliseconds());
    sql.add(" END");
  }

  void operator()(query::HasId const& has) const {
    auto const ids = texts_as_json(has.ids);
    sql.add("(i.id IN (SELECT value FROM json_each(").text(ids);
    sql.add(")) OR coalesce(i.native_id IN (SELECT value FROM json_each(").text(ids);
    sql.add(")), 0))");
  }

  void operator()(query::InCollections const& in) const { add_in_collections(sql, in.collections); }

  void operator()(query::Holds const& holds) const {
    auto const [footprint, body] = query::reads_of(holds.term);
    sql.add("item_holds(").term(holds.term).add(", i.number, ");
    if (body) {
      sql.add("b.body");
    } else {
      sql.add("NULL");
    }
    sql.add(", i.collection, i.id, i.time, i.begins, i.ends, ");
    if (footprint) {
      sql.add("i.geometry");
    } else {
      sql.add("NULL");
    }
    sql.add(", i.west, i.south, i.east, i.north, i.is_box)");
  }

  void operator()(query::And const& all) const { join(all.of, " AND ", "1"); }

  void operator()(query::Or const& any) const { join(any.of, " OR ", "0"); }

  void operator()(query::Not const& none) const {
    sql.add("NOT ");
    add_condition(sql, none.of.front());
  }

  template<std::size_t Size, std::size_t EmptySize>
  void join(std::vector<query::Expression> const& operands,
            char const (&word)[Size],                    // NOLINT: literals only, see SqlText::add
            char const (&of_nothing)[EmptySize]) const { // NOLINT
    if (operands.empty()) {
      sql.add(of_nothing);
      return;
    }
    std::vector<Operand> parts;
    for (std::size_t i = 0; i < operands.size(); ++i) parts.push_back({i, weight_of(operands[i])});
    std::ranges::stable_sort(parts, std::greater(), [&](Operand const& part) {
      return std::pair(part.weight, !is_term(operands[part.index])); // terms last: they cost most
    });
    add_joined(sql, word, std::span(std::as_const(parts)), 2,
               [&](std::size_t part) { add_condition(sql, operands[part]); });
  }
};

} // namespace

SqlText& SqlText::integer(std::int64_t value) {
  text_ += '?';
  values_.emplace_back(value);
  return *this;
}

SqlText& SqlText::number(double value) {
  text_ += '?';
  values_.emplace_back(value);
  return *this;
}

SqlText& SqlText::text(std::string value) {
  text_ += '?';
  values_.emplace_back(std::move(value));
  return *this;
}

SqlText& SqlText::blob(std::string bytes) {
  text_ += '?';
  values_.emplace_back(Blob{std::move(bytes)});
  return *this;
}

SqlText& SqlText::scalar(query::Scalar const& value) {
  if (auto const* const flag = std::get_if<bool>(&value)) return integer(*flag ? 1 : 0);
  if (auto const* const real = std::get_if<double>(&value)) return number(*real);
  if (auto const* const time = std::get_if<model::Instant>(&value)) {
    return integer(time->milliseconds());
  }
  return text(std::get<std::string>(value));
}

SqlText& SqlText::sort_value(query::SortValue const& value) {
  if (auto const* const real = std::get_if<double>(&value)) return number(*real);
  if (auto const* const time = std::get_if<std::int64_t>(&value)) return integer(*time);
  if (auto const* const key = std::get_if<std::string>(&value)) return blob(*key);
  return add("NULL");
}

SqlText& SqlText::term(query::Term const& term) {
  text_ += '?';
  values_.emplace_back(std::make_unique<RowTerm>(term));
  return *this;
}

void SqlText::bind(Statement& statement) const {
  int parameter = 0;
  for (auto const& value : values_) {
    ++parameter;
    if (auto const* const integer = std::get_if<std::int64_t>(&value)) {
      statement.bind(parameter, *integer);
    } else if (auto const* const number = std::get_if<double>(&value)) {
      statement.bind(parameter, *number);
    } else if (auto const* const text = std::get_if<std::string>(&value)) {
      statement.bind(parameter, std::string_view(*text));
    } else if (auto const* const term = std::get_if<std::unique_ptr<RowTerm>>(&value)) {
      statement.bind_pointer(parameter, term->get(), RowTerm::pointer_type);
    } else {
      statement.bind_blob(parameter, std::get<Blob>(value).bytes);
    }
  }
}

void add_footprint_meets(SqlText& sql, Footprint footprint, model::Geometry const& geometry) {
  if (geometry.type() == model::GeometryType::geometry_collection) {
    constexpr std::size_t groups = 24; // a point each, 10,000 at most: three steps
    auto const raw = model::from_wkb(geometry.wkb());
    std::vector<Operand> members;
    for (std::size_t i = 0; i < raw.members.size(); ++i) members.push_back({i, 1});
    add_joined(sql, " OR ", std::span(std::as_const(members)), groups, [&](std::size_t member) {
      auto wkb = model::to_wkb(raw.members[member]);
      add_footprint_meets(sql, footprint,
                          model::Geometry::restored(std::move(wkb), geometry.bbox(), false));
    });
    return;
  }
  auto const add_column = [&] {
    if (footprint == Footprint::of_item) {
      sql.add("i.geometry");
    } else {
      sql.add("r.geometry");
    }
  };
  auto const blob = to_spatialite(geometry);
  sql.add("(ST_Intersects(");
  add_column();
  sql.add(", ").blob(blob).add(") = 1");
  bool const is_line = geometry.type() == model::GeometryType::line_string ||
                       geometry.type() == model::GeometryType::multi_line_string;
  if (is_line) {
    sql.add(" OR coalesce(ST_Intersects(CollectionExtract(");
    add_column();
    sql.add(", 1), ").blob(blob).add("), 0) = 1");
  }
  sql.add(")");
}

void add_condition(SqlText& sql, query::Expression const& expression) {
  std::visit(AddCondition{sql}, expression.node);
}

void add_property(SqlText& sql, Property const& property) {
  if (!property.only_in.empty()) {
    sql.add("CASE WHEN ");
    add_in_collections(sql, property.only_in);
    sql.add(" THEN ");
  }
  switch (property.place) {
  case Property::Place::id:
    sql.add("i.id");
    break;
  case Property::Place::time:
    sql.add("i.time");
    break;
  case Property::Place::start:
    sql.add("i.begins");
    break;
  case Property::Place::end:
    sql.add("i.ends");
    break;
  case Property::Place::geometry:
    sql.add("NULL");
    break;
  case Property::Place::words:
  case Property::Place::collection:
    throw std::logic_error("what no store is asked for");
  case Property::Place::own:
    sql.add("item_property(i.number, b.body, ").text(property.name).add(", ");
    sql.integer(static_cast<std::int64_t>(property.type)).add(")");
    break;
  }
  if (!property.only_in.empty()) sql.add(" END");
}

void add_sort_value(SqlText& sql, Property const& property) {
  if (property.type == query::Type::text) sql.add("text_key(");
  if (property.type == query::Type::boolean) sql.add("CAST(");
  add_property(sql, property);
  if (property.type == query::Type::boolean) sql.add(" AS REAL)");
  if (property.type == query::Type::text) sql.add(")");
}

bool needs_body(Property const& property) noexcept {
  return property.place == Property::Place::own;
}

bool needs_body(query::Expression const& expression) {
  auto const parts = query::parts_of(expression);
  return (parts.property != nullptr && needs_body(*parts.property)) ||
         (parts.term != nullptr && query::reads_of(*parts.term).body) ||
         std::ranges::any_of(parts.operands,
                             [](auto const& operand) { return needs_body(operand); });
}

} // namespace terracat::store

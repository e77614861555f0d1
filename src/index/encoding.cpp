#include "index/encoding.hpp"

#include "index/segment.hpp"

#include <array>

namespace terracat::index {
namespace {

// What bytes begin with, so that they are not taken for others: "tcsg", "tccn".
constexpr std::uint32_t segment_mark = 0x67736374;
constexpr std::uint32_t contents_mark = 0x6e636374;

void require(bool holds, char const* complaint) {
  if (!holds) throw Malformed(complaint);
}

template<class Archive>
void pass_mark(Archive& archive, std::uint32_t wanted) {
  auto mark = wanted;
  auto version = encoding_version;
  archive.number(mark);
  archive.number(version);
  require(mark == wanted, "it is something else");
  require(version == encoding_version, "it is of another version of the encoding");
}

/// Every code is less than `size`, or all its bits are set.
template<class Code>
bool are_codes(std::vector<Code> const& codes, std::uint64_t size) noexcept {
  bool are = true;
  for (auto const code : codes) { // without a branch, so that it becomes vector instructions
    are = are & ((code < size) | (code == std::numeric_limits<Code>::max()));
  }
  return are;
}

} // namespace

/// What is written of the parts of a segment: a list for both directions. What follows from the
/// rest is not written.
struct Encoding {
  template<class Archive, class Segment>
  static void pass(Archive& archive, Segment& segment) {
    pass_mark(archive, segment_mark);
    archive.number(segment.size);
    archive.flag(segment.is_arranged);
    archive.list(segment.time);
    archive.list(segment.number);
    archive.list(segment.collection);
    archive.list(segment.flags);
    archive.list(segment.first);
    archive.list(segment.last);
    pass_each(archive, segment.collections, [&](auto& one) { archive.number(one.number); });
    pass_tree(archive, segment.boxes);
    archive.list(segment.outlines.first_words_);
    archive.list(segment.outlines.places_);
    archive.list(segment.outlines.words_);
    pass_each(archive, segment.columns, [&](auto& one) { pass_column(archive, one); });
  }

  static std::shared_ptr<Segment const> read(std::string_view bytes) {
    Segment segment;
    Unpacker archive(bytes);
    pass(archive, segment);
    archive.end();
    check(segment);
    segment.sum_up();
    return std::make_shared<Segment const>(std::move(segment));
  }

 private:
  template<class Element, class Pass>
  static void pass_each(Packer& archive, std::vector<Element> const& elements, Pass const& pass) {
    archive.number(std::uint64_t{elements.size()});
    for (auto const& element : elements) pass(element);
  }

  template<class Element, class Pass>
  static void pass_each(Unpacker& archive, std::vector<Element>& elements, Pass const& pass) {
    std::uint64_t count = 0;
    archive.number(count);
    for (std::uint64_t i = 0; i < count; ++i) { // the bytes end if it is too large
      elements.push_back(Element());
      pass(elements.back());
    }
  }

  template<class Archive, class Column>
  static void pass_column(Archive& archive, Column& column) {
    archive.number(column.size_);
    archive.flag(column.is_dropped_);
    if (column.size_ == 0) return;
    archive.list(column.narrow_);
    archive.list(column.wide_);
    archive.list(column.texts_.characters_);
    archive.list(column.texts_.ends_);
    archive.number(column.least_);
    archive.number(column.power_);
    archive.number(column.shift_);
    archive.list(column.small_);
    archive.list(column.codes_);
    archive.list(column.short_);
    archive.list(column.low_);
    archive.list(column.high_);
  }

  template<class Archive, class BoxTree>
  static void pass_tree(Archive& archive, BoxTree& tree) {
    pass_each(archive, tree.groups_, [&](auto& group) {
      archive.number(group.collection);
      archive.flag(group.are_halves);
      for (auto* const number : {&group.first, &group.size, &group.first_leaf, &group.leaves}) {
        archive.number(*number);
      }
      archive.number(group.extent);
    });
    archive.list(tree.rows_);
    pass_boxes(archive, tree.boxes_);
    pass_boxes(archive, tree.leaves_);
    archive.list(tree.are_boxes_);
    archive.list(tree.are_connected_);
  }

  template<class Archive, class Boxes>
  static void pass_boxes(Archive& archive, Boxes& boxes) {
    for (auto* const edge : {&boxes.west_, &boxes.south_, &boxes.east_, &boxes.north_}) {
      archive.list(*edge);
    }
  }

  // What has to hold so that no search looks where nothing is. That times stand in order, and
  // whatever else a segment is, is left to the checksum of the store.

  static void check(Segment& segment) {
    require(segment.size > 0 && segment.size <= Column::most_rows, "so many rows cannot be");
    auto const padded = segment.blocks() * Segment::block;
    bool const are_periods = segment.first.empty() || segment.first.size() == padded;
    require(segment.time.size() == padded && segment.number.size() == padded &&
                segment.collection.size() == padded && segment.flags.size() == padded &&
                are_periods && segment.last.size() == segment.first.size(),
            "a column has other rows");
    auto const kinds = segment.collections.size();
    require(kinds > 0 && kinds <= segment.size && are_codes_below(segment.collection, kinds) &&
                std::ranges::is_sorted(segment.collections, {}, &Segment::Collection::number),
            "a row has no collection");
    check(segment.boxes, segment);
    require(segment.outlines.are_whole(segment.boxes.rows().size()),
            "an outline is not where it should be");
    for (auto& column : segment.columns) {
      check(column, padded);
      column.sum_up(segment.size);
    }
  }

  static void check(BoxTree const& tree, Segment const& segment) {
    std::size_t rows = 0;
    std::size_t leaves = 0;
    for (auto const& group : tree.groups_) {
      require(group.collection < segment.collections.size() && group.first == rows &&
                  group.first_leaf == leaves &&
                  group.leaves ==
                      (std::size_t{group.size} + BoxTree::leaf_rows - 1) / BoxTree::leaf_rows,
              "a group of boxes is not where it should be");
      rows += group.size;
      leaves += group.leaves;
    }
    require(rows <= segment.size && tree.rows_.size() == rows + BoxTree::leaf_rows &&
                are_codes_below(tree.rows_, segment.size),
            "a box has no row");
    require(has(tree.boxes_, rows) && has(tree.leaves_, leaves) &&
                tree.are_boxes_.size() == leaves && tree.are_connected_.size() == leaves,
            "a row has no box");
  }

  static bool has(BoxTree::Boxes const& boxes, std::size_t count) noexcept {
    auto const edges = {&boxes.west_, &boxes.south_, &boxes.east_, &boxes.north_};
    return std::ranges::all_of(
        edges, [&](auto const* edge) { return edge->size() == count + BoxTree::leaf_rows; });
  }

  static void check(Column const& column, std::size_t padded) {
    if (column.size_ == 0) return; // nothing else was read of it
    require(column.texts_.is_whole(), "a text is not where it should be");
    std::array const lists{column.narrow_.size(), column.wide_.size(), column.texts_.size()};
    std::array const codes{column.small_.size(), column.codes_.size(), column.short_.size(),
                           column.low_.size()};
    auto const is_one = [](auto const& sizes, std::size_t wanted) {
      return std::ranges::count(sizes, wanted) == 1 &&
             std::ranges::count(sizes, 0U) + 1 == std::ssize(sizes);
    };
    bool const has_high = column.short_.size() + column.high_.size() > 0;
    require(!column.is_dropped_ && is_one(codes, padded) &&
                (!has_high || (!column.is_list() && column.high_.size() == padded)),
            "a column has other rows");
    require(column.is_list() ? is_one(lists, column.size_)
                             : std::ranges::count(lists, 0U) == std::ssize(lists),
            "a column has other values than codes");
    auto const are_parts = [&](auto const& low) {
      auto const bits =
          std::numeric_limits<typename std::decay_t<decltype(low)>::value_type>::digits;
      return column.shift_ <= bits && are_codes_in_parts(column, low, padded);
    };
    require(are_codes(column.small_, column.size_) && are_codes(column.codes_, column.size_) &&
                (!has_high               ? are_codes(column.low_, column.size_)
                 : column.short_.empty() ? are_parts(column.low_)
                                         : are_parts(column.short_)),
            "a row has a code that stands for nothing");
  }

  template<class Low>
  static bool are_codes_in_parts(Column const& column, Low const& low,
                                 std::size_t padded) noexcept {
    bool are = true;
    for (std::size_t row = 0; row < padded; ++row) {
      bool const is_none = column.high_[row] == Column::high_of_none;
      bool const is_low = std::uint64_t{low[row]} >> column.shift_ == 0;
      are = are & (is_none | (is_low & (column.code(row) < column.size_)));
    }
    return are;
  }

  static bool are_codes_below(std::vector<std::uint16_t> const& codes, std::size_t size) noexcept {
    return std::ranges::max(codes) < size;
  }
};

std::string packed(Segment const& segment) {
  Packer archive;
  Encoding::pass(archive, segment);
  return archive.take();
}

std::shared_ptr<Segment const> unpacked_segment(std::string_view bytes) {
  return Encoding::read(bytes);
}

std::string packed(Contents const& contents) {
  Packer archive;
  pass_mark(archive, contents_mark);
  archive.number(contents.revision.epoch);
  archive.number(contents.revision.sequence);
  std::vector<std::string> names;
  std::vector<query::Type> types;
  for (auto const& property : contents.properties) {
    names.push_back(property.name);
    types.push_back(property.type);
  }
  archive.texts(names);
  archive.list(types);
  archive.list(contents.declared);
  archive.number(std::uint64_t{contents.entries.size()});
  for (auto const& entry : contents.entries) {
    archive.number(entry.number);
    archive.list(entry.removed);
  }
  return archive.take();
}

Contents unpacked_contents(std::string_view bytes) {
  Contents contents;
  Unpacker archive(bytes);
  pass_mark(archive, contents_mark);
  archive.number(contents.revision.epoch);
  archive.number(contents.revision.sequence);
  std::vector<std::string> names;
  std::vector<query::Type> types;
  archive.texts(names);
  archive.list(types);
  archive.list(contents.declared);
  require(names.size() == types.size(), "a property has no type");
  for (std::size_t i = 0; i < names.size(); ++i) {
    contents.properties.push_back({.name = std::move(names[i]), .type = types[i]});
  }
  std::uint64_t count = 0;
  archive.number(count);
  for (std::uint64_t i = 0; i < count; ++i) { // the bytes end if it is too large
    auto& entry = contents.entries.emplace_back();
    archive.number(entry.number);
    archive.list(entry.removed);
  }
  archive.end();
  return contents;
}

} // namespace terracat::index

#include "store/sqlite/functions.hpp"

#include "geometry/deadline.hpp"
#include "store/sqlite/filter_term.hpp"

#include <terracat/store.hpp>

#include <sqlite3.h>

#include <algorithm>

namespace terracat::store {
namespace {

std::string_view bytes_of(sqlite3_value* value) {
  auto const* const data = static_cast<char const*>(sqlite3_value_blob(value));
  return {data == nullptr ? "" : data, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void give(sqlite3_context* context, query::Scalar const& scalar) {
  if (auto const* const flag = std::get_if<bool>(&scalar)) {
    sqlite3_result_int(context, *flag ? 1 : 0);
  } else if (auto const* const number = std::get_if<double>(&scalar)) {
    sqlite3_result_double(context, *number);
  } else if (auto const* const time = std::get_if<model::Instant>(&scalar)) {
    sqlite3_result_int64(context, time->milliseconds());
  } else {
    auto const& text = std::get<std::string>(scalar);
    // NOLINTNEXTLINE: SQLite marks copies by a pointer that is none
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }
}

std::vector<query::Scalar> scalars_in(std::string_view json) {
  auto const document = json::Document::parse(json).value();
  auto const read = query::typed(document.root(), query::Type::list);
  return std::get<std::vector<query::Scalar>>(read.value());
}

bool holds_all(std::vector<query::Scalar> const& whole, std::vector<query::Scalar> const& part) {
  return std::ranges::all_of(
      part, [&](auto const& one) { return std::ranges::find(whole, one) != whole.end(); });
}

bool compare(query::ListComparison comparison, std::vector<query::Scalar> const& list,
             std::vector<query::Scalar> const& wanted) {
  switch (comparison) {
  case query::ListComparison::equals:
    return holds_all(list, wanted) && holds_all(wanted, list);
  case query::ListComparison::contains:
    return holds_all(list, wanted);
  case query::ListComparison::contained_by:
    return holds_all(wanted, list);
  case query::ListComparison::overlaps:
    return std::ranges::any_of(
        list, [&](auto const& one) { return std::ranges::find(wanted, one) != wanted.end(); });
  }
  return false;
}

} // namespace

/// The functions as SQLite calls them. An exception becomes an error of the statement.
struct FunctionCalls {
  template<class Body>
  static void guarded(sqlite3_context* context, Body const& body) noexcept {
    try {
      body(*static_cast<Functions*>(sqlite3_user_data(context)));
    } catch (std::bad_alloc const&) {
      sqlite3_result_error_nomem(context);
    } catch (DeadlinePassed const&) {
      sqlite3_result_error_code(context, SQLITE_INTERRUPT);
    } catch (geometry::Late const&) {
      sqlite3_result_error_code(context, SQLITE_INTERRUPT);
    } catch (StoreError const& error) {
      sqlite3_result_error(context, error.what(), -1);
      if (error.reason() == StoreError::Reason::corrupt) {
        sqlite3_result_error_code(context, SQLITE_CORRUPT);
      }
    } catch (std::exception const& error) {
      sqlite3_result_error(context, error.what(), -1);
    }
  }

  static void item_property(sqlite3_context* context, int, sqlite3_value** arguments) {
    guarded(context, [&](Functions& self) {
      auto const& properties =
          self.parsed(sqlite3_value_int64(arguments[0]), bytes_of(arguments[1]));
      auto const type = static_cast<query::Type>(sqlite3_value_int(arguments[3]));
      auto const value = properties.value(bytes_of(arguments[2]), type);
      if (!value) return;
      if (auto const* const scalar = std::get_if<query::Scalar>(&*value)) {
        give(context, *scalar);
      } else {
        sqlite3_result_int(context, 1);
      }
    });
  }

  static void item_list(sqlite3_context* context, int, sqlite3_value** arguments) {
    guarded(context, [&](Functions& self) {
      auto const& properties =
          self.parsed(sqlite3_value_int64(arguments[0]), bytes_of(arguments[1]));
      auto const value = properties.value(bytes_of(arguments[2]), query::Type::list);
      if (!value) return;
      auto const comparison = static_cast<query::ListComparison>(sqlite3_value_int(arguments[3]));
      auto const& list = std::get<std::vector<query::Scalar>>(*value);
      bool const holds = compare(comparison, list, scalars_in(bytes_of(arguments[4])));
      sqlite3_result_int(context, holds ? 1 : 0);
    });
  }

  static void item_holds(sqlite3_context* context, int count, sqlite3_value** arguments) {
    guarded(context, [&](Functions& self) {
      auto const* const term =
          static_cast<RowTerm const*>(sqlite3_value_pointer(arguments[0], RowTerm::pointer_type));
      if (term == nullptr) throw std::logic_error("item_holds without a term");
      auto const holds =
          term->holds(std::span(arguments, static_cast<std::size_t>(count)).subspan(1), self);
      if (holds) sqlite3_result_int(context, *holds ? 1 : 0);
    });
  }

  static void text_key(sqlite3_context* context, int, sqlite3_value** arguments) {
    guarded(context, [&](Functions& self) {
      if (sqlite3_value_type(arguments[0]) == SQLITE_NULL) return;
      auto const key = self.collation_.key(bytes_of(arguments[0]));
      // NOLINTNEXTLINE: SQLite marks copies by a pointer that is none
      sqlite3_result_blob64(context, key.data(), key.size(), SQLITE_TRANSIENT);
    });
  }
};

Functions::Functions(sqlite3* connection, DictionaryCache& dictionaries)
    : bodies_(connection, dictionaries) {
  auto const add = [&](char const* name, int arguments, auto* function) {
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    if (sqlite3_create_function_v2(connection, name, arguments, flags, this, function, nullptr,
                                   nullptr, nullptr) != SQLITE_OK) {
      throw error_of(connection, name);
    }
  };
  add("item_property", 4, &FunctionCalls::item_property);
  add("item_list", 5, &FunctionCalls::item_list);
  add("item_holds", 1 + static_cast<int>(RowTerm::columns), &FunctionCalls::item_holds);
  add("text_key", 1, &FunctionCalls::text_key);
}

query::BodyProperties const& Functions::parsed(std::int64_t item, std::string_view compressed) {
  if (item != parsed_item_) {
    parsed_item_ = 0;
    body_.clear();
    bodies_.read(item, compressed, body_);
    parsed_.parse(body_);
    parsed_item_ = item;
  }
  return parsed_;
}

} // namespace terracat::store

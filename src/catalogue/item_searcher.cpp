#include "catalogue/item_searcher.hpp"

#include "catalogue/item_request.hpp"
#include "index/aggregate.hpp"
#include "index/search.hpp"
#include "query/definitions.hpp"
#include "query/scan.hpp"
#include "store/aggregate.hpp"

#include <algorithm>

namespace terracat::catalogue {
namespace {

// Half a millisecond: a block of rows takes some 20 ns, a footprint 10 µs, an item of the page as
// much.
constexpr index::Effort light_effort{.blocks = 16'000, .footprints = 16};
constexpr std::size_t most_light_items = 20;

/// Segments could have a column of the property, if it were declared.
bool may_have_column(std::string_view name) {
  auto const known = std::ranges::find(query::definitions(), name, &query::Definition::name);
  return known == query::definitions().end() ||
         (known->place == query::Property::Place::own && known->type != query::Type::list);
}

} // namespace

ItemSearcher::Course ItemSearcher::course_of(query::ItemSearch const& search,
                                             bool must_be_light) const {
  using Cause = Explanation::Cause;
  Course out;
  out.explanation.is_sorted = search.sort != query::latest_first();
  if (!index_) {
    out.explanation.store_because = Cause::no_index;
    return out;
  }
  out.explanation.segments = index_->parts().size();
  // Words may stand in many items: it is no light work to ask which.
  index::SaidSource const said{
      .reader = must_be_light ? nullptr : &reader_, .cache = &said_, .revision = revision_};
  out.plan = index::plan_of(search, *index_, said);
  if (out.plan) return out;
  bool const has_order =
      !out.explanation.is_sorted || index::Order::make(search.sort, *index_).has_value();
  out.explanation.store_because = has_order ? Cause::ids : Cause::order;
  return out;
}

store::ItemPage ItemSearcher::page(query::ItemSearch const& search, Allowance const& allowance) {
  auto course = course_of(search, allowance.must_be_light);
  auto const& plan = course.plan;
  if (allowance.must_be_light) {
    bool const is_heavy = !plan || plan->rest || plan->compares_many_texts;
    if (is_heavy || search.limit > most_light_items) throw TooHeavy();
    auto page = index::search(*index_, *plan, reader_, light_effort, &course.explanation.work);
    if (!page) throw TooHeavy();
    course.explanation.matched = page->matched;
    finish(course, 0);
    return std::move(*page);
  }
  auto properties =
      plan && plan->rest ? query::properties_in_bodies(*plan->rest) : std::vector<std::string>();
  if (!plan) properties = query::properties_in_bodies(search);
  bool const asks_items = !properties.empty() || (plan && plan->compares_many_texts);
  if (!plan || !plan->is_rest_computed) course.looked_for = std::move(properties);
  try {
    if (asks_items && looks_into_too_many(plan, allowance)) throw ScanNeeded();
    return page_by(course, search);
  } catch (store::DeadlinePassed const&) {
    give_up(course);
  }
}

store::ItemPage ItemSearcher::page_by(Course& course, query::ItemSearch const& search) {
  auto out =
      course.plan
          ? index::search(*index_, *course.plan, reader_, {}, &course.explanation.work).value()
          : reader_.items(search);
  course.explanation.matched = out.matched;
  finish(course, 0);
  return out;
}

std::vector<query::Summary> ItemSearcher::aggregate(query::ItemSearch const& search,
                                                    std::span<query::Aggregation const> asked,
                                                    Allowance const& allowance) {
  auto course = course_of(search, false);
  auto& plan = course.plan;
  if (plan && !index::can_aggregate(asked, *index_)) {
    plan.reset();
    course.explanation.store_because = Explanation::Cause::aggregation;
  }
  bool const asks_items = !plan || plan->rest || plan->compares_many_texts;
  if (!plan) course.looked_for = query::properties_in_bodies(search.where);
  if (plan && plan->rest && !plan->is_rest_computed) {
    course.looked_for = query::properties_in_bodies(*plan->rest);
  }
  for (auto const& what : asked) {
    auto const* const property = plan ? nullptr : query::property_of(what);
    if (property != nullptr) course.looked_for.push_back(property->name);
  }
  if (asks_items && looks_into_too_many(plan, allowance)) throw ScanNeeded();
  try {
    auto out =
        plan ? index::aggregate(*index_, *plan, asked, reader_,
                                {.footprints = allowance.most_scanned}, &course.explanation.work)
             : std::optional(store::aggregate(reader_, search.where, asked));
    if (!out) throw ScanNeeded();
    finish(course, 0);
    return std::move(*out);
  } catch (store::DeadlinePassed const&) {
    give_up(course);
  }
}

bool ItemSearcher::looks_into_too_many(std::optional<index::Plan> plan,
                                       Allowance const& allowance) const {
  auto const most = allowance.most_scanned;
  if (most == std::numeric_limits<std::size_t>::max()) return false; // no limit
  if (allowance.items_in_collections() <= most) return false;
  if (!plan || plan->compares_many_texts) return true;
  auto counting = *plan->search;
  counting.limit = 0;
  counting.count = true;
  plan->search = &counting;
  plan->rest.reset();
  return index::search(*index_, *plan, reader_).value().matched > most;
}

bool ItemSearcher::has_column(std::string_view name) const {
  return std::ranges::any_of(index_->properties().list(), [&](query::Property const& property) {
    return property.name == name && index_->column(property).has_value();
  });
}

void ItemSearcher::give_up(Course& course) {
  if (course.looked_for.empty()) throw store::DeadlinePassed();
  finish(course, 1);
  throw ScanTooSlow(std::move(course.looked_for));
}

void ItemSearcher::finish(Course& course, std::size_t refused) {
  auto& explanation = course.explanation;
  std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - course.began;
  explanation.seconds = taken.count();
  // Of ids the store asks few items; and without an index it is not the property that lacks one.
  if (index_ && explanation.store_because != Explanation::Cause::ids) {
    for (auto const& name : course.looked_for) {
      if (!has_column(name)) explanation.in_bodies.push_back(name);
    }
    auto wanting = explanation.in_bodies;
    std::erase_if(wanting, [](std::string const& name) { return !may_have_column(name); });
    if (!wanting.empty()) { // most look for nothing, and need not wait for each other
      uses_.count(wanting, {.searches = 1,
                            .refused = refused,
                            .bodies = explanation.work.bodies,
                            .seconds = explanation.seconds});
    }
  }
  if (explanations_ != nullptr) explanations_->push_back(explanation);
}

} // namespace terracat::catalogue

#include "store/sqlite/body_packer.hpp"

#include <algorithm>

namespace terracat::store {
namespace {

constexpr std::size_t few = 100;         ///< bodies that there are before one is learned
constexpr std::size_t fewest = 20;       ///< to learn from, however large they are
constexpr std::size_t many = 1'000;      ///< the share of so many is no chance
constexpr std::size_t much = 640U << 10; ///< bytes of bodies of which the largest one is learned
constexpr std::size_t most_fits = 64;    ///< of 0.2 MB each
constexpr double better = 0.9;           ///< what a new dictionary has to make of bodies
constexpr double worse = 1.1;            ///< what bodies come to that no longer fit
constexpr std::size_t proof_of_each = 5; ///< one body of so many is no lesson but proof

double share_of(std::size_t packed, std::size_t bytes) noexcept {
  return static_cast<double>(packed) / static_cast<double>(std::max<std::size_t>(bytes, 1));
}

/// A small dictionary was learned from little.
std::size_t due_after(std::string_view dictionary) noexcept {
  return dictionary.size() < largest_dictionary / 2 ? 8 * few : 0;
}

} // namespace

std::string_view BodyPacker::pack(std::int64_t collection, std::string_view body,
                                  PreparedBody const& prepared) {
  auto& fit = fit_of(collection);
  if (is_due(fit)) learn(collection, fit);
  bool const is_ready = !prepared.bytes.empty() && prepared.through == fit.dictionary;
  if (!is_ready) packed_ = codec_.compress(body, fit.dictionary.get());
  std::string_view const out = is_ready ? prepared.bytes : packed_;
  if (fit.counted == many) fit.counted = fit.bytes = fit.packed = 0;
  ++fit.counted;
  fit.bytes += body.size();
  fit.packed += out.size();
  return out;
}

void BodyPacker::forget() noexcept {
  fits_.clear();
  newest_.clear();
}

void BodyPacker::note(std::int64_t collection, std::int64_t item) {
  auto& fit = fit_of(collection);
  ++fit.seen;
  if (fit.recent.size() < many) {
    fit.recent.push_back(item);
  } else {
    fit.recent[fit.oldest] = item;
    fit.oldest = (fit.oldest + 1) % many;
  }
}

BodyPacker::Fit& BodyPacker::fit_of(std::int64_t collection) {
  auto const found = fits_.find(collection);
  if (found != fits_.end()) return found->second;
  if (fits_.size() >= most_fits) forget();
  Fit fit;
  find_dictionary(collection, fit);
  if (!fit.dictionary) find_recent(collection, fit);
  newest_.put(collection, fit.dictionary);
  return fits_.emplace(collection, std::move(fit)).first->second;
}

void BodyPacker::find_dictionary(std::int64_t collection, Fit& fit) {
  auto select = connection_.prepare("SELECT number, share FROM dictionary WHERE collection = ? "
                                    "ORDER BY number DESC LIMIT 1");
  Execution run(select);
  if (!run.with(collection).step()) return;
  try {
    auto const dictionary = bodies_.dictionary(run.row().integer(0));
    fit.dictionary = std::make_shared<Packing>(dictionary);
    fit.share = run.row().number(1);
    fit.due = due_after(dictionary);
  } catch (StoreError const& error) { // a check tells of it; bodies that come need not suffer
    if (error.reason() != StoreError::Reason::corrupt) throw;
  }
}

void BodyPacker::find_recent(std::int64_t collection, Fit& fit) {
  auto select = connection_.prepare("SELECT number FROM item WHERE collection = ? "
                                    "ORDER BY time DESC LIMIT ?");
  Execution run(select);
  run.with(collection, static_cast<std::int64_t>(few));
  while (run.step()) fit.recent.push_back(run.row().integer(0));
  fit.seen = fit.recent.size();
  fit.due = few;
}

bool BodyPacker::is_due(Fit const& fit) noexcept {
  if (fit.due != 0 && fit.seen >= fit.due) return true;
  return fit.dictionary && fit.counted == many &&
         share_of(fit.packed, fit.bytes) > worse * fit.share;
}

void BodyPacker::learn(std::int64_t collection, Fit& fit) {
  auto bodies = samples(fit);
  auto const seen = std::exchange(fit.seen, 0);
  fit.counted = fit.bytes = fit.packed = 0;
  fit.due = few;
  if (bodies.size() < fewest) return;
  fit.due = std::max(4 * seen, few); // unless something is learned
  std::vector<std::string> proofs;
  std::vector<std::string> lessons;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    (i % proof_of_each == 0 ? proofs : lessons).push_back(std::move(bodies[i]));
  }
  std::size_t bytes = 0;
  for (auto const& proof : proofs) bytes += proof.size();
  auto const before = size_of_all(proofs, fit.dictionary.get());
  fit.share = share_of(before, bytes);
  auto const number = connection_.integer("SELECT 1 + coalesce(max(seq), 0) FROM sqlite_sequence "
                                          "WHERE name = 'dictionary'");
  auto const learned = learn_dictionary(lessons, number);
  if (!learned) return;
  auto dictionary = std::make_shared<Packing const>(*learned);
  auto const after = size_of_all(proofs, dictionary.get());
  if (static_cast<double>(after) > better * static_cast<double>(before)) return;
  fit.share = share_of(after, bytes);
  keep(collection, *learned, number, fit.share);
  fit.dictionary = std::move(dictionary);
  newest_.put(collection, fit.dictionary);
  fit.due = due_after(*learned);
}

/// What the newest items say, as far as it can be read; each once, in the order of their numbers.
std::vector<std::string> BodyPacker::samples(Fit const& fit) {
  auto items = fit.recent;
  std::ranges::sort(items);
  items.erase(std::unique(items.begin(), items.end()), items.end());
  auto select = connection_.prepare("SELECT body FROM item_body WHERE item = ?");
  std::vector<std::string> out;
  std::size_t bytes = 0;
  for (auto item = items.rbegin(); item != items.rend(); ++item) {
    if (bytes >= much && out.size() >= fewest) break;
    Execution run(select);
    if (!run.with(*item).step()) continue;
    std::string body;
    try {
      bodies_.read(*item, run.row().text(0), body);
    } catch (StoreError const& error) { // a check tells of it
      if (error.reason() != StoreError::Reason::corrupt) throw;
      continue;
    }
    bytes += body.size();
    out.push_back(std::move(body));
  }
  return out;
}

std::size_t BodyPacker::size_of_all(std::vector<std::string> const& bodies,
                                    Packing const* dictionary) {
  std::size_t out = 0;
  for (auto const& body : bodies) out += codec_.compress(body, dictionary).size();
  return out;
}

void BodyPacker::keep(std::int64_t collection, std::string const& dictionary,
                      DictionaryNumber number, double share) {
  auto const packed = codec_.compress(dictionary);
  auto insert = connection_.prepare(
      "INSERT INTO dictionary (number, collection, share, bytes) VALUES (?, ?, ?, ?)");
  Execution run(insert);
  run.with(number, collection, share);
  insert.bind_blob(4, packed);
  run.finish();
}

} // namespace terracat::store

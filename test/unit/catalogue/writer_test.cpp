// What the writer's thread does when the store fails it.

#include "catalogue/catalogue.hpp"
#include "store/memory/memory_store.hpp"

#include "support/catalogues.hpp"
#include "support/catch.hpp"

#include <future>

using namespace terracat;
using Reason = store::StoreError::Reason;

namespace {

/// Where a store fails, and how.
struct Failure {
  enum class Place : std::uint8_t { nowhere, begin, commit, tidy, settle };

  Place place = Place::nowhere;
  Reason reason = Reason::io;
  bool is_of_memory = false;  ///< no error of the store at all
  bool is_unexpected = false; ///< likewise, a mistake
};

/// A writer in memory that makes a checkpoint after each commit, and fails where it is told to.
class FailingWriter : public store::Writer {
 public:
  FailingWriter(std::unique_ptr<store::Writer> writer, Failure const& failure)
      : writer_(std::move(writer)), failure_(failure) {}

  void begin() override {
    fail_at(Failure::Place::begin);
    writer_->begin();
  }

  store::Reader& reader() override { return writer_->reader(); }

  RecordNumber put(store::RecordWrite const& record) override { return writer_->put(record); }

  ItemNumber put(store::ItemWrite const& item) override { return writer_->put(item); }

  void remove(RecordNumber number) override { writer_->remove(number); }

  void remove(ItemNumber number, std::string_view title) override {
    writer_->remove(number, title);
  }

  void purge(std::size_t limit) override { writer_->purge(limit); }

  void lead_on(RecordNumber from, RecordNumber to) override { writer_->lead_on(from, to); }

  void put_identifier(std::string_view id, std::string_view scheme, RecordNumber record) override {
    writer_->put_identifier(id, scheme, record);
  }

  void put_keys(RecordNumber record, std::span<std::string const> keys) override {
    writer_->put_keys(record, keys);
  }

  void put_words(RecordNumber record, RecordWords const& words) override {
    writer_->put_words(record, words);
  }

  void put_derived(RecordNumber collection, std::string_view text) override {
    writer_->put_derived(collection, text);
  }

  void put_document(store::Document const& document) override { writer_->put_document(document); }

  void put_source(SourceState const& state) override { writer_->put_source(state); }

  void put_correction(store::Correction const& correction) override {
    writer_->put_correction(correction);
  }

  void remove_correction(store::CorrectionKey const& key) override {
    writer_->remove_correction(key);
  }

  void put_keyword_decision(store::KeywordDecision const& decision) override {
    writer_->put_keyword_decision(decision);
  }

  void remove_keyword_decision(std::string_view keyword) override {
    writer_->remove_keyword_decision(keyword);
  }

  void note_seen(std::string_view source, RunNumber sweep, store::Resource resource) override {
    writer_->note_seen(source, sweep, resource);
  }

  void put_missing(std::string_view source, store::Missing const& mark) override {
    writer_->put_missing(source, mark);
  }

  void remove_refused(std::string_view source, model::Instant before) override {
    writer_->remove_refused(source, before);
  }

  void remove_source(std::string_view name) override { writer_->remove_source(name); }

  void prune(model::Instant before, std::size_t limit) override { writer_->prune(before, limit); }

  RunNumber put_run(Run const& run) override { return writer_->put_run(run); }

  void put_run_document(RunDocument const& document) override {
    writer_->put_run_document(document);
  }

  void prune_reports(model::Instant before, std::size_t limit) override {
    writer_->prune_reports(before, limit);
  }

  void put_segment(store::SegmentNumber number, std::string_view bytes) override {
    writer_->put_segment(number, bytes);
  }

  bool drop_segments(std::span<store::SegmentNumber const> all_but, std::size_t limit) override {
    return writer_->drop_segments(all_but, limit);
  }

  std::vector<std::string> mend(std::function<void()> const& on_work) override {
    return writer_->mend(on_work);
  }

  void begin_epoch() override { writer_->begin_epoch(); }

  void advance() override { writer_->advance(); }

  Revision pending() const override { return writer_->pending(); }

  Revision commit() override {
    fail_at(Failure::Place::commit);
    return writer_->commit();
  }

  void rollback() noexcept override { writer_->rollback(); }

  bool tidy() override {
    fail_at(Failure::Place::tidy);
    return true;
  }

  void settle() override { fail_at(Failure::Place::settle); }

 private:
  void fail_at(Failure::Place place) const {
    if (failure_.place != place) return;
    if (failure_.is_of_memory) throw std::bad_alloc();
    if (failure_.is_unexpected) throw std::logic_error("a mistake");
    throw store::StoreError(failure_.reason, "the disc is broken");
  }

  std::unique_ptr<store::Writer> writer_;
  Failure const& failure_;
};

class FailingStore : public store::Store {
 public:
  explicit FailingStore(Failure const& failure) : failure_(failure) {}

  std::unique_ptr<store::Reader> reader() override { return store_->reader(); }

  std::unique_ptr<store::Writer> writer() override {
    return std::make_unique<FailingWriter>(store_->writer(), failure_);
  }

  store::Figures figures() const override { return {}; }

  std::vector<store::Fault> check(store::Depth, std::function<void(double)> const&) override {
    return {};
  }

  std::optional<Revision> copy_to(std::string const&, std::function<void(double)> const&) override {
    return std::nullopt;
  }

 private:
  std::unique_ptr<store::Store> store_ = store::make_memory_store();
  Failure const& failure_;
};

/// A catalogue whose store fails when `failure` says so.
class Fixture {
 public:
  Failure failure; ///< changed between batches only

  std::future<Run> submit(std::string const& id) {
    catalogue::Batch batch;
    batch.source = "first";
    batch.documents.emplace_back(test::record("first", id));
    batch.run = {.source = "first", .mode = "test"};
    return catalogue_->submit(std::move(batch));
  }

  void on_checkpoint(std::function<void(double)> listener) {
    catalogue_->on_checkpoint(std::move(listener));
  }

  std::size_t collections() {
    auto const session = catalogue_->session();
    auto const scope = catalogue::Scope::everything();
    return session
        ->view(catalogue::Visibility::everything(), scope,
               std::chrono::steady_clock::time_point::max())
        .collections()
        .size();
  }

  /// Ends the catalogue, as at the end of a command.
  void end() { catalogue_.reset(); }

  std::future<std::string> fatal() { return fatal_.get_future(); }

 private:
  std::promise<std::string> fatal_;
  std::optional<catalogue::Catalogue> catalogue_{
      std::in_place, std::make_unique<FailingStore>(failure), catalogue::Rules{},
      [this](std::string const& why) { fatal_.set_value(why); }};
};

} // namespace

TEST_CASE("an I/O error on write is fatal, wherever it comes") {
  Fixture fixture;
  auto fatal = fixture.fatal();
  fixture.failure.place =
      GENERATE(Failure::Place::begin, Failure::Place::commit, Failure::Place::tidy);
  auto done = fixture.submit("a");
  CHECK(fatal.get() == "the disc is broken");
  if (fixture.failure.place == Failure::Place::tidy) {
    CHECK(done.get().counts.created == 1); // was safe before
  } else {
    CHECK_THROWS_AS(done.get(), store::StoreError);
  }
}

TEST_CASE("checkpoints are told") {
  Fixture fixture;
  std::vector<double> told;
  fixture.on_checkpoint([&](double seconds) { told.push_back(seconds); });
  CHECK(fixture.submit("a").get().counts.created == 1);
  CHECK(fixture.submit("b").get().counts.created == 1);
  fixture.end();
  CHECK(told.size() == 2);
  for (auto const seconds : told) CHECK(seconds >= 0);
}

TEST_CASE("an I/O error is not passed over when all is done") {
  Fixture fixture;
  auto fatal = fixture.fatal();
  fixture.failure.place = Failure::Place::settle; // which comes after all batches
  CHECK(fixture.submit("a").get().counts.created == 1);
  fixture.end();
  REQUIRE(fatal.wait_for(std::chrono::seconds(0)) == std::future_status::ready);
  CHECK(fatal.get() == "the disc is broken");
}

TEST_CASE(
    "what nobody expects while the log is carried over ends with a reason, not with a crash") {
  Fixture fixture;
  auto fatal = fixture.fatal();
  fixture.failure = {.place = GENERATE(Failure::Place::tidy, Failure::Place::settle),
                     .is_unexpected = true};
  CHECK(fixture.submit("a").get().counts.created == 1);
  fixture.end();
  REQUIRE(fatal.wait_for(std::chrono::seconds(0)) == std::future_status::ready);
  CHECK(fatal.get() == "a mistake");
}

TEST_CASE("the log is carried over later where there is no memory for it now") {
  Fixture fixture;
  auto fatal = fixture.fatal();
  fixture.failure = {.place = GENERATE(Failure::Place::tidy, Failure::Place::settle),
                     .is_of_memory = true};
  CHECK(fixture.submit("a").get().counts.created == 1);
  CHECK(fixture.submit("b").get().counts.created == 1);
  fixture.end();
  CHECK(fatal.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
}

TEST_CASE("a batch without memory is refused, and the next one is tried again") {
  Fixture fixture;
  fixture.failure = {.place = GENERATE(Failure::Place::begin, Failure::Place::commit),
                     .is_of_memory = true};
  CHECK_THROWS_AS(fixture.submit("a").get(), std::bad_alloc);
  fixture.failure = {};
  CHECK(fixture.submit("b").get().counts.created == 1);
  CHECK(fixture.collections() == 1);
}

TEST_CASE("a full disc refuses the batch, and the next one is tried again") {
  Fixture fixture;
  fixture.failure = {GENERATE(Failure::Place::begin, Failure::Place::commit), Reason::full};
  CHECK_THROWS_AS(fixture.submit("a").get(), store::StoreError);
  CHECK(fixture.collections() == 0);
  fixture.failure.place = Failure::Place::nowhere;
  CHECK(fixture.submit("b").get().counts.created == 1);
  CHECK(fixture.collections() == 1);
}

TEST_CASE("housekeeping that has no room leaves the batch committed") {
  Fixture fixture;
  fixture.failure = {Failure::Place::tidy, Reason::full};
  CHECK(fixture.submit("a").get().counts.created == 1);
  CHECK(fixture.submit("b").get().counts.created == 1);
  CHECK(fixture.collections() == 2);
}

#pragma once

#include "catalogue/view.hpp"

namespace terracat::catalogue {

/// One thread's way to read: a reader that keeps its state from one request to the next as long as
/// nothing was committed.
class Session {
 public:
  Session(std::unique_ptr<store::Reader> reader, DirectoryVersions const& versions,
          index::ItemIndex const& index, KnownFacts& known, SearchUses& uses)
      : reader_(std::move(reader)),
        versions_(versions),
        index_(index),
        known_(known),
        uses_(uses) {}

  /// \param scope     must outlive the view
  /// \param deadline  reads after it throw store::DeadlinePassed
  [[nodiscard]] View view(Visibility visibility, Scope const& scope,
                          std::chrono::steady_clock::time_point deadline);

  /// The reader behind the views, for those who follow the catalogue while they write to it.
  [[nodiscard]] store::Reader& reader() noexcept { return *reader_; }

  /// Lets go of the state: it hinders checkpoints. No view may be in use.
  void idle() noexcept { reader_->end(); }

 private:
  std::unique_ptr<store::Reader> reader_;
  DirectoryVersions const& versions_;
  index::ItemIndex const& index_;
  KnownFacts& known_;
  SearchUses& uses_;
};

} // namespace terracat::catalogue

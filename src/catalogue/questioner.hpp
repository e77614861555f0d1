#pragma once

#include "catalogue/record_request.hpp"
#include "catalogue/word_keeper.hpp"

#include <terracat/store_reader.hpp>

#include <optional>
#include <string>
#include <vector>

namespace terracat::catalogue {

/// A question and what answers it, whether a scope shows it or not. Valid until another is asked.
struct Asked {
  index::Question const& question;
  index::Ranking const& ranking;
};

/// The time that a question names; what is open lasts until the day of `now` begins. It is the same
/// for the whole day (UTC), and so are scores, by which tokens of pages go. \return  nothing: none
[[nodiscard]] std::optional<index::AskedTime> asked_time(std::string const& question,
                                                         model::Instant now);

/// Takes questions apart, and says how records answer them. Of one state of the catalogue, for one
/// thread. The question that was asked last is neither read nor answered again.
class Questioner {
 public:
  /// Both in the state of the directory. All must outlive it.
  Questioner(store::Reader& reader, WordKeeper& words, Directory const& directory,
             std::uint64_t epoch) noexcept
      : reader_(reader), words_(words), directory_(directory), epoch_(epoch) {}

  /// \return  nothing if the request has no question
  /// \param locate  says where records are, which counts where the question names a place
  /// \param date    says of what time they are, which counts where it names a time
  [[nodiscard]] std::optional<Asked> ask(RecordRequest const& request, index::Locator const& locate,
                                         index::Dater const& date);

  /// The question without what answers it; valid until another one is read. \pre all requests have
  /// the same expander
  [[nodiscard]] index::Question const& read(RecordRequest const& request);

  /// Why a record answers the question. \param locate  as of `ask`
  [[nodiscard]] std::vector<index::Reason>
  reasons(index::Question const& question, RecordNumber record, index::Locator const& locate);

  [[nodiscard]] index::WordMaker const& word_maker();

  /// The words of this state, in memory if they are there or can be in a moment.
  [[nodiscard]] WordKeeper::Use words();

 private:
  store::Reader& reader_;
  WordKeeper& words_;
  Directory const& directory_;
  std::uint64_t epoch_;
  std::optional<index::WordMaker> word_maker_; ///< made at the first need
  std::optional<index::Question> last_;        ///< of last_text_
  std::optional<index::Ranking> last_ranking_; ///< likewise, if it was asked for
  std::string last_text_;
  std::optional<index::AskedTime> last_time_; ///< that it names
  PlaceNames last_places_ = PlaceNames::weighed;
};

} // namespace terracat::catalogue

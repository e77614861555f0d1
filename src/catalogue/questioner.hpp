#pragma once

#include "catalogue/record_request.hpp"

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

/// Takes questions apart, and says how records answer them. Of one state of the catalogue, for one
/// thread. The question that was asked last is neither read nor answered again.
class Questioner {
 public:
  /// \param reader  must outlive it
  explicit Questioner(store::Reader& reader) : reader_(reader) {}

  /// \return  nothing if the request has no question
  [[nodiscard]] std::optional<Asked> ask(RecordRequest const& request);

  /// The question without what answers it; valid until another one is read. \pre all requests have
  /// the same expander
  [[nodiscard]] index::Question const& read(RecordRequest const& request);

  /// Why a record answers the question.
  [[nodiscard]] std::vector<index::Reason> reasons(index::Question const& question,
                                                   RecordNumber record);

  [[nodiscard]] index::WordMaker const& word_maker();

 private:
  store::Reader& reader_;
  std::optional<index::WordMaker> word_maker_; ///< made at the first need
  std::optional<index::Question> last_;        ///< of last_text_
  std::optional<index::Ranking> last_ranking_; ///< likewise, if it was asked for
  std::string last_text_;
};

} // namespace terracat::catalogue

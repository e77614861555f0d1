#pragma once

#include "kinds/one_by_one.hpp"

#include <terracat/kind.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::kinds {

/// A document that a list names.
struct ListedDocument {
  std::string id;   ///< empty: the list does not say
  std::string said; ///< what else the list says of it, in the words of the kind
};

/// A harvest of documents that one answer lists, each fetched with a request of its own. The list
/// is put into the order of its ids, whatever its own is, so that a run goes on after the last one
/// that it had.
///
/// Complete: each document of the list was had, and there was one at least. A run that goes on with
/// a list which has changed before that place proves nothing. It speaks of records only.
class ListedDocuments : public Harvester {
 public:
  [[nodiscard]] std::optional<Page> next(std::stop_token stop) override;

  [[nodiscard]] bool complete() const noexcept override { return done_ && given_ && failed_ == 0; }

  [[nodiscard]] Coverage coverage() const noexcept override { return Coverage::records; }

 protected:
  /// The fetcher outlives this.
  ListedDocuments(fetch::Fetcher& fetcher, What what) : documents_(fetcher), what_(what) {}

  /// Has to be called before `next`.
  /// \param query  what a checkpoint refers to, but for what is wanted
  void begin(std::string query, std::string_view checkpoint);

  /// \throws ProtocolError  if there is no list
  [[nodiscard]] virtual std::vector<ListedDocument> fetch_list(std::stop_token const& stop) = 0;

  /// What brings the document.
  [[nodiscard]] virtual fetch::Request request_for(ListedDocument const& listed) const = 0;

  /// \param bytes  as they were fetched; empty if only ids are wanted
  [[nodiscard]] virtual RawDocument document_of(ListedDocument const& listed,
                                                std::string bytes) const = 0;

 private:
  [[nodiscard]] std::string to_checkpoint() const;
  void list(Page& page, std::stop_token const& stop);
  void sort_out(bool is_first, Page& page);
  void find_place(Page& page);
  std::size_t take(ListedDocument const& listed, Page& page, std::stop_token const& stop);
  void lose(std::string const& id, Finding finding, Page& page);

  OneByOne documents_;
  What what_;
  std::string query_; ///< what a checkpoint refers to

  bool is_listed_ = false;
  std::vector<ListedDocument> listed_; ///< sorted, each once
  std::size_t next_ = 0;               ///< of these

  std::string after_; ///< the document that was fetched last; empty: none was
  std::string had_;   ///< hash of the ids of the list up to that one, in their order
  std::size_t failed_ = 0;
  bool given_ = false;
  bool done_ = false;
};

} // namespace terracat::kinds

#pragma once

#include <terracat/record.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace terracat::formats {

/// Collects the contacts of one record, so that each person or organisation stands there once with
/// all its roles, however often and in however many languages the source names it.
///
/// Two are the same if they have one ORCID, or if names agree, the organisations have a name in
/// common in any language, and the e-mail addresses do not contradict.
class ContactBook {
 public:
  /// Adds the contact, or its roles and whatever else is new to the one it is. A contact that names
  /// nobody and has no address to write to is left out.
  void add(model::Contact contact);

  /// In the order in which each was first named; the book is empty afterwards.
  [[nodiscard]] std::vector<model::Contact> take() { return std::move(contacts_); }

 private:
  [[nodiscard]] std::size_t find(model::Contact const& contact) const;
  void remember(std::size_t index);

  std::vector<model::Contact> contacts_;

  /// Where the contacts are by what tells them apart: ORCID, or name and organisation alone, with
  /// an address, and with the remark that there is none.
  std::map<std::string, std::size_t, std::less<>> index_;
};

} // namespace terracat::formats

#pragma once

#include <terracat/format.hpp>

#include <map>
#include <string>

namespace terracat::corpus {

/// What became of many documents of one format, in numbers that a change of the mapping moves.
class Tally {
 public:
  void add(formats::ReadResult const& result);

  /// A table of documents and refusals.
  [[nodiscard]] std::string outcome(std::string_view title) const;

  /// Tables of findings by code and of values by field.
  [[nodiscard]] std::string details() const;

 private:
  struct Count {
    std::size_t documents = 0;
    std::size_t values = 0;
  };

  void add_findings(std::vector<Finding> const& findings);
  void add_fields(model::RecordParts const& parts);
  void add_texts(model::RecordParts const& parts);
  void add_keywords(model::RecordParts const& parts);
  void add_extents(model::RecordParts const& parts);
  void add_access(model::RecordParts const& parts);
  void add_field(std::string const& name, std::size_t values);

  std::size_t documents_ = 0;
  std::size_t mapped_ = 0;
  std::size_t warned_ = 0;
  std::map<std::string, Count> refusals_;
  std::map<std::string, Count> warnings_;
  std::map<std::string, Count> fields_;
};

} // namespace terracat::corpus

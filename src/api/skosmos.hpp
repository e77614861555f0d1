#pragma once

#include "api/vocabulary_question.hpp"

#include <string>
#include <string_view>

/// What answers of the Skosmos API have in common: each is JSON and JSON-LD at once.
namespace terracat::api {

/// Of a context: the three kinds of labels.
inline constexpr std::string_view label_words =
    R"("prefLabel":"skos:prefLabel","altLabel":"skos:altLabel","hiddenLabel":"skos:hiddenLabel")";

/// Begins an answer: an object with its context and `uri`.
/// \param words    members of the context, as JSON, beside those that all have
/// \param subject  address of what the answer is about; may be empty
void begin_answer(json::Writer& out, VocabularyQuestion const& question, std::string_view words,
                  std::string_view subject = {});

/// The language of the site that most labels of the vocabulary are in, else of all; empty if none
/// says its language.
[[nodiscard]] std::string default_language(Exchange const& exchange,
                                           vocabulary::Vocabulary const& vocabulary);

} // namespace terracat::api

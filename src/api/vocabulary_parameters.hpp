#pragma once

#include "api/route_parameters.hpp"

/// The parameters of requests about vocabularies: of `/skosmos/rest/v1`, `/vocabularies`, `/ncl`.
namespace terracat::api::route_parameters {

inline constexpr ParameterRow uri{"uri", text, "Address of a concept, in any of its forms"};
inline constexpr std::array of_concept_form{
    ParameterRow{"format", text, "Media type of RDF: text/turtle"}};
inline constexpr std::array of_words{lang};
inline constexpr std::array of_linked_entity{
    lang, ParameterRow{"entity", text, "Address of a concept, in any of its forms"}};
inline constexpr std::array of_linked_concept{
    ParameterRow{"_format", R"({"type":"string","enum":["ttl","rdf","jsonld","html"]})",
                 "The form, instead of the header Accept"}};
inline constexpr std::array of_concept{uri, lang};
inline constexpr std::array of_concept_data{
    uri, lang, ParameterRow{"format", text, "Media type, instead of the header Accept"}};
inline constexpr std::array of_concept_steps{
    uri, lang,
    ParameterRow{"limit", R"({"type":"integer","minimum":1,"maximum":1000})", "Concepts at most"}};
inline constexpr std::array of_mappings{
    uri, lang,
    ParameterRow{"external", R"({"type":"boolean","default":true})",
                 "Also those of vocabularies that are not here"}};
inline constexpr std::array of_lookup{ParameterRow{"label", text, "The whole label"}, lang};
inline constexpr std::array of_top_concepts{lang,
                                            ParameterRow{"scheme", text, "Address of a scheme"}};
inline constexpr std::array of_changes{
    lang,
    ParameterRow{"limit", R"({"type":"integer","minimum":1,"maximum":1000,"default":200})",
                 "Concepts at most"},
    ParameterRow{"offset", R"({"type":"integer","minimum":0,"default":0})",
                 "Concepts to pass over"}};
inline constexpr std::array of_letter{
    lang,
    ParameterRow{"limit", R"({"type":"integer","minimum":1,"maximum":10000,"default":10000})",
                 "Labels at most"},
    ParameterRow{"offset", R"({"type":"integer","minimum":0,"default":0})", "Labels to pass over"}};
inline constexpr std::array of_words_search{
    ParameterRow{"query", text, "What labels fit; * stands for any text: rain*"},
    lang,
    ParameterRow{"labellang", text, "Language of the labels that are shown"},
    ParameterRow{"vocab", text, "Names of vocabularies, separated by blanks"},
    ParameterRow{"type", text, "Classes of concepts, separated by blanks"},
    ParameterRow{"parent", text, "Address of a concept that lies above"},
    ParameterRow{"group", text, "Address of a group that the concepts are in"},
    ParameterRow{"fields", text, "What else to say of them: prefLabel, broader, definition, ..."},
    ParameterRow{"maxhits", R"({"type":"integer","minimum":1,"maximum":10000,"default":100})",
                 "Labels at most"},
    ParameterRow{"offset", R"({"type":"integer","minimum":0,"default":0})", "Labels to pass over"},
    ParameterRow{"unique", R"({"type":"boolean","default":false})", "Each concept once"}};

} // namespace terracat::api::route_parameters

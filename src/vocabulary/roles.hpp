#pragma once

#include <string_view>

/// What a concept is for: a class of it beside `skos:Concept`. vocabularies/earth/scheme.ttl says
/// what each means; any other vocabulary may use them.
namespace terracat::vocabulary::role {

/// A part of the Earth system that people begin with: the atmosphere, the ocean.
inline constexpr std::string_view compartment = "https://w3id.org/terracat/terms#Compartment";

/// What a compartment is divided into: aerosols, precipitation.
inline constexpr std::string_view sub_domain = "https://w3id.org/terracat/terms#SubDomain";

/// What is measured.
inline constexpr std::string_view variable = "https://w3id.org/terracat/terms#Variable";

} // namespace terracat::vocabulary::role

#pragma once

#include <terracat/harvest_log.hpp>
#include <terracat/json.hpp>

/// Runs and what became of their documents, as JSON: for operators.
namespace terracat::api {

/// The members of an object in which a run is told: how it went, and its counts.
void write_course(json::Writer& out, Run const& run);

/// A run, with its number, source and message.
void write_run(json::Writer& out, Run const& run);

/// What became of a document.
void write_run_document(json::Writer& out, RunDocument const& document);

} // namespace terracat::api

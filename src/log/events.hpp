#pragma once

#include <string_view>

namespace terracat::log {

/// The name of something that the log tells of. Operators filter by it, so a name once given stays.
class Event {
 public:
  constexpr explicit Event(std::string_view name) noexcept : name_(name) {}

  [[nodiscard]] constexpr std::string_view name() const noexcept { return name_; }

 private:
  std::string_view name_;
};

} // namespace terracat::log

/// Every event there is. The part before the dot is what it is about.
namespace terracat::log::event {

inline constexpr Event log_lost{"log.lost"};

inline constexpr Event net_started{"net.started"};
inline constexpr Event net_draining{"net.draining"};
inline constexpr Event net_stopped{"net.stopped"};
inline constexpr Event net_accept_paused{"net.accept_paused"};
inline constexpr Event net_stream_failed{"net.stream_failed"};
inline constexpr Event net_wait_misused{"net.wait_misused"};
inline constexpr Event net_task_failed{"net.task_failed"};

inline constexpr Event api_failed{"api.failed"};
inline constexpr Event api_store_failed{"api.store_failed"};

inline constexpr Event store_io_error{"store.io_error"};
inline constexpr Event store_record_unreadable{"store.record_unreadable"};
inline constexpr Event store_proven{"store.proven"};
inline constexpr Event store_damaged{"store.damaged"};
inline constexpr Event store_unproven{"store.unproven"};

inline constexpr Event index_built{"index.built"};
inline constexpr Event index_failed{"index.failed"};

inline constexpr Event backup_made{"backup.made"};
inline constexpr Event backup_faulty{"backup.faulty"};
inline constexpr Event backup_failed{"backup.failed"};

inline constexpr Event config_reloaded{"config.reloaded"};
inline constexpr Event config_refused{"config.refused"};
inline constexpr Event config_rule_idle{"config.rule_idle"};

inline constexpr Event vocabulary_loaded{"vocabulary.loaded"};
inline constexpr Event vocabulary_refused{"vocabulary.refused"};
inline constexpr Event vocabulary_fetched{"vocabulary.fetched"};

inline constexpr Event job_started{"job.started"};
inline constexpr Event job_refused{"job.refused"};
inline constexpr Event job_failed{"job.failed"};

inline constexpr Event helper_died{"helper.died"};

inline constexpr Event notice_sent{"notice.sent"};
inline constexpr Event notice_failed{"notice.failed"};

inline constexpr Event harvest_started{"harvest.started"};
inline constexpr Event harvest_finished{"harvest.finished"};
inline constexpr Event harvest_restarted{"harvest.restarted"};
inline constexpr Event harvest_paused{"harvest.paused"};
inline constexpr Event harvest_host_rests{"harvest.host_rests"};
inline constexpr Event harvest_failed{"harvest.failed"};
inline constexpr Event harvest_remark{"harvest.remark"};
inline constexpr Event harvest_deletions_held{"harvest.deletions_held"};
inline constexpr Event harvest_source_removed{"harvest.source_removed"};

} // namespace terracat::log::event

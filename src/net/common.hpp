#pragma once

#include "api/http.hpp"
#include "log/access.hpp"
#include "log/logger.hpp"
#include "metrics/metrics.hpp"
#include "net/admission.hpp"
#include "net/allowance.hpp"
#include "net/client_address.hpp"
#include "net/cors.hpp"
#include "net/pool.hpp"
#include "net/refusal.hpp"
#include "net/scans.hpp"
#include "net/settings.hpp"

#include <atomic>
#include <cstdint>
#include <limits>

namespace terracat::net {

/// What all threads of one server share. Everything in it is constant or thread-safe.
struct Common {
  Settings const settings; ///< with numbers of threads filled in
  api::Application& application;
  log::Logger& logger;
  log::AccessLog& access_log;
  metrics::Metrics& metrics;

  Rejections const rejections{metrics};
  Cors const cors{settings.cors_origins};
  Proxies const proxies{settings.trusted_proxies, settings.forwarded_header};
  Admission admission{settings.sizes};
  Allowances allowances{settings.costs};
  Scans scans;
  Pool pool{settings.worker_threads, settings.sizes.queue, settings.times.worker_idle, application,
            metrics};

  std::atomic<bool> is_draining = false;
  std::atomic<std::size_t> waiting = 0; ///< parked requests

  /// Sequence of the last commit that was heard of.
  std::atomic<std::int64_t> sequence = std::numeric_limits<std::int64_t>::min();
};

} // namespace terracat::net

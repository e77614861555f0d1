-- For wrk: sends the requests of a file, each once, with one thread. When there are no more, the
-- load ends. Environment: BENCH_REQUESTS the file; BENCH_FIRST the line to begin with, from 1;
-- BENCH_MOST how many lines at most; BENCH_AGAIN, if it is not empty, lets the load begin again.
-- Prints one line: bench, requests answered, seconds, p50 and p99 in microseconds, answers other
-- than 2xx, other errors.

local ffi = require("ffi")
ffi.cdef[[
typedef struct { long seconds; long nanoseconds; } bench_time;
int clock_gettime(int clock, bench_time* time);
]]

local requests, at = {}, 0
local thread_of_load

local function now()
  local time = ffi.new("bench_time")
  ffi.C.clock_gettime(1, time)
  return tonumber(time.seconds) + tonumber(time.nanoseconds) / 1e9
end

function setup(thread)
  thread_of_load = thread
end

function init()
  local first = tonumber(os.getenv("BENCH_FIRST") or 1)
  local last = first + tonumber(os.getenv("BENCH_MOST") or math.huge) - 1
  local number = 0
  again = (os.getenv("BENCH_AGAIN") or "") ~= ""
  local json = { ["Content-Type"] = "application/json" }
  for line in io.lines(os.getenv("BENCH_REQUESTS")) do
    number = number + 1
    if number > last then break end
    if number >= first then
      local method, target, body = line:match("^(%u+) ([^\t]+)\t?(.*)$")
      requests[#requests + 1] = body == "" and wrk.format(method, target)
        or wrk.format(method, target, json, body)
    end
  end
  at = -1 -- wrk asks once to see what requests look like
end

function request()
  at = at + 1
  if at == 1 then began = now() end
  if at > #requests and not again then
    if not ended then ended = now() end
    wrk.thread:stop()
  end
  return requests[(at - 1) % #requests + 1]
end

function done(summary, latency)
  local began_at, ended_at = thread_of_load:get("began"), thread_of_load:get("ended")
  local seconds = ended_at and ended_at - began_at or summary.duration / 1e6
  local errors = summary.errors
  print(("bench\t%d\t%.6f\t%.1f\t%.1f\t%d\t%d"):format(summary.requests, seconds,
    latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end

/**
 * KEYS: window, leases, quota, instances. ARGV: id, instance, window calls, window ms, concurrent, lease ms, quota
 * calls, quota ms; -1 for no limit. Answers what blocks the call (0 nothing, 1 quota, 2 window, 3 parallel), how long,
 * the calls of the quota period, and how many instances there are. The clock is that of Redis, one for all.
 */
export const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local id, instance = ARGV[1], ARGV[2]
local windowCalls, windowMs = tonumber(ARGV[3]), tonumber(ARGV[4])
local concurrent, leaseMs = tonumber(ARGV[5]), tonumber(ARGV[6])
local quotaCalls, quotaMs = tonumber(ARGV[7]), tonumber(ARGV[8])

redis.call('ZADD', KEYS[4], now, instance)
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - 60000)
redis.call('PEXPIRE', KEYS[4], 60000)
local instances = redis.call('ZCARD', KEYS[4])
local used = tonumber(redis.call('GET', KEYS[3]) or '0')
if quotaCalls >= 0 and used >= quotaCalls then return {1, quotaMs, used, instances} end

if windowCalls >= 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - windowMs)
  -- After the clock was set back, calls would lie in the future and block for as long as it was set back.
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], now + 1, '+inf')) do
    redis.call('ZADD', KEYS[1], now, member)
  end
  local count = redis.call('ZCARD', KEYS[1])
  if count >= windowCalls then
    local first = count - windowCalls
    local blocking = redis.call('ZRANGE', KEYS[1], first, first, 'WITHSCORES')
    return {2, math.max(1, tonumber(blocking[2]) + windowMs - now), used, instances}
  end
end
if concurrent >= 0 then
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '(' .. now + leaseMs, '+inf')
  if redis.call('ZCARD', KEYS[2]) >= concurrent then return {3, 0, used, instances} end
  redis.call('ZADD', KEYS[2], now + leaseMs, id)
  redis.call('PEXPIRE', KEYS[2], leaseMs)
end
if windowCalls >= 0 then
  redis.call('ZADD', KEYS[1], now, id)
  redis.call('PEXPIRE', KEYS[1], windowMs + leaseMs)
end
redis.call('INCR', KEYS[3])
redis.call('PEXPIRE', KEYS[3], quotaMs)
return {0, 0, used + 1, instances}
`;

/** KEYS: window, leases. ARGV: id. */
export const endScript = `
local time = redis.call('TIME')
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[1], 'XX', time[1] * 1000 + math.floor(time[2] / 1000), ARGV[1])
return 0
`;

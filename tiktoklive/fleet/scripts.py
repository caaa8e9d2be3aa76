"""
What is done to the table of owners in one step each, in Redis: scripts in Lua.

The rooms are entries of a stream, and the pending list of its group ``nodes`` says which node has
which.  Beside it stand, each by the username in small letters: ``users`` (the entry), ``tokens``
(who may write the room's events: a new one with every owner, ``NUMBER:NODE``; of a former name
``>NEW``),
``carried`` (what the next owner should know) and ``offers`` (``FROM TO``, or ``FROM TO ready``).
``names`` has the username by the entry; ``nodes`` has for each node when it was last seen, in
milliseconds, and what it has to do.

All of them get the same keys; see :data:`KEYS`.
"""

from __future__ import annotations

from typing import Final

from tiktoklive.fleet.client import Script

#: What stands behind the name of the fleet in each key, in the order in which scripts get them.
KEYS: Final = (
    *("rooms", "users", "names", "tokens", "token", "carried"),
    *("offers", "nodes", "drained"),
)

_BEGINNING = """\
local rooms, users, names, tokens, token = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local carried, offers, nodes, drained = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local function entry_of(user) return redis.call('HGET', users, user) end
local function owner_of(entry)
  local found = redis.call('XPENDING', rooms, 'nodes', entry, entry, 1)
  return found[1] and found[1][2]
end
local function owns(me, user)
  local entry = entry_of(user)
  if entry and owner_of(entry) == me then return entry end
end
local function claim(me, entries, ...)
  for first = 1, #entries, 500 do
    local words = {'XCLAIM', rooms, 'nodes', me, 0}
    for i = first, math.min(first + 499, #entries) do words[#words + 1] = entries[i] end
    for _, word in ipairs({...}) do words[#words + 1] = word end
    words[#words + 1] = 'JUSTID'
    redis.call(unpack(words))
  end
end
local function seen(node)
  local found = redis.call('HGET', nodes, node)
  return found and now - tonumber(string.match(found, '^%d+'))
end
-- No token comes twice: after the data of Redis was lost, or is that of a moment ago, the count
-- would begin again, so the time is in it; and where clocks go back, it is still another node's.
local function renew_token(user, owner)
  local count = tonumber(redis.call('GET', token) or 0) + 1
  count = string.format('%.0f', math.max(count, t[1] * 1000000 + t[2]))
  redis.call('SET', token, count)
  local found = count .. ':' .. owner
  redis.call('HSET', tokens, user, found)
  return found
end
"""


def _script(name: str, text: str) -> Script:
    return Script(name, _BEGINNING + text)


#: Keep what a node has, and see the others: ``NODE LOAD LEASE``.
RENEW: Final = _script(
    "renew",
    """\
local me, load, lease = ARGV[1], ARGV[2], tonumber(ARGV[3])
redis.pcall('XGROUP', 'CREATE', rooms, 'nodes', '0', 'MKSTREAM')
redis.call('HSET', nodes, me, now .. ' ' .. load)
local pending = redis.call('XPENDING', rooms, 'nodes', '-', '+', 1000000, me)
local entries = {}
for i, each in ipairs(pending) do entries[i] = each[1] end
claim(me, entries)
local owned = {}
for _, entry in ipairs(entries) do
  local name = redis.call('HGET', names, entry)
  if name then
    owned[#owned + 1] = {name, redis.call('HGET', tokens, name) or ''}
  else
    redis.call('XACK', rooms, 'nodes', entry)
    redis.call('XDEL', rooms, entry)
  end
end
local counts = {}
for _, each in ipairs(redis.call('XINFO', 'CONSUMERS', rooms, 'nodes')) do
  local found = {}
  for i = 1, #each, 2 do found[each[i]] = each[i + 1] end
  counts[found['name']] = found['pending']
end
local others, all = {}, redis.call('HGETALL', nodes)
for i = 1, #all, 2 do
  local node, at, its = all[i], string.match(all[i + 1], '^(%d+) (.*)$')
  local age, count = now - tonumber(at), counts[node] or 0
  if age <= lease then
    others[#others + 1] = {node, count, redis.call('SISMEMBER', drained, node), its}
  elseif age > 10 * lease and count == 0 then
    redis.call('HDEL', nodes, node)
    redis.call('SREM', drained, node)
    redis.call('XGROUP', 'DELCONSUMER', rooms, 'nodes', node)
  end
end
local moves, given = {}, redis.call('HGETALL', offers)
for i = 1, #given, 2 do
  local from, to = string.match(given[i + 1], '^(%S+) (%S+)')
  local a, b = seen(from), seen(to)
  if a and b and a <= lease and b <= lease and owns(from, given[i]) then
    moves[#moves + 1] = {given[i], given[i + 1]}
  else
    redis.call('HDEL', offers, given[i])
  end
end
return {owned, others, moves, redis.call('HLEN', names)}
""",
)

#: Take rooms that have no node, or one whose lease is over: ``NODE COUNT LEASE``.
TAKE: Final = _script(
    "take",
    """\
local me, count, lease = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local entries, fresh = {}, {}
local read = redis.call('XREADGROUP', 'GROUP', 'nodes', me, 'COUNT', count, 'STREAMS', rooms, '>')
if read then
  for _, each in ipairs(read[1][2]) do
    entries[#entries + 1] = each[1]
    fresh[each[1]] = true
  end
end
local cursor = '0-0'
while #entries < count do
  local found = redis.call('XAUTOCLAIM', rooms, 'nodes', me, lease, cursor,
                           'COUNT', count - #entries, 'JUSTID')
  for _, each in ipairs(found[2]) do entries[#entries + 1] = each end
  cursor = found[1]
  if cursor == '0-0' then break end
end
local taken = {}
for _, entry in ipairs(entries) do
  local name = redis.call('HGET', names, entry)
  if name then
    redis.call('HDEL', offers, name)
    local known = redis.call('HGET', carried, name) or ''
    taken[#taken + 1] = {name, renew_token(name, me), known, fresh[entry] and 0 or 1}
  end
end
return taken
""",
)

#: Offer rooms to other nodes: ``NODE (USER TO)...``.
OFFER: Final = _script(
    "offer",
    """\
local done = 0
for i = 2, #ARGV, 2 do
  if owns(ARGV[1], ARGV[i]) then
    done = done + redis.call('HSETNX', offers, ARGV[i], ARGV[1] .. ' ' .. ARGV[i + 1])
  end
end
return done
""",
)

#: Say that what another node offers is followed here, too: ``NODE USER...``.
READY: Final = _script(
    "ready",
    """\
for i = 2, #ARGV do
  local found = redis.call('HGET', offers, ARGV[i])
  local from, to = string.match(found or '', '^(%S+) (%S+)')
  if to == ARGV[1] then redis.call('HSET', offers, ARGV[i], from .. ' ' .. to .. ' ready') end
end
return 0
""",
)

#: Take offers back: ``NODE USER...``.
WITHDRAW: Final = _script(
    "withdraw",
    """\
for i = 2, #ARGV do
  local from = string.match(redis.call('HGET', offers, ARGV[i]) or '', '^(%S+)')
  if from == ARGV[1] then redis.call('HDEL', offers, ARGV[i]) end
end
return 0
""",
)

#: Give a room to the node that it was offered to: ``NODE USER TO CARRIED``.
GIVE: Final = _script(
    "give",
    """\
local me, user, to = ARGV[1], ARGV[2], ARGV[3]
local entry, found = owns(me, user), redis.call('HGET', offers, user) or ''
if not entry or string.match(found, '^(%S+ %S+)') ~= me .. ' ' .. to then return 0 end
claim(to, {entry})
redis.call('HDEL', offers, user)
redis.call('HSET', carried, user, ARGV[4])
renew_token(user, to)
return 1
""",
)

#: Let go of rooms, which others may take at once: ``NODE (USER CARRIED)...``.  And of the node.
RELEASE: Final = _script(
    "release",
    """\
local me, entries = ARGV[1], {}
for i = 2, #ARGV, 2 do
  local entry = owns(me, ARGV[i])
  if entry then
    entries[#entries + 1] = entry
    redis.call('HDEL', offers, ARGV[i])
    if ARGV[i + 1] ~= '' then redis.call('HSET', carried, ARGV[i], ARGV[i + 1]) end
    renew_token(ARGV[i], '')
  end
end
claim(me, entries, 'IDLE', 1000000000)
redis.call('HSET', nodes, me, '0 {}')
return #entries
""",
)

#: Write down what the next owner of rooms should know: ``NODE (USER TOKEN CARRIED)...``.
SAVE: Final = _script(
    "save",
    """\
local done = 0
for i = 2, #ARGV, 3 do
  if redis.call('HGET', tokens, ARGV[i]) == ARGV[i + 1] then
    redis.call('HSET', carried, ARGV[i], ARGV[i + 2])
    done = done + 1
  end
end
return done
""",
)

#: What was written down of rooms: ``USER...``.
CARRIED: Final = _script(
    "carried",
    """\
local found = {}
for i, user in ipairs(ARGV) do found[i] = redis.call('HGET', carried, user) end
return found
""",
)

#: Add users, and tell which are new: ``USER...``.
ADD: Final = _script(
    "add",
    """\
redis.pcall('XGROUP', 'CREATE', rooms, 'nodes', '0', 'MKSTREAM')
local new = {}
for _, user in ipairs(ARGV) do
  if not entry_of(user) then
    local entry = redis.call('XADD', rooms, '*', 'user', user)
    redis.call('HSET', users, user, entry)
    redis.call('HSET', names, entry, user)
    new[#new + 1] = user
  end
end
return new
""",
)

#: Remove users, and tell which there were: ``USER...``.
REMOVE: Final = _script(
    "remove",
    """\
local gone = {}
for _, user in ipairs(ARGV) do
  local entry = entry_of(user)
  if entry then
    redis.pcall('XACK', rooms, 'nodes', entry)
    redis.call('XDEL', rooms, entry)
    redis.call('HDEL', names, entry)
    for _, key in ipairs({users, tokens, carried, offers}) do redis.call('HDEL', key, user) end
    gone[#gone + 1] = user
  end
end
return gone
""",
)

#: Call a user otherwise: ``OLD NEW``.  Events of the old name are those of the new one, as long as
#: that is known.  1 if it was done, 0 if the first is no user, -1 if the second is one.
RENAME: Final = _script(
    "rename",
    """\
local old, new = ARGV[1], ARGV[2]
local entry = entry_of(old)
if not entry then return 0 end
if old == new then return 1 end
if entry_of(new) then return -1 end
redis.call('HSET', users, new, entry)
redis.call('HSET', names, entry, new)
redis.call('HDEL', users, old)
redis.call('HDEL', offers, old)
for _, key in ipairs({tokens, carried}) do
  local found = redis.call('HGET', key, old)
  if found then redis.call('HSET', key, new, found) end
  redis.call('HDEL', key, old)
end
redis.call('HSET', tokens, old, '>' .. new)
return 1
""",
)

#: Nothing of a user is on its way any more under a name that was theirs: ``OLD``.
FORGET_NAME: Final = _script(
    "forget a name",
    """\
if string.sub(redis.call('HGET', tokens, ARGV[1]) or '', 1, 1) ~= '>' then return 0 end
return redis.call('HDEL', tokens, ARGV[1])
""",
)

#: Whether there is such a user: ``USER``.
HAS: Final = _script("has", "return redis.call('HEXISTS', users, ARGV[1])")

#: All users, each with its node: nothing else is changed, so that a lease stays what it is.
LIST: Final = _script(
    "list",
    """\
local owners, found = {}, {}
local pending = redis.pcall('XPENDING', rooms, 'nodes', '-', '+', 1000000)
if not pending.err then
  for _, each in ipairs(pending) do owners[each[1]] = each[2] end
end
local all = redis.call('HGETALL', names)
for i = 1, #all, 2 do found[#found + 1] = {all[i + 1], owners[all[i]] or ''} end
local others = {}
all = redis.call('HGETALL', nodes)
for i = 1, #all, 2 do
  local at, its = string.match(all[i + 1], '^(%d+) (.*)$')
  others[#others + 1] = {all[i], now - tonumber(at), redis.call('SISMEMBER', drained, all[i]), its}
end
return {found, others}
""",
)

#: Let a node give all its rooms away, and take no more: ``NODE``.
DRAIN: Final = _script(
    "drain",
    """\
if not seen(ARGV[1]) then return 0 end
redis.call('SADD', drained, ARGV[1])
return 1
""",
)

#: Let a node that was drained take rooms again: ``NODE``.
UNDRAIN: Final = _script(
    "undrain",
    """\
if not seen(ARGV[1]) then return 0 end
redis.call('SREM', drained, ARGV[1])
return 1
""",
)

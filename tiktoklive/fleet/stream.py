"""
The stream of a fleet: its keys, and the scripts that write and read it.

Redis does each script as one step.  What writes drops ids that are there, so that a batch whose
confirmation was lost can be written again; what reads tells what was removed before it was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tiktoklive.fleet.client import Script, Word
from tiktoklive.fleet.entries import StreamEntry

#: The name of a fleet that has no other.
NAME: Final = "live"
#: How long and how old a stream gets: entries, about, and seconds.
LONGEST, OLDEST = 100_000, 86_400
#: Ids that are remembered at least, so that none of them comes twice; twice as many at most.
REMEMBERED: Final = 100_000
#: Seconds for which they are, after the last one was written.
_MEMORY: Final = 86_400

#: What became of an entry: it is there now, it was there already, or its writer has lost the room.
APPENDED, DUPLICATE, FENCED = 1, 0, -1


@dataclass(frozen=True, slots=True)
class Keys:
    """
    The keys of a fleet.  They have one hash tag: in a cluster they are on one machine.

    :ivar name: of the fleet.
    """

    name: str = NAME

    def of(self, what: str) -> str:
        """The key of a part."""
        return f"tiktoklive:{{{self.name}}}:{what}"

    @property
    def events(self) -> str:
        """The stream of events."""
        return self.of("events")

    @property
    def ids(self) -> tuple[str, str]:
        """Two sets of ids: those that came last, and those before them."""
        return self.of("ids"), self.of("ids:old")


@dataclass(frozen=True, slots=True)
class Trim:
    """
    How much of a stream is kept.

    :ivar length: entries; Redis may keep some more.
    :ivar age: seconds.
    """

    length: int = LONGEST
    age: int = OLDEST


_APPEND: Final = """
local events, ids, old = KEYS[1], KEYS[2], KEYS[3]
local length, age, remembered, memory = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local answer = {}
for first = 5, #ARGV, 6 do
    local key = ARGV[first]
    if not owned(ARGV[first + 1]) then
        answer[#answer + 1] = -1
    elseif redis.call('SISMEMBER', ids, key) == 1 or redis.call('SISMEMBER', old, key) == 1 then
        answer[#answer + 1] = 0
    else
        redis.call('XADD', events, 'MAXLEN', '~', length, '*', 'id', key,
            'event', ARGV[first + 2], 'envelope', ARGV[first + 3], 'about', ARGV[first + 4],
            'payload', ARGV[first + 5])
        if redis.call('SADD', ids, key) == 1 and redis.call('SCARD', ids) >= remembered then
            redis.call('RENAME', ids, old)
        end
        answer[#answer + 1] = 1
    end
end
-- Not before: after its first write, Redis lets a script write all the rest, full or not.
local now = redis.call('TIME')
local before = string.format('%.0f', (tonumber(now[1]) - age) * 1000)
redis.call('XTRIM', events, 'MINID', '~', before)
redis.call('EXPIRE', ids, memory)
redis.call('EXPIRE', old, memory)
return answer
"""


def append_script(owned: str = "return true") -> Script:
    """
    The script that appends events.

    :param owned: the body of a function in Lua that tells whether the writer of an entry has its
        room, given the entry's ``fence``; all keys behind the third are its own (``KEYS[4]`` ...).
    """
    return Script("append events", f"local function owned(fence) {owned} end\n{_APPEND}")


#: Appends for a daemon that is in no fleet, and owns what it follows.
APPEND: Final = append_script()


def append_arguments(
    entries: Sequence[StreamEntry],
    trim: Trim,
    fences: Sequence[Word] | None = None,
    remembered: int = REMEMBERED,
) -> list[Word]:
    """
    The arguments of the script that appends.

    :param fences: of each entry, what the script's ``owned`` is given.
    """
    words: list[Word] = [trim.length, trim.age, remembered, _MEMORY]
    for number, entry in enumerate(entries):
        fence: Word = "" if fences is None else fences[number]
        words += (entry.key_bytes, fence, entry.name, entry.envelope, entry.about, entry.payload)
    return words


_FOUND: Final = """
local function found(list, name)
    for place = 1, #list, 2 do
        if list[place] == name then return list[place + 1] end
    end
end
local function group_of(key, name)
    for _, each in ipairs(redis.call('XINFO', 'GROUPS', key)) do
        if found(each, 'name') == name then return each end
    end
end
"""

#: Makes a group, unless there is one: at the beginning of what is there (``0``) or at its end
#: (``$``).  Says whether it was made.
MAKE_GROUP: Final = Script(
    "make a group",
    _FOUND
    + """
if redis.call('EXISTS', KEYS[1]) == 1 then
    if group_of(KEYS[1], ARGV[1]) then return 0 end
    local added = 0
    if ARGV[2] == '$' then
        added = found(redis.call('XINFO', 'STREAM', KEYS[1]), 'entries-added')
    end
    redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], ARGV[2], 'ENTRIESREAD', added)
else
    redis.call('XGROUP', 'CREATE', KEYS[1], ARGV[1], ARGV[2], 'MKSTREAM', 'ENTRIESREAD', 0)
end
return 1
""",
)

#: What is known of a group that reads: how many entries were added, the id of the last one, those
#: of its own, and how many were removed before it read them.  Its own count of what it has read may
#: be wrong: Redis 7.0 counts one for each entry that it gives, and nothing for those that are gone,
#: and it may be too low after a restart.  Ids are not: where it has the last one, it has all.
_POSITION: Final = (
    _FOUND
    + """
local function after(one, other)
    local ms, seq = string.match(one, '(%d+)-(%d+)')
    local ms2, seq2 = string.match(other, '(%d+)-(%d+)')
    ms, seq, ms2, seq2 = tonumber(ms), tonumber(seq), tonumber(ms2), tonumber(seq2)
    return ms > ms2 or ms == ms2 and seq > seq2
end
if redis.call('EXISTS', KEYS[1]) == 0 then
    return redis.error_reply('NOGROUP there is no stream')
end
local stream = redis.call('XINFO', 'STREAM', KEYS[1])
local group = group_of(KEYS[1], ARGV[1])
if not group then return redis.error_reply('NOGROUP there is no group') end
local added, length = found(stream, 'entries-added'), found(stream, 'length')
local top, first = found(stream, 'last-generated-id'), found(stream, 'first-entry')
local counted, last = found(group, 'entries-read'), found(group, 'last-delivered-id')
local read, missed = counted or 0, 0
if last == top then
    read = added
elseif not first or after(first[1], last) then
    missed = math.max(0, added - length - read)
end
"""
)

#: Reads what is new to a group.  Answers: entries that were removed before they were read; the id
#: of the last entry that was read before; how many wait now; the new entries.
READ: Final = Script(
    "read what is new",
    _POSITION
    + """
local entries = {}
if last ~= top then
    local reply = redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'COUNT', ARGV[3],
        'STREAMS', KEYS[1], '>')
    if reply then entries = reply[1][2] end
end
local at = #entries > 0 and entries[#entries][1] or last
local lag = math.max(0, added - read - missed - #entries)
if at == top or (#entries == 0 and length == 0) then lag = 0 end
if added - lag ~= (counted or 0) + #entries then
    redis.call('XGROUP', 'SETID', KEYS[1], ARGV[1], at, 'ENTRIESREAD', added - lag)
end
return {missed, last, lag, entries}
""",
)

#: How many entries wait for a group.
LAG: Final = Script("count what waits", _POSITION + "return math.max(0, added - read - missed)")

#: Forgets consumers that have nothing and were not seen for a while: names of containers, say.
FORGET_CONSUMERS: Final = Script(
    "forget consumers",
    _FOUND
    + """
local gone = 0
for _, each in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
    if found(each, 'pending') == 0 and found(each, 'idle') > tonumber(ARGV[2]) then
        redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], found(each, 'name'))
        gone = gone + 1
    end
end
return gone
""",
)

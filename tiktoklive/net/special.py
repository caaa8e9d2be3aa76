"""
Addresses of special purpose, as IANA lists them.

Both tables hold every entry of the registries as they were last changed on 2025-10-09:

- https://www.iana.org/assignments/iana-ipv4-special-registry
- https://www.iana.org/assignments/iana-ipv6-special-registry

The third column is theirs: *Globally Reachable*, with ``None`` where they say *N/A*, which they do
of what has been given up and of addresses that stand for others.
"""

from __future__ import annotations

from typing import Final

#: A block, what it is for, and whether it can be reached from everywhere.
Entry = tuple[str, str, bool | None]

IPV4: Final[tuple[Entry, ...]] = (
    ("0.0.0.0/8", "this network", False),
    ("0.0.0.0/32", "this host on this network", False),
    ("10.0.0.0/8", "private use", False),
    ("100.64.0.0/10", "shared address space", False),
    ("127.0.0.0/8", "loopback", False),
    ("169.254.0.0/16", "link local", False),
    ("172.16.0.0/12", "private use", False),
    ("192.0.0.0/24", "IETF protocol assignments", False),
    ("192.0.0.0/29", "IPv4 service continuity prefix", False),
    ("192.0.0.8/32", "IPv4 dummy address", False),
    ("192.0.0.9/32", "port control protocol anycast", True),
    ("192.0.0.10/32", "traversal using relays around NAT anycast", True),
    ("192.0.0.170/32", "NAT64/DNS64 discovery", False),
    ("192.0.0.171/32", "NAT64/DNS64 discovery", False),
    ("192.0.2.0/24", "documentation", False),
    ("192.31.196.0/24", "AS112-v4", True),
    ("192.52.193.0/24", "AMT", True),
    ("192.88.99.0/24", "6to4 relay anycast, given up", None),
    ("192.88.99.2/32", "6a44 relay anycast address", False),
    ("192.168.0.0/16", "private use", False),
    ("192.175.48.0/24", "direct delegation AS112 service", True),
    ("198.18.0.0/15", "benchmarking", False),
    ("198.51.100.0/24", "documentation", False),
    ("203.0.113.0/24", "documentation", False),
    ("240.0.0.0/4", "reserved", False),
    ("255.255.255.255/32", "limited broadcast", False),
)

IPV6: Final[tuple[Entry, ...]] = (
    ("::1/128", "loopback", False),
    ("::/128", "unspecified", False),
    ("::ffff:0:0/96", "IPv4-mapped", False),
    ("64:ff9b::/96", "IPv4-IPv6 translation", True),
    ("64:ff9b:1::/48", "IPv4-IPv6 translation at home", False),
    ("100::/64", "discard only", False),
    ("100:0:0:1::/64", "dummy prefix", False),
    ("2001::/23", "IETF protocol assignments", False),
    ("2001::/32", "Teredo", None),
    ("2001:1::1/128", "port control protocol anycast", True),
    ("2001:1::2/128", "traversal using relays around NAT anycast", True),
    ("2001:1::3/128", "DNS-SD service registration protocol anycast", True),
    ("2001:2::/48", "benchmarking", False),
    ("2001:3::/32", "AMT", True),
    ("2001:4:112::/48", "AS112-v6", True),
    ("2001:10::/28", "ORCHID, given up", None),
    ("2001:20::/28", "ORCHIDv2", True),
    ("2001:30::/28", "drone remote id protocol entity tags", True),
    ("2001:db8::/32", "documentation", False),
    ("2002::/16", "6to4", None),
    ("2620:4f:8000::/48", "direct delegation AS112 service", True),
    ("3fff::/20", "documentation", False),
    ("5f00::/16", "segment routing (SRv6) SIDs", False),
    ("fc00::/7", "unique local", False),
    ("fe80::/10", "link-local unicast", False),
)

#: Addresses of many machines (https://www.iana.org/assignments/multicast-addresses).
MULTICAST: Final = "224.0.0.0/4"

#: All of IPv6 that was ever given out as addresses of one machine
#: (https://www.iana.org/assignments/ipv6-address-space).
UNICAST: Final = "2000::/3"

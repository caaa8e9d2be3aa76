"""What addresses of proxies and of Redis, and values of cookies may be, as rules of settings."""

from __future__ import annotations

from tiktoklive.net.cookies import copied_value

__all__ = ["cookie_value", "proxy_address", "redis_address"]


def proxy_address(address: str) -> str:
    """
    The address of a proxy.

    :raise ValueError: it is none; goes on after the setting's name, and does not show it.
    """
    from tiktoklive.net.proxy import parse_proxy

    try:
        parse_proxy(address)
    except ValueError as e:
        raise ValueError(f"must be the address of a proxy: {str(e).rstrip('.')}") from None
    return address


def cookie_value(text: str) -> str:
    """
    The value of a cookie, which may be pasted with its name, as it stands in a browser's list.

    :raise ValueError: it is none; goes on after the setting's name, and does not show it.
    """
    value = copied_value(text, "ttwid", "sessionid", "tt-target-idc")
    if value is None:
        raise ValueError("must be a cookie's value: copy it again, without quotes")
    return value


def redis_address(address: str) -> str:
    """
    The address of a Redis; the rest of it is read by :mod:`tiktoklive.fleet.address`.

    :raise ValueError: it is none; goes on after the setting's name, and does not show it.
    """
    if address.partition("://")[0] not in ("redis", "rediss", "unix"):
        raise ValueError("must look like redis://HOST:PORT/DB, rediss://... or unix:///PATH")
    return address

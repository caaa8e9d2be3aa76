"""Bytes in, values out: the containers and messages of TikTok LIVE, without sockets or clocks."""

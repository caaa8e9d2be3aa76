"""
Requests that go on from a cursor, as the simulator knows them, and how they may be answered.

A client goes on from where an earlier stream of the room broke off.
"""

from __future__ import annotations

from dataclasses import replace

from tiktoklive.simulator.pages import PARAMS_ERROR, webcast
from tiktoklive.simulator.push import PUSH_PATH
from tiktoklive.simulator.requests import Answer, Request, is_signed
from tiktoklive.simulator.signserver import is_sign_path
from tiktoklive.wire.batches import parse_batch


def is_resume(request: Request) -> bool:
    """
    Whether a client goes on from where an earlier stream broke off.

    One that polls, or opens a socket at the cursor of a batch that was fetched for it, does not.
    """
    if not request.parameter("cursor"):
        return False
    if request.path == PUSH_PATH:
        return request.parameter("ws_direct") == "1"
    return is_sign_path(request.path) or is_signed(request)


def refused_resume(request: Request) -> Answer:
    """The refusal of one that goes on from a cursor, but for handshakes."""
    message = "Request params error"
    if is_sign_path(request.path):
        return Answer.json({"message": message}, 400)
    return webcast(PARAMS_ERROR, {"message": message})


def like_a_poll(answer: Answer) -> Answer:
    """An answer to a client that goes on from a cursor, as to one that polls: without a socket."""
    if answer.status != 200 or not answer.body:
        return answer
    batch = parse_batch(answer.body)
    batch.ClearField("push_server")
    batch.ClearField("route_params_map")
    return replace(answer, body=batch.SerializeToString())

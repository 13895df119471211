"""A deadline that is ended from outside leaves nothing waiting."""

from __future__ import annotations

import socket

from services.video.deadline import Deadline


def test_the_end_shuts_every_link_that_is_still_kept_and_leaves_no_time() -> None:
    deadline = Deadline()
    kept, peer_of_kept = socket.socketpair()
    given_back, peer_of_given_back = socket.socketpair()
    with kept, peer_of_kept, given_back, peer_of_given_back:
        deadline.keep(kept)
        deadline.keep(given_back)
        deadline.forget(given_back)
        assert deadline.left_s(3.0) == 3.0

        deadline.end()

        assert kept.recv(1) == b""
        assert peer_of_kept.recv(1) == b""
        peer_of_given_back.sendall(b"x")
        assert given_back.recv(1) == b"x"
        assert deadline.left_s(3.0) == 0.0

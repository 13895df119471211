"""Sockets that behave badly in the ways cameras and what stands in for them do."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Serve = Callable[[socket.socket], None]


@contextmanager
def listening(serve: Serve) -> Iterator[int]:
    """A port on 127.0.0.1 where each connection is handled by `serve`, one after another."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        listener.settimeout(0.05)
        ends = threading.Event()
        held: list[socket.socket] = []

        def accept() -> None:
            while not ends.is_set():
                try:
                    peer, _ = listener.accept()
                except TimeoutError:
                    continue
                held.append(peer)
                peer.settimeout(5.0)
                serve(peer)

        thread = threading.Thread(target=accept, name="plain-server")
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ends.set()
            thread.join()
            for peer in held:
                peer.close()


def stays_silent(_peer: socket.socket) -> None:
    """It takes the connection and says nothing."""


def hangs_up(peer: socket.socket) -> None:
    peer.close()


def speaks_garbage(peer: socket.socket) -> None:
    peer.sendall(b"SSH-2.0-OpenSSH_9.2\r\n\r\n" + b"\x00\xff" * 40)
    peer.close()


def answers(*replies: str) -> Serve:
    """One reply a request, the last one again and again; "{date}" and such are the caller's."""

    def serve(peer: socket.socket) -> None:
        for number in range(20):
            try:
                if not peer.recv(65536):
                    break
                peer.sendall(replies[min(number, len(replies) - 1)].encode())
            except OSError:
                break
        peer.close()

    return serve


def reply(status: int, *headers: str, body: str = "") -> str:
    lines = [f"RTSP/1.0 {status} x", "CSeq: 1", *headers, f"Content-Length: {len(body.encode())}"]
    return "\r\n".join(lines) + "\r\n\r\n" + body


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])

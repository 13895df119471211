"""Who is connected, and who must leave when there is no room: never a panel of the site for a stranger."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import structlog

_EVERYBODY = "all"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class PeerLimits:
    """How much a peer may ask of the receiver.

    idle_s: silence after which a connection is closed; unproven_idle_s: the same before it has said
    anything as a panel of the site. frame_s: how long a frame may take to arrive.
    empty_bytes: what may arrive on a connection without a valid frame in it.
    """

    connections: int = 512
    connections_of_address: int = 64
    idle_s: float = 180.0
    unproven_idle_s: float = 15.0
    frame_s: float = 15.0
    empty_bytes: int = 65_536


@dataclass(eq=False, slots=True)
class Peer:
    """One TCP connection. heard_s: when it came or last sent anything, by the loop's clock.

    is_proven: it has sent a valid frame of an account of the site. empty_bytes: since its last valid frame.
    """

    address: str
    task: asyncio.Task[None]
    heard_s: float
    is_proven: bool = False
    empty_bytes: int = 0


class Peers:
    """The connections of one receiver; lives in its event loop."""

    def __init__(self, limits: PeerLimits) -> None:
        self._limits = limits
        self._peers: set[Peer] = set()
        self._crowded: set[str] = set()

    def tasks(self) -> list[asyncio.Task[None]]:
        return [peer.task for peer in self._peers]

    def admit(self, peer: Peer) -> bool:
        """Take `peer` in, if need be in the place of the unproven peer that is silent for longest."""
        neighbours = {other for other in self._peers if other.address == peer.address}
        if len(neighbours) >= self._limits.connections_of_address:
            has_room = self._make_room(neighbours, peer.address)
        elif len(self._peers) >= self._limits.connections:
            has_room = self._make_room(self._peers, _EVERYBODY)
        else:
            has_room = True
        if has_room:
            self._peers.add(peer)
        return has_room

    def leave(self, peer: Peer) -> None:
        self._peers.discard(peer)
        if not self._crowded:
            return
        neighbours = sum(other.address == peer.address for other in self._peers)
        self._tell_room(peer.address, neighbours, self._limits.connections_of_address)
        self._tell_room(_EVERYBODY, len(self._peers), self._limits.connections)

    def _tell_room(self, whose: str, connections: int, limit: int) -> None:
        """Half full counts as room again: one connection fewer would be told with every change of places."""
        if whose in self._crowded and connections <= limit // 2:
            self._crowded.discard(whose)
            log.info("receiver.has_room_again", address=whose, connections=connections)

    def _make_room(self, among: set[Peer], whose: str) -> bool:
        if whose not in self._crowded:
            self._crowded.add(whose)
            log.warning("receiver.too_many_peers", address=whose, connections=len(among))
        unproven = [peer for peer in among if not peer.is_proven]
        if not unproven:
            return False
        longest_silent = min(unproven, key=lambda peer: peer.heard_s)
        longest_silent.task.cancel()
        self._peers.discard(longest_silent)
        return True

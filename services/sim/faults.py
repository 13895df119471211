"""What can go wrong with a simulated camera on command."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """The faults a test or a drill can order."""

    CUT = "cut"  # connections are closed and refused
    FREEZE = "freeze"  # packets come, the picture stands still
    BLACK = "black"  # packets come, the picture is black
    UNAUTHORIZED = "unauthorized"  # 401 whatever the password
    NOT_FOUND = "not_found"  # 404
    STALL = "stall"  # the connection stays open, no packet comes
    GARBAGE = "garbage"  # packets come with flipped bits
    SLOW = "slow"  # half the pictures a second, ever later
    CLOCK_JUMP = "clock_jump"  # RTP time jumps by an hour, again and again
    BLUR = "blur"  # the lens is out of focus
    COVER = "cover"  # a cloth hangs over the lens
    MOVE = "move"  # the camera was turned aside
    RESIZE = "resize"  # the pictures change their size in the middle of the stream
    SILENT = "silent"  # connections are taken, nothing is ever answered


CLOSES_SESSIONS = frozenset({Fault.CUT, Fault.UNAUTHORIZED, Fault.NOT_FOUND, Fault.SILENT})

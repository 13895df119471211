"""What the operator has typed for one alarm, kept so that a crash loses nothing; pure."""

from __future__ import annotations

from dataclasses import dataclass

from services.domain.incidents import Channel


@dataclass(frozen=True, slots=True)
class Draft:
    """text: the order, "" = the template. guard: chosen by hand, "" = the recommended one."""

    text: str = ""
    channel: Channel = Channel.RADIO
    guard: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Draft()


def draft_to_plain(draft: Draft) -> dict[str, object]:
    return {"text": draft.text, "channel": draft.channel.value, "guard": draft.guard}


def draft_from_plain(plain: object) -> Draft:
    """An empty draft for anything that makes no sense."""
    if not isinstance(plain, dict):
        return Draft()
    channel = plain.get("channel")
    known = {member.value: member for member in Channel}
    return Draft(
        str(plain.get("text", "")), known.get(str(channel), Channel.RADIO), str(plain.get("guard", ""))
    )

"""The small JSON in which radios, phones and checkpoints report guards, by HTTP and MQTT."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from services.alarms.drivers.report import ReportRefused
from services.campus.entry import MOST_METRES
from services.domain.positions import CHECKPOINT, FEED, GuardReport

# A gateway may speak for the whole force at once.
MOST_GUARDS = 200
MOST_BYTES = 32_768


class GuardWord(BaseModel):
    """One guard: where they are (x, y in metres on the plan), and whether they call for help."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    guard: str = Field(default="", max_length=64)
    x: float | None = Field(default=None, allow_inf_nan=False, ge=0, le=MOST_METRES)
    y: float | None = Field(default=None, allow_inf_nan=False, ge=0, le=MOST_METRES)
    at: AwareDatetime | None = None
    source: Literal["feed", "checkpoint"] = "feed"
    duress: bool = False
    checkin: bool = False
    text: str = Field(default="", max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")


_WORDS: TypeAdapter[GuardWord | list[GuardWord]] = TypeAdapter(GuardWord | list[GuardWord])


def read_guards(raw: bytes, by: str, guard: str = "") -> tuple[GuardReport, ...]:
    """One guard, or a list of them; guard: whom the topic names. Raises ReportRefused, whatever the bytes."""
    if len(raw) > MOST_BYTES:
        raise ReportRefused("", f"longer than {MOST_BYTES} bytes")
    try:
        found = _WORDS.validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise ReportRefused(".".join(map(str, first["loc"])), first["msg"]) from None
    except (ValueError, RecursionError) as error:
        raise ReportRefused("", type(error).__name__) from None
    words = found if isinstance(found, list) else [found]
    if len(words) > MOST_GUARDS:
        raise ReportRefused("", f"more than {MOST_GUARDS} guards")
    return tuple(_report(word, by, guard) for word in words)


def _report(word: GuardWord, by: str, guard: str) -> GuardReport:
    named = word.guard or guard
    if not named or (guard and named != guard):
        raise ReportRefused("guard", "must name the guard, and the same as the topic")
    if (word.x is None) != (word.y is None):
        raise ReportRefused("x", "x and y come together")
    at = None if word.x is None or word.y is None else (word.x, word.y)
    source = CHECKPOINT if word.source == "checkpoint" else FEED
    return GuardReport(named, at, by, word.at, source, word.duress, word.checkin, word.text)

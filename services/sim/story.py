"""The timed story that cameras show and panels signal, repeated with a fixed period."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from services.core.errors import ServiceError
from services.core.paths import resource
from services.domain.site import Site
from services.sim.actors import Actor, Moment, Placed
from services.sim.crowd import strollers
from services.sim.storyfile import StoryFile, read_story

PERIOD_S = 120.0


@dataclass(frozen=True, slots=True)
class Story:
    """Two minutes of campus life; `starts_at` is the (naive, local) time burnt into the pictures.

    is_repeated: the signals come again in every round, as the pictures always do.
    """

    name: str
    starts_at: datetime
    actors: tuple[Actor, ...]
    moments: tuple[Moment, ...]
    period_s: float = PERIOD_S
    is_repeated: bool = True

    @classmethod
    def load(cls, path: Path | None, site: Site) -> Story:
        """Read a story file (None = the demo story that ships) and check it against `site`.

        Raises ServiceError("sim.story_invalid", file, where, reason).
        """
        path = path or resource("sites", "demo_story.toml")
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ServiceError("sim.story_invalid", file=path.name, where="", reason=str(error)) from error
        return cls.from_file(read_story(document, site, PERIOD_S, path.name), site)

    @classmethod
    def from_file(cls, file: StoryFile, site: Site) -> Story:
        """The story of a checked file, with its crowd spread over the paths of `site`."""
        crowd = strollers(site, PERIOD_S, file.crowd_people, file.crowd_seed)
        actors = file.actors + crowd
        return cls(file.name, file.starts_at, actors, file.moments, is_repeated=file.is_repeated)

    def placed_at(self, position_s: float) -> list[Placed]:
        """Everyone on the campus `position_s` seconds into the story (any value: it wraps)."""
        wrapped = position_s % self.period_s
        found = (actor.placed_at(wrapped) for actor in self.actors)
        return [placed for placed in found if placed is not None]

    def shown_time(self, position_s: float) -> datetime:
        """The time burnt into a picture taken at `position_s`."""
        return self.starts_at + timedelta(seconds=int(position_s % self.period_s))

    @property
    def fingerprint(self) -> str:
        """Changes when anything that can be seen changes."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

"""What a measurement is asked on its command line, and the room on a disk that it is given."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from services.core.paths import default_cache_dir

Number = TypeVar("Number", int, float)


class Asking(argparse.ArgumentParser):
    """The options of `python -m app.bench NAME`; `json_file`: every measurement can write its figures.

    Parsing prints what is wrong by the option's name and exits with 2.
    """

    def __init__(self, bench: str, about: str | None) -> None:
        super().__init__(prog=f"python -m app.bench {bench}", description=about)
        self.add_argument("--json", type=Path, dest="json_file", help="also write the figures here")

    def add_folder(self, about: str) -> None:
        self.add_argument("--folder", type=Path, default=default_cache_dir() / "bench", help=about)


def between(kind: Callable[[str], Number], least: Number, most: Number) -> Callable[[str], Number]:
    """How argparse reads an option that must lie between `least` and `most`, both allowed."""

    def number(text: str) -> Number:
        given = kind(text)
        # Said like this, not as "outside", a NaN is refused too.
        if not least <= given <= most:
            raise argparse.ArgumentTypeError(f"must be between {least} and {most}")
        return given

    return number


@contextmanager
def room_in(folder: Path, bench: str) -> Iterator[Path]:
    """A new folder inside `folder`, which is made; all that was put there goes with it."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f"{bench}-", dir=folder) as name:
        yield Path(name)

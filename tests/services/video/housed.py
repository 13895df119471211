"""A stream house in the test's own process, so that cameras can be played by objects of the test."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from services.core.clock import Clock, SystemClock
from services.video import Feed, StreamAddress
from services.video.house import StreamHouse
from services.video.messages import Change, Close, ForgetScene, Open, Reports, Shelved
from services.video.shown import ShownStream
from services.video.sources import OpenSource


class Housed:
    """`open` gives a feed as the engine does."""

    def __init__(self, sources: Mapping[str, OpenSource], clock: Clock | None = None) -> None:
        self._temporary = tempfile.TemporaryDirectory(prefix="shouwang-test-", ignore_cleanup_errors=True)
        self.folder = Path(self._temporary.name)
        self._clock = clock or SystemClock()
        self._streams: dict[int, ShownStream] = {}
        self.house = StreamHouse(self._clock, self.folder, say=self._hear, sources=sources)
        self.house.start()

    def open(self, address: StreamAddress) -> Feed:
        stream = next((known for known in self._streams.values() if known.address == address), None)
        if stream is not None:
            return self._feed(stream)
        number = len(self._streams) + 1
        stream = self._streams[number] = ShownStream(number, address, self._clock, self._change)
        feed = self._feed(stream)
        self.house.obey(Open(number, stream.key, address, stream.newest_number, stream.wish))
        return feed

    def close(self, feed: Feed) -> None:
        feed.close()
        self.house.obey(Close(feed.stream.number))

    def stop(self) -> None:
        self.house.stop()
        self._temporary.cleanup()

    def _feed(self, stream: ShownStream) -> Feed:
        return Feed(stream, self._clock, lambda asked: self.house.obey(ForgetScene(asked.number)))

    def _change(self, stream: ShownStream) -> None:
        self.house.obey(Change(stream.number, stream.wish))

    def _hear(self, news: Shelved | Reports) -> None:
        if isinstance(news, Shelved):
            self._streams[news.stream].hang(news.place)
            return
        for number, report in news.streams:
            self._streams[number].report = report

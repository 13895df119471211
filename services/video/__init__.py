"""From a camera's address to its newest picture: sources, decode pool, latest-frame slots."""

from services.video.address import StreamAddress
from services.video.engine import VideoEngine
from services.video.feed import Feed
from services.video.picture import Picture
from services.video.sources import SOURCES

__all__ = ["SOURCES", "Feed", "Picture", "StreamAddress", "VideoEngine"]

"""The password is apart from the URL until the connection is made."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from services.video import StreamAddress

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=20)


@given(username=words, password=words)
def test_any_credentials_survive_the_way_into_the_url_and_back(username: str, password: str) -> None:
    joined = StreamAddress("rtsp://10.0.0.7:554/s/1?x=2", username, password).joined()

    parts = urlsplit(joined)
    assert parts.hostname == "10.0.0.7"
    assert parts.port == 554
    assert unquote(parts.username or "") == username
    assert unquote(parts.password or "") == password
    assert StreamAddress(joined) == StreamAddress("rtsp://10.0.0.7:554/s/1?x=2", username, password)


def test_credentials_written_into_the_url_are_moved_out_of_it() -> None:
    address = StreamAddress("rtsp://viewer:s%40cret@cam/1")

    assert address.url == "rtsp://cam/1"
    assert (address.username, address.password) == ("viewer", "s@cret")


def test_neither_repr_nor_str_shows_the_password() -> None:
    for address in (StreamAddress("rtsp://u:hunter2@cam/1"), StreamAddress("rtsp://cam/1", "u", "hunter2")):
        assert "hunter2" not in repr(address)
        assert "hunter2" not in str(address)


def test_without_a_user_the_url_stays_as_it_is() -> None:
    assert StreamAddress("rtsp://cam:8554/a b").joined() == "rtsp://cam:8554/a b"


def test_a_bare_path_is_a_file() -> None:
    assert StreamAddress("/media/gate.mp4").scheme == "file"
    assert StreamAddress("file:///media/a%20b.mp4?loop").path == "/media/a b.mp4"
    assert StreamAddress("file:///media/a%20b.mp4?loop").has_option("loop")

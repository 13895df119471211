"""Drives `phone_process.py` over the Chrome DevTools protocol, as a guard's thumb would."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import TypeVar

import aiohttp

from tests.waiting import LIMIT_S

PROCESS = Path(__file__).with_name("phone_process.py")
WIDTH_PX, HEIGHT_PX = 390, 844
START_LIMIT_S = 60.0
Result = TypeVar("Result")
Plain = dict[str, object]


class Phone:
    """accepts: the fingerprint that its owner compared with the one on the seat's screen."""

    def __init__(self, folder: Path, accepts: str) -> None:
        port = _free_port()
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QTWEBENGINE_REMOTE_DEBUGGING": f"127.0.0.1:{port}",
            "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox --disable-gpu --remote-allow-origins=*",
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "XDG_CACHE_HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
        }
        with (folder / "phone.log").open("w") as log:
            self._process = subprocess.Popen(
                [sys.executable, str(PROCESS), accepts],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="phone")
        self._thread.start()
        self._number = 0
        self._events: list[Plain] = []
        try:
            assert self._process.stdout is not None
            assert self._process.stdout.readline().strip() == "ready"
            self._run(self._connect(port))
            self._set_up()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if hasattr(self, "_session"):
            self._run(self._session.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(LIMIT_S)
        self._loop.close()
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def open(self, url: str) -> None:
        """A tab without history; what hangs on the address behind # counts as for a scanned code."""
        self.command("Page.navigate", url="about:blank")
        self.command("Page.navigate", url=url)

    def js(self, script: str) -> object:
        """The value of an expression in the page; an error of the page is an error here."""
        answer = self.command("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")  # type: ignore[attr-defined]

    def text(self, selector: str) -> str:
        """What is to be read there; "" where it is hidden or missing."""
        return str(
            self.js(
                f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
                " return e && e.getClientRects().length ? (e.innerText ?? e.textContent) : '' })()"
            )
        )

    def wait_for(self, selector: str, words: str, timeout_s: float = LIMIT_S) -> str:
        until_s = time.monotonic() + timeout_s
        while True:
            text = self.text(selector)
            if words in text:
                return text
            assert time.monotonic() < until_s, f"{selector}: {text!r}, wanted {words!r}"
            time.sleep(0.05)

    def tap(self, selector: str) -> None:
        """A touch in the middle of it, after it was scrolled into view; something over it takes the touch."""
        script = (
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
            " return [b.x + b.width / 2, b.y + b.height / 2] })()"
        )
        x, y = self.js(script)  # type: ignore[misc]
        self.command("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def type(self, selector: str, text: str) -> None:
        self.js(f"document.querySelector({json.dumps(selector)}).focus()")
        self.command("Input.insertText", text=text)

    def be_at(self, latitude: float, longitude: float, accuracy_m: float) -> None:
        """Where the satellites say it is."""
        self.command(
            "Emulation.setGeolocationOverride", latitude=latitude, longitude=longitude, accuracy=accuracy_m
        )

    def lose_line(self, is_lost: bool) -> None:
        self.command(
            "Network.emulateNetworkConditions",
            offline=is_lost,
            latency=0,
            downloadThroughput=-1,
            uploadThroughput=-1,
        )

    def shoot(self, path: Path) -> None:
        picture = self.command("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(str(picture["data"])))

    def complaints(self) -> list[str]:
        """What the browser wrote to its console at level error: broken policy, scripts, certificates."""
        self.js("1")
        return [
            json.dumps(event["params"], ensure_ascii=False)
            for event in self._events
            if event["method"] in ("Runtime.exceptionThrown", "Log.entryAdded")
            and '"level": "error"' in json.dumps(event).replace("exceptionDetails", '"level": "error"')
        ]

    def command(self, method: str, **params: object) -> Plain:
        return self._run(self._command(method, params))

    def _set_up(self) -> None:
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.command(f"{domain}.enable")
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=WIDTH_PX,
            height=HEIGHT_PX,
            deviceScaleFactor=2,
            mobile=True,
        )
        self.command("Emulation.setTouchEmulationEnabled", enabled=True)
        agent = str(self.js("navigator.userAgent"))
        self.command("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage="zh-CN")

    def _run(self, work: Coroutine[object, object, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(START_LIMIT_S)

    async def _connect(self, port: int) -> None:
        self._session = aiohttp.ClientSession()
        until_s = time.monotonic() + START_LIMIT_S
        while True:
            try:
                async with self._session.get(f"http://127.0.0.1:{port}/json") as answer:
                    pages = [one for one in await answer.json() if one["type"] == "page"]
                if pages:
                    break
            except aiohttp.ClientError:
                pass
            assert time.monotonic() < until_s, "the browser did not come up"
            await asyncio.sleep(0.05)
        self._socket = await self._session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0)

    async def _command(self, method: str, params: Plain) -> Plain:
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": params})
        while True:
            message = await self._socket.receive_json(timeout=START_LIMIT_S)
            if message.get("id") == self._number:
                assert "error" not in message, (method, message)
                return dict(message["result"])
            if "method" in message:
                self._events.append(message)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

#!/usr/bin/env python3
"""The one entry for people and machines: sets up what is needed, then runs, demonstrates, tests, checks.

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said clearly here instead of failing obscurely later
    sys.exit(
        "需要 Python 3.11 或更高版本，这里是 {}.{}。/ Python 3.11 or newer is needed.".format(
            *sys.version_info
        )
    )

import argparse
import contextlib
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
MOST_TESTERS = 4
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
MARKER = VENV / "shouwang-setup"
FILMED = VENV / "filmed-with-panoramas"
REQUIREMENTS = ROOT / "requirements-dev.txt"
PEER_REQUIREMENTS = ROOT / "requirements-peers.txt"
PEERS = VENV / "peers"
SHOTS = ROOT / "shots"
FILM_S = 40  # past the story's first alarm
HEADLESS_DEMO_S = 150
SCREEN = "1920x1080x24"
EXIT_NEEDS_RIGHTS = 3

# Debian and Ubuntu; "a|b" is one library whose package has two names over the releases.
RUN_PACKAGES = (
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libglib2.0-0|libglib2.0-0t64",
    "libpulse0",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "fonts-noto-cjk",
    "xvfb",
)
TEST_PACKAGES = (
    "postgresql",
    "gir1.2-gst-rtsp-server-1.0",
    "python3-gi",
    "gstreamer1.0-plugins-base",
    "gstreamer1.0-plugins-good",
    "gstreamer1.0-plugins-bad",
    "libvlc5",
    "vlc-plugin-base",
    "iproute2",
    "mosquitto",  # a foreign MQTT broker
    "libgl1-mesa-dri",  # OpenGL in software, to compare the painters of the wall
    "x11-xserver-utils",  # xrandr: several monitors on one virtual display
    # A real browser without a screen, for the guards' page: what Qt's Chromium asks for.
    "libasound2|libasound2t64",
    "libnspr4",
    "libnss3",
    "libxcomposite1",
    "libxdamage1",
    "libxkbfile1",
    "libxrandr2",
    "libxtst6",
)

USAGE = """守望 Shouwang

python3 dev.py setup [--test]    安装运行（及测试）所需的一切 / install what is needed to run (and to test)
python3 dev.py demo [...]        在模拟校区上演示 / show everything on a simulated campus
python3 dev.py run [...]         启动工作站或其他命令 / start the workstation or another command
python3 dev.py test [...]        运行测试，参数交给 pytest / run the tests, arguments go to pytest
python3 dev.py check             检查风格、类型和层次 / check style, types and floors
python3 dev.py bench [...]       性能测试 / measure (bench --help)
python3 dev.py package           打包并试运行 / build a package and try it
"""


def main(arguments: Sequence[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    command, *rest = arguments or ["help"]
    action = COMMANDS.get(command)
    if action is None:
        print(USAGE)
        return 0 if command in ("help", "-h", "--help") else 2
    try:
        return action(rest)
    except KeyboardInterrupt:
        return 130
    except subprocess.CalledProcessError as error:
        shown = shlex.join(map(str, error.cmd))
        print(f"\n命令失败（退出码 {error.returncode}）/ this command failed: {shown}", file=sys.stderr)
        return 1


def setup(arguments: Sequence[str]) -> int:
    """Everything for running; with --test everything for testing too."""
    for_tests = "--test" in arguments
    prepare(for_tests=for_tests)
    if not for_tests:
        film()
    print("准备就绪。运行 python3 dev.py demo 看演示。/ Ready. `python3 dev.py demo` shows it.")
    return 0


def run(arguments: Sequence[str]) -> int:
    prepare()
    return call([PYTHON, "-m", "app", *arguments])


def demo(arguments: Sequence[str]) -> int:
    """The demo in a window; where there is no display, on a virtual one that is photographed."""
    check_demo_options(arguments)
    prepare()
    film()
    if not is_headless() or "--help" in arguments:
        return call([PYTHON, "-m", "app", "demo", *arguments])
    extra: list[str] = [] if arguments else ["--seconds", str(HEADLESS_DEMO_S), "--act"]
    if "--shots" not in arguments:
        extra += ["--shots", str(SHOTS)]
        print(f"没有显示器，使用虚拟屏幕，截图保存在 {SHOTS}")
        print(f"No display: a virtual one is used and screenshots go to {SHOTS}")
    with virtual_display() as display:
        return call([PYTHON, "-m", "app", "demo", *arguments, *extra], DISPLAY=display, QT_QPA_PLATFORM="xcb")


def check_demo_options(arguments: Sequence[str]) -> None:
    """Exits with a plain line before minutes of installing and filming, when the demo would refuse them."""
    options = argparse.ArgumentParser("dev.py demo", allow_abbrev=False, add_help=False, exit_on_error=False)
    options.add_argument("--seconds", type=float)
    options.add_argument("--shots")
    for name in ("--act", "--night", "--help"):
        options.add_argument(name, action="store_true")
    try:
        known, unknown = options.parse_known_args(arguments)
    except argparse.ArgumentError as error:
        reason = str(error)
    else:
        if known.seconds is None or known.seconds >= 1:
            if not unknown:
                return
            reason = shlex.join(unknown)
        else:
            reason = f"--seconds {known.seconds:g}"
    print(f"演示没有这样的选项 / the demo has no such option: {reason}", file=sys.stderr)
    print("--seconds N (N ≥ 1)  --shots DIR  --act  --night  --help", file=sys.stderr)
    raise SystemExit(2)


def test(arguments: Sequence[str]) -> int:
    prepare(for_tests=True)
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    # The whole suite on every core; a file stays in one process, which has its own database server. A test
    # that ends its process would end the next one, too. One that fails is run once more, and named (`R`).
    cores = str(min(os.cpu_count() or 1, MOST_TESTERS))
    whole = ["-n", cores, "--dist", "loadfile", "--max-worker-restart", "0", "--reruns", "1"]
    spread = [] if arguments else whole
    return call([PYTHON, "-m", "pytest", *spread, *arguments], QT_QPA_PLATFORM=platform)


def check(_arguments: Sequence[str]) -> int:
    """Every check runs, so that one run tells all."""
    prepare()
    checks: dict[str, list[str | Path]] = {
        "ruff check": [PYTHON, "-m", "ruff", "check", "."],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "mypy": [PYTHON, "-m", "mypy"],
        "lint-imports": [PYTHON.with_name("lint-imports" + PYTHON.suffix)],
    }
    failed = [name for name, command in checks.items() if call(command) != 0]
    print(f"未通过 / failed: {', '.join(failed)}" if failed else "检查全部通过 / all checks pass")
    return 1 if failed else 0


def bench(arguments: Sequence[str]) -> int:
    prepare()
    where = {"QT_QPA_PLATFORM": "offscreen"} if is_headless() and "QT_QPA_PLATFORM" not in os.environ else {}
    return call([PYTHON, "-m", "app.bench", *arguments], **where)


def package(_arguments: Sequence[str]) -> int:
    prepare()
    return call([PYTHON, ROOT / "packaging" / "build.py"])


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "setup": setup,
    "run": run,
    "demo": demo,
    "test": test,
    "check": check,
    "bench": bench,
    "package": package,
}


def call(command: Sequence[str | Path], **environment: str) -> int:
    """Run in the project's folder; the exit code. Ctrl+C reaches the child, which ends in its own way."""
    child = subprocess.Popen([*map(str, command)], cwd=ROOT, env={**os.environ, **environment})
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


def prepare(*, for_tests: bool = False) -> None:
    """System packages and .venv, if anything is missing; exits with a plain line when it may not install."""
    install_system_packages(wanted_packages(for_tests=for_tests))
    install_python_packages()
    if for_tests:
        install_peers()


def install_python_packages() -> None:
    stamp = setup_stamp()
    if MARKER.exists() and PYTHON.exists() and MARKER.read_text() == stamp:
        return
    make_venv()
    print("正在安装 Python 依赖，首次约需几分钟 / installing Python packages, a few minutes the first time")
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    must([*pip, "--require-hashes", "-r", REQUIREMENTS])
    must([*pip, "--no-deps", "--no-build-isolation", "-e", ROOT])
    # Four processes start at once in the demo; none of them should have to compile.
    must([PYTHON, "-m", "compileall", "-q", "app", "ui", "views", "services"])
    MARKER.write_text(stamp)


def install_peers() -> None:
    """Foreign devices for the tests, in a folder of their own that only their processes see."""
    marker, wanted = PEERS / "installed", PEER_REQUIREMENTS.read_text(encoding="utf-8")
    if marker.exists() and marker.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(PEERS, ignore_errors=True)
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--quiet"]
    must([*pip, "--no-deps", "--require-hashes", "--target", PEERS, "-r", PEER_REQUIREMENTS])
    marker.write_text(wanted, encoding="utf-8")


def film() -> None:
    """The first pictures of the simulated cameras, once per machine: the demo then starts at once."""
    if FILMED.exists():
        return
    print("正在准备模拟画面，约需半分钟 / making the first simulated pictures, about half a minute")
    must([PYTHON, "-m", "app", "sim", "--film", str(FILM_S)])
    FILMED.touch()


def setup_stamp() -> str:
    """Changes when .venv must be brought up to date."""
    seen = hashlib.sha256(f"{sys.version_info[:2]} {ROOT}".encode())
    for file in (REQUIREMENTS, ROOT / "pyproject.toml"):
        seen.update(file.read_bytes())
    return seen.hexdigest()


def make_venv() -> None:
    """A .venv of this Python with a working pip; one left broken or made by another Python is replaced."""
    version = f"import sys, pip; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-c", version], capture_output=True, check=False).returncode == 0
    ):
        return
    must([sys.executable, "-m", "venv", "--clear", VENV])


def must(command: Sequence[str | Path]) -> None:
    subprocess.run([*map(str, command)], cwd=ROOT, check=True, stdin=subprocess.DEVNULL)


def wanted_packages(*, for_tests: bool) -> list[str]:
    wanted = [*RUN_PACKAGES, *(TEST_PACKAGES if for_tests else ())]
    if importlib.util.find_spec("ensurepip") is None:  # Debian splits it off
        wanted.append(f"python3.{sys.version_info[1]}-venv")
    return wanted


def install_system_packages(wanted: Sequence[str]) -> None:
    """Install what is missing by apt-get, or print the line that does and exit."""
    if sys.platform != "linux" or not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        return
    present = installed_packages()
    missing = [names for names in wanted if not present.intersection(names.split("|"))]
    if not missing:
        return
    prefix = apt_prefix()
    if prefix is None:
        line = shlex.join(["sudo", "apt-get", "install", "-y", *(known_name(names) for names in missing)])
        print("缺少系统软件包，这里没有安装权限。请运行下面一行，然后重试：")
        print("System packages are missing and this user may not install them. Run this line, then again:")
        print(f"\n{line}\n")
        raise SystemExit(EXIT_NEEDS_RIGHTS)
    print(f"正在安装系统软件包 / installing system packages: {' '.join(missing)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    # A list that is absent or older than the mirror shows only when the install is tried.
    if not any(candidate(names) is None for names in missing) and apt_install(apt, missing) == 0:
        return
    must([*apt, "update"])
    if apt_install(apt, missing) != 0:
        line = shlex.join(["apt-get", "install", "-y", *(known_name(names) for names in missing)])
        raise SystemExit(f"系统软件包没有装上，请看上面的原因 / not installed, see above: {line}")


def apt_install(apt: Sequence[str], missing: Sequence[str]) -> int:
    names = [known_name(names) for names in missing]
    command = [*apt, "install", "-y", "--no-install-recommends", *names]
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL).returncode


def installed_packages() -> set[str]:
    query = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Package}\n"]
    listed = subprocess.run(query, capture_output=True, text=True, check=True).stdout
    return {line.split()[1] for line in listed.splitlines() if line.startswith("ii")}


def known_name(names: str) -> str:
    """The name that this release's package lists hold; the first one when they hold none."""
    return candidate(names) or names.split("|")[0]


def candidate(names: str) -> str | None:
    for name in names.split("|"):
        shown = subprocess.run(["apt-cache", "show", name], capture_output=True, text=True, check=False)
        if shown.returncode == 0 and f"Package: {name}\n" in shown.stdout:
            return name
    return None


def apt_prefix() -> list[str] | None:
    """How this user gets to install: as root, by sudo without a password, or not at all."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    may = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n"] if may else None


def is_headless() -> bool:
    return sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextlib.contextmanager
def virtual_display() -> Iterator[str]:
    """An Xvfb on a display number that it finds free itself."""
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    # Its own session: Ctrl+C is for the demo, which still needs the display to close its windows.
    server = subprocess.Popen(
        command,
        pass_fds=[write_end],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        if not number:
            raise SystemExit("虚拟屏幕 Xvfb 没有启动 / the virtual display Xvfb did not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

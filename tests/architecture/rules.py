"""The project's own rules about its source, each a function from a source tree to what breaks it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

FLOORS = ("services", "ui", "views", "app")  # from the ground up
QT = frozenset({"PySide6", "shiboken6", "qtawesome", "pyqtgraph"})
SQL = frozenset({"sqlalchemy", "alembic", "psycopg", "sqlite3"})
CORE_LIBRARIES = frozenset(
    {
        *("structlog", "platformdirs", "pydantic", "pydantic_settings", "msgspec"),
        *("cryptography", "keyring", "secretstorage"),  # secrets at rest
    }
)
SEEN_BY_UI = frozenset({"core", "domain"})
MAY_START_THREADS = frozenset({"core", "video", "recording", "sim", "hub"})
STARTERS = frozenset(
    {"Thread", "Timer", "Process", "ThreadPoolExecutor", "ProcessPoolExecutor", "Popen", "QThread"}
)
MODAL_QUESTIONS = frozenset(
    {"QFileDialog", "QMessageBox", "QInputDialog", "QColorDialog", "QFontDialog", "QPrintDialog"}
)
ASKS_FOR_FILES = "ui/file_asking.py"
WITHOUT_INIT = ("tests", "packaging")
# Only the screens know in which language a list is read.
PUNCTUATION = re.compile(r"[\u3001\u3002\uff0c\uff1a\uff1b]")
VAGUE_NAME = re.compile(r"(Manager|Helper|Helpers|Util|Utils|Data|Info)$")
TEXT_FILES = frozenset({".py", ".md", ".toml", ".txt", ".in", ".ts", ".html", ".spec", ".csv", ""})
# Written in halves, so that this file does not break its own rule.
UNWANTED = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bTO" r"DO\b",
        r"\bFIX" r"ME\b",
        r"\bX" r"XX\b",
        r"(?<![\w.])/wo" r"rk/",
        r"(?i)\bcla" r"ude\b",
        r"(?i)\banth" r"ropic\b",
        r"(?i)\bissue ?#" r"?\d",
        r"(?i)\b(?:ai|coding) (?:ag" r"ent|assi" r"stant)\b",
    )
)
ADDRESS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links", re.IGNORECASE)


def imports_of(file: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything a file imports; `from a import b` gives both a and a.b."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level:
                yield node.lineno, "." * node.level + module  # relative: ruff's TID252 judges it
                continue
            yield node.lineno, module
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def against_the_floors(root: Path) -> list[str]:
    """An import of a floor above one's own."""
    broken = []
    for height, floor in enumerate(FLOORS):
        above = set(FLOORS[height + 1 :]) | {"tests"}
        broken += _imports(root, floor, lambda name, above=above: name.split(".")[0] in above)
    return broken


def ui_that_knows_a_service(root: Path) -> list[str]:
    """`ui` sees the domain and the core; what the product does comes in as plain values."""

    def is_forbidden(name: str) -> bool:
        parts = name.split(".")
        return parts[0] == "services" and len(parts) > 1 and parts[1] not in SEEN_BY_UI

    return _imports(root, "ui", is_forbidden)


def qt_in_services(root: Path) -> list[str]:
    return _imports(root, "services", lambda name: name.split(".")[0] in QT)


def widgets_in_a_presenter(root: Path) -> list[str]:
    """A presenter decides; only screens hold widgets."""
    broken = []
    for file in _sources(root, "views"):
        if "presenter" in file.stem:
            broken += [
                f"{file.relative_to(root)}:{line} imports {name}"
                for line, name in imports_of(file)
                if "QtWidgets" in name.split(".")
            ]
    return broken


def sql_outside_storage(root: Path) -> list[str]:
    return [
        line
        for floor in FLOORS
        for line in _imports(root, floor, lambda name: name.split(".")[0] in SQL)
        if not line.startswith("services/storage/")
    ]


def foreign_code_on_the_ground(root: Path) -> list[str]:
    """The domain stands on the standard library alone; the core on few more (settings, log, secrets)."""
    stdlib = sys.stdlib_module_names
    domain = _imports(root, "services/domain", lambda n: not _is_own(n, "domain") and _top(n) not in stdlib)
    core = _imports(
        root,
        "services/core",
        lambda n: not _is_own(n, "core") and _top(n) not in stdlib | CORE_LIBRARIES,
    )
    return domain + core


def undeclared_services(root: Path) -> list[str]:
    """A folder in services/ that the layers in pyproject.toml do not name."""
    known = declared_services(root / "pyproject.toml")
    folders = (path for path in (root / "services").iterdir() if path.is_dir())
    return sorted(f"services/{f.name}" for f in folders if f.name not in known | {"__pycache__"})


def declared_services(pyproject: Path) -> set[str]:
    contracts = tomllib.loads(pyproject.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract.get("containers") == ["services"])
    return {name.strip(" ()") for layer in layers for name in layer.split("|")}


def threads_started_elsewhere(root: Path) -> list[str]:
    """Threads and processes are started where someone owns their end."""
    files = [f for f in _sources(root, "services") if f.relative_to(root).parts[1] not in MAY_START_THREADS]
    return [
        f"{file.relative_to(root).as_posix()}:{node.lineno} calls {name}"
        for file in [*files, *_sources(root, "ui"), *_sources(root, "views")]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (name := _called(node)) in STARTERS
    ]


def windows_that_hold_up_the_seat(root: Path) -> list[str]:
    """While a question stands, F1 must work: no modal window, no nested loop; files by `ui.file_asking`."""
    broken = []
    for floor in ("ui", "views", "app"):
        broken += _imports(root, floor, lambda name: name.rpartition(".")[2] in MODAL_QUESTIONS)
        for file in _sources(root, floor):
            where = file.relative_to(root).as_posix()
            broken += [
                f"{where}:{node.lineno} holds up the seat"
                for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
                if isinstance(node, ast.Call) and _holds_up(node, may_loop=floor == "app")
            ]
    return [line for line in broken if not line.startswith(f"{ASKS_FOR_FILES}:")]


def packages_that_must_not_be(root: Path) -> list[str]:
    """`packaging` would hide the library of that name; tests are found by path."""
    return sorted(
        file.relative_to(root).as_posix()
        for folder in WITHOUT_INIT
        for file in (root / folder).rglob("__init__.py")
    )


def folders_without_init(root: Path) -> list[str]:
    """A folder of the product that import-linter would not see."""
    folders = {file.parent for floor in FLOORS for file in _sources(root, floor)}
    return sorted(f.relative_to(root).as_posix() for f in folders if not (f / "__init__.py").exists())


def vague_names(root: Path) -> list[str]:
    """A class called Manager, Helper, Util, Data or Info says nothing."""
    return [
        f"{file.relative_to(root).as_posix()}:{node.lineno} class {node.name}"
        for floor in FLOORS
        for file in _sources(root, floor)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and VAGUE_NAME.search(node.name)
    ]


def lists_put_into_words(root: Path) -> list[str]:
    """A service that joins words by Chinese punctuation: it hands on the list, `ui.text.lists` joins it."""
    return [
        f"{file.relative_to(root).as_posix()}:{node.lineno} joins words"
        for file in _sources(root, "services")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "join" and _is_punctuation(node.value)
    ]


def unwanted_words(root: Path, files: list[Path]) -> list[str]:
    """Marks of unfinished work and of where the work was done."""
    return [
        f"{file.relative_to(root).as_posix()}:{number} {found[0]}"
        for file in files
        if file.suffix in TEXT_FILES and file.is_file()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        for pattern in UNWANTED
        if (found := pattern.search(line))
    ]


def addresses_in_requirements(root: Path) -> list[str]:
    """Requirements name packages and hashes; where they come from is the machine's business."""
    return [
        f"{file.name}:{number}"
        for file in sorted(root.glob("requirements*"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if ADDRESS.search(line)
    ]


def _sources(root: Path, folder: str) -> list[Path]:
    return sorted((root / folder).rglob("*.py"))


def _imports(root: Path, folder: str, is_forbidden: object) -> list[str]:
    assert callable(is_forbidden)
    return [
        f"{file.relative_to(root).as_posix()}:{line} imports {name}"
        for file in _sources(root, folder)
        for line, name in imports_of(file)
        if is_forbidden(name)
    ]


def _holds_up(call: ast.Call, *, may_loop: bool) -> bool:
    """A loop in a loop, or a window that the others wait for; a drag ends with the mouse button."""
    if not isinstance(call.func, ast.Attribute):
        return False
    of = ast.unparse(call.func.value).lower()
    match call.func.attr:
        case "exec" | "exec_":
            return not may_loop and of != "drag"
        case "open":
            return of.endswith(("dialog", "box", "question"))
        case "setModal":
            return ast.unparse(call.args[0]) != "False"
        case name:
            return name == "setWindowModality"


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _is_punctuation(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and bool(PUNCTUATION.search(str(node.value)))


def _top(name: str) -> str:
    return name.split(".")[0]


def _is_own(name: str, service: str) -> bool:
    return name == f"services.{service}" or name.startswith(f"services.{service}.")

"""The plans that come with the program: ten emergencies of a college, to be read, adapted and published."""

from __future__ import annotations

from services.core.paths import resource
from services.domain.plans import PlanText
from services.plans.textfile import plan_from_toml

# In the order of a library; each is a file of that name.
SAMPLES = (
    "fire",
    "intrusion",
    "fight",
    "missing_student",
    "medical",
    "flood",
    "power_cut",
    "crowd",
    "dangerous_goods",
    "bomb_threat",
)


def sample_plans() -> dict[str, PlanText]:
    """By id. Reads files; raises what `plan_from_toml` raises."""
    return {name: _read(f"{name}.toml") for name in SAMPLES}


def _read(file: str) -> PlanText:
    return plan_from_toml(resource("plans", file).read_text(encoding="utf-8"), file)

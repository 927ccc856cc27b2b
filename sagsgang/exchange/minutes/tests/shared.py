"""Where the seed and the samples lie; tests that need them are skipped where they are absent."""

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("SAGSGANG_SHARED") or HERE.parents[4] / "shared")
TWIN = HERE / "twin.txt"
LAYOUTS = HERE / "layouts"

needs_shared = pytest.mark.skipif(
    not (SHARED / "samples" / "facts.json").exists(),
    reason=f"the shared samples are not at {SHARED}; set SAGSGANG_SHARED",
)


def seed_path() -> Path:
    return next((SHARED / "seeds").glob("000_*.txt"))

"""What every journey shares: its screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.screen import Screen


@pytest.fixture
def screen(home: Path) -> Iterator[Screen]:
    made = Screen(home)
    yield made
    made.close()

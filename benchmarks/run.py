"""Measures Reviewer beside a bare text widget and prints ratios. See README.md."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROUNDS = 5
WORDS = [
    "the",
    "film",
    "and",
    "a",
    "woman",
    "stands",
    "before",
    "light",
    "that",
    "no",
    "one",
    "saw",
    "again",
    "in",
    "a",
    "house",
    "of",
    "glass",
    "by",
    "the",
    "sea",
]


def text(words: int) -> str:
    """A review of so many words, with headings, emphasis and mentions as reviews have them."""
    chance = random.Random(words)
    paragraphs = []
    for n in range(max(1, words // 80)):
        body = [chance.choice(WORDS) for _ in range(78)]
        body[9], body[40] = f"*{body[9]}*", "[[Gattaca (1997)]]"
        paragraphs.append(("## Part\n\n" if n % 8 == 7 else "") + " ".join(body).capitalize() + ".")
    return "\n\n".join(paragraphs) + "\n"


def probe(kind: str, path: Path) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as home:
        names = {f"XDG_{name}_HOME": f"{home}/{name}" for name in ("DATA", "CONFIG", "CACHE")}
        environment = {**os.environ, **names, "QTWEBENGINE_DISABLE_SANDBOX": "1", "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, str(HERE / "probe.py"), kind, str(path), repr(time.time())]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        return json.loads(done.stdout.strip().splitlines()[-1])


def middle(runs: list[dict[str, object]], name: str, at: float = 0.5) -> float:
    """The median of a figure over runs, or a quantile of all its keys."""
    values = [v for run in runs for v in (run[name] if isinstance(run[name], list) else [run[name]])]
    return statistics.quantiles(values, n=100)[int(at * 100) - 1] if len(values) > 1 else values[0]


def row(name: str, ours: float, bare: float | None = None, unit: str = "ms") -> None:
    ratio = f"{ours / bare:6.2f} x" if bare else ""
    beside = f"{bare:9.1f}" if bare is not None else " " * 9
    print(f"  {name:34}{ours:9.1f}{beside} {unit:4}{ratio}")


def measure(words: int, rounds: int, folder: Path) -> None:
    path = folder / f"{words}.md"
    path.write_text(text(words))
    ours, bare = [], []
    for _ in range(rounds):
        bare.append(probe("bare", path))
        ours.append(probe("reviewer", path))
    print(f"{words:,} words{'':25}Reviewer     bare")
    for name in ("painted", "first key"):
        row(f"start to {name}", 1000 * middle(ours, name), 1000 * middle(bare, name))
    row("start to preview", 1000 * middle(ours, "preview"))
    row("key to character, median", middle(ours, "keys"), middle(bare, "keys"))
    row("key to character, 95 of 100", middle(ours, "keys", 0.95), middle(bare, "keys", 0.95))
    row("key to preview, median", middle(ours, "to preview"))
    row("memory loaded", middle(ours, "loaded"), middle(bare, "loaded"), "MB")
    row("memory after typing", middle(ours, "typed"), middle(bare, "typed"), "MB")


def shelf(folder: Path, count: int) -> None:
    for n in range(count):
        own = folder / f"film-{n:04}"
        own.mkdir(parents=True)
        front = f"id: {n:08x}\ntitle: Film {n}\nstatus: published\ndate: 20{n % 20:02}-0{n % 9 + 1}-11\nfilm: {{title: Film {n}, year: {1950 + n % 70}}}\n"
        front += "rating:\n  - {scale: five-stars, value: 4}\ncategories: [Movies, 4 star movies]\ntags: [sea, glass]\n"
        front += "credits:\n  director: [Someone Else]\n  cast:\n    - {role: Kathy, actors: [Carey Mulligan]}\n"
        (own / "review.md").write_text(f"---\n{front}---\n\n{text(400)}")


def main() -> None:
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for words in (1000,) if quick else (1000, 10_000, 100_000):
            measure(words, 3 if quick else ROUNDS, folder)
        shelf(folder / "library", 2000)
        runs = [probe("library", folder / "library") for _ in range(3)]
        print(f"a library of {runs[0]['count']:,} reviews")
        row("start to painted", 1000 * middle(runs, "painted"))
        row("start to all listed", 1000 * middle(runs, "listed"))
        row("longest time without an answer", 1000 * middle(runs, "longest stall"))


main()

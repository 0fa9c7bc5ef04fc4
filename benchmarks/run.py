"""Measures Reviewer, a bare text widget and other editors in turn, from outside, and prints ratios. See README.md."""

from __future__ import annotations

import argparse
import compileall
import random
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import texts
from desktop import CARET, Box, Desktop
from program import BARE, CHECKOUT, GHOSTWRITER, RETEXT, REVIEWER, Home, Kind, Run

Figures = dict[str, list[float]]
KEYS, UPDATES, COUNT = 60, 20, 2000
LIMIT = 10.0
"""Seconds that a lost key counts."""

IDLE = 10.0
"""Seconds in which nothing is done."""

ROWS = (
    ("start to window", "window", 0.5, "ms"),
    ("start to first key echoed", "first key", 0.5, "ms"),
    ("start to preview", "preview", 0.5, "ms"),
    ("key to character, p50", "key", 0.5, "ms"),
    ("key to character, p95", "key", 0.95, "ms"),
    ("the same in the middle, p50", "middle", 0.5, "ms"),
    ("the same in the middle, p95", "middle", 0.95, "ms"),
    ("processor time a key", "processor", 0.5, "ms"),
    ("key to preview, p50", "key to preview", 0.5, "ms"),
    ("previews of 40 keys, ten a second", "kept up", 0.5, ""),
    ("processor when idle", "idle", 0.5, "%"),
    ("memory loaded", "loaded", 0.5, "MB"),
    ("memory after typing", "typed", 0.5, "MB"),
)


def start(run: Run) -> dict[str, float]:
    """Milliseconds of one start; the key that is typed stays in the text."""
    window, key = run.wait_window(), run.first_key()
    found = {"window": 1000 * window, "first key": 1000 * key}
    if run.kind.preview:
        found["preview"] = 1000 * run.wait_text(run.kind.preview)
    return found


def caret_band(run: Run) -> Box:
    """From a line over the caret to the text's lower edge: where a key shows, also when its word goes to the next line."""
    box, desktop = run.kind.editor, run.desktop
    before = desktop.look(box)
    desktop.press("m")
    desktop.wait_change(box, before, LIMIT, CARET)
    run.settle()
    rows = [y for y, (a, b) in enumerate(zip(desktop.look(box), before, strict=True)) if a != b]
    return Box(box.left, max(box.top, box.top + rows[0] - 40), box.right, box.bottom) if rows else box


def keys(run: Run, *ways: str) -> Figures:
    """Milliseconds from each key to its character, and processor time a key, at a place that some keys lead to."""
    chance, desktop = random.Random(1), run.desktop
    for way in ways:
        desktop.press(way)
        time.sleep(0.01)
    run.settle()
    band = caret_band(run)
    spent, before, pressed_keys = [], run.processor(), 0
    for sign in " " + " ".join(chance.choice(texts.WORDS) for _ in range(KEYS)):
        pressed_keys += 1
        if sign in " il":  # a blank shows as the caret alone, and narrow letters hardly more: these are not timed
            desktop.press("space" if sign == " " else sign)
            time.sleep(0.1)
            continue
        seen = desktop.look(band)
        pressed = desktop.press(sign)
        shown = desktop.wait_change(band, seen, LIMIT, CARET)
        spent.append(1000 * ((shown or pressed + LIMIT) - pressed))
        time.sleep(chance.uniform(0.08, 0.14))
        if len(spent) == KEYS:
            break
    run.settle()
    return {"key": spent, "processor": [(run.processor() - before) / pressed_keys]}


def updates(run: Run) -> list[float]:
    """Milliseconds from a key in the first paragraph to a change of the preview, one key at a time."""
    assert run.kind.preview is not None
    desktop, box, spent = run.desktop, run.kind.preview, []
    for way in ("ctrl+Home", "Right", "Right", "m"):
        desktop.press(way)
        run.settle()
    for _ in range(UPDATES):
        seen = desktop.look(box)
        pressed = desktop.press("m")
        shown = desktop.wait_change(box, seen, LIMIT)
        spent.append(1000 * ((shown or pressed + LIMIT) - pressed))
        desktop.wait_still(box, 0.3, LIMIT)
    return spent


def keeps_up(run: Run) -> list[float]:
    """How often the preview changed while 40 keys came, ten a second."""
    assert run.kind.preview is not None
    desktop, box, count = run.desktop, run.kind.preview, 0
    for _ in range(40):
        seen, began = desktop.look(box), time.perf_counter()
        desktop.press("m")
        count += desktop.wait_change(box, seen, 0.098) is not None
        time.sleep(max(0.0, 0.1 - (time.perf_counter() - began)))
    return [float(count)]


def idle(run: Run) -> list[float]:
    """Processor time, of one core, in per cent, while nothing is done."""
    run.settle()
    before = run.processor()
    time.sleep(IDLE)
    return [(run.processor() - before) / IDLE / 10]


def session(run: Run) -> Figures:
    """One start and all that is typed in it."""
    found = {name: [value] for name, value in start(run).items()}
    time.sleep(1.5)
    run.settle()
    found["loaded"] = [run.memory()]
    found["idle"] = idle(run)
    found |= keys(run, "ctrl+End")
    found["middle"] = keys(run, "ctrl+Home", *["Next"] * 12, *["Down"] * 12)["key"]
    if run.kind.preview:
        found["key to preview"] = updates(run)
        found["kept up"] = keeps_up(run)
    found["typed"] = [run.memory()]
    return found


def quantile(values: list[float], at: float) -> float:
    """A quantile of some values, between two of them where need be."""
    return values[0] if len(values) == 1 else statistics.quantiles(values, n=100, method="inclusive")[int(100 * at) - 1]


def table(title: str, found: dict[str, Figures]) -> None:
    """Print one part of the result as a table in Markdown: each program's figure, and its ratio to the bare widget's."""
    bare = found[BARE.name]
    print(f"\n| {title} | {' | '.join(found)} |\n| --- |{' ---: |' * len(found)}")
    for words, name, at, unit in ROWS:
        cells = []
        for figures in found.values():
            if name not in figures:
                cells.append("")
                continue
            mine, base = quantile(figures[name], at), quantile(bare[name], at) if name in bare else 0.0
            ratio = f" ({mine / base:.1f} x)" if base and figures is not bare else ""
            cells.append(f"{mine:.1f}{' ' + unit if unit else ''}{ratio}")
        if any(cells):
            print(f"| {words} | {' | '.join(cells)} |", flush=True)


def measure(words: int, rounds: int, starts: int, kinds: list[Kind], desktop: Desktop, folder: Path) -> None:
    """All figures for a text of so many words; some more starts, as these vary most."""
    plain, review = texts.review(folder, words)
    paths = {kind.name: review if kind is REVIEWER else plain for kind in kinds}
    originals = {path: path.read_bytes() for path in paths.values()}
    homes = {kind.name: Home(kind, desktop, paths[kind.name], folder) for kind in kinds}
    found: dict[str, Figures] = {kind.name: defaultdict(list) for kind in kinds}
    for number in range(rounds + starts):
        for kind in kinds:
            for path, data in originals.items():
                path.write_bytes(data)
            with homes[kind.name].start(paths[kind.name]) as run:
                figures = session(run) if number < rounds else {n: [v] for n, v in start(run).items()}
            for name, values in figures.items():
                found[kind.name][name] += values
    table(f"{words:,} words", found)


def listed(run: Run) -> float:
    """Milliseconds from the start until the number of reviews stands at the foot: its last change."""
    assert run.kind.foot is not None
    run.wait_window()
    last, seen = time.perf_counter(), run.desktop.look(run.kind.foot)
    while (changed := run.desktop.wait_change(run.kind.foot, seen, 4)) is not None:
        last, seen = changed, run.desktop.look(run.kind.foot)
    return 1000 * (last - run.started)


def shelf(rounds: int, desktop: Desktop, folder: Path) -> None:
    """The start with a library of many reviews, beside the bare program's with one of its texts."""
    library = texts.library(folder / "library", COUNT)
    plain = folder / "plain.md"
    plain.write_text(texts.body(400), "utf-8")
    paths: dict[Kind, Path] = {BARE: plain, REVIEWER: library}
    homes = {kind: Home(kind, desktop, path, folder) for kind, path in paths.items()}
    found: dict[Kind, Figures] = {kind: defaultdict(list) for kind in paths}
    complete = []
    for _ in range(rounds):
        for kind, path in paths.items():
            with homes[kind].start(path) as run:
                for name, value in start(run).items():
                    found[kind][name].append(value)
        with homes[REVIEWER].start(library) as run:
            complete.append(listed(run))
    table(f"a library of {COUNT:,} reviews", {kind.name: figures for kind, figures in found.items()})
    print(f"| start to list complete | | {quantile(complete, 0.5):.1f} ms |")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--quick", action="store_true", help="1,000 words and the library only, few rounds")
    ask.add_argument("--rounds", type=int, help="sessions of each program and size")
    ask.add_argument("--words", type=int, action="append", help="measure this size only; may be given again")
    ask.add_argument("--peers", action="store_true", help="ghostwriter and ReText too, where they are installed")
    ask.add_argument("--no-library", action="store_true", help="leave the library out")
    options = ask.parse_args()
    rounds = options.rounds or (1 if options.quick else 3)
    sizes = options.words or ([1000] if options.quick else [1000, 10_000, 100_000])
    kinds = [BARE, REVIEWER, *(kind for kind in (GHOSTWRITER, RETEXT) if options.peers and kind.is_there)]
    compileall.compile_dir(CHECKOUT / "reviewer", quiet=1)  # as pip and script/setup leave it
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with Desktop(folder) as desktop:
            for words in sizes:
                extra = 2 if options.quick else 5 if words == 1000 else 0
                measure(words, rounds, extra, kinds, desktop, folder / str(words))
            if not options.no_library:
                shelf(max(2, rounds), desktop, folder / "shelf")


main()

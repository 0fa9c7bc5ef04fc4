"""Measures the picture desk: 500 stills taken in, 2,000 in the grid, an export of 20 stills of 24 megapixels.

The program runs in this process, on Qt's platform of the environment (``QT_QPA_PLATFORM=offscreen`` needs no screen). A timer
that should come every 5 ms tells the window's longest pause: how long a key or the mouse would have had to wait.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import random
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

from PIL import Image, ImageChops
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QStyleFactory

from reviewer.ui.widgets.thumbnails import LARGE

TICK = 0.005
LIMIT = 600.0
BASES = 40
"""Different pictures; the others are the same pixels in files of other bytes, which nothing here can know beforehand."""


class Bench:
    """A program on a library of its own, and the figures that were measured."""

    def __init__(self, base: Path, library: Path) -> None:
        from reviewer.app import Program
        from reviewer.library.folders import UserFolders
        from reviewer.ui.preview.scheme import prepare, register

        prepare()
        register()
        self.app = QApplication(["reviewer"])
        self.app.setStyle(QStyleFactory.create("Fusion"))
        self.base = base
        self.program = Program(self.app, UserFolders(base / "data", base / "config", base / "cache"), web=False)
        self.program.start(library)
        self.program.window.resize(1440, 900)
        self.until(lambda: not self.program.desk.scanning)
        self._last = self._longest = 0.0
        self._ticks = QTimer(interval=round(TICK * 1000))
        self._ticks.timeout.connect(self._tick)

    def _tick(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._last - TICK)
        self._last = now

    def until(self, done: Callable[[], bool]) -> None:
        end = time.monotonic() + LIMIT
        while not done():
            assert time.monotonic() < end, "it did not end"
            self.app.processEvents()
            time.sleep(0.0005)

    @contextmanager
    def measured(self, what: str) -> Iterator[None]:
        """Time, the longest pause, and the memory that the process took at most meanwhile."""
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew (proc(5))
        self._longest, self._last = 0.0, time.perf_counter()
        self._ticks.start()
        start = time.perf_counter()
        yield
        took = time.perf_counter() - start
        self._tick()
        self._ticks.stop()
        peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
        print(f"| {what} | {took:.2f} s | {1000 * self._longest:.0f} ms | {peak:.0f} MB |", flush=True)


def picture(number: int, size: tuple[int, int]) -> bytes:
    """A picture with as much detail as a frame of a film has."""
    rng = random.Random(number)
    noise = Image.effect_noise((size[0] // 4, size[1] // 4), 40 + rng.random() * 60).resize(
        size, Image.Resampling.BICUBIC
    )
    across = Image.linear_gradient("L").rotate(90 * (number % 4)).resize(size)
    image = Image.merge("RGB", (noise, ImageChops.blend(noise, across, 0.5), across))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def fill(library: Path, reviews: int, each: int) -> None:
    """Reviews with stills of 1920 by 1080 pixels, all of them different files."""
    bases = [picture(n, (1920, 1080)) for n in range(BASES)]
    for number in range(reviews):
        folder = library / f"film-{number:04}" / "stills"
        folder.mkdir(parents=True)
        rows = []
        for at in range(each):
            (folder / f"s{at}.jpg").write_bytes(bases[(number * each + at) % BASES] + f"{number}-{at}".encode())
            rows.append(f"  - {{file: stills/s{at}.jpg, caption: Frame {at}, permission: {{basis: own}}}}")
        head = f"---\ntitle: Film {number}\nfilm: {{title: Film {number}, year: {1920 + number % 100}}}\nstills:\n"
        (folder.parent / "review.md").write_text(head + "\n".join(rows) + "\n---\n\n![](stills/s0.jpg)\n")


def take_in(bench: Bench, count: int) -> None:
    """Stills into one review, as a drop of a folder's files does it."""
    source = bench.base / "kit"
    session = bench.program.files.open(bench.program.desk.library / "film-0000" / "review.md")
    before = len(session.review.stills)
    with bench.measured(f"{count} stills of 1920 × 1080 taken in"):
        bench.program.pictures.add(sorted(source.iterdir()))
        bench.until(lambda: len(session.review.stills) == before + count)
    with bench.measured("the review saved"):
        bench.program.actions["save"].trigger()
        bench.until(lambda: not session.dirty)


def grid(bench: Bench) -> None:
    """The whole library in the grid: opened, and scrolled from its first row to its last and back."""
    desk = bench.program.stills
    with bench.measured("the desk opened, first screen with its pictures"):
        bench.program.actions["stills-desk"].trigger()
        bench.until(lambda: shown(desk.view) == 0)
    bar = desk.view.grid.verticalScrollBar()
    for words in ("scrolled to the end and back, pictures not made yet", "the same, pictures in the cache"):
        with bench.measured(words):
            scroll(bench, bar, 1)
            scroll(bench, bar, -1)
        with bench.measured("all pictures of that place there"):
            bench.until(lambda: shown(desk.view) == 0)


def scroll(bench: Bench, bar: object, way: int) -> None:
    """One wheel's notch after the other, each shown before the next."""
    end = bar.maximum() if way > 0 else 0
    while bar.value() != end:
        bar.setValue(max(0, min(bar.maximum(), bar.value() + way * 240)))
        for _ in range(3):
            bench.app.processEvents()
            time.sleep(0.002)


def shown(view: object) -> int:
    """How many places of the screen that is shown have no picture yet."""
    grid = view.grid
    rect = grid.viewport().rect()
    first = grid.indexAt(rect.topLeft() + QPoint(30, 60)).row()
    missing = 0
    for row in range(max(0, first), grid.model().rowCount()):
        place = grid.visualRect(grid.model().index(row, 0))
        if place.top() > rect.bottom():
            break
        missing += view._thumbnails.get(view.model.rows[row].path, LARGE) is None
    return missing if view.model.rows else 1


def large(base: Path, count: int, megapixels: int) -> None:
    """A review that shows so many large stills."""
    folder = base / "large" / "long-post"
    (folder / "stills").mkdir(parents=True)
    height = round((megapixels * 1_000_000 / 1.5) ** 0.5)
    bases = [picture(n, (round(height * 1.5), height)) for n in range(4)]
    rows, marks = [], []
    for number in range(count):
        (folder / "stills" / f"l{number}.jpg").write_bytes(bases[number % 4] + f"l{number}".encode())
        rows.append(f"  - {{file: stills/l{number}.jpg, alt: A, caption: Frame {number}, permission: {{basis: own}}}}")
        marks.append(f"![](stills/l{number}.jpg)")
    review = folder / "review.md"
    head = "---\ntitle: Long\ndate: 2011-02-03\nstills:\n" + "\n".join(rows) + "\n---\n\n"
    review.write_text(head + "\n\n".join(marks) + "\n")


def export(bench: Bench, count: int, megapixels: int) -> None:
    """A review with large stills into a Jekyll blog: first, then again with nothing changed, then with one caption changed."""
    from reviewer.library.reviews import open_review
    from reviewer.publish.carry_out import carry_out
    from reviewer.publish.plan import site_for
    from reviewer.publish.planner import make_plan
    from reviewer.publish.profiles import BlogSettings

    review = bench.base / "large" / "long-post" / "review.md"
    blog = bench.base / "blog"
    blog.mkdir()
    (blog / "_config.yml").write_text("title: Blog\n")
    folders, tasks = bench.program.folders, bench.program.tasks

    def once(words: str) -> None:
        done: list[int] = []

        def work() -> int:
            plan = make_plan([open_review(review)], site_for(blog), BlogSettings(), folders, dt.date(2026, 1, 1))
            return carry_out(plan, folders)

        with bench.measured(words):
            tasks.run(work, done.append)
            bench.until(lambda: bool(done))

    once(f"{count} stills of {megapixels} megapixels exported in three sizes")
    once("the same again, nothing changed")
    review.write_text(review.read_text().replace("caption: Frame 3,", "caption: The pier,"))
    once("the same again, one caption changed")


def make(base: Path, stills: int, taken: int, exported: int, megapixels: int) -> None:
    """All pictures and reviews, made by a process of its own, whose memory is not the program's."""
    fill(base / "library", stills // 20, 20)
    (base / "kit").mkdir()
    bases = [picture(n, (1920, 1080)) for n in range(BASES)]
    for number in range(taken):
        (base / "kit" / f"k{number:04}.jpg").write_bytes(bases[number % BASES] + f"k{number}".encode())
    large(base, exported, megapixels)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--stills", type=int, default=2000)
    options.add_argument("--taken", type=int, default=500)
    options.add_argument("--exported", type=int, default=20)
    options.add_argument("--megapixels", type=int, default=24)
    chosen = options.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        os.environ["HOME"] = name
        maker = get_context("spawn").Process(target=make, args=(base, *vars(chosen).values()))
        maker.start()
        maker.join()
        bench = Bench(base, base / "library")
        print("| What | Time | Longest pause of the window | Memory at most |\n|---|---|---|---|")
        grid(bench)
        take_in(bench, chosen.taken)
        export(bench, chosen.exported, chosen.megapixels)
        shutil.rmtree(base)
        os._exit(0)


if __name__ == "__main__":
    main()

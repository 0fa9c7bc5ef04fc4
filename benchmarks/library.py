"""A library of ten thousand reviews: the index made, opened again, searched, narrowed; a term renamed in two thousand of them.

usage: .venv/bin/python benchmarks/library.py [--reviews 10000] [--make FOLDER]

`--make` only writes the library. Each figure is the median of several goes in one process; memory is what the process held at most.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from reviewer.library import batch, vocabulary
from reviewer.library.folders import UserFolders
from reviewer.library.index import Index
from reviewer.library.searching import entries, facets, search
from reviewer.review.marks import BUILT_IN, LETTERS
from reviewer.review.query import parse

FIRST = [
    "Silent",
    "Broken",
    "Distant",
    "Golden",
    "Hidden",
    "Last",
    "Little",
    "Long",
    "Lost",
    "Other",
    "Quiet",
    "Red",
    "Second",
    "Sleeping",
    "Summer",
    "White",
    "Winter",
    "Young",
]
SECOND = [
    "Bridge",
    "City",
    "Daughter",
    "Door",
    "Garden",
    "House",
    "Island",
    "Letter",
    "Light",
    "Mirror",
    "Night",
    "River",
    "Room",
    "Sea",
    "Street",
    "Stranger",
    "Train",
    "Wall",
]
NAMES = [
    "Ada",
    "Bo",
    "Carla",
    "Dov",
    "Edit",
    "Femi",
    "Gus",
    "Hana",
    "Ivo",
    "Jun",
    "Kira",
    "Leo",
    "Mara",
    "Nils",
    "Olga",
    "Pia",
]
SURNAMES = [
    "Adler",
    "Bergström",
    "Castillo",
    "Dubois",
    "Ege",
    "Ferreira",
    "Gallo",
    "Hoffmann",
    "Ito",
    "Jansen",
    "Keller",
    "Lindqvist",
    "Moreau",
    "Novák",
    "Okafor",
    "Park",
]
TAGS = [
    "noir",
    "western",
    "slow",
    "festival",
    "debut",
    "remake",
    "silent",
    "list",
    "holiday",
    "city",
    "war",
    "school",
    "animals",
    "rain",
    "road",
    "ghosts",
]
COUNTRIES = ["France", "Japan", "Italy", "Sweden", "United States", "Brazil", "Iran", "Nigeria"]
GENRES = ["Drama", "Comedy", "Crime", "Horror", "Documentary", "Musical"]
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
    "house",
    "of",
    "glass",
    "by",
    "sea",
    "slowly",
    "camera",
    "waits",
    "while",
    "her",
    "brother",
    "talks",
    "until",
    "evening",
    "comes",
    "with",
    "rain",
    "on",
    "every",
    "window",
    "he",
    "never",
    "opened",
    "for",
    "anyone",
    "else",
]
QUERIES = (
    "glass", "brid", '"before light"', "director:Keller", "year:1990s", "mark:>=4", "tag:noir status:published",
    "director:\"Hana Ito\" year:1960..1999 mark:>=3 -tag:list", "rain OR sea", 'mentions:"Quiet Mirror (1977)"', "rights:unknown",
)  # fmt: skip
TODAY = dt.date(2026, 1, 1)


def write(library: Path, count: int, words: int = 300) -> None:
    """Made-up reviews of made-up films, the same ones in every run."""
    chance = random.Random(count)
    films = [(f"{chance.choice(FIRST)} {chance.choice(SECOND)}", chance.randint(1930, 2025)) for _ in range(count)]
    for number, (title, year) in enumerate(films):
        folder = library / f"film-{number:06}"
        folder.mkdir(parents=True)
        people = [f"{chance.choice(NAMES)} {chance.choice(SURNAMES)}" for _ in range(6)]
        text = " ".join(chance.choices(WORDS, k=words))
        other = chance.choice(films)
        tags = chance.sample(TAGS, 2) + (["shared"] if number % 5 == 0 else [])
        (folder / "review.md").write_text(
            f"---\nid: {number + 1:08x}\ntitle: {title} {number}\nslug: film-{number}\nstatus: {chance.choice(('draft', 'published', 'ready'))}\n"
            f"date: {2005 + number % 20}-{number % 12 + 1:02}-{number % 28 + 1:02}\n"
            f"film:\n  title: {title}\n  year: {year}\n  runtime: {80 + number % 60}\n  countries: [{chance.choice(COUNTRIES)}]\n"
            f"  genres: [{chance.choice(GENRES)}]\n"
            f"rating:\n  - scale: five-stars\n    value: {chance.randint(1, 10) / 2:g}\n  - scale: letters\n    value: {chance.choice(LETTERS)}\n"
            f"categories: [Movies]\ntags: [{', '.join(tags)}]\n"
            f"credits:\n  director: [{people[0]}]\n  writer: [{people[1]}]\n  cast:\n"
            + "".join(f"    - role: Role {n}\n      actors: [{name}]\n" for n, name in enumerate(people[2:]))
            + "stills:\n  - file: stills/one.jpg\n    alt: A room\n    caption: A room by day\n    credit: Somebody\n    lead: true\n"
            f"    permission:\n      basis: {chance.choice(('own', 'unknown', 'press-terms'))}\n---\n\n"
            f"{text.capitalize()}. [[{other[0]} ({other[1]})]] is near.\n"
        )


def median(act: Callable[[], object], goes: int) -> float:
    """Milliseconds that an act takes, the median of several goes."""
    spent = []
    for _ in range(goes):
        begin = time.perf_counter()
        act()
        spent.append((time.perf_counter() - begin) * 1000)
    return statistics.median(spent)


class Rows:
    """What was measured, printed as it comes: a library of a hundred thousand takes its time."""

    def append(self, row: tuple[str, float]) -> None:
        """Print a name and its milliseconds."""
        print(f"{row[1]:10.1f} ms  {row[0]}", flush=True)


def window(library: Path, folders: UserFolders, rows: Rows) -> None:
    """Milliseconds from opening the library in a window until its list stands, and until a search is shown; no web view."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    from reviewer.app import Program

    app = QApplication([])
    program = Program(app, folders, web=False)
    program.window.resize(1440, 900)
    program.window.show()

    def until(condition: Callable[[], bool]) -> float:
        begin = time.perf_counter()
        loop, look = QEventLoop(), QTimer(interval=20)
        look.timeout.connect(lambda: loop.quit() if condition() else None)
        look.start()
        loop.exec()
        return (time.perf_counter() - begin) * 1000

    count = sum(1 for _ in library.iterdir())
    program.files.open_library(library)
    listed = until(lambda: program.window.library.model.rowCount() > 0)
    rows.append(("window: the library opened, first rows of the list", listed))
    rows.append(("window: until all of it stands", listed + until(lambda: len(program.desk.entries) >= count)))
    until(lambda: not program.desk.scanning)
    program.actions["reviews-desk"].trigger()
    view = program.reviews.view
    until(lambda: len(view.model.rows) >= count)
    view.search.setText("glass director:Keller")
    rows.append(("window: a search typed until it is shown", until(lambda: 0 < len(view.model.rows) < count)))
    changed = sorted(library.glob("*/review.md"))[:: max(1, count // 2000)][:2000]
    before = {path: program.desk.entries[path].words for path in changed}
    for path in changed:
        path.write_text(path.read_text() + "Two words.\n")
    first = until(lambda: any(program.desk.entries[path].words != words for path, words in before.items()))
    rows.append((f"window: {len(changed):,} files changed by another program, until the first are seen", first))
    rest = until(lambda: all(program.desk.entries[path].words != words for path, words in before.items()))
    rows.append(("window: until all of them are seen", first + rest))
    program.end()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--reviews", type=int, default=10_000)
    options.add_argument("--make", type=Path)
    chosen = options.parse_args()
    if chosen.make:
        write(chosen.make, chosen.reviews)
        return
    with tempfile.TemporaryDirectory() as temporary:
        library = Path(temporary) / "library"
        folders = UserFolders(*(Path(temporary) / name for name in ("data", "config", "cache")))
        write(library, chosen.reviews)
        rows = Rows()
        index = Index.open(folders, library, BUILT_IN)
        rows.append(("index made from the files", median(lambda: list(index.sync(TODAY)), 1)))
        index.close()
        rows.append(("index opened", median(lambda: Index.open(folders, library, BUILT_IN).close(), 5)))
        index = Index.open(folders, library, BUILT_IN)
        rows.append(("all rows of the list out of the index", median(index.entries, 5)))
        rows.append(("in step with the files, nothing changed", median(lambda: list(index.sync(TODAY)), 5)))
        for typed in QUERIES:
            query = parse(typed, BUILT_IN, TODAY)
            count = search(index, query).total
            rows.append(
                (f"{typed}   ({count:,} found), first 50", median(lambda query=query: search(index, query, most=50), 5))
            )
        everything = parse("", BUILT_IN, TODAY)
        rows.append(("facets of all", median(lambda: facets(index, everything), 3)))
        rows.append(("facets of tag:noir", median(lambda: facets(index, parse("tag:noir", BUILT_IN, TODAY)), 3)))
        rows.append(
            ("rows of tag:noir", median(lambda: entries(index, search(index, parse("tag:noir", BUILT_IN, TODAY))), 3))
        )
        paths = vocabulary.holding(index, "tag", ["shared"])
        planned: list[batch.Change] = []
        plan = partial(vocabulary.renaming, paths, "tag", ["shared"], ["renamed"])
        rows.append((f"a tag renamed in {len(paths):,}: the plan", median(lambda: planned.extend(plan()), 1)))
        rows.append(("the same carried out", median(lambda: batch.carry_out(planned, "Rename", folders, library), 1)))
        rows.append(("the index in step after it", median(lambda: list(index.sync(TODAY)), 1)))
        rows.append(("the same taken back", median(lambda: batch.put_back(folders, library), 1)))
        index.close()
        window(library, folders, rows)
        size = (folders.of("libraries", library) / "index.sqlite").stat().st_size / 1e6
        print(
            f"\n{chosen.reviews:,} reviews, index of {size:.0f} MB, at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB held"
        )


if __name__ == "__main__":
    main()

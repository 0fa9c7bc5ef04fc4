"""A catalogue of a million made-up films in IMDb's form: made in a process of its own, then looked up as one types.

usage: .venv/bin/python benchmarks/films.py [--titles 1000000]
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reviewer.interop.catalogue import Catalogue, make, place
from reviewer.library.folders import UserFolders

FIRST = [
    "silent",
    "broken",
    "distant",
    "golden",
    "hidden",
    "last",
    "little",
    "long",
    "lost",
    "other",
    "quiet",
    "red",
    "second",
    "sleeping",
    "summer",
    "white",
    "winter",
    "young",
    "never",
    "dark",
]
SECOND = [
    "bridge",
    "city",
    "daughter",
    "door",
    "garden",
    "house",
    "island",
    "letter",
    "light",
    "mirror",
    "night",
    "river",
    "room",
    "sea",
    "street",
    "stranger",
    "train",
    "wall",
    "moon",
    "king",
]
THIRD = [
    "returns",
    "alone",
    "again",
    "forever",
    "tomorrow",
    "below",
    "above",
    "within",
    "before",
    "after",
    "of-paris",
    "of-tokyo",
    "in-love",
    "in-flames",
    "for-two",
]
QUERIES = (
    "n",
    "ne",
    "never mo",
    "silent bridge",
    "the silent bridge returns 1984",
    "person 4711",
    "moon 1999",
    "garden of paris person",
    "zzz",
)


def write(folder: Path, titles: int) -> None:
    """Tables with a title in two languages each, a director, and three in the cast; the same ones in every run."""
    chance = random.Random(titles)
    heads = {
        "title.basics": "tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres",
        "title.akas": "titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle",
        "title.crew": "tconst\tdirectors\twriters",
        "title.principals": "tconst\tordering\tnconst\tcategory\tjob\tcharacters",
        "title.ratings": "tconst\taverageRating\tnumVotes",
        "name.basics": "nconst\tprimaryName\tbirthYear\tdeathYear\tprimaryProfession\tknownForTitles",
    }
    files = {name: (folder / f"{name}.tsv").open("w", encoding="utf-8") for name in heads}
    for name, head in heads.items():
        files[name].write(head + "\n")
    people = max(10, titles // 4)
    for n in range(1, titles + 1):
        title = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {chance.choice(THIRD)}".replace("-", " ").title()
        files["title.basics"].write(
            f"tt{n:07}\tmovie\t{title}\t{title}\t0\t{chance.randint(1930, 2025)}\t\\N\t{chance.randint(60, 180)}\tDrama\n"
        )
        files["title.akas"].write(
            f"tt{n:07}\t1\tDer {chance.choice(SECOND)} {n % 1000}\tDE\t\\N\timdbDisplay\t\\N\t0\n"
        )
        files["title.crew"].write(f"tt{n:07}\tnm{chance.randint(1, people):07}\t\\N\n")
        for order in range(1, 4):
            files["title.principals"].write(
                f'tt{n:07}\t{order}\tnm{chance.randint(1, people):07}\tactor\t\\N\t["Role {order}"]\n'
            )
        if n % 3 == 0:
            files["title.ratings"].write(f"tt{n:07}\t7.0\t{chance.randint(5, 100000)}\n")
    for n in range(1, people + 1):
        files["name.basics"].write(f"nm{n:07}\tPerson {n}\t\\N\t\\N\tactor\t\\N\n")
    for file in files.values():
        file.close()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--titles", type=int, default=1_000_000)
    options.add_argument("--make", nargs=2, type=Path, metavar=("TABLES", "HOME"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.make:
        tables, home = chosen.make
        make([tables], _folders(home))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        return
    with tempfile.TemporaryDirectory() as temporary:
        tables, home = Path(temporary) / "tables", Path(temporary) / "home"
        tables.mkdir()
        write(tables, chosen.titles)
        size = sum(path.stat().st_size for path in tables.iterdir()) / 1e6
        begin = time.perf_counter()
        done = subprocess.run(
            [sys.executable, __file__, "--make", tables, home], capture_output=True, text=True, check=True
        )
        spent = time.perf_counter() - begin
        whole = place(_folders(home)).stat().st_size / 1e6
        print(
            f"{chosen.titles:,} titles, {size:.0f} MB of tables: made in {spent:.0f} s, at most {done.stdout.strip()} MB held, {whole:.0f} MB on the disk\n"
        )
        catalogue = Catalogue(_folders(home))
        for typed in QUERIES:
            goes = []
            for _ in range(7):
                begin = time.perf_counter()
                hits = catalogue.find(typed)
                goes.append((time.perf_counter() - begin) * 1000)
            print(f"{statistics.median(goes):8.1f} ms, at most {max(goes):6.1f}  {typed}  ({len(hits)} shown)")


def _folders(home: Path) -> UserFolders:
    return UserFolders(home / "data", home / "config", home / "cache")


if __name__ == "__main__":
    main()

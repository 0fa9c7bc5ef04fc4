"""A thousand reviews into a blog: the first export, the next with nothing to do, and one with a single change.

usage: .venv/bin/python benchmarks/export.py [--reviews 1000] [--profile jekyll]

Each step runs in a process of its own, as on the command line; seconds by the clock, the most memory that the process held.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PARAGRAPH = (
    "The film is *quiet*, and it knows why: “nobody” in it raises a voice -- until [[Gattaca (1997)]] is named. A **second** look,"
    " with `code`, {{ braces }} and a [link](https://films.example/a_(b)?x=1&y=2), costs nothing. "
)
SITES = {"jekyll": ("_config.yml", "title: B\ntimezone: UTC\n"), "hugo": ("hugo.toml", ""), "pelican": ("pelicanconf.py", ""),
         "astro": ("astro.config.mjs", ""), "mkdocs": ("mkdocs.yml", "plugins: [blog]\n")}  # fmt: skip


def library(folder: Path, count: int) -> None:
    """Reviews of some 500 words, each with a still of 1,600 pixels; ten pictures for all, since drawing them is not measured."""
    from PIL import Image

    pictures = []
    for number in range(10):
        path = folder.parent / f"{number}.jpg"
        Image.effect_noise((1600, 900), 40 + number).convert("RGB").save(path, quality=80)
        pictures.append(path.read_bytes())
    for number in range(count):
        place = folder / f"film-{number}"
        (place / "stills").mkdir(parents=True)
        (place / "stills" / "still.jpg").write_bytes(pictures[number % 10])
        (place / "review.md").write_text(
            f'---\nid: film{number:06}\ntitle: "Film {number}"\nslug: film-{number}\nstatus: ready\n'
            f"date: {2000 + number % 25}-{number % 12 + 1:02}-{number % 28 + 1:02}\nfilm:\n  title: Film {number}\n  year: {1950 + number % 75}\n"
            "rating:\n  - scale: five-stars\n    value: 4\ncategories: [Movies]\nstills:\n"
            "  - file: stills/still.jpg\n    alt: A still\n    caption: A still\n    credit: Somebody\n    lead: true\n"
            "    permission:\n      basis: own\n---\n\n" + "\n\n".join([PARAGRAPH * 3] * 5) + f"\n\nNumber {number}.\n"
        )


def run(words: list[str], home: Path) -> tuple[float, int, str]:
    """A command line in its own process: seconds, the most memory in MB, and the last line it printed."""
    names = {"HOME": str(home)} | {f"XDG_{n}_HOME": str(home / n.lower()) for n in ("DATA", "CONFIG", "CACHE", "STATE")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    begin = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "reviewer", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **names},
    )
    spent = time.perf_counter() - begin
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if done.returncode == 2:
        sys.exit(done.stderr)
    return spent, max(before, most) // 1024, (done.stdout.strip().splitlines() or [""])[-1]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--reviews", type=int, default=1000)
    options.add_argument("--profile", choices=SITES, default="jekyll")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        folder, blog, home = base / "Reviews", base / "blog", base / "home"
        blog.mkdir()
        file, text = SITES[chosen.profile]
        (blog / file).write_text(text)
        library(folder, chosen.reviews)
        export = ["export", str(folder), "--to", str(blog)]
        print(f"{chosen.reviews} reviews with a still each, profile {chosen.profile}")
        print(f"{'':34} {'seconds':>8} {'MB':>6}  what was said last")
        for title, words in (
            ("first export", export),
            ("the plan again, nothing to do", [*export, "--dry-run"]),
            ("exported again, nothing to do", export),
            ("one review changed", export),
            ("the state of all", ["status", str(folder), "--blog", str(blog)]),
            ("the last export undone", ["undo-export", str(blog)]),
        ):
            if title.startswith("one"):
                with (folder / "film-7" / "review.md").open("a") as review:
                    review.write("\nOne line more.\n")
            spent, most, said = run(words, home)
            print(f"{title:34} {spent:8.1f} {most:6}  {said[:60]}", flush=True)


if __name__ == "__main__":
    main()

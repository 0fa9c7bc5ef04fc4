"""Coverage-guided fuzzing of one reader: ``python tests/fuzzing/guided.py TARGET --seconds 3600 --corpus FOLDER [--seeds PATH ...]``.

Needs `atheris` (``pip install atheris``), which the tests do not. Targets are those of `properties.py`. The corpus grows in its
folder and is used again by the next run. An input that breaks a property is a finding: the first of each place in the program is written
to ``FOLDER/../TARGET-found/``, and the run goes on; what was mended is kept as a sample in ``tests/fuzzing/found/TARGET/``.
Pictures begin with those of `pictures.py` as well, because files of a size that a camera makes are too large to begin with.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))
with atheris.instrument_imports(include=["reviewer", "yaml", "email", "markdown", "PIL"]):
    from tests.fuzzing.pictures import seeds
    from tests.fuzzing.properties import MOST, TARGETS


def _noting(check: Callable[[bytes], None], folder: Path) -> Callable[[bytes], None]:
    """The check, with the first input that breaks it at each place written down."""
    places: set[str] = set()

    def noted(data: bytes) -> None:
        try:
            check(data)
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{type(error).__name__}-{Path(frame.filename).stem}-{frame.lineno}"
            if place not in places:
                places.add(place)
                folder.mkdir(exist_ok=True)
                (folder / place).write_bytes(data)
                print(f"FOUND {place}: {error}", flush=True)

    return noted


def main() -> None:
    """Run one target for a time."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("target", choices=sorted(TARGETS))
    asked.add_argument("--seconds", type=int, default=3600)
    asked.add_argument("--corpus", type=Path, required=True)
    asked.add_argument("--seeds", nargs="*", type=Path, default=[], help="files and folders to begin with")
    options = asked.parse_args()
    options.corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(options.seeds):
        for path in (seed, *seed.rglob("*")) if seed.is_dir() else (seed,):
            if path.is_file() and path.stat().st_size <= MOST:
                (options.corpus / f"seed-{number}-{path.name}").write_bytes(path.read_bytes())
    for number, picture in enumerate(seeds() if options.target == "pictures" else ()):
        (options.corpus / f"picture-{number}").write_bytes(picture)
    atheris.Setup(
        [sys.argv[0], str(options.corpus), f"-max_total_time={options.seconds}", f"-max_len={MOST}", "-timeout=20",
         "-rss_limit_mb=4096", f"-artifact_prefix={options.corpus}/"],
        _noting(TARGETS[options.target], options.corpus.with_name(f"{options.target}-found")),
    )  # fmt: skip
    atheris.Fuzz()


if __name__ == "__main__":
    main()

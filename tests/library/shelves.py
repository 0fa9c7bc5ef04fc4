"""Libraries for tests: reviews written as a person would, a line a field."""

from __future__ import annotations

from pathlib import Path

FILMS = {
    "gattaca": """title: Gattaca
status: published
date: 1998-03-02
film: {title: Gattaca, year: 1997, runtime: 106, countries: [United States], genres: [Science fiction, Drama], seen: {date: 1998-02-28}}
rating:
  - {scale: five-stars, value: 4.5}
categories: [Movies, 4½ star movies]
tags: [genes, Noir]
credits:
  director: [Andrew Niccol]
  writer: [Andrew Niccol]
  cast:
    - {role: Vincent, actors: [Ethan Hawke]}
    - {role: Irene, actors: [Uma Thurman]}
""",
    "never-let-me-go-2010": """title: Never Let Me Go
status: ready
date: 2011-02-03
film: {title: Never Let Me Go, year: 2010, runtime: 103, countries: [United Kingdom], genres: [Drama]}
rating:
  - {scale: five-stars, value: 4}
  - {scale: letters, value: B+}
categories: [Movies, 4 star movies]
tags: [boarding school, noir]
credits:
  director: [Mark Romanek]
  writer: [Alex Garland]
  cast:
    - {role: Kathy, actors: [Carey Mulligan, Izzy Meikle-Small]}
stills:
  - {file: stills/boat.jpg, lead: true, permission: {basis: own}}
  - {file: stills/car.jpg}
""",
    "le-fabuleux-destin": """title: Le Fabuleux Destin d’Amélie Poulain
status: draft
date: 2012-05-06
film: {title: Amélie, year: 2001, countries: [France]}
rating:
  - {scale: letters, value: B}
tags: [city]
credits:
  director: [Jean-Pierre Jeunet]
""",
    "seven-samurai": """title: 七人の侍
status: idea
film: {title: Seven Samurai, year: 1954}
""",
    "list": """title: Top 10 Movies of 2010
status: draft
date: 2011-01-01
tags: [list]
""",
}
TEXTS = {
    "gattaca": "A film about genetic code, and about wanting. *The Truman Show* (1998) is its cousin. Łódź is not in it.\n",
    "never-let-me-go-2010": "Unlike [[Gattaca (1997)]] it never raises its voice. Love, and a genetic answer to it; the code is silent.\n",
    "le-fabuleux-destin": "Un café, un crème brûlée. Code postal 75018.\n",
    "seven-samurai": "雨の中の戦い。\n",
    "list": "Ten of them, [[Never Let Me Go]] first.\n",
}


def make(library: Path, *names: str) -> Path:
    """Write some of the reviews, all where none is named."""
    for name in names or FILMS:
        put(library, name, FILMS[name], TEXTS[name])
    return library


def put(library: Path, name: str, front: str, text: str = "") -> Path:
    """Write one review; its path."""
    path = library / name / "review.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{front}---\n\n{text}", "utf-8")
    return path

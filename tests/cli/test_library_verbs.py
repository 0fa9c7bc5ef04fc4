"""The verbs for a whole library: list, terms, marks, links, lists, undo."""

import csv
import io
import json

import pytest

from tests.library.shelves import make


@pytest.fixture
def films(library):
    return make(library)


def test_reviews_are_listed_as_json(films, reviewer):
    said = reviewer("list", films, 'director:"Mark Romanek"', "--json")
    assert said.status == 0
    assert json.loads(said.out) == {
        "reviews": [
            {
                "path": str(films / "never-let-me-go-2010/review.md"),
                "title": "Never Let Me Go",
                "film": "Never Let Me Go",
                "year": 2010,
                "rating": [{"scale": "five-stars", "value": 4}, {"scale": "letters", "value": "B+"}],
                "status": "ready",
                "categories": ["Movies", "4 star movies"],
                "tags": ["boarding school", "noir"],
            }
        ]
    }


def test_reviews_come_in_the_order_that_is_asked_for(films, reviewer):
    rows = json.loads(reviewer("list", films, "mark:>=50%", "--sort", "year", "--json").out)["reviews"]
    assert [row["year"] for row in rows] == [2010, 2001, 1997]
    rows = json.loads(
        reviewer("list", films, "mark:>=50%", "--sort", "year", "--reverse", "--most", "1", "--json").out
    )["reviews"]
    assert [row["year"] for row in rows] == [1997]


def test_reviews_are_listed_as_lines_and_as_csv(films, reviewer):
    assert reviewer("list", films, "tag:list").out == f"{films}/list/review.md\tTop 10 Movies of 2010\t\t\n"
    (row,) = csv.DictReader(io.StringIO(reviewer("list", films, "gattaca year:1997", "--csv").out))
    assert (row["title"], row["rating"], row["tags"]) == ("Gattaca", "4½ stars", "genes, Noir")


def test_a_library_without_finds_is_no_error(films, reviewer):
    said = reviewer("list", films, "zebra", "--json")
    assert (said.status, json.loads(said.out)) == (0, {"reviews": []})


def test_a_faulty_query_is_explained(films, reviewer):
    said = reviewer("list", films, "a dirctor:x")
    assert (said.status, said.out) == (2, "")
    assert "“dirctor:x”, at 3" in said.err
    assert "Did you mean director?" in said.err


def test_an_order_that_is_not_there_is_said(films, reviewer):
    said = reviewer("list", films, "--sort", "size")
    assert (said.status, "The orders are date, title" in said.err) == (2, True)


def test_a_library_that_is_not_there_is_said(tmp_path, reviewer):
    said = reviewer("list", tmp_path / "nowhere")
    assert (said.status, "no such folder" in said.err) == (2, True)


def test_terms_are_listed(films, reviewer):
    rows = json.loads(reviewer("terms", films, "list", "--kind", "tag", "--json").out)["terms"]
    assert {"kind": "tag", "term": "noir", "count": 1} in rows
    assert "director\t1\tMark Romanek\n" in reviewer("terms", films, "list").out
    assert reviewer("terms", films, "list", "--near").out == "tag\tNoir (1)\tnoir (1)\n"


def test_a_dry_run_writes_nothing(films, reviewer):
    before = {path: path.read_bytes() for path in films.rglob("*.md")}
    said = reviewer("terms", films, "rename", "tag", "noir", "dark", "--dry-run", "--json")
    assert json.loads(said.out)["changes"] == [
        {
            "path": str(films / "never-let-me-go-2010/review.md"),
            "before": "boarding school, noir",
            "after": "boarding school, dark",
        }
    ]
    assert {path: path.read_bytes() for path in films.rglob("*.md")} == before


@pytest.mark.parametrize(
    ("words", "tags"),
    [
        (("rename", "tag", "noir", "dark"), ["boarding school", "dark"]),
        (("merge", "tag", "Noir", "noir", "--into", "film noir"), ["boarding school", "film noir"]),
        (("split", "tag", "boarding school", "school", "boarding"), ["school", "boarding", "noir"]),
        (("remove", "tag", "noir"), ["boarding school"]),
    ],
)
def test_a_change_of_terms_is_made_and_undone(films, reviewer, words, tags):
    path = films / "never-let-me-go-2010/review.md"
    before = {path: path.read_bytes() for path in films.rglob("*.md")}
    assert reviewer("terms", films, *words).status == 0
    assert reviewer("get", path, "tags").out.split("\n")[:-1] == tags
    assert reviewer("undo", films).status == 0
    assert {path: path.read_bytes() for path in films.rglob("*.md")} == before
    assert reviewer("undo", films).status == 2


def test_a_term_that_nobody_uses_is_said_with_a_hint(films, reviewer):
    said = reviewer("terms", films, "rename", "person", "Mark Romanec", "x")
    assert (said.status, "Did you mean “Mark Romanek”?" in said.err) == (2, True)


def test_a_review_that_cannot_be_changed_is_said(films, reviewer):
    path = films / "gattaca/review.md"
    path.chmod(0o444)
    films.joinpath("gattaca").chmod(0o555)
    try:
        said = reviewer("terms", films, "rename", "tag", "genes", "DNA")
    finally:
        films.joinpath("gattaca").chmod(0o755)
    if said.status == 0:
        assert reviewer("get", path, "tags").out == "DNA\nNoir\n"  # root may write anywhere
    else:
        assert (said.status, "left as it is" in said.err) == (1, True)


def test_marks_are_converted_with_a_plan_first(films, reviewer):
    said = reviewer("marks", films, "convert", "--from", "five-stars", "--to", "ten", "--dry-run")
    assert f"{films}/gattaca/review.md: 4½ stars -> 9/10\n" in said.out
    assert "2 reviews would be changed" in said.out
    reviewer("marks", films, "convert", "--from", "five-stars", "--to", "ten", "year:1997")
    assert reviewer("get", films / "gattaca/review.md", "rating.ten").out == "9\n"
    assert reviewer("get", films / "never-let-me-go-2010/review.md", "rating.ten").out == "\n"


def test_a_scale_that_is_not_there_is_said(films, reviewer):
    said = reviewer("marks", films, "convert", "--from", "stars", "--to", "ten")
    assert (said.status, "The scales are five-stars" in said.err) == (2, True)


def test_the_rule_of_marks_is_applied(films, reviewer):
    path = films / "gattaca/review.md"
    reviewer("set", path, "rating.five-stars=2", "categories=Movies,4½ star movies")
    assert reviewer("marks", films, "rule").status == 0
    assert reviewer("get", path, "categories").out == "Movies\n2 star movies\n"


def test_figures_of_the_library(films, reviewer):
    found = json.loads(reviewer("stats", films, "--json").out)
    assert (found["reviews"], found["rated"]) == (5, 3)
    assert {"value": "4.5", "count": 1} in found["marks"]["five-stars"]
    assert {"name": "2010s", "count": 1, "mean": 80.0} in found["films"]
    assert {"name": "Drama", "count": 2, "mean": 85.0} in found["groups"]["genre"]
    assert found["seen"] == {"1998-02-28": 1}
    assert "5 reviews, 3 with a mark" in reviewer("stats", films).out


def test_links_that_lead_nowhere_are_found(films, reviewer):
    path = films / "list/review.md"
    path.write_text(
        path.read_text()
        + "\n[Gattaca](../gattaca/review.md) and [x](../nowhere/review.md#end).\n\n![](../no.jpg) `[y](../z.md)`\n"
    )
    said = reviewer("links", films, "check")
    assert (said.status, said.out) == (1, f"{path}:10: ../nowhere/review.md#end leads nowhere\n")
    assert reviewer("links", films, "check", "--json").out.count('"target"') == 1


def test_a_link_finds_its_review_again_by_identity(films, reviewer):
    reviewer("set", films / "gattaca/review.md", "id=0a1b2c3d")
    path = films / "list/review.md"
    text = path.read_text() + "\n[genes](../gattaca/review.md#end), [the folder](<../gattaca/>) and [it](../gattaca).\n"
    path.write_text(text)
    assert reviewer("links", films, "check").status == 0
    (films / "gattaca").rename(films / "another name")
    said = reviewer("links", films, "mend", "--dry-run")
    assert (said.status, path.read_text()) == (0, text)
    assert reviewer("links", films, "mend").status == 0
    assert path.read_text() == text.replace("../gattaca", "../another%20name")
    assert reviewer("links", films, "check").status == 0
    reviewer("undo", films)
    assert path.read_text() == text


def test_a_link_finds_its_review_by_the_films_name(films, reviewer):
    path = films / "list/review.md"
    path.write_text(path.read_text() + "\n[Amélie](../amelie-2001/review.md)\n")
    reviewer("links", films, "mend")
    assert "[Amélie](../le-fabuleux-destin/review.md)" in path.read_text()


# lists


def heads(path):
    return [line for line in path.read_text().splitlines() if line.startswith("## ")]


def test_a_list_is_made_from_a_search_and_kept_in_step(films, reviewer):
    said = reviewer("lists", "new", films, "--title", "Best", "--query", "mark:>=1", "--most", "2")
    path = films / "best/review.md"
    assert (said.status, said.out) == (0, f"{path}\n")
    assert heads(path) == ["## 1. [[Gattaca (1997)]]", "## 2. [[Never Let Me Go (2010)]]"]
    reviewer("set", films / "gattaca/review.md", "rating.five-stars=1")
    before = path.read_bytes()
    said = reviewer("lists", "update", films, "--dry-run")
    assert (said.status, path.read_bytes()) == (0, before)
    assert "would be changed" in said.out
    reviewer("lists", "update", films)
    assert heads(path)[0] == "## 1. [[Never Let Me Go (2010)]]"
    reviewer("undo", films)
    assert path.read_bytes() == before


def test_a_list_by_hand_counts_down(films, reviewer):
    reviewer("lists", "new", films, "--title", "Two", "--films", "gattaca", "Stalker (1979)", "--order", "countdown")
    assert heads(films / "two/review.md") == ["## 2. [[Stalker (1979)]]", "## 1. [[Gattaca (1997)]]"]
    rows = json.loads(reviewer("lists", "show", films / "two/review.md", "--json").out)["films"]
    assert [(row["position"], row["film"]) for row in rows] == [(1, "Gattaca"), (2, "Stalker")]


def test_a_list_is_shown_before_it_is_made(films, reviewer):
    said = reviewer("lists", "new", films, "--title", "Best", "--query", "year:1997", "--dry-run")
    assert "## 1. [[Gattaca (1997)]]" in said.out
    assert not (films / "best").exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ([], "either --query"),
        (["--query", "dirctor:x"], "Did you mean director?"),
        (["--query", "a", "--sort", "size"], "There is no order"),
    ],
)
def test_a_list_that_cannot_be_is_explained(films, reviewer, more, says):
    said = reviewer("lists", "new", films, "--title", "Best", *more)
    assert said.status == 2
    assert says in said.err


def test_a_list_is_written_for_letterboxd(films, reviewer, tmp_path):
    reviewer("lists", "new", films, "--title", "Two", "--films", "gattaca", "Stalker (1979)")
    assert reviewer("lists", "letterboxd", films / "two/review.md", "-o", tmp_path / "l.csv").status == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "l.csv").read_text())))
    assert rows[0] == ["Letterboxd list export v7"]
    assert rows[2][1] == "Two"
    assert [row[:3] for row in rows[5:]] == [["1", "Gattaca", "1997"], ["2", "Stalker", "1979"]]
    assert reviewer("lists", "letterboxd", films / "gattaca/review.md", "-o", tmp_path / "n.csv").status == 2


# the diary


def test_viewings_are_written_down_and_listed(films, reviewer):
    assert reviewer("diary", films, "add", "Stalker (1979)", "--date", "2020-01-01", "--where", "cinema").status == 0
    reviewer("diary", films, "add", "Gattaca (1997)", "--date", "2021-01-01", "--again", "--dry-run")
    rows = json.loads(reviewer("diary", films, "list", "--json").out)["diary"]
    assert [(row["film"], row["date"], bool(row["review"])) for row in rows] == [
        ("Stalker", "2020-01-01", False), ("Gattaca", "1998-02-28", True),
    ]  # fmt: skip
    assert reviewer("diary", films, "list", "--unwritten").out.count("\n") == 1
    assert json.loads(reviewer("stats", films, "--json").out)["seen"] == {"1998-02-28": 1, "2020-01-01": 1}


def test_a_diary_is_taken_in_from_letterboxd(films, reviewer, tmp_path):
    (tmp_path / "diary.csv").write_text("Name,Year,Watched Date\nHer,2013,2014-01-01\n")
    assert "1 of 1 viewings would be" in reviewer("diary", films, "import", tmp_path, "--dry-run").out
    assert "1 of 1 viewings were" in reviewer("diary", films, "import", tmp_path).out
    assert "0 of 1 viewings were" in reviewer("diary", films, "import", tmp_path).out


def test_what_is_no_diary_is_explained(films, reviewer):
    (films / "diary.csv").write_text("A,B\n")
    said = reviewer("diary", films, "add", "Her (2013)")
    assert said.status == 2
    assert "names no columns" in said.err
    assert reviewer("diary", films, "add", "Her", "--date", "soon").status == 2


def test_another_rule_is_tried_for_once(films, reviewer):
    said = reviewer("marks", films, "rule", "--scale", "letters", "--template", "{letter} movies", "--dry-run")
    assert "B movies" in said.out


def test_first_mentions_are_linked(films, reviewer):
    path = films / "never-let-me-go-2010/review.md"
    path.write_text(path.read_text() + "\nAs in Amélie (2001).\n")
    before = path.read_bytes()
    assert "Amélie (2001)" in reviewer("links", films, "mentions", "--dry-run").out
    assert path.read_bytes() == before
    assert reviewer("links", films, "mentions").status == 0
    assert "As in [[Amélie (2001)]]." in path.read_text()


def test_a_review_that_cannot_be_read_is_told_where_a_term_is_renamed(library, reviewer):
    """Nobody knows whether it has the term too."""
    for title in ("A", "B"):
        reviewer("set", reviewer("new", library, "--title", title).out.strip(), "tags=old")
    (library / "b" / "review.md").write_text("---\ntags: [old\n---\nText.\n")
    said = reviewer("terms", library, "rename", "tag", "old", "new")
    assert said.status == 1
    assert "1 review changed" in said.out
    assert "b/review.md: left as it is, it cannot be read: line" in said.err

"""Facts about films from files of the writer's own: what each kind says, the catalogue, and what of it a review is offered."""

import gzip
import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.interop.catalogue import Catalogue, Stopped, make, place
from reviewer.interop.filmfacts import Facts, NoFacts, offers, read
from reviewer.review.values import Credits, Crew, Film, Ids, Review, Role

TABLES = {
    "title.basics": """tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres
tt1334260 movie Never~Let~Me~Go Never~Let~Me~Go 0 2010 \\N 103 Drama,Romance
tt0245429 movie Spirited~Away Sen~to~Chihiro~no~kamikakushi 0 2001 \\N 124 Animation
tt0053198 movie Les~quatre~cents~coups Les~quatre~cents~coups 0 1959 \\N 99 Drama
tt0115964 movie Crash Crash 0 1996 \\N 100 Drama
tt0375679 movie Crash Crash 0 2004 \\N 112 Drama
tt9000001 movie The~"Quoted~Film 8½ 0 \\N \\N \\N \\N
tt9000002 videoGame Crash Crash 0 1996 \\N \\N \\N
""",
    "title.akas": """titleId ordering title region language types attributes isOriginalTitle
tt0245429 2 千と千尋の神隠し JP ja imdbDisplay \\N 0
tt0053198 1 The~400~Blows US en imdbDisplay \\N 0
tt7777777 1 Dangling US en imdbDisplay \\N 0
""",
    "title.crew": """tconst directors writers
tt1334260 nm0738796 nm0307497,nm0411104
tt0115964 nm0000343 \\N
tt0375679 nm0353673 \\N
""",
    "title.principals": """tconst ordering nconst category job characters
tt1334260 1 nm1659547 actress \\N ["Kathy"]
tt1334260 2 nm0461136 actress \\N ["Ruth","Other"]
tt1334260 5 nm0006235 composer \\N \\N
tt1334260 1 nm1659547 director \\N \\N
tt7777777 1 nm1659547 actress \\N ["Nobody"]
""",
    "title.ratings": "tconst averageRating numVotes\ntt0375679 7.0 400000\ntt0115964 6.4 70000\n",
    "name.basics": """nconst primaryName birthYear deathYear primaryProfession knownForTitles
nm0738796 Mark~Romanek \\N \\N director \\N
nm0307497 Alex~Garland \\N \\N writer \\N
nm0411104 Kazuo~Ishiguro \\N \\N writer \\N
nm1659547 Carey~Mulligan 1985 \\N actress \\N
nm0461136 Keira~Knightley 1985 \\N actress \\N
nm0006235 Rachel~Portman \\N \\N composer \\N
nm0000343 David~Cronenberg \\N \\N director \\N
nm0353673 Paul~Haggis \\N \\N director \\N
nm5555555 Nobody~Needed \\N \\N actor \\N
""",
}
NFO = """<?xml version="1.0"?><!DOCTYPE movie [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<movie><title>Moon &amp; Sun</title><originaltitle>Luna</originaltitle><year>2009</year><runtime>97</runtime>
<genre>Drama</genre><genre>Science fiction</genre><country>UK</country><uniqueid type="imdb" default="true">tt1182345</uniqueid>
<uniqueid type='tmdb'>17431</uniqueid><director>Duncan Jones</director><credits>Nathan Parker</credits><plot>&x;</plot>
<actor><name>Sam Rockwell</name><role>Sam</role></actor><actor><name>Kevin Spacey</name><role/></actor></movie>"""
TMDB = {"id": 1, "imdb_id": "tt1", "title": "Moon", "original_title": "Moon", "release_date": "2009-07-10", "runtime": 97,
        "production_countries": [{"name": "United Kingdom"}], "spoken_languages": [{"iso_639_1": "en"}], "genres": [{"name": "Drama"}],
        "credits": {"cast": [{"character": "Sam", "name": "Sam Rockwell"}], "crew": [{"job": "Director", "name": "Duncan Jones"},
                                                                               {"job": "Catering", "name": "X"}]}}  # fmt: skip
OMDB = {"Title": "Moon", "Year": "2009", "Runtime": "97 min", "Genre": "Drama, Mystery", "Director": "Duncan Jones", "Country": "N/A",
        "Writer": "Duncan Jones (story), Nathan Parker", "Actors": "Sam Rockwell, Kevin Spacey", "imdbID": "tt1182345"}  # fmt: skip
WIKIDATA = {"entities": {"Q1": {"id": "Q1", "labels": {"en": {"value": "Moon"}, "de": {"value": "Mond"}}, "claims": {
    "P345": [{"mainsnak": {"datavalue": {"value": "tt1182345"}}}],
    "P577": [{"mainsnak": {"datavalue": {"value": {"time": "+2009-01-23T00:00:00Z"}}}}],
    "P2047": [{"mainsnak": {"datavalue": {"value": {"amount": "+97"}}}}]}}}}  # fmt: skip


@pytest.fixture
def tables(tmp_path):
    folder = tmp_path / "imdb"
    folder.mkdir()
    for name, text in TABLES.items():
        rows = text.replace(" ", "\t").replace("~", " ").encode()
        (folder / f"{name}.tsv.gz").write_bytes(gzip.compress(rows))
    return folder


@pytest.fixture
def catalogue(tables, folders):
    make([tables], folders)
    made = Catalogue(folders)
    yield made
    made.close()


# one file each


def test_a_nfo_is_read_without_following_anything():
    (facts,) = read("movie.nfo", NFO.encode())
    assert facts.film == Film(
        "Moon & Sun", "Luna", 2009, 97, ("UK",), (), ("Drama", "Science fiction"), Ids("tt1182345", "17431")
    )
    assert facts.credits.cast == (Role("Sam", ("Sam Rockwell",)), Role("", ("Kevin Spacey",)))
    assert "root" not in str(facts)


@pytest.mark.parametrize(
    ("found", "film", "directors"),
    [
        (
            TMDB,
            Film("Moon", "", 2009, 97, ("United Kingdom",), ("en",), ("Drama",), Ids("tt1", "1")),
            ("Duncan Jones",),
        ),
        (OMDB, Film("Moon", "", 2009, 97, (), (), ("Drama", "Mystery"), Ids("tt1182345")), ("Duncan Jones",)),
        (WIKIDATA, Film("Moon", "", 2009, 97, ids=Ids("tt1182345", wikidata="Q1")), ()),
    ],
)
def test_a_saved_answer_is_understood(found, film, directors):
    (facts,) = read("film.json", json.dumps(found).encode())
    assert (facts.film, facts.credits.people("director")) == (film, directors)


def test_a_writer_of_omdb_loses_what_stands_in_brackets():
    (facts,) = read("film.json", json.dumps(OMDB).encode())
    assert facts.credits.people("writer") == ("Duncan Jones", "Nathan Parker")


@pytest.mark.parametrize(("name", "data"), [("a.nfo", b"<tvshow/>"), ("a.json", b"{}"), ("a.json", b"[1, 2]"), ("a.json", b"no json"), ("a.nfo", b"<movie></movie>"), ("a.json", b"[" * 100_000)])  # fmt: skip
def test_what_tells_of_no_film_is_refused(name, data):
    with pytest.raises(NoFacts):
        read(name, data)


_JSON = st.recursive(st.none() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["title", "original_title", "Title", "imdbID", "entities", "claims", "credits", "cast", "crew", "genres", "results", "labels"]), inner, max_size=5), max_leaves=20)  # fmt: skip


@given(_JSON)
def test_no_shape_of_json_breaks_the_reading(found):
    try:
        facts = read("x.json", json.dumps(found).encode())
    except NoFacts:
        return
    assert all(one.film.title for one in facts)


# the catalogue


@pytest.mark.parametrize(
    ("typed", "finds"),
    [
        ("never let", ["Never Let Me Go"]), ("NEVER LET ME GO 2010", ["Never Let Me Go"]), ("romanek", ["Never Let Me Go"]),
        ("mulligan never", ["Never Let Me Go"]), ("spirited", ["Spirited Away"]), ("千と千尋", ["Spirited Away"]),
        ("sen to chihiro", ["Spirited Away"]), ("400 blows", ["Les quatre cents coups"]), ("the 400 blows", ["Les quatre cents coups"]),
        ("quatre cents", ["Les quatre cents coups"]), ("the crash", ["Crash", "Crash"]), ("8½", ['The "Quoted Film']), ("zebra", []), ("", []), ("!?", []),
    ],
)  # fmt: skip
def test_a_film_is_found(catalogue, typed, finds):
    assert [hit.title for hit in catalogue.find(typed)] == finds


def test_the_most_known_comes_first_and_a_year_tells_remakes_apart(catalogue):
    assert [hit.year for hit in catalogue.find("crash")] == [2004, 1996]
    assert catalogue.find("crash 1996")[0].directors == "David Cronenberg"


def test_all_that_is_known_of_a_film(catalogue):
    facts = catalogue.facts(catalogue.find("never let me go")[0].number)
    assert facts.film == Film("Never Let Me Go", "", 2010, 103, (), (), ("Drama", "Romance"), Ids("tt1334260"))
    assert facts.credits == Credits(
        (
            Crew("director", ("Mark Romanek",)),
            Crew("writer", ("Alex Garland", "Kazuo Ishiguro")),
            Crew("composer", ("Rachel Portman",)),
        ),
        (Role("Kathy", ("Carey Mulligan",)), Role("Ruth / Other", ("Keira Knightley",))),
    )


def test_titles_in_other_languages_are_known(catalogue):
    assert "The 400 Blows" in catalogue.facts(catalogue.find("400 blows")[0].number).titles


def test_files_of_ones_own_come_into_the_catalogue_too(tables, folders, tmp_path):
    (tmp_path / "moon.nfo").write_text(NFO)
    (tmp_path / "broken.json").write_text("{")
    assert make([tables, tmp_path / "moon.nfo", tmp_path / "broken.json"], folders) == 7
    found = Catalogue(folders)
    assert found.facts(found.find("moon sun")[0].number).credits.people("director") == ("Duncan Jones",)
    found.close()


def test_a_making_that_is_stopped_goes_on_where_it_stopped(tables, folders, monkeypatch):
    monkeypatch.setattr("reviewer.interop.catalogue._ROWS", 2)
    seen = []

    def stop_at_crew(name, lines):
        seen.append(name)
        return name != "title.principals"

    with pytest.raises(Stopped):
        make([tables], folders, stop_at_crew)
    assert not place(folders).exists()
    seen.clear()
    assert make([tables], folders, lambda name, lines: seen.append(name) or True) == 6
    assert "title.basics" not in seen
    assert "title.principals" in seen


def test_other_files_begin_anew(tables, folders, monkeypatch):
    monkeypatch.setattr("reviewer.interop.catalogue._ROWS", 1)
    with pytest.raises(Stopped):
        make([tables], folders, lambda name, lines: name != "title.crew")
    (tables / "title.ratings.tsv.gz").unlink()
    seen = []
    assert make([tables], folders, lambda name, lines: seen.append(name) or True) == 6
    assert "title.basics" in seen


def test_the_old_catalogue_stays_until_the_new_one_is_whole(tables, folders, catalogue):
    (tables / "title.basics.tsv.gz").write_bytes(b"no gzip")
    with pytest.raises(OSError, match="gzip"):
        make([tables], folders)
    again = Catalogue(folders)
    assert again.count == 6
    again.close()


def test_nothing_to_read_is_said(tmp_path, folders):
    with pytest.raises(NoFacts, match=r"title\.basics"):
        make([tmp_path], folders)
    (tmp_path / "title.crew.tsv").write_text("x")
    with pytest.raises(NoFacts, match="missing"):
        make([tmp_path], folders)


def test_without_a_catalogue_there_is_none(folders):
    with pytest.raises(FileNotFoundError):
        Catalogue(folders)


# what a review is offered


def test_what_stands_there_alike_is_not_offered(catalogue):
    facts = catalogue.facts(catalogue.find("never let me go")[0].number)
    review = Review(film=facts.film, credits=facts.credits)
    assert offers(review, facts) == []


def test_what_is_empty_is_told_from_what_differs(catalogue):
    facts = catalogue.facts(catalogue.find("never let me go")[0].number)
    review = Review(film=Film("Never Let Me Go", year=2011), credits=Credits((Crew("director", ("M. Romanek",)),)))
    found = {offer.name: offer for offer in offers(review, facts)}
    assert (found["film.year"].now, found["film.year"].then, found["film.year"].empty) == ("2011", "2010", False)
    assert found["film.runtime"].empty
    assert not found["credits.director"].empty
    assert "film.title" not in found


def test_an_offer_changes_its_field_and_nothing_else(catalogue):
    facts = catalogue.facts(catalogue.find("never let me go")[0].number)
    review = Review(title="Mine", film=Film("Never", year=2011, genres=("Sad",)))
    for offer in offers(review, facts):
        made = offer.apply(review)
        assert [one.name for one in offers(made, facts)] == [
            one.name for one in offers(review, facts) if one.name != offer.name
        ]
        assert made.title == "Mine"


def test_small_roles_of_the_writers_own_stay(catalogue):
    facts = catalogue.facts(catalogue.find("never let me go")[0].number)
    own = (Role("Kathy H.", ("carey mulligan", "Izzy Meikle-Small")),)
    review = Review(credits=Credits(cast=own))
    (offer,) = [one for one in offers(review, facts) if one.name == "credits.cast"]
    assert offer.apply(review).credits.cast == (*own, Role("Ruth / Other", ("Keira Knightley",)))


def test_an_empty_review_takes_all(catalogue):
    facts = catalogue.facts(catalogue.find("never let me go")[0].number)
    review = Review()
    for offer in offers(review, facts):
        review = offer.apply(review)
    assert replace(review.film, ids=Ids()) == replace(facts.film, ids=Ids())
    assert review.credits.cast == facts.credits.cast


# the command line


def test_films_are_indexed_and_found(tables, reviewer):
    assert reviewer("films", "index", tables).out == "6 films.\n"
    assert reviewer("films", "find", "romanek").out == "tt1334260\tNever Let Me Go (2010)\tMark Romanek\n"
    (film,) = json.loads(reviewer("films", "find", "never", "let", "--json").out)["films"]
    assert (film["title"], film["ids"]["imdb"], film["credits"]["cast"][0]["role"]) == (
        "Never Let Me Go",
        "tt1334260",
        "Kathy",
    )


def test_without_a_catalogue_the_way_to_one_is_said(reviewer):
    said = reviewer("films", "find", "moon")
    assert (said.status, "reviewer films index" in said.err) == (2, True)


def test_files_that_are_none_are_said(reviewer, tmp_path):
    assert reviewer("films", "index", tmp_path / "nowhere").status == 2
    (tmp_path / "x.txt").write_text("x")
    assert "none of IMDb" in reviewer("films", "index", tmp_path / "x.txt").err


# other titles, Letterboxd


def test_titles_under_which_it_ran_elsewhere_are_offered():
    facts = Facts(Film("Moon", year=2009), titles=("Moon", "moon", "La luna", "月"))
    (offer,) = [one for one in offers(Review(film=Film("Moon", year=2009)), facts) if one.name == "film.other_titles"]
    assert (offer.then, offer.empty) == ("La luna / 月", True)
    assert offer.apply(Review()).film.other_titles == ("La luna", "月")


def test_dozens_of_titles_are_not_taken_unasked():
    facts = Facts(Film("Moon"), titles=tuple(f"Moon {n}" for n in range(30)))
    (offer,) = [one for one in offers(Review(film=Film("Moon")), facts) if one.name == "film.other_titles"]
    assert not offer.empty


def test_the_writers_own_other_titles_stay():
    facts = Facts(Film("Moon"), titles=("La luna",))
    (offer,) = offers(Review(film=Film("Moon", other_titles=("Mond",))), facts)
    assert offer.apply(Review()).film.other_titles == ("Mond", "La luna")


def zipped(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return made.getvalue()


WATCHED = "Date,Name,Year,Letterboxd URI\n2020-01-01,Moon,2009,https://boxd.it/1\n"


def test_a_letterboxd_export_tells_of_the_films_that_were_logged():
    (facts,) = read(
        "l.zip",
        zipped(
            watched__csv="", **{"top__watched.csv": WATCHED, "deleted__watched.csv": WATCHED.replace("Moon", "Sun")}
        ),
    )
    assert (facts.film, facts.source) == (
        Film("Moon", year=2009, ids=Ids(letterboxd="https://boxd.it/1")),
        "letterboxd",
    )


@pytest.mark.parametrize("data", [zipped(), zipped(**{"profile.csv": "a"}), b"PK\x03\x04 torn"])
def test_another_zip_is_refused(data):
    with pytest.raises(NoFacts):
        read("l.zip", data)


def test_the_films_of_an_export_come_into_the_catalogue(folders, tmp_path):
    (tmp_path / "l.zip").write_bytes(zipped(**{"watched.csv": WATCHED}))
    assert make([tmp_path / "l.zip"], folders) == 1

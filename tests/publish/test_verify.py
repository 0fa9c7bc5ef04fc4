"""The built pages of a blog beside what was typed, with real builds, spoilt on purpose."""

import json
import re
import shutil

import pytest
import sites
import test_builds

pytestmark = pytest.mark.builds
written = test_builds.written  # the hard reviews, made on the command line


@pytest.fixture(scope="module", params=["jekyll", "hugo", "eleventy", "pelican", "astro"])
def built(request, written, tmp_path_factory, command):
    folder = tmp_path_factory.mktemp("verified") / "site"
    make, build = {
        "jekyll": (lambda f: sites.jekyll_site(f, "timezone: America/New_York\n"), sites.build_jekyll),
        "hugo": (sites.hugo_site, lambda site: sites.build_hugo(site, sites.new_hugo())),
        "eleventy": (sites.eleventy_site, sites.build_eleventy),
        "pelican": (lambda f: sites.pelican_site(f, yaml=False), sites.build_pelican),
        "astro": (sites.astro_site, sites.build_astro),
    }[request.param]
    site = make(folder)
    command("export", *written.values(), "--to", site)
    return build(site)


def test_every_page_is_found_as_typed(built, command):
    found = json.loads(command("verify", built.site, "--built", built.out, "--json"))["pages"]
    assert {page["title"]: page["faults"] for page in found} == {made.title: [] for made in test_builds.REVIEWS}


@pytest.fixture(scope="module")
def jekyll(written, tmp_path_factory, command):
    site = sites.jekyll_site(tmp_path_factory.mktemp("spoilt") / "site", "timezone: America/New_York\n")
    command("export", *written.values(), "--to", site)
    return sites.build_jekyll(site)


@pytest.fixture(scope="module")
def verified(jekyll, command):
    """Verify the built pages after a change of one page: the codes of its faults."""

    def look(change, name="never-let-me-go"):
        path = jekyll.path(name)
        before = path.read_text("utf-8")
        path.write_text(change(before), "utf-8")
        try:
            said = _anyway(command, "verify", jekyll.site, "--built", jekyll.out, "--json")
        finally:
            path.write_text(before, "utf-8")
        page = path.relative_to(jekyll.out).as_posix()
        return [f["code"] for one in json.loads(said)["pages"] if one["page"] == page for f in one["faults"]]

    return look


def _anyway(command, *words):
    """What a command says, also where it ends with findings."""
    try:
        return command(*words)
    except AssertionError as error:
        return str(error).split("\n", 1)[1].split("\nassert")[0]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("title", lambda page: page.replace("Never Let Me Go</title>", "x</title>").replace("Never Let Me Go</h1>", "x</h1>")),
        ("day", lambda page: page.replace("<time>2011-02-03", "<time>2011-02-02")),
        ("text", lambda page: page.replace("diehard", "die-hard fans of")),
        ("marks", lambda page: page.replace("4 stars (B+)", "4 (B+)")),
        ("still", lambda page: re.sub(r'src="[^"]*still-0[^"]*"', 'src="/other.jpg"', page)),
        ("still-file", lambda page: page.replace("/assets/images/never-let-me-go/never-let-me-go-never", "/assets/never-let-me-go-never")),
        ("alt", lambda page: page.replace('alt="Three', 'alt="Four')),
        ("caption", lambda page: page.replace('class="caption">Kathy', 'class="caption">Cathy')),
        ("credit", lambda page: page.replace("Fox Searchlight", "Somebody")),
    ],
)  # fmt: skip
def test_each_kind_of_fault_is_seen(verified, code, change):
    assert code in verified(change)


def test_quotes_that_a_site_makes_typographic_are_no_fault(verified):
    assert verified(lambda page: page.replace("'", "’").replace("...", "…")) == []


def test_a_page_that_was_not_built_is_named(jekyll, command):
    pages = shutil.copytree(jekyll.out, jekyll.site.parent / "partly")
    (pages / jekyll.path("tasks").relative_to(jekyll.out)).unlink()
    said = json.loads(_anyway(command, "verify", jekyll.site, "--built", pages, "--json"))
    assert [f["code"] for one in said["pages"] if one["title"] == "Tasks" for f in one["faults"]] == ["page-missing"]

"""Sites with the themes that generators bring along, nothing of ours in them: ``verify`` finds the hard reviews as typed."""

import json
import shutil
from dataclasses import replace

import pytest
import sites
import test_builds

pytestmark = pytest.mark.builds
written = test_builds.written  # the hard reviews, made on the command line


def minima(folder):
    folder.mkdir()
    (folder / "_config.yml").write_text("title: Films\ntheme: minima\ntimezone: America/New_York\n")
    (folder / "index.md").write_text("---\nlayout: home\n---\n")
    return folder


def notmyidea(folder):
    site = sites.pelican_site(folder, yaml=False)
    shutil.rmtree(site / "theme")
    config = (site / "pelicanconf.py").read_text()
    (site / "pelicanconf.py").write_text(config.replace('THEME = "theme"\n', 'DEFAULT_LANG = "en"\n'))
    return site


def bootblog4(folder):
    site = sites.nikola_site(folder)
    shutil.rmtree(site / "themes")
    config = (site / "conf.py").read_text()
    (site / "conf.py").write_text(config.replace('THEME = "plain"', 'THEME = "bootblog4"'))
    return site


def material(folder):
    site = sites.mkdocs_site(folder, extensions=True)
    shutil.rmtree(site / "overrides")
    config = (site / "mkdocs.yml").read_text()
    (site / "mkdocs.yml").write_text(config.replace("  custom_dir: overrides\n", ""))
    return site


THEMES = {
    "Jekyll’s minima": (minima, sites.build_jekyll),
    "Pelican’s notmyidea": (notmyidea, sites.build_pelican),
    "Nikola’s bootblog4": (bootblog4, sites.build_nikola),
    "MkDocs’ Material": (material, sites.build_mkdocs),
}


@pytest.mark.parametrize("theme", THEMES)
def test_a_stock_theme_shows_what_was_typed(theme, written, tmp_path, command):
    make, build = THEMES[theme]
    site = make(tmp_path / "site")
    command("export", *written.values(), "--to", site)
    built = replace(build(site))
    assert built.status == 0, built.said
    try:
        said = command("verify", site, "--built", built.out, "--json")
    except AssertionError as error:
        said = str(error).split("\n", 1)[1].split("\nassert")[0]
    assert {page["title"]: page["faults"] for page in json.loads(said)["pages"] if page["faults"]} == {}

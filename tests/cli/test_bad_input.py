"""Bad input: one line that names the file, the reason and a way out; nothing changed, nothing lost."""

import hashlib
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image


def tree(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture
def refused(reviewer, library):
    """Run a command that must be refused: status 2, one line with all the words, and the library as it was."""

    def run(*command, words=()):
        before = tree(library)
        said = reviewer(*command)
        assert said.status == 2, said
        assert len(said.err.strip().splitlines()) == 1
        assert "Traceback" not in said.err
        for word in words:
            assert word in said.err, said.err
        assert tree(library) == before
        return said

    return run


def written(library: Path, content: bytes) -> Path:
    folder = library / "film"
    folder.mkdir()
    (folder / "review.md").write_bytes(content)
    return folder / "review.md"


FRONT = b"---\ntitle: A\nauthor: B\ntags: [a]\nstatus: draft\nslug: a\n%s\n---\nText\n"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"film: [a: b", ("line 7",)),
        (b"\tyear: 2010", ("line 7", "tab", "spaces")),
        (b"excerpt: a: b: c", ("line 7", "colon", "quotes")),
        (b"film: *nobody", ("alias",)),
    ],
    ids=["brackets", "tab", "colon", "alias"],
)
def test_broken_yaml_names_its_line(refused, library, line, words):
    review = written(library, FRONT % line)
    refused("set", review, "status=ready", words=(*words, str(review)))


@pytest.mark.parametrize(
    ("front", "word"),
    [
        (b"x: " + b"[" * 3000, "levels"),
        (b"\n".join(b"k%d: v" % n for n in range(10_100)), "10000 keys"),
        (b"x: '" + b"y" * 530_000 + b"'", "512 KB"),
        (b"a: &a x\nb: [" + b"*a," * 60 + b"]", "50 aliases"),
    ],
    ids=["deep", "keys", "large", "aliases"],
)
def test_front_matter_beyond_its_limits_is_not_parsed(refused, library, front, word):
    refused("get", written(library, b"---\n" + front + b"\n---\n"), words=(word,))


@pytest.mark.parametrize("date", ["0000-00-00", "2011-13-45", "2011-02-03T10:00:00+99:99", "99999999999999999999"])
def test_an_impossible_date_is_named_and_kept(reviewer, library, date):
    review = written(library, f"---\ntitle: A\ndate: {date}\n---\n".encode())
    said = reviewer("check", review)
    assert date in said.out
    reviewer("set", review, "status=ready")
    assert f"date: {date}" in review.read_text()


def test_a_title_that_is_missing_is_a_finding_with_a_fix(reviewer, library):
    said = reviewer("check", written(library, b"---\nstatus: draft\n---\nText"))
    assert said.status == 1
    assert "has no title" in said.out


def test_a_folder_where_a_file_should_be_names_the_file(refused, review):
    refused("get", review.parent, words=("is a folder", "review.md"))


def test_a_file_that_is_not_there_is_said(refused, library):
    refused("get", library / "nothing.md", words=("nothing.md", "no such file"))


def test_utf_16_is_refused(refused, library):
    refused("set", written(library, "title".encode("utf-16")), "title=x", words=("UTF-8",))


def test_bytes_that_are_no_utf_8_are_kept(reviewer, library):
    review = written(library, b"---\ntitle: A\n---\n\nCaf\xe9 \xff\xfe\x80 end\n")
    reviewer("set", review, "status=ready")
    assert b"Caf\xe9 \xff\xfe\x80 end" in review.read_bytes()


def test_a_text_of_30_mb_is_refused_with_its_size(refused, library):
    refused("set", written(library, b"x" * 30_000_000), "title=x", words=("30 MB",))


def svg(path: Path) -> None:
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')


def eps(path: Path) -> None:
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def half(path: Path) -> None:
    Image.effect_noise((400, 300), 90).convert("RGB").save(path, "JPEG")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def bomb(path: Path) -> None:
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 20_000, 10_000, 8, 2, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    )


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("make", "words"),
    [(svg, "SVG"), (eps, "EPS"), (pipe, "pipe"), (half, "not a whole one"), (bomb, "million"), (empty, "empty")],
)
def test_what_is_no_whole_picture_is_refused_with_a_reason(refused, review, tmp_path, make, words):
    make(tmp_path / "boat.jpg")
    refused("stills", "add", review, tmp_path / "boat.jpg", words=("boat.jpg was not added", words))


def test_a_slug_of_dots_blocks_and_writes_nothing(reviewer, review, blog):
    text = review.read_text().replace("title: Moon", "title: Moon\nslug: ..", 1)
    review.write_text(text)
    said = reviewer("export", review, "--to", blog)
    assert said.status == 1
    assert "cannot be used" in said.out
    assert list(tree(blog)) == ["_config.yml"]


def test_a_folder_that_is_no_blog_is_said(refused, review, tmp_path):
    refused("export", review, "--to", tmp_path / "My reviews", words=("_config.yml",))


def test_the_wrong_profile_names_the_right_one(refused, review, blog):
    refused("export", review, "--to", blog, "--profile", "hugo", words=("jekyll",))


def test_nothing_is_written_through_a_link_that_leads_out(reviewer, review, blog, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (blog / "_posts").symlink_to(outside)
    said = reviewer("export", review, "--to", blog)
    assert said.status == 1
    assert "leads out of the blog" in said.out
    assert not list(outside.iterdir())

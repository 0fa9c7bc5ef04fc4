"""Press kits: a folder or a zip of pictures with texts that give their captions, credits and terms.

A zip is read member by member, never unpacked: paths that lead elsewhere, links, encrypted and overlapping members and
those that would unfold to far more than they are end it or are left out, each with a reason.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from reviewer.library.files import read_regular
from reviewer.review.values import Permission, Source, Still
from reviewer.stills.formats import ENDINGS, MOST_BYTES, Refused
from reviewer.stills.intake import Taken

MOST_MEMBERS, MOST_TOTAL, MOST_RATIO, MOST_TEXT = 2_000, 200_000_000, 200, 1_000_000
_PICTURES = {*ENDINGS.values(), ".jpeg"}
_TEXTS = {".txt", ".md", ".csv", ".tsv"}
_TERMS_FILE = re.compile(r"terms|usage|conditions|licen[cs]e|rights|copyright|legal", re.I)
_TERMS_WORDS = re.compile(
    r"\b(terms|usage|copyright|licen[cs]ed?|permission|permitted|editorial|press (?:use|purposes)|publication|may (?:only )?be|"
    r"must be|credit(?:ed)?|rights reserved|free of charge|in connection with|promot\w+)\b|©",
    re.I,
)
_CREDIT = re.compile(
    r"(?:^|(?<=[.!?)\]”\"])\s+|\n|\s*[/|]\s*)((?:©|\(c\)|photo(?:graph)?s?(?: by|:| credit:?)|foto:|credits?:|courtesy(?: of)?)\s*.+)$",
    re.I | re.S,
)
_WORD = re.compile(r"^(?:photo(?:graph)?s?(?: by|:| credit:?)|foto:|credits?:)\s*", re.I)
_HEADING = re.compile(r"^\s*(?:#+\s*)?(captions?|stills?|images?|pictures?|photos?)\s*:?\s*$", re.I)


@dataclass(frozen=True)
class Words:
    """What a kit's text says of one picture."""

    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Item:
    """A picture of a kit. `read` gives its bytes and raises `Refused`."""

    name: str
    read: Callable[[], bytes]
    words: Words = Words()


@dataclass(frozen=True)
class Kit:
    """A press kit: pictures in the order of their names, terms that are said of all, and the texts themselves.

    `texts` are the files that captions and terms were read from, `left` names what was left out, with the reason.
    """

    name: str
    items: tuple[Item, ...] = ()
    terms: str = ""
    texts: Mapping[str, bytes] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    @property
    def says(self) -> bool:
        """Whether a text came with the pictures."""
        return bool(self.terms or any(item.words != Words() for item in self.items))


def is_kit(path: Path) -> bool:
    """Whether a path is a folder or a zip."""
    return path.is_dir() or path.suffix.lower() == ".zip"


def open_kit(path: Path) -> Kit:
    """The kit in a folder or zip; nothing is copied or unpacked. Raises `Refused` for a zip that cannot be read safely."""
    found, left = _of_folder(path) if path.is_dir() else _of_zip(path)
    names = [name for name, _ in found]
    pictures = sorted((name for name in names if _ending(name) in _PICTURES), key=_in_order)
    reads = dict(found)
    texts: dict[str, bytes] = {}
    for name in names:
        if _ending(name) in _TEXTS:
            try:
                texts[name] = reads[name]()
            except Refused as refused:
                left.append(refused.reason)
    captions, terms = read_texts({name: _decoded(data) for name, data in texts.items()}, pictures)
    items = tuple(Item(name, reads[name], captions.get(name, Words())) for name in pictures)
    others = sorted(n for n in names if _ending(n) not in _PICTURES | _TEXTS)
    left += [f"{PurePosixPath(n).name} is neither a picture that is taken nor a plain text." for n in others]
    return Kit(path.name, items, terms, texts, tuple(left))


# what is in it

_Found = tuple[list[tuple[str, Callable[[], bytes]]], list[str]]


def _of_folder(folder: Path) -> _Found:
    found: list[tuple[str, Callable[[], bytes]]] = []
    left: list[str] = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith("."):
                continue
            if len(found) >= MOST_MEMBERS:
                return found, [*left, f"Only the first {MOST_MEMBERS} files of {folder.name} are taken."]
            found.append((path.relative_to(folder).as_posix(), _reader(path)))
    return found, left


def _reader(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return read_regular(path, MOST_BYTES)
        except OSError as error:
            raise Refused(path.name, f"It cannot be read: {error.strerror or error}.") from error

    return read


def _of_zip(path: Path) -> _Found:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeError) as error:
        raise Refused(
            path.name, "It is no whole zip archive. Fetch it again, or unpack it and add the folder."
        ) from error
    if len(members) > MOST_MEMBERS:
        raise Refused(path.name, f"It holds {len(members)} files; up to {MOST_MEMBERS} are read. {_UNPACK}")
    if sum(member.file_size for member in members) > MOST_TOTAL:
        raise Refused(path.name, f"It unfolds to more than {MOST_TOTAL // 1_000_000} MB. {_UNPACK}")
    if _overlap(members):
        raise Refused(path.name, "Its members lie over each other, which no honest zip does.")
    found: list[tuple[str, Callable[[], bytes]]] = []
    left: list[str] = []
    for member in members:
        if member.is_dir() or _hidden(member.filename):
            continue
        why = _unsafe(member)
        if why:
            left.append(f"{PurePosixPath(member.filename).name[:80]} is left out: {why}.")
        else:
            found.append((member.filename, _member(path, member)))
    return found, left


_UNPACK = "Unpack it and add the folder."


def _hidden(name: str) -> bool:
    return any(re.match(r"\.(?!\.)|__MACOSX", part) for part in PurePosixPath(name).parts)


def _unsafe(member: zipfile.ZipInfo) -> str:
    name, kind = member.filename, stat.S_IFMT(member.external_attr >> 16)
    if ".." in PurePosixPath(name).parts or name.startswith("/") or "\\" in name or re.match(r"[A-Za-z]:", name):
        return "its path leads out of the archive"
    if kind not in (0, stat.S_IFREG):
        return "it is a link or a device"
    if member.flag_bits & 0x1:
        return "it is locked with a password"
    if member.file_size > MOST_BYTES:
        return f"it is larger than {MOST_BYTES // 1_000_000} MB"
    if member.file_size > 1_000_000 and member.file_size > MOST_RATIO * max(1, member.compress_size):
        return "it would unfold to far more than it is"
    return ""


def _overlap(members: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether two members share bytes of the archive: a bomb that a count of sizes does not see (CVE-2024-0450)."""
    end = -1
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset < end:
            return True
        end = member.header_offset + 30 + len(member.filename.encode("utf-8", "replace")) + member.compress_size
    return False


def _member(path: Path, member: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        name = PurePosixPath(member.filename).name
        try:
            with zipfile.ZipFile(path) as archive, archive.open(member) as file:
                data = file.read(member.file_size + 1)
        except Exception as error:  # a decompressor meets hostile bytes: whatever it raises, the member is refused
            raise Refused(name, f"It cannot be read from {path.name}: {str(error)[:100]}.") from error
        if len(data) > member.file_size:
            raise Refused(name, f"It is larger than {path.name} says.")
        return data

    return read


# what its texts say


def read_texts(texts: Mapping[str, str], pictures: Sequence[str]) -> tuple[dict[str, Words], str]:
    """Captions by picture, and the terms for all, from a kit's texts.

    A caption is a line that begins with a picture's name, with or without its ending, and the lines below it to the next
    blank line. What is left and speaks of use, rights or credit is the terms; of a file named so, all that is left.
    """
    known = _names(pictures)
    captions: dict[str, Words] = {}
    terms: list[str] = []
    for name in sorted(texts):
        rest = []
        for block in _blocks(texts[name], known):
            picture, words = block
            if picture:
                captions.setdefault(picture, _split(words))
            elif words.strip() and not _HEADING.match(words):
                rest.append(words.strip())
        whole = bool(_TERMS_FILE.search(PurePosixPath(name).stem))
        terms += [words for words in rest if whole or _TERMS_WORDS.search(words)]
    return captions, "\n\n".join(terms)


def _names(pictures: Sequence[str]) -> dict[str, str]:
    """How texts may call each picture, folded; a short way that two share is nobody's."""
    known: dict[str, str] = {}
    taken: set[str] = set()
    for picture in pictures:
        base = PurePosixPath(picture).name
        for way in {base, PurePosixPath(base).stem, picture}:
            key = _folded(way)
            if key in known and known[key] != picture:
                taken.add(key)
            known[key] = picture
    return {key: picture for key, picture in known.items() if key not in taken}


def _blocks(text: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The text in pieces: each with the picture it belongs to, or none."""
    picture, lines = "", list[str]()
    for line in [*text.split("\n"), ""]:
        found = _named(line, known)
        if found is not None or not line.strip():
            if picture and not lines and found is None:
                continue  # a name alone, a blank line, then its caption
            if lines:
                yield picture, "\n".join(lines)
            picture, lines = "", []
        if found is not None:
            picture, rest = found
            lines = [rest] if rest else []
        elif line.strip():
            lines.append(line.strip())
    if lines:
        yield picture, "\n".join(lines)


def _named(line: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """The picture that a line begins with, and what follows; None where it begins with none."""
    plain = line.strip().lstrip("-*•·# ").strip()
    for quote in "\"'“”`":
        plain = plain.removeprefix(quote)
    folded = _folded(plain)
    for length in range(min(len(plain), 200), 0, -1):
        if length < len(plain) and (plain[length].isalnum() or plain[length] in "_"):
            continue
        key = folded[:length] if len(folded) == len(plain) else _folded(plain[:length])
        if key in known:
            rest = plain[length:]
            parted = re.match(r"[\"'”`]?\s*(?:[:;,=|\t]|[-–—](?=\s)|\s[-–—]\s?|\)|\.\s)?\s*", rest)
            gap = parted[0] if parted else ""
            if rest and not gap:
                return None
            if rest and not gap.strip("\"'”` ") and key.isalpha():
                return None  # a sentence that begins with a word that is a file's name too
            return known[key], re.sub(r"\s*[\t|;]\s*", " / ", rest[len(gap) :]).strip().strip('"')
    return None


def _split(words: str) -> Words:
    """Caption and credit apart."""
    text = words.strip()
    found = _CREDIT.search(text)
    if found is None:
        return Words(" ".join(text.split()))
    caption = text[: found.start()].strip().rstrip("/|").strip()
    credit = _WORD.sub("", found[1].strip())
    return Words(" ".join(caption.split()), " ".join(credit.split()).strip("() "))


def _folded(name: str) -> str:
    return name.casefold()


def _in_order(name: str) -> list[tuple[int, int, str]]:
    """Names in the order in which people count: still 2 before still 10."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", name.casefold())]


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _decoded(data: bytes) -> str:
    """A text as it was meant: UTF-8, UTF-16 with its mark, else what Windows wrote in the West."""
    data = data[:MOST_TEXT]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").lstrip("\ufeff").replace("\r\n", "\n")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c in "\n\t" or c.isprintable())


# what becomes of it


@dataclass(frozen=True)
class Choice:
    """What the writer takes of a kit: pictures with the words for each, and what is true of all.

    `press` says that she uses them on these press terms; else their basis stays unknown.
    """

    items: tuple[tuple[Item, Words], ...] = ()
    terms: str = ""
    holder: str = ""
    source: str = ""
    address: str = ""
    press: bool = False


def all_of(kit: Kit) -> Choice:
    """Everything in a kit, as its texts say it."""
    return Choice(tuple((item, item.words) for item in kit.items), kit.terms, source=kit.name)


def kit_still(taken: Taken, words: Words, choice: Choice, evidence: tuple[str, ...], day: dt.date) -> Still:
    """The record of a kit's picture. `evidence` are the kit's texts as they are kept beside the review."""
    permission = Permission(
        basis="press-terms" if choice.press else "", holder=choice.holder, terms=choice.terms, evidence=evidence
    )
    source = Source(choice.source, url=choice.address, fetched=day, sha256=taken.sha256)
    return Still(
        taken.file, caption=words.caption, credit=words.credit, kind="publicity", source=source, permission=permission
    )

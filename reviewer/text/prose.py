"""What an editor's pencil marks in prose: sentences that go on for long, and words that come again soon.

It counts and leaves the judgement to the writer: a long sentence may be her best one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reviewer.text.spans import blanked, code_spans

LONG = 40
"""Words; a sentence with more is long. Half of all sentences in newspapers have fewer than 20."""

NEAR = 30
"""Words; one that comes again after at most so many others is marked."""

_SHORTEST = 5
_MOST_LINE = 10_000
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NUMBER_OR_WORD = re.compile(r"[^\W_]+(?:[’'.\-][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]*_]*\s+(?=[\"'“‘«(\[*_]*[^\W_a-z])")
_NOT_PROSE = re.compile(
    r"\]\([^()\n]{0,1000}\)|\]\[[^\]\[\n]{0,200}\]|\[\^[^\]\[\n]{1,100}\]:?|^\s{0,3}\[[^\]\[\n]{1,200}\]:.*|\[\[[^\[\]\n]{1,200}\]\]"
    r"|</?[a-zA-Z][^<>\n]{0,500}>|<!--.{0,1000}?-->|%%.{0,1000}?%%|(?:https?://|www\.)[^\s<>]{1,1000}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
    r"|\{[:%{][^{}\n]{0,500}\}|&[a-zA-Z]{1,20};"
)
_SPOKEN = tuple(
    (re.compile(pattern), kept)
    for pattern, kept in (
        (r"!\[[^\]\[]{0,1000}\]\([^()]{0,1000}\)|%%.{0,300}?%%|\[\^[^\]\[]{1,100}\]:?|</?[a-zA-Z][^<>]{0,500}>", ""),
        (r"\[\[([^\[\]]{1,200})\]\]", r"\1"),
        (r"\[([^\]\[]{0,1000})\](?:\([^()]{0,1000}\)|\[[^\]\[]{0,200}\])", r"\1"),
        (r">!(?=\S)(.{1,300}?)(?<=\S)!<", r"\1"),
        (r"^[ \t]*(?:(?:>!?|[-*+]|\d{1,9}[.)]|#{1,6}|:)[ \t]+)+", ""),
        (r"(?<!\\)[*_`]+", " "),
        (r" ([,.;:!?…])", r"\1"),
        (r"\\([^\w\s])", r"\1"),
    )
)
_COMMON = {
    "en": "about above after again against almost along already also although always among another around because been before "
    "behind being below between both could doesn't don't during each either enough even every everything first from have having "
    "here hers himself herself however into isn't itself just least less like little many might more most much must myself never "
    "nothing often once only other others ought over perhaps quite rather really same several shall should since some something "
    "still such than that that's their theirs them themselves then there there's these they they're thing things this those though "
    "three through today together toward towards under until upon very wasn't well were what what's when where whether which while "
    "without would wouldn't years your yours",
    "de": "aber alle allem allen aller alles also andere anderen anderer anderes auch beide beiden beim bereits besonders bevor "
    "beziehungsweise bisher dabei dadurch dafür dagegen daher damit danach daneben daran darauf daraus darin darum darüber dass "
    "davon davor dazu dein deine denen deren derer dessen diese diesem diesen dieser dieses doch dort durch eben ebenso eigentlich "
    "eine einem einen einer eines einige einigen einmal erst etwa etwas euch euer fast ganz gegen genug gerade habe haben hatte "
    "hatten hinter ihnen ihre ihrem ihren ihrer ihres immer indem irgend jede jedem jeden jeder jedes jedoch jemand jene jenen "
    "jetzt kann kein keine keinem keinen keiner können könnte machen manche manchmal mehr mein meine meinem meinen meist muss "
    "müssen nach nachdem neben nicht nichts noch nämlich oder ohne schon sehr seine seinem seinen seiner seines selbst sich sicher "
    "sind sogar solche sollen sollte sondern sonst soweit sowie trotz unser unsere unter viel viele vielen vielleicht wegen weil "
    "weiter welche welchem welchen welcher wenig weniger wenn werden wieder will wird wirklich wohl wollen worden wurde wurden "
    "während wäre würde würden zwar zwischen über überhaupt",
    "fr": "ainsi alors après assez aucun aucune aussi autant autre autres avaient avait avant avec avoir beaucoup celle celles "
    "celui cependant certain certaine certains cette ceux chaque chez comme comment contre dans depuis derrière donc dont durant "
    "elle elles encore enfin ensuite entre était étaient être eux fait faire jamais jusque jusqu'à laquelle lequel lesquels leurs "
    "lorsque maintenant malgré même mêmes mieux moins notre nous parce parfois parmi pendant personne peut-être plus plusieurs "
    "plutôt pour pourquoi pourtant presque puis puisque quand quelque quelques quelqu'un selon sans seulement sera serait sinon "
    "soit souvent sous suivant surtout tandis tellement toujours tous tout toute toutes très trop vers voici voilà votre vous",
    "es": "algo alguien alguna algunas alguno algunos ambos ante antes aquel aquella aquello aquellos aquí así aunque bastante "
    "bien cada casi como cómo contra cosa cosas cual cuales cuando cuánto desde después donde dónde durante ella ellas ellos "
    "embargo entonces entre eran esta está estaba estado estar estas este esto estos había hacer hacia hasta incluso luego mejor "
    "menos mientras misma mismas mismo mismos mucha muchas mucho muchos nada nadie ninguna ninguno nosotros nuestra nuestro nunca "
    "otra otras otro otros para parece pero poco porque puede pues quien quién quienes según sido siempre sobre solo también "
    "tampoco tanto tenía tiene toda todas todavía todo todos tras vuestra",
}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A place in a line, and why it is marked: ``long`` with the sentence's words, ``again`` with those since it last came."""

    start: int
    end: int
    why: str
    count: int


def prose(line: str) -> str:
    """A line of Markdown with its code, addresses and markup blanked out, every other character in its place."""
    plain = blanked(line, code_spans(line))
    return _NOT_PROSE.sub(lambda found: " " * len(found[0]), plain)


def spoken(words: str) -> str:
    """Words of Markdown as they are read aloud: without marks, addresses, pictures, notes to oneself and footnote signs."""
    for pattern, kept in _SPOKEN:
        words = pattern.sub(kept, " ".join(words.split()))
    return words.strip()


def sentences(line: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph, one after the other, with the blanks after them."""
    ends = [found.end() for found in _SENTENCE_END.finditer(line)]
    return [(start, end) for start, end in zip([0, *ends], [*ends, len(line)], strict=True) if end > start]


def marks(lines: Sequence[str], language: str = "en", names: Collection[str] = ()) -> list[list[Mark]]:
    """For each line, a paragraph each, what is marked in it; code has been blanked out before.

    Never marked are words of fewer than five letters, the commonest words of the language (English, German, French,
    Spanish) and names: those given, and in languages that write nouns small what has a capital within a sentence.
    """
    base = language.casefold().replace("_", "-").split("-")[0]
    common = frozenset(_COMMON.get(base, "").split()) | {name.casefold() for name in names}
    found: list[list[Mark]] = [[] for _ in lines]
    last: dict[str, tuple[int, int, Mark]] = {}
    count = 0
    for number, line in enumerate(lines):
        if len(line) > _MOST_LINE or line.startswith(("    ", "\t", "|", "#")):
            continue
        plain = prose(line)
        found[number] += _long(plain)
        for place, (word, at) in enumerate(_words(plain, common, base != "de"), count):
            count = place + 1
            if not word:
                continue
            mark = Mark(*at, "again", 0)
            if word in last and place - last[word][0] <= NEAR + 1:
                before, there, earlier = last[word]
                mark = Mark(*at, "again", place - before - 1)
                if earlier not in found[there]:
                    found[there].append(earlier)
                found[number].append(mark)
            last[word] = (place, number, mark)
    return [sorted(set(row), key=lambda mark: (mark.start, mark.why)) for row in found]


def _long(plain: str) -> Iterator[Mark]:
    for start, end in sentences(plain):
        count = sum(1 for _ in _NUMBER_OR_WORD.finditer(plain, start, end))
        if count > LONG:
            words = plain[start:end]
            yield Mark(start + len(words) - len(words.lstrip()), start + len(words.rstrip()), "long", count)


def _words(plain: str, common: Collection[str], capitals_are_names: bool) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each word in one form for singular, plural and possessive, with its place; empty for what cannot be marked."""
    begins = {_first_letter(plain, start, end) for start, end in sentences(plain)}
    for found in _WORD.finditer(plain):
        word = found[0].replace("’", "'")
        name = capitals_are_names and word[0].isupper() and found.start() not in begins
        folded = word.casefold().removesuffix("'s")
        if len(folded) < _SHORTEST or name or folded in common or word.casefold() in common:
            folded = ""
        elif len(folded) > _SHORTEST and folded.endswith("s") and not folded.endswith("ss"):
            folded = folded[:-1]
        yield folded, found.span()


def _first_letter(plain: str, start: int, end: int) -> int:
    words = plain[start:end]
    return start + len(words) - len(words.lstrip("\"'“‘«(*_ "))

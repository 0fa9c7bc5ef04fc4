"""What a picture says about itself, read from real files of each kind, and offered for its record."""

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reviewer.review.values import Permission, Source, Still
from reviewer.stills.derive import publishable
from reviewer.stills.metadata import Embedded, offered, read

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:core="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
 photoshop:Credit="Agence X" photoshop:DateCreated="2010-09-15">
<dc:creator><rdf:Seq><rdf:li>Jane Roe</rdf:li><rdf:li>John Doe</rdf:li></rdf:Seq></dc:creator>
<dc:rights><rdf:Alt><rdf:li xml:lang="de">© Müller</rdf:li><rdf:li xml:lang="x-default">© 2010 Fox</rdf:li></rdf:Alt></dc:rights>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">The boat &amp; the sea</rdf:li></rdf:Alt></dc:description>
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">For reviews</rdf:li></rdf:Alt></xmpRights:UsageTerms>
<xmpRights:WebStatement>https://fox.example/terms</xmpRights:WebStatement>
<core:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A boat</rdf:li></rdf:Alt></core:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def drawn(form: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (32, 24), "teal").save(out, form, **options)
    return out.getvalue()


def dataset(number: int, words: bytes, record: int = 2) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(words)) + words


def with_iim(*datasets: bytes) -> bytes:
    """A JPEG with IPTC IIM in its Photoshop resources (APP13)."""
    body = b"".join(datasets)
    block = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(body)) + body + b"\0" * (len(body) % 2)
    segment = b"Photoshop 3.0\0" + block
    data = drawn("JPEG")
    return data[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + data[2:]


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "AVIF"])
def test_xmp_is_read_from_each_format(form):
    found = read(drawn(form, xmp=XMP.encode()))
    assert found == Embedded(
        "Jane Roe, John Doe", "Agence X", "© 2010 Fox", "For reviews", "https://fox.example/terms", "The boat & the sea",
        "A boat", "2010-09-15",
    )  # fmt: skip


def test_what_we_publish_is_read_again():
    still = Still(alt="A boat", caption="The boat", credit="Fox", permission=Permission(holder="Fox Searchlight"))
    for form in ("JPEG", "PNG", "WEBP"):
        found = read(publishable(drawn(form), still))
        assert (found.alt, found.caption, found.credit, found.copyright) == (
            "A boat",
            "The boat",
            "Fox",
            "Fox Searchlight",
        )


def test_iim_is_read_in_its_own_charset():
    utf8 = dataset(90, b"\x1b%G", 1)
    assert read(with_iim(utf8, dataset(80, "José".encode()))).creator == "José"
    assert read(with_iim(dataset(80, "José".encode("latin-1")))).creator == "José"


def test_creators_that_are_repeated_are_joined():
    assert read(with_iim(dataset(80, b"Jane"), dataset(80, b"John"))).creator == "Jane, John"


def test_exif_is_read_and_counts_last():
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = "Somebody", "All rights"
    found = read(drawn("JPEG", exif=exif, xmp=XMP.encode()))
    assert (found.creator, read(drawn("JPEG", exif=exif)).creator) == ("Jane Roe, John Doe", "Somebody")


def test_a_position_is_named_as_there_and_not_read():
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    assert read(drawn("JPEG", exif=exif)).place
    assert not read(drawn("JPEG")).place


@pytest.mark.parametrize(
    "packet",
    [
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>",
        b"<x",
        b"\xff\xfe\0\0",
        b"<x>" * 5000,
        b"<r xmlns='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><Description/></r>",
    ],
)
def test_hostile_packets_say_nothing(packet):
    assert not read(drawn("JPEG", xmp=packet))


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff", b"%PDF", b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_what_is_no_whole_picture_says_nothing(data):
    assert not read(data)


@given(st.binary(max_size=300))
def test_any_iim_is_read_or_left(data):
    read(with_iim(data))


def test_empty_fields_are_filled_and_typed_ones_stay():
    still = offered(Still(caption="Mine"), read(drawn("JPEG", xmp=XMP.encode())))
    assert (still.caption, still.alt, still.credit) == ("Mine", "A boat", "Agence X")
    assert (still.permission.holder, still.permission.terms) == ("© 2010 Fox", "For reviews")


def test_a_creative_commons_statement_is_a_licence():
    found = Embedded(creator="Jane Roe", statement="https://creativecommons.org/licenses/by-sa/4.0/")
    permission = offered(Still(), found).permission
    assert (permission.basis, permission.licence) == ("licence", "CC-BY-SA-4.0")


def test_a_basis_that_the_writer_chose_stays():
    found = Embedded(statement="https://creativecommons.org/licenses/by/4.0/")
    assert offered(Still(permission=Permission(basis="permission")), found).permission.basis == "permission"


def test_a_picture_that_says_nothing_changes_nothing():
    still = Still(file="stills/a.jpg", source=Source(name="the trailer"))
    assert offered(still, Embedded()) == still


@pytest.mark.parametrize(
    ("permission", "terms", "marked"),
    [
        (Permission(basis="licence", licence="CC-BY-4.0"), "CC BY 4.0", "True"),
        (Permission(basis="licence", licence="CC0-1.0"), "CC0 1.0", "False"),
        (Permission(basis="press-terms", terms="Free for reviews"), "Free for reviews", "True"),
        (Permission(basis="permission", state="granted", terms="Between us"), "", "True"),
        (Permission(basis="public-domain"), "", "False"),
        (Permission(), "", ""),
    ],
)
def test_published_copies_say_on_what_terms_and_nothing_that_was_private(permission, terms, marked):
    made = publishable(drawn("JPEG"), Still(permission=permission))
    assert read(made).terms == terms
    assert (f"<xmpRights:Marked>{marked}<" in made.decode("latin-1")) == bool(marked)
    assert b"Between us" not in made

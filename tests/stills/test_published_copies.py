"""Exported copies, read back by exiftool: sizes, formats, colours, and the metadata that goes along or stays."""

import io
import json
import struct
import subprocess

import pytest
from PIL import Image, ImageChops, ImageCms

from reviewer.review.values import Crop, Permission, Reuse, Still
from reviewer.stills.derive import Copy, copies, publishable, shape
from reviewer.stills.formats import Refused

STILL = Still(
    "stills/boat.jpg",
    alt="A boat “aground”",
    caption="Carey Mulligan & the boat",
    credit="Fox Searchlight",
    kind="trailer-frame",
    permission=Permission(basis="permission", state="granted", holder="Fox Searchlight Pictures", note="private words"),
)
FORMS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]
FOREIGN = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" photoshop:City="Clevedon" photoshop:Credit="Somebody else"
 exif:GPSLatitude="51,26.3N" aux:SerialNumber="0815" plus:Version="1.2.0">
<dc:creator><rdf:Seq><rdf:li>Alex Bailey</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>pier</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def drawn(form: str, dimensions=(96, 60), mode: str = "RGB", **options) -> bytes:
    across = Image.linear_gradient("L").rotate(90).resize(dimensions)
    down = Image.linear_gradient("L").resize(dimensions)
    image = Image.merge("RGB", (across, down, ImageChops.invert(across))).convert(mode)
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def with_foreign(form: str) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0131], exif[0xA431] = "Camera & Co", "Some program", "0815"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (52.0, 13.0, 0.0)
    return drawn(form, exif=exif, xmp=FOREIGN, quality=80)


def animated(form: str) -> bytes:
    frames = [Image.new("RGB", (20, 12), colour) for colour in ("red", "lime", "blue")]
    out = io.BytesIO()
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=80, loop=0)
    return out.getvalue()


def exiftool(data: bytes, tmp_path) -> dict[str, object]:
    """All that exiftool finds in a picture, by group and name, with its own warnings."""
    path = tmp_path / "picture"
    path.write_bytes(data)
    words = ["exiftool", "-json", "-G1", "-a", "-struct", "-all", "-validate", str(path)]
    found = subprocess.run(words, capture_output=True, check=True, timeout=60)
    return json.loads(found.stdout)[0]


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.fixture(params=FORMS)
def form(request) -> str:
    return request.param


@pytest.mark.parametrize("wanted", [Copy(), Copy(width=40), Copy(srgb=True)], ids=["as it is", "smaller", "drawn anew"])
def test_each_copy_says_whose_it_is(form, wanted, tmp_path):
    found = exiftool(publishable(drawn(form), STILL, wanted), tmp_path)
    said = {
        name: found.get(name)
        for name in (
            "XMP-photoshop:Credit", "XMP-dc:Rights", "XMP-dc:Description", "XMP-iptcCore:AltTextAccessibility",
            "XMP-xmpRights:Marked", "XMP-iptcExt:DigitalSourceType", "XMP-xmpRights:WebStatement",
        )
    }  # fmt: skip
    assert said == {
        "XMP-photoshop:Credit": "Fox Searchlight",
        "XMP-dc:Rights": "Fox Searchlight Pictures",
        "XMP-dc:Description": "Carey Mulligan & the boat",
        "XMP-iptcCore:AltTextAccessibility": "A boat “aground”",
        "XMP-xmpRights:Marked": True,
        "XMP-iptcExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/screenCapture",
        "XMP-xmpRights:WebStatement": None,
    }


def test_a_copy_is_a_sound_file(form, tmp_path):
    found = exiftool(publishable(drawn(form), STILL), tmp_path)
    assert found["ExifTool:Validate"] == "OK", {k: v for k, v in found.items() if "Warning" in k}


@pytest.mark.parametrize("made", ["JPEG", "WEBP", "AVIF"])
def test_foreign_words_survive_and_secrets_do_not(made, tmp_path):
    for wanted in (Copy(), Copy(width=40)):
        found = exiftool(publishable(with_foreign(made), STILL, wanted), tmp_path)
        assert found["XMP-photoshop:City"] == "Clevedon"
        assert found["XMP-dc:Subject"] == ["pier", "sea"]
        assert found["XMP-dc:Creator"] == ["Alex Bailey"]
        assert found["XMP-photoshop:Credit"] == "Fox Searchlight"
        told = [name for name in found if any(word in name for word in ("GPS", "Serial", "Thumbnail", "IFD0", "Exif"))]
        assert [name for name in told if not name.startswith("ExifTool")] == []


def test_a_web_statement_is_the_licences_own(tmp_path):
    permission = Permission(basis="licence", licence="CC-BY-SA-4.0", holder="Ann Grey")
    still = Still("stills/a.jpg", kind="photo", permission=permission)
    found = exiftool(publishable(drawn("JPEG"), still), tmp_path)
    assert found["XMP-xmpRights:WebStatement"] == "https://creativecommons.org/licenses/by-sa/4.0/"


def test_ones_own_picture_names_its_maker_and_terms(tmp_path):
    still = Still("stills/a.jpg", permission=Permission(basis="own", holder="Ana"), reuse=Reuse(terms="Ask me"))
    found = exiftool(publishable(drawn("JPEG"), still), tmp_path)
    assert (found["XMP-dc:Creator"], found["XMP-xmpRights:UsageTerms"]) == (["Ana"], "Ask me")


def test_a_huge_packet_is_shortened_until_it_fits(tmp_path):
    packet = FOREIGN.replace(b">sea<", b">" + b"sea " * 30_000 + b"<")
    found = exiftool(publishable(drawn("WEBP", xmp=packet), STILL, Copy(format="JPEG")), tmp_path)
    assert (found["XMP-photoshop:City"], found.get("XMP-dc:Subject")) == ("Clevedon", None)


# sizes


def test_sizes_are_those_asked_for_and_none_is_enlarged(form):
    made = copies(drawn(form), STILL, [Copy(width=w) for w in (24, 48, 500)])
    assert [opened(data).size for data in made] == [(24, 15), (48, 30), (96, 60)]


@pytest.mark.parametrize("wanted", ["JPEG", "WEBP", "AVIF"])
@pytest.mark.parametrize("source", FORMS)
def test_each_format_can_become_each(source, wanted):
    assert opened(publishable(drawn(source), STILL, Copy(format=wanted))).format == wanted


def test_a_jpeg_of_the_right_size_keeps_its_very_scan():
    data = drawn("JPEG", quality=91)
    assert data[data.index(b"\xff\xda") :] in publishable(data, STILL, Copy(width=96, format="JPEG", quality=30))


def test_quality_counts_where_pixels_are_made_anew():
    small, large = copies(drawn("PNG", (400, 300)), STILL, [Copy(format="JPEG", quality=q) for q in (20, 95)])
    assert len(small) < len(large)


def test_a_crop_cuts_the_copy_and_a_turn_lays_it_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    still = Still("stills/a.jpg", crop=Crop(0, 0, 0.5, 0.5))
    data = drawn("JPEG", exif=exif)
    found = shape(data, still)
    assert opened(publishable(data, still)).size == (found.width, found.height) == (30, 48)


def test_publishing_several_copies_twice_gives_the_same_bytes(form):
    wanted = [Copy(), Copy(width=30), Copy(width=30, format="WEBP"), Copy(width=30, format="AVIF")]
    assert copies(drawn(form), STILL, wanted) == copies(drawn(form), STILL, wanted)


# colours


def swapped_profile() -> bytes:
    """An ICC profile in which red and blue have changed places: nobody can take it for sRGB."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", profile[128:132])[0]
    places = {bytes(profile[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(count)}
    red, blue = places[b"rXYZ"], places[b"bXYZ"]
    profile[red + 4 : red + 12], profile[blue + 4 : blue + 12] = (
        profile[blue + 4 : blue + 12],
        profile[red + 4 : red + 12],
    )
    return bytes(profile)


def test_a_profile_is_kept_where_colours_stay():
    profile = swapped_profile()
    made = opened(publishable(drawn("JPEG", icc_profile=profile), STILL, Copy(width=40)))
    assert made.info["icc_profile"] == profile


def test_colours_are_turned_by_the_profile():
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (255, 0, 0)).save(out, "PNG", icc_profile=swapped_profile())
    made = opened(publishable(out.getvalue(), STILL, Copy(srgb=True)))
    red, _, blue = made.convert("RGB").getpixel((4, 4))
    assert blue > 240
    assert red < 15
    assert "icc_profile" not in made.info


def test_a_damaged_profile_leaves_the_colours():
    data = drawn("PNG", icc_profile=b"no profile at all")
    assert opened(publishable(data, STILL, Copy(srgb=True))).getpixel((5, 5)) == opened(data).getpixel((5, 5))


def test_cmyk_becomes_a_picture_browsers_show():
    made = opened(publishable(drawn("JPEG", mode="CMYK", quality=95), STILL))
    plain = opened(drawn("PNG"))
    assert made.mode == "RGB"
    assert all(abs(a - b) < 12 for a, b in zip(made.getpixel((48, 30)), plain.getpixel((48, 30)), strict=True))


def test_sixteen_bits_keep_their_greys():
    out = io.BytesIO()
    deep = Image.new("I;16", (4, 1))
    for place, value in enumerate((0, 16384, 32768, 65535)):
        deep.putpixel((place, 0), value)
    deep.resize((64, 16), Image.Resampling.NEAREST).save(out, "PNG")
    made = opened(publishable(out.getvalue(), STILL, Copy(width=32))).convert("L")
    assert [round(made.getpixel((x, 4)) / 255, 2) for x in (4, 12, 20, 28)] == [0.0, 0.25, 0.5, 1.0]


def test_clear_parts_become_white_where_a_format_knows_none():
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(out, "PNG")
    assert opened(publishable(out.getvalue(), STILL, Copy(format="JPEG"))).getpixel((4, 4)) == (255, 255, 255)


# animations


@pytest.mark.parametrize("moving", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_kept_whole(moving):
    made = opened(publishable(animated(moving), STILL, Copy(width=5)))
    assert (made.n_frames, made.size) == (3, (20, 12))


@pytest.mark.parametrize("moving", ["GIF", "WEBP", "PNG"])
def test_a_first_frame_stands_for_an_animation_by_choice(moving):
    made = opened(publishable(animated(moving), STILL, Copy(first_frame=True, format="JPEG")))
    red, green, blue = made.getpixel((10, 6))
    assert (getattr(made, "n_frames", 1), red > 240, green < 15, blue < 15) == (1, True, True, True)


def test_a_gif_loses_comments_and_keeps_its_loop():
    out = io.BytesIO()
    frames = [Image.new("P", (9, 9), n) for n in (1, 2)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], loop=3, comment=b"where I live")
    made = publishable(out.getvalue(), STILL)
    assert b"where I live" not in made
    assert opened(made).info["loop"] == 3


@pytest.mark.parametrize("cut", [14, 40, 200])
def test_half_a_gif_is_refused(cut):
    with pytest.raises(Refused):
        publishable(animated("GIF")[:cut], STILL)

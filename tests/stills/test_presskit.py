"""Press kits: captions matched to pictures, terms for all, and zips that mean harm."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from reviewer.stills.formats import Refused
from reviewer.stills.presskit import MOST_MEMBERS, Words, open_kit, read_texts

PICTURES = ["NLMG_01.jpg", "NLMG_02.JPG", "NLMG_10.jpg", "boat.jpg"]


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(out, "JPEG")
    return out.getvalue()


def kit(path, members, **options):
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("NLMG_01.jpg: Kathy on the pier", Words("Kathy on the pier")),
        ("nlmg_01 - Kathy on the pier", Words("Kathy on the pier")),
        ("NLMG_01.jpg\tKathy on the pier\tPhoto: Alex Bailey", Words("Kathy on the pier", "Alex Bailey")),
        ("NLMG_01.jpg\nKathy on the pier.\nPhoto by Alex Bailey", Words("Kathy on the pier.", "Alex Bailey")),
        ("NLMG_01.jpg\n\nKathy on the pier.", Words("Kathy on the pier.")),
        ("* NLMG_01.jpg – Kathy. © 2010 Fox Searchlight", Words("Kathy.", "© 2010 Fox Searchlight")),
        ('"NLMG_01.jpg","Kathy, Tommy and Ruth"', Words("Kathy, Tommy and Ruth")),
        ("NLMG_01.jpg = Kathy (Carey Mulligan). Courtesy of Fox", Words("Kathy (Carey Mulligan).", "Courtesy of Fox")),
        ("stills/NLMG_01.jpg: Kathy", Words()),
    ],
)
def test_a_caption_is_matched_by_the_files_name(text, words):
    captions, _ = read_texts({"captions.txt": text}, PICTURES)
    assert captions.get("NLMG_01.jpg", Words()) == words


def test_each_picture_gets_its_own_caption():
    text = "Captions\n\nNLMG_01.jpg: One\nNLMG_02.jpg: Two\nover two lines\n\nNLMG_10: Ten"
    captions, terms = read_texts({"a.txt": text}, PICTURES)
    assert {name: words.caption for name, words in captions.items()} == {
        "NLMG_01.jpg": "One",
        "NLMG_02.JPG": "Two over two lines",
        "NLMG_10.jpg": "Ten",
    }
    assert terms == ""


def test_a_sentence_that_begins_with_a_files_name_is_no_caption():
    captions, _ = read_texts({"notes.txt": "Boat scenes were shot in Clevedon in October."}, PICTURES)
    assert captions == {}


def test_a_name_that_two_pictures_share_is_nobodys():
    captions, _ = read_texts({"a.txt": "still: One"}, ["a/still.jpg", "b/still.jpg"])
    assert captions == {}


def test_terms_are_what_speaks_of_use():
    text = "NLMG_01.jpg: Kathy\n\nA love story.\n\nFor editorial use in connection with the film only. © Fox"
    assert read_texts({"readme.txt": text}, PICTURES)[1] == "For editorial use in connection with the film only. © Fox"


def test_a_file_named_terms_is_terms_as_a_whole():
    assert read_texts({"Terms of use.txt": "Be kind.\n\nNo cropping."}, PICTURES)[1] == "Be kind.\n\nNo cropping."


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=12), max_size=4))
def test_any_text_is_read(text, pictures):
    read_texts({"a.txt": text}, pictures)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_of_each_encoding_are_read(tmp_path, encoding):
    (tmp_path / "a.jpg").write_bytes(picture())
    (tmp_path / "a.txt").write_bytes("a.jpg: Amélie".encode(encoding))
    assert open_kit(tmp_path).items[0].words.caption == "Amélie"


def test_a_folder_and_its_zip_are_the_same_kit(tmp_path):
    files = {"stills/b2.jpg": picture(), "stills/b10.jpg": picture(), "Captions.txt": b"b2: Two\nb10: Ten"}
    for name, data in files.items():
        (tmp_path / "kit" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "kit" / name).write_bytes(data)
    folder, packed = open_kit(tmp_path / "kit"), open_kit(kit(tmp_path / "kit.zip", files))
    assert [(i.name, i.words.caption, i.read()) for i in folder.items] == [
        (i.name, i.words.caption, i.read()) for i in packed.items
    ]
    assert [item.words.caption for item in folder.items] == ["Two", "Ten"]


def test_what_a_kit_has_besides_is_named(tmp_path):
    found = open_kit(kit(tmp_path / "kit.zip", {"a.jpg": picture(), "notes.docx": b"PK", "__MACOSX/._a.jpg": b"x"}))
    assert found.left == ("notes.docx is neither a picture that is taken nor a plain text.",)


# harm


@pytest.mark.parametrize("name", ["../a.jpg", "/etc/a.jpg", "a/../../b.jpg", "..\\a.jpg", "C:a.jpg"])
def test_a_path_that_leads_out_is_left(tmp_path, name):
    found = open_kit(kit(tmp_path / "kit.zip", {name: picture(), "good.jpg": picture()}))
    assert [item.name for item in found.items] == ["good.jpg"]
    assert "leads out" in found.left[0]


def test_a_link_is_left(tmp_path):
    link = zipfile.ZipInfo("passwd.jpg")
    link.external_attr = 0o120777 << 16
    found = open_kit(kit(tmp_path / "kit.zip", {link: b"/etc/passwd"}))
    assert (found.items, found.left) == ((), ("passwd.jpg is left out: it is a link or a device.",))


def test_a_bomb_is_left(tmp_path):
    bomb = {"bomb.jpg": b"\0" * 40_000_000}
    found = open_kit(kit(tmp_path / "kit.zip", bomb, compression=zipfile.ZIP_DEFLATED))
    assert "far more" in found.left[0]


def test_too_much_in_all_is_refused(tmp_path):
    many = {f"{n}.jpg": b"\0" * 30_000_000 for n in range(8)}
    with pytest.raises(Refused, match="unfolds to more than 200 MB"):
        open_kit(kit(tmp_path / "kit.zip", many, compression=zipfile.ZIP_DEFLATED))


def test_too_many_are_refused(tmp_path):
    with pytest.raises(Refused, match="up to 2000"):
        open_kit(kit(tmp_path / "kit.zip", {f"{n}.txt": b"" for n in range(MOST_MEMBERS + 1)}))


def test_members_that_lie_over_each_other_are_refused(tmp_path):
    path = kit(tmp_path / "kit.zip", {"a.jpg": picture(), "b.jpg": picture()})
    data = bytearray(path.read_bytes())
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    path.write_bytes(bytes(data))
    with pytest.raises(Refused, match="over each other"):
        open_kit(path)


def test_a_locked_member_is_left(tmp_path):
    path = kit(tmp_path / "kit.zip", {"a.jpg": picture()})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    assert "password" in open_kit(path).left[0]


def test_a_member_that_lies_about_its_sum_is_refused_when_it_is_read(tmp_path):
    path = kit(tmp_path / "kit.zip", {"a.jpg": picture()})
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(Refused, match=r"a\.jpg"):
        open_kit(path).items[0].read()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_refused(tmp_path, data):
    path = tmp_path / "kit.zip"
    path.write_bytes(data)
    with pytest.raises(Refused, match="no whole zip"):
        open_kit(path)

"""Rights metadata as XMP (ISO 16684-1), by the field names of the IPTC Photo Metadata Standard.

What the record says is written; what the picture said otherwise is kept, but for what tells where, with which camera or by
which steps it was made.
"""

from __future__ import annotations

import copy
import re
import xml.etree.ElementTree as ET

from reviewer.review.licences import Licence, licence
from reviewer.review.values import Still

MOST_PACKET = 1_000_000
"""Bytes of an XMP packet that is read."""
ROOM = 65_000
"""Bytes that a packet may have to fit into a JPEG segment; other properties are left out until it does."""
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_META = "{adobe:ns:meta/}"
_PREFIXES = {
    "rdf": RDF, "dc": DC, "photoshop": PHOTOSHOP, "xmpRights": RIGHTS, "Iptc4xmpCore": CORE, "Iptc4xmpExt": EXT, "x": _META,
    "xmp": "{http://ns.adobe.com/xap/1.0/}", "xmpMM": "{http://ns.adobe.com/xap/1.0/mm/}",
    "exif": "{http://ns.adobe.com/exif/1.0/}", "tiff": "{http://ns.adobe.com/tiff/1.0/}", "plus": "{http://ns.useplus.org/ldf/xmp/1.0/}",
    "aux": "{http://ns.adobe.com/exif/1.0/aux/}", "exifEX": "{http://cipa.jp/exif/1.0/}",
}  # fmt: skip
_SECRET = re.compile(r"GPS|SerialNumber|OwnerName|Thumbnail|History|Ingredients|Pantry|DocumentAncestors|ImageUniqueID")
"""Properties, by a part of their names, that say where or with what a picture was made; they never leave the library."""
_ABOUT_PIXELS = ("{http://ns.adobe.com/tiff/1.0/}", "{http://ns.adobe.com/xap/1.0/mm/}")
"""Namespaces of what was true of the original's file and is not of a copy's."""
SCREEN_CAPTURE = "http://cv.iptc.org/newscodes/digitalsourcetype/screenCapture"
_SOURCE_TYPES = {"frame": SCREEN_CAPTURE, "trailer-frame": SCREEN_CAPTURE}
"""Digital source types (IPTC NewsCodes) of the kinds of stills for which they are known."""


def parse(packet: object) -> ET.Element | None:
    """The root of an XMP packet. One that defines entities is not read: nothing that writes pictures does."""
    if not isinstance(packet, bytes) or not packet or len(packet) > MOST_PACKET:
        return None
    if re.search(rb"<!(DOCTYPE|ENTITY)", packet, re.I):
        return None
    try:
        return ET.fromstring(packet.decode("utf-8", "replace").strip("\0 \ufeff\n"))
    except ET.ParseError:
        return None


def packet(still: Still, original: bytes = b"", creator: str = "") -> bytes:
    """The packet of an exported copy: the record's credit line, rights, caption and alternative text, nothing of how the
    permission came about, and the properties of the `original` picture's packet that are not ours and keep no secret.

    `creator` is who made it, where the picture says so. The web statement of rights is set only for a Creative Commons
    licence, where it is the owner's own terms: search engines offer a picture with such a statement for licensing.
    """
    others = [node for node in _others(original) if node.tag not in _OWNED]
    there = {node.tag for node in others}
    ours = [node for node in _ours(still, creator) if node.tag not in there]
    while True:
        made = _written([*ours, *others])
        if len(made) <= ROOM or not others:
            return made
        others.remove(max(others, key=lambda node: len(ET.tostring(node))))


_OWNED = {
    f"{PHOTOSHOP}Credit", f"{DC}rights", f"{DC}description", f"{CORE}AltTextAccessibility", f"{RIGHTS}UsageTerms",
    f"{RIGHTS}WebStatement", f"{RIGHTS}Marked",
}  # fmt: skip
"""Properties that only the record may say: an old one would contradict it."""


def _ours(still: Still, creator: str) -> list[ET.Element]:
    holder = still.permission.holder or still.credit
    found = licence(still.permission.licence) if still.permission.basis == "licence" else None
    maker = creator or (holder if still.permission.basis == "own" else "")
    nodes = [
        _listed(f"{DC}creator", "Seq", maker),
        _simple(f"{PHOTOSHOP}Credit", still.credit),
        _local(f"{DC}rights", holder),
        _local(f"{DC}description", still.caption),
        _local(f"{CORE}AltTextAccessibility", still.alt),
        _local(f"{RIGHTS}UsageTerms", _terms(still, found)),
        _simple(f"{RIGHTS}WebStatement", found.url if found else ""),
        _simple(f"{RIGHTS}Marked", _marked(still, found)),
        _simple(f"{EXT}DigitalSourceType", _SOURCE_TYPES.get(still.kind, "")),
    ]
    return [node for node in nodes if node is not None]


def _others(original: bytes) -> list[ET.Element]:
    """The properties of a packet that may go on, as elements."""
    root = parse(original)
    found: dict[str, ET.Element] = {}
    for description in root.iter(f"{RDF}Description") if root is not None else ():
        if description.get(f"{RDF}about") is None and description.get("about") is None:
            continue  # a part of another property
        for name, value in description.attrib.items():
            if name.startswith("{") and not name.startswith((RDF, "{http://www.w3.org/XML")):
                node = ET.Element(name)
                node.text = _safe(value)
                found.setdefault(name, node)
        for child in description:
            found.setdefault(child.tag, copy.deepcopy(child))
    return [node for node in found.values() if _may_go(node)]


def _may_go(node: ET.Element) -> bool:
    if node.tag.startswith(_ABOUT_PIXELS):
        return False
    return not any(_SECRET.search(name) for part in node.iter() for name in (part.tag, *part.attrib))


def _written(nodes: list[ET.Element]) -> bytes:
    """The packet with these properties, in their order; the same ones always give the same bytes."""
    for prefix, namespace in _PREFIXES.items():
        ET.register_namespace(prefix, namespace[1:-1])
    root = ET.Element(f"{_META}xmpmeta")
    description = ET.SubElement(ET.SubElement(root, f"{RDF}RDF"), f"{RDF}Description", {f"{RDF}about": ""})
    for node in nodes:
        node.tail = None
    description.extend(nodes)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{body}<?xpacket end="w"?>'.encode()


def _terms(still: Still, found: Licence | None) -> str:
    """What others may do, where that is public: a licence's name, a press page's terms, one's own terms for one's picture.

    What a holder wrote in a letter to this writer is not.
    """
    if found is not None:
        return found.name
    own = still.reuse.terms if still.permission.basis == "own" else ""
    return still.permission.terms if still.permission.basis == "press-terms" else own


def _marked(still: Still, found: Licence | None) -> str:
    """Whether rights are held (XMP part 2, 8.5): not in the public domain; nothing where nobody knows."""
    if still.permission.basis == "public-domain" or (found is not None and not found.names):
        return "False"
    return "True" if still.permission.basis not in ("", "unknown") else ""


def _simple(name: str, value: str) -> ET.Element | None:
    if not value:
        return None
    node = ET.Element(name)
    node.text = _safe(value)
    return node


def _local(name: str, value: str) -> ET.Element | None:
    """A text that could have translations; ours is the default."""
    node = _listed(name, "Alt", value)
    if node is not None:
        node[0][0].set(LANG, "x-default")
    return node


def _listed(name: str, kind: str, value: str) -> ET.Element | None:
    """A list of one."""
    if not value:
        return None
    node = ET.Element(name)
    ET.SubElement(ET.SubElement(node, f"{RDF}{kind}"), f"{RDF}li").text = _safe(value)
    return node


def _safe(value: str) -> str:
    return "".join(
        c for c in value if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) < 0xE000 and c not in "\ufffe\uffff")
    )

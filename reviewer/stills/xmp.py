"""Rights metadata as XMP, by the field names of the IPTC Photo Metadata Standard."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reviewer.review.values import Still

_LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    **{
        f"CC-{terms}-{version}": f"https://creativecommons.org/licenses/{terms.lower()}/{version}/"
        for terms in ("BY", "BY-SA", "BY-ND", "BY-NC", "BY-NC-SA", "BY-NC-ND")
        for version in ("2.0", "2.5", "3.0", "4.0")
    },
}


def packet(still: Still) -> bytes:
    """An XMP packet with credit line, rights, caption and alternative text; nothing of how the permission came about.

    The web statement of rights is set only for a Creative Commons licence, where it is the owner's own terms: search
    engines offer a picture with such a statement for licensing.
    """
    holder = still.permission.holder or still.credit
    licence = _LICENCES.get(still.permission.licence, "") if still.permission.basis == "licence" else ""
    fields = [
        _simple("photoshop:Credit", still.credit),
        _local("dc:rights", holder),
        _local("dc:description", still.caption),
        _local("Iptc4xmpCore:AltTextAccessibility", still.alt),
        _simple("xmpRights:WebStatement", licence),
    ]
    body = "".join(fields)
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
        f' xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">{body}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _simple(name: str, value: str) -> str:
    return f"<{name}>{_safe(value)}</{name}>" if value else ""


def _local(name: str, value: str) -> str:
    """A text that could have translations; ours is the default."""
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{_safe(value)}</rdf:li></rdf:Alt></{name}>' if value else ""


def _safe(value: str) -> str:
    return escape("".join(c for c in value if c in "\t\n" or (ord(c) >= 32 and not 0xD800 <= ord(c) < 0xE000)))

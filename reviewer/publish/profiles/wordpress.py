"""WordPress: a file in its own format of exchange (WXR 1.2) for each post, to be taken in by Tools → Import → WordPress.

The importer fetches pictures from their addresses, so the stills lie beside the file, to be put on the web first: where, the
blog's settings say. The form was taken from files that WordPress 6.1 wrote itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from xml.sax.saxutils import escape as escape_xml

from reviewer.publish.dialect import Image
from reviewer.publish.entries import Entry
from reviewer.publish.markup import Markup
from reviewer.publish.profiles.base import BlogSettings, Place, Profile
from reviewer.publish.site import Site
from reviewer.publish.tree import Node
from reviewer.review.slugs import slug
from reviewer.review.values import Plain, PostDate, Review

_MEDIA = "reviewer-media:"
"""Stands for the address under which the stills will be found."""
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


class Classic(Markup):
    """What the classic editor keeps: a blank line between blocks, no bracket that a shortcode could begin with."""

    def document(self, root: Node) -> str:
        return re.sub(
            r"\n(?=<(?:p|ul|ol|blockquote|pre|dl|table|hr|h\d|figure|details|div|section)\b)",
            "\n\n",
            super().document(root),
        )

    def picture(self, image: Image) -> str:
        return f'<img src="{escape(image.src)}" alt="{_bare(escape(image.alt))}" />'

    def _one(self, child: Node | str, exact: bool) -> str:
        made = super()._one(child, exact)
        return _bare(made) if isinstance(child, str) else made


def _bare(text: str) -> str:
    return text.replace("[", "&#91;").replace("]", "&#93;")


def recognise(folder: Path) -> Site | None:
    """Any folder, once the writer has named the profile."""
    return Site(folder, "wordpress", ("you named it",)) if folder.is_dir() else None


def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
    root = f"{settings.posts.strip('/')}/" if settings.posts.strip("/") else ""
    return Place(f"{root}{slug}.xml", f"{root}{slug}")


def src(place: Place, name: str) -> str:
    return f"{_MEDIA}{place.pictures}/{name}"


def page(
    front: Mapping[str, Plain], text: str, review: Review, entry: Entry, site: Site, settings: BlogSettings
) -> str:
    """The whole file: the channel, the author, the terms, the post, and each still as an attachment."""
    base = (settings.address or "https://example.com").rstrip("/")
    number = int(hashlib.sha256((entry.review or entry.slug).encode()).hexdigest()[:6], 16) + 1000
    stills = front.get("stills", [])
    rows: list[Mapping[str, str]] = [row for row in stills if isinstance(row, dict)] if isinstance(stills, list) else []
    items = [_post(text.replace(_MEDIA, f"{base}/"), review, entry, number, bool(rows and review.lead), base)]
    items += [_attachment(row, n, number, entry, base) for n, row in enumerate(rows, 1)]
    login = slug(review.author) or "critic"
    author = (
        f"\t<wp:author><wp:author_id>1</wp:author_id><wp:author_login>{_cdata(login)}</wp:author_login>"
        f"<wp:author_email>{_cdata('')}</wp:author_email><wp:author_display_name>{_cdata(review.author or login)}"
        "</wp:author_display_name></wp:author>\n"
    )
    terms = "".join(
        f"\t<wp:category><wp:category_nicename>{_cdata(slug(word) or word)}</wp:category_nicename><wp:category_parent>"
        f"{_cdata('')}</wp:category_parent><wp:cat_name>{_cdata(escape(word, quote=False))}</wp:cat_name></wp:category>\n"
        for word in review.categories
    )
    spaces = "".join(f'\n\txmlns:{name}="{url}"' for name, url in _SPACES.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>\n<!-- To take this in: Tools, Import, WordPress. -->\n<rss version="2.0"{spaces}\n>\n'
        f"<channel>\n\t<title>{escape_xml(review.author or 'Film reviews')}</title>\n\t<link>{escape_xml(base)}</link>\n"
        f"\t<description></description>\n\t<wp:wxr_version>1.2</wp:wxr_version>\n"
        f"\t<wp:base_site_url>{escape_xml(base)}</wp:base_site_url>\n\t<wp:base_blog_url>{escape_xml(base)}</wp:base_blog_url>\n"
        f"{author}{terms}{''.join(items)}</channel>\n</rss>\n"
    )


_SPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}


def _post(text: str, review: Review, entry: Entry, number: int, lead: bool, base: str) -> str:
    marks = {f"rating_{mark.scale}": str(mark.value) for mark in review.rating}
    meta = {**marks, "film": review.film.title, "film_year": str(review.film.year or ""), "reviewer_id": review.id}
    meta["_thumbnail_id"] = str(number + 1) if lead else ""
    terms = [("category", word) for word in review.categories] + [("post_tag", word) for word in review.tags]
    status = "draft" if review.status == "draft" else "publish"
    return _item(entry.title, f"{base}/?p={number}", number, entry, text, entry.excerpt, "post", 0, entry.slug, terms, meta, status=status)  # fmt: skip


def _attachment(row: Mapping[str, str], n: int, number: int, entry: Entry, base: str) -> str:
    path = row["src"].removeprefix(_MEDIA)
    url = f"{base}/{path}"
    words = " ".join(part for part in (row.get("caption", ""), row.get("credit", "")) if part)
    name = path.rpartition("/")[2].rpartition(".")[0]
    return _item(
        name, url, number + n, entry, row.get("credit", ""), words, "attachment", number, name, (),
        {"_wp_attachment_image_alt": row.get("alt", "")}, url,
    )  # fmt: skip


def _item(
    title: str, link: str, number: int, entry: Entry, content: str, excerpt: str, kind: str, parent: int, name: str,
    terms: list[tuple[str, str]] | tuple[()], meta: Mapping[str, str], url: str = "", status: str = "publish",
) -> str:  # fmt: skip
    here, there = _clocks(entry.when)
    rows = {
        "wp:post_id": str(number), "wp:post_date": _cdata(here), "wp:post_date_gmt": _cdata(there),
        "wp:comment_status": _cdata("open" if kind == "post" else "closed"), "wp:ping_status": _cdata("closed"),
        "wp:post_name": _cdata(name), "wp:status": _cdata(status if kind == "post" else "inherit"),
        "wp:post_parent": str(parent), "wp:menu_order": "0", "wp:post_type": _cdata(kind), "wp:post_password": _cdata(""),
        "wp:is_sticky": "0",
    }  # fmt: skip
    if url:
        rows["wp:attachment_url"] = _cdata(url)
    lines = [f"<{tag}>{value}</{tag}>" for tag, value in rows.items()]
    lines += [
        f'<category domain="{domain}" nicename="{escape(slug(word) or word)}">{_cdata(escape(word, quote=False))}</category>'
        for domain, word in terms
    ]
    lines += [
        f"<wp:postmeta><wp:meta_key>{_cdata(key)}</wp:meta_key><wp:meta_value>{_cdata(value)}</wp:meta_value></wp:postmeta>"
        for key, value in meta.items()
        if value
    ]
    head = [
        f"<title>{_cdata(title)}</title>", f"<link>{escape_xml(link)}</link>", f"<pubDate>{_rfc822(there)}</pubDate>",
        f"<dc:creator>{_cdata(slug(entry.author) or 'critic')}</dc:creator>",
        f'<guid isPermaLink="false">{escape_xml(link)}</guid>', "<description></description>",
        f"<content:encoded>{_cdata(content)}</content:encoded>", f"<excerpt:encoded>{_cdata(excerpt)}</excerpt:encoded>",
    ]  # fmt: skip
    return "\t<item>\n" + "".join(f"\t\t{line}\n" for line in [*head, *lines]) + "\t</item>\n"


def _clocks(when: PostDate) -> tuple[str, str]:
    """The post's clock and the same moment in UTC; a day alone is its noon."""
    local = when if isinstance(when, dt.datetime) else dt.datetime.combine(when, dt.time(12))
    utc = local.astimezone(dt.UTC) if local.tzinfo else local
    return f"{local:%Y-%m-%d %H:%M:%S}", f"{utc:%Y-%m-%d %H:%M:%S}"


def _rfc822(clock: str) -> str:
    moment = dt.datetime.fromisoformat(clock)
    return f"{_DAYS[moment.weekday()]}, {moment:%d} {_MONTHS[moment.month - 1]} {moment:%Y %H:%M:%S} +0000"


def _cdata(text: str) -> str:
    """A text as WordPress writes it: whatever is inside, ``]]>`` is taken apart; control signs, which XML forbids, go."""
    plain = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text)
    return "<![CDATA[" + plain.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def notes(site: Site, review: Review, text: str) -> tuple[str, ...]:
    if review.stills:
        return (
            "WordPress fetches stills from the web. Give the address under which you put them in the blog’s settings.",
        )
    return ()


PROFILE = Profile(
    name="wordpress",
    title="WordPress",
    about="A file that WordPress imports (WXR 1.2): slug.xml, stills in slug/, to be put on the web first",
    recognise=recognise,
    named_only=True,
    place=place,
    date=lambda site, when: when,
    src=src,
    writer=Classic,
    keys={},
    page=page,
    link=lambda site, here, there: f"/{there.slug}/",
    notes=notes,
)

"""Plain Markdown and stills in a folder, for a program of one's own or for keeping: CommonMark with GitHub's tables and notes.

No folder is known by itself as such a blog; the writer names the profile.
"""

from __future__ import annotations

from pathlib import Path

from reviewer.publish.dialect import Image, Run, Writer, entities
from reviewer.publish.profiles.base import BlogSettings, Place, Profile
from reviewer.publish.site import Site
from reviewer.review.values import PostDate


class Plain(Writer):
    """Nothing but Markdown: a caption is a paragraph of its own, a spoiler a quotation."""

    task_lists = True

    def figure(self, image: Image) -> str:
        words = " ".join(self._runs(part) for part in (image.caption, image.credit) if part)
        return self.picture(image) + (f"\n\n{words}" if words else "")

    def _runs(self, words: tuple[Run, ...]) -> str:
        return "".join(f"*{self.escape(text)}*" if strong else self.escape(text) for text, strong in words)

    def picture(self, image: Image) -> str:
        return f"![{entities(image.alt)}]({image.src})"

    def cell_code(self, text: str) -> str:
        return text.replace("|", "\\|")

    def hidden_words(self, inner: str) -> str:
        return f"({self.escape('Spoiler')}: {inner})"

    def separator(self, before: object) -> str:
        return "<!-- -->"


def recognise(folder: Path) -> Site | None:
    """Any folder, once the writer has named the profile."""
    return Site(folder, "plain", ("you named it",), None, "", "") if folder.is_dir() else None


def place(site: Site, settings: BlogSettings, date: PostDate, slug: str) -> Place:
    folder = f"{settings.posts.strip('/')}/{slug}".lstrip("/")
    return Place(f"{folder}/index.md", folder)


PROFILE = Profile(
    name="plain",
    title="Plain Markdown",
    about="Markdown with front matter and its stills, for any program: slug/index.md",
    recognise=recognise,
    named_only=True,
    place=place,
    date=lambda site, when: when,
    src=lambda place, name: name,
    writer=Plain,
    keys={},
    slug_key="slug",
    link=lambda site, here, there: f"../{there.slug}/index.md",
)

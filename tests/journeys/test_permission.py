"""The whole life of a still by real keys: taken from a trailer, asked for, granted, exported, asked for by a reader, withdrawn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import SAMPLES
from tests.journeys.screen import Screen, until

pytestmark = pytest.mark.journey

CHOOSE = 2
"""Presses of Tab in the export dialog to the button that chooses a blog."""
ANSWER = (
    "From: Dana Fox <dana@fox.example>\nTo: ana@example.org\nDate: Tue, 8 Feb 2011 09:00:00 +0000\n"
    "Subject: Re: A still from Never Let Me Go\n\nYes, you may use it on your blog.\n"
)


class Critic:
    """Hands that do one thing after the other, each when the one before can be seen."""

    def __init__(self, screen: Screen, review: Path, reviewer_process) -> None:
        self.screen, self.review, self._run = screen, review, reviewer_process

    def opens(self, words: str, title: str) -> None:
        """Choose a command, and wait for its window."""
        self.screen.settle()
        self.screen.command(words)
        until(lambda: self.screen.windows(title), title)
        self.screen.settle()

    def choose_file(self, path: Path, title: str) -> None:
        """Type a path into the file dialog."""
        self.screen.type(str(path))
        self.screen.keys("Return")
        until(lambda: not self.screen.windows(title), f"{title} to close")

    def still(self) -> dict[str, object]:
        said = self._run("stills", "list", self.review, "--json").stdout
        return next((still for still in json.loads(said)["stills"]), {})

    def saved(self, holds: str) -> None:
        """Save, and wait until the file says so."""
        self.screen.settle()
        self.screen.keys("ctrl+s")
        until(lambda: holds in self.review.read_text("utf-8"), f"“{holds}” in the saved file")


def test_a_still_from_the_trailer_to_its_withdrawal(screen: Screen, tmp_path: Path, reviewer_process):
    library, blog, mail = tmp_path / "Reviews", tmp_path / "blog", tmp_path / "answer.eml"
    library.mkdir()
    (blog / "_posts").mkdir(parents=True)
    (blog / "_config.yml").write_text("title: Film notes\n")
    mail.write_text(ANSWER)
    screen.start(library)
    screen.new_review("Never Let Me Go")
    screen.type("I liked it.")
    review = library / "never-let-me-go" / "review.md"
    screen.save(review)
    critic = Critic(screen, review, reviewer_process)

    # A frame of the trailer, two frames on.
    critic.opens("Frame from a video", "A video to take frames from")
    critic.choose_file(SAMPLES / "trailer.mp4", "A video to take frames from")
    until(lambda: screen.windows("Take a frame from trailer.mp4"), "the video")
    screen.settle()
    for _ in range(2):
        screen.keys("Right")
        screen.settle()
    screen.keys("Return")
    until(lambda: any((review.parent / "stills").glob("*.jpg")), "the frame's file")
    screen.keys("Escape")
    until(lambda: not screen.windows("Take a frame from"), "the video to close")
    critic.saved("trailer-frame")
    still = critic.still()
    assert (still["timecode"], still["publishable"]) == ("00:00:00:02", False)

    # A letter goes out: written down as asked.
    critic.opens("Write a letter", "Write a letter")
    screen.type("press@fox.example")
    screen.keys(*["Tab"] * 6, "space")
    until(lambda: not screen.windows("Write a letter"), "the letter to close")
    assert "Never Let Me Go" in screen.clipboard("text")
    critic.saved("state: asked")
    assert critic.still()["permission"]["contact"] == "press@fox.example"

    # The answer comes in.
    critic.opens("Attach an answer", "Attach a letter")
    critic.choose_file(mail, "Attach a letter")
    until(lambda: screen.windows("An answer"), "the answer")
    screen.settle()
    screen.keys("Return")
    until(lambda: not screen.windows("An answer"), "the answer to close")
    critic.saved("state: granted")
    permission = critic.still()["permission"]
    assert (permission["answered"], permission["evidence"]) == ("2011-02-08", ["permissions/answer.eml"])

    # It goes into the text, and the post out.
    screen.command("Put the still into the text")
    critic.saved("![](stills/")
    reviewer_process("set", review, "date=2011-02-09")
    critic.opens("Export…", "Export")
    screen.keys(*["Tab"] * CHOOSE, "space")
    until(lambda: screen.windows("The folder of your blog"), "the folder dialog")
    screen.settle()
    critic.choose_file(blog, "The folder of your blog")
    screen.settle()
    screen.keys("Return")
    until(lambda: any((blog / "assets").rglob("*.jpg")), "the published still")

    # A reader asks for it.
    critic.opens("Somebody asks for the still", "Somebody asks for the still")
    screen.type("A reader in Spain")
    screen.keys("Tab")
    screen.type("A first film blog")
    screen.keys("Tab", "Down", "Tab", "Tab", "Tab", "space")
    until(lambda: screen.windows("Write a letter"), "the letter to the reader")
    screen.settle()
    screen.type("reader@example.org")
    screen.keys(*["Tab"] * 6, "space")
    until(lambda: not screen.windows("Write a letter"), "the letter to close")
    letter = screen.clipboard("text")
    assert "Dear A reader in Spain" in letter
    assert "frames that I took from trailers" in letter
    critic.saved("answer: granted")

    # The permission is taken back: the audit names what readers still see.
    critic.opens("Write down what happened", "What happened")
    screen.keys("End", "Up", "Up", "Return")
    until(lambda: not screen.windows("What happened"), "the note to close")
    critic.saved("state: withdrawn")
    critic.opens("Report on stills", "Report on stills")
    screen.keys("Escape")
    said = json.loads(reviewer_process("rights", "audit", library, "--json").stdout)
    (row,) = said["stills"]
    assert (row["state"], row["publishable"], row["published"], row["reason"]) == (
        "withdrawn",
        False,
        True,
        "Withdrawn",
    )

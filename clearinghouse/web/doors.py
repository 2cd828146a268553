"""The four doors: a page for each audience, in words of its own."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template

from clearinghouse import vocabulary
from clearinghouse.visiting import doors
from clearinghouse.web import carried, site

blueprint = Blueprint("doors", __name__, url_prefix="/for")


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a door says to those who come in by it."""

    greeting: str
    lead: str
    within: str
    """Which resources the search box there searches, as it stands in a sentence."""
    easy_first: bool = False
    """Whether Easy Read comes before the shelf."""


WELCOMES = {
    "consumers": Welcome(
        greeting="Come in, as you are.",
        lead="You do not need a diagnosis, a referral or the right words. Take one thing, or look around and take "
        "nothing. Some of it is in Easy Read, and some of it is stories.",
        within="resources for people who use, or have used, mental health services",
        easy_first=True,
    ),
    "carers": Welcome(
        greeting="Come in, and sit down for a minute.",
        lead="You may be a partner, a parent, a child, a neighbour or a friend, and “carer” may not be your word. "
        "Here is support for you, and ways to stand beside somebody without losing yourself.",
        within="resources for family, friends and carers",
    ),
    "staff": Welcome(
        greeting="Come in, and put your bag down.",
        lead="For peer workers first, and for everyone who works beside them: practice, supervision, training, "
        "and evidence you can put in front of a team.",
        within="resources for people who work in services",
    ),
    "providers": Welcome(
        greeting="Come in, and bring the question you have.",
        lead="Frameworks, hiring, policies and forms to change and use, and an honest word on what the evidence "
        "does and does not show.",
        within="resources for organisations that run services",
    ),
}


@blueprint.get("/<audience>")
def show(audience: str) -> str | tuple[str, int]:
    """What to start with, Easy Read, training, what is new, and everything there is for this audience."""
    if audience not in vocabulary.AUDIENCES:
        return render_template("doors/unknown.html", doors=vocabulary.AUDIENCES), 404
    return render_template(
        "doors/show.html",
        door=doors.come_in(site.library(), audience, hide_noted=carried.now().hide_noted),
        welcome=WELCOMES[audience],
        doors=vocabulary.AUDIENCES,
    )

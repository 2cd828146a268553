"""The desk for drafts: each is shown with what was found and guessed, and decided on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import click

from clearinghouse.acquisition import decisions, drafts, reviewing
from clearinghouse.acquisition.drafts import Draft
from clearinghouse.acquisition.reviewing import NOT_THE_SAME, Decided, Decision
from clearinghouse.cli import paper, review_shown
from clearinghouse.cli.desk import Desk, say, typed
from clearinghouse.cli.names import RESOURCE
from clearinghouse.library import Library


class DraftDesk(Desk):
    """Drafts, and what was decided on them in this sitting."""

    WORDS: Mapping[str, str] = {
        "publish": "show it to visitors, with what is guessed",
        "accept": "make what is guessed your own word, and stay here; `accept kind` takes only that",
        "change": "say something else: `change year 2019`, `change authors A; B`, `change year none`",
        "skip": "leave it for later; it comes up again after the others",
        "discard": "keep it from visitors for good, with a reason if you like: `discard not about peer support`",
        "move": "make its forms those of a resource that is here: `move our-charter`",
        NOT_THE_SAME: "say that what is alike is another work, also of one alone: `not our-charter`",
        "text": "show more of its text",
        "look": "show the draft again",
        "undo": "take the last decision back",
        "quit": "stop; what you decided is kept",
    }
    ASK = "p)ublish a)ccept c)hange s)kip d)iscard m)ove n)ot the same t)ext u)ndo q)uit ?"
    ASK_SHORTLY = "p a c s d m n t u q ?"

    def __init__(self, library: Library, slugs: Sequence[str]) -> None:
        super().__init__(library, slugs)
        self.done: list[tuple[Decided, int]] = []
        """Decisions in order, each with the place it was made at."""

    def sit(self) -> None:
        """As every desk, and say at the end what was done."""
        super().sit()
        self._say_goodbye()

    def lines(self) -> Sequence[str]:
        """The draft, whole."""
        draft = self._draft()
        head = f"Draft {self.at + 1} of {len(self.slugs)}, added {draft.added_at:%Y-%m-%d} [{draft.slug}]"
        return [*paper.lines(head), *review_shown.lines(draft)]

    def actions(self) -> Mapping[str, Callable[[str], None]]:
        """Every word but those that each desk has."""
        return {
            "publish": lambda rest: self._publish(),
            "accept": self._accept,
            "change": self._change,
            "skip": lambda rest: self._decide("skip", "Skipped", onward=True),
            "discard": self._discard,
            "move": self._move,
            NOT_THE_SAME: self._keep_apart,
            "text": lambda rest: self._text(),
            "undo": lambda rest: self._undo(),
        }

    def _publish(self) -> None:
        lacks = self._draft().lacks
        for name, such_as in (("kind", "guideline"), ("audiences", "staff; carers")):
            if name in lacks:
                say(f"Not yet: say its {name}, such as `change {name} {such_as}`.")
        if not lacks:
            self._decide("publish", "Published", onward=True)

    def _accept(self, names: str) -> None:
        wanted = tuple(map(decisions.field_named, names.replace(",", " ").split())) or None
        self._decide("accept", "Accepted", guesses=wanted)
        self.show()

    def _change(self, rest: str) -> None:
        name, _, value = rest.partition(" ")
        if not name:
            say(f"Fields: {', '.join(decisions.SETTABLE)}")
            name = _answered("Which field")
        if not name:
            say("Nothing changed.")
            return
        field = decisions.field_named(name)
        if not value.strip():
            now = next((each for each in self._draft().found if each.name == field), None)
            say(f"Now: {review_shown.in_words(field, now.value) if now else 'nothing'}")
            say("Type none for nothing, and put semicolons between several.")
            value = _answered(review_shown.name_of(field))
        if not value.strip():
            say("Nothing changed.")
            return
        said = None if value.strip().lower() == "none" else value.strip()
        self._carry_out(decisions.change(self.library, self.slug, {field: said}), "Changed")
        self.show()

    def _discard(self, reason: str) -> None:
        self._decide("discard", "Discarded", onward=True, reason=reason)
        say("Nobody sees it. It is kept, with its original, and known if the same file comes again.")

    def _move(self, to: str) -> None:
        if not to:
            say("Say which resource gets its forms, such as `move our-charter`.")
            return
        to = RESOURCE.convert(to, None, None)
        self._carry_out(Decision(self.slug, "move", to=to), f"Moved to {to}")
        self.at += 1

    def _keep_apart(self, other: str) -> None:
        other = RESOURCE.convert(other, None, None) if other else ""
        self._carry_out(Decision(self.slug, NOT_THE_SAME, to=other), "Not the same")
        self.show()

    def _decide(
        self,
        do: str,
        said: str,
        *,
        onward: bool = False,
        guesses: tuple[str, ...] | None = None,
        reason: str = "",
    ) -> None:
        self._carry_out(Decision(self.slug, do, guesses=guesses, reason=reason), said)
        self.at += onward

    def _carry_out(self, decision: Decision, said: str) -> None:
        decided = reviewing.decide(self.library, decision)
        self.done.append((decided, self.at))
        say(f"{said}: {decided.title}")

    def _undo(self) -> None:
        if not self.done:
            say("Nothing was decided yet.")
            return
        decided, place = self.done[-1]
        reviewing.undo(self.library, decided)
        self.done.pop()
        say(f"Taken back: {decided.do} “{decided.title}”")
        if place == self.at:
            self.show()
        self.at = place

    def _text(self) -> None:
        for line in review_shown.text_lines(self._draft()):
            click.echo(line)

    def _draft(self) -> Draft:
        return drafts.show(self.library, self.slug)

    def _say_goodbye(self) -> None:
        said = {"publish": "published", "move": "moved", "discard": "discarded", "skip": "skipped"}
        counts = {do: sum(each.do == do for each, _ in self.done) for do in said}
        told = ", ".join(f"{counts[do]} {word}" for do, word in said.items() if counts[do])
        number = drafts.number(self.library)
        waiting = "1 draft waits" if number == 1 else f"{number} drafts wait"
        say(f"{told.capitalize() or 'Nothing decided'}. {waiting}.")


def _answered(question: str) -> str:
    return typed(lambda: str(click.prompt(question, default="", show_default=False)), "").strip()

"""A curator at the desk: drafts come up one at a time, and each line that is typed is a decision or a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import click

from clearinghouse.acquisition import decisions, drafts, reviewing
from clearinghouse.acquisition.drafts import Draft
from clearinghouse.acquisition.reviewing import Decided, Decision
from clearinghouse.cli import paper, review_shown
from clearinghouse.errors import AnyProblem
from clearinghouse.library import Library

#: Word to what it does; its first letter is enough.
WORDS: Mapping[str, str] = {
    "publish": "show it to visitors, with what is guessed",
    "accept": "make what is guessed your own word, and stay here; `accept kind` takes only that",
    "change": "say something else: `change year 2019`, `change authors A. Person; B. Person`, `change year none`",
    "skip": "leave it for later; it comes up again after the others",
    "discard": "keep it from visitors for good, with a reason if you like: `discard not about peer support`",
    "text": "show more of its text",
    "look": "show the draft again",
    "undo": "take the last decision back",
    "quit": "stop; what you decided is kept",
}
_ASK = "p)ublish a)ccept c)hange s)kip d)iscard t)ext u)ndo q)uit ?"
_ASK_SHORTLY = "p a c s d t u q ?"


class Desk:
    """One sitting over some drafts."""

    def __init__(self, library: Library, slugs: Sequence[str]) -> None:
        self.library = library
        self.slugs = list(slugs)
        self.at = 0
        """Which of `slugs` lies on the desk."""
        self.done: list[tuple[Decided, int]] = []
        """Decisions in order, each with the place it was made at."""
        self.left = False

    def sit(self) -> None:
        """Until every draft was seen, or the curator stops, or nothing more is typed."""
        while self.at < len(self.slugs) and not self.left:
            self._show()
            here = self.at
            while self.at == here and not self.left:
                self._answer(_typed(_ask, "q"))
        self._say_goodbye()

    def _show(self) -> None:
        try:
            draft = self._draft()
        except AnyProblem as problem:  # published or discarded meanwhile, from elsewhere
            _say(f"Passed over: {problem}")
            self.at += 1
            return
        click.echo(f"\n{paper.rule()}")
        _say(f"Draft {self.at + 1} of {len(self.slugs)}, added {draft.added_at:%Y-%m-%d} [{draft.slug}]")
        for line in review_shown.lines(draft):
            click.echo(line)
        click.echo()

    def _answer(self, typed: str) -> None:
        word, _, rest = typed.strip().partition(" ")
        chosen = _word(word)
        if chosen is None:
            click.echo(f"Nothing here is called “{word}”; ? shows what is." if word else "Type ? for help.")
            return
        try:
            self._actions()[chosen](rest.strip())
        except AnyProblem as problem:
            _say(f"Not done: {problem}")

    def _actions(self) -> Mapping[str, Callable[[str], None]]:
        return {
            "publish": lambda rest: self._decide("publish", "Published", onward=True),
            "accept": self._accept,
            "change": self._change,
            "skip": lambda rest: self._decide("skip", "Skipped", onward=True),
            "discard": self._discard,
            "text": lambda rest: self._text(),
            "look": lambda rest: self._show(),
            "undo": lambda rest: self._undo(),
            "quit": lambda rest: self._quit(),
            "?": lambda rest: _help(),
        }

    def _accept(self, names: str) -> None:
        wanted = tuple(map(decisions.field_named, names.replace(",", " ").split())) or None
        self._decide("accept", "Accepted", guesses=wanted)
        self._show()

    def _change(self, rest: str) -> None:
        name, _, value = rest.partition(" ")
        if not name:
            _say(f"Fields: {', '.join(decisions.SETTABLE)}")
            name = _typed(lambda: click.prompt("Which field", default="", show_default=False), "").strip()
        if not name:
            click.echo("Nothing changed.")
            return
        field = decisions.field_named(name)
        if not value.strip():
            now = next((each for each in self._draft().found if each.name == field), None)
            _say(f"Now: {review_shown.in_words(field, now.value) if now else 'nothing'}")
            _say("Type none for nothing, and put semicolons between several.")
            ask = review_shown.name_of(field)
            value = _typed(lambda: click.prompt(ask, default="", show_default=False), "")
        if not value.strip():
            click.echo("Nothing changed.")
            return
        said = None if value.strip().lower() == "none" else value.strip()
        self._carry_out(decisions.change(self.library, self._slug, {field: said}), "Changed")
        self._show()

    def _discard(self, reason: str) -> None:
        self._decide("discard", "Discarded", onward=True, reason=reason)
        _say("Nobody sees it. It is kept, with its original, and known if the same file comes again.")

    def _decide(
        self,
        do: str,
        said: str,
        *,
        onward: bool = False,
        guesses: tuple[str, ...] | None = None,
        reason: str = "",
    ) -> None:
        self._carry_out(Decision(self._slug, do, guesses=guesses, reason=reason), said)
        self.at += onward

    def _carry_out(self, decision: Decision, said: str) -> None:
        decided = reviewing.decide(self.library, decision)
        self.done.append((decided, self.at))
        _say(f"{said}: {decided.title}")

    def _undo(self) -> None:
        if not self.done:
            click.echo("Nothing was decided yet.")
            return
        decided, place = self.done[-1]
        reviewing.undo(self.library, decided)
        self.done.pop()
        _say(f"Taken back: {decided.do} “{decided.title}”")
        if place == self.at:
            self._show()
        self.at = place

    def _text(self) -> None:
        for line in review_shown.text_lines(self._draft()):
            click.echo(line)

    def _quit(self) -> None:
        self.left = True

    def _draft(self) -> Draft:
        return drafts.show(self.library, self._slug)

    @property
    def _slug(self) -> str:
        return self.slugs[self.at]

    def _say_goodbye(self) -> None:
        counts = {do: sum(each.do == do for each, _ in self.done) for do in ("publish", "discard", "skip")}
        said = {"publish": "published", "discard": "discarded", "skip": "skipped"}
        told = ", ".join(f"{counts[do]} {word}" for do, word in said.items() if counts[do])
        number = drafts.number(self.library)
        waiting = "1 draft waits" if number == 1 else f"{number} drafts wait"
        _say(f"{told.capitalize() or 'Nothing decided'}. {waiting}.")


def _ask() -> str:
    ask = _ASK if len(_ASK) + 10 < paper.width() else _ASK_SHORTLY
    return str(click.prompt(ask, default="", show_default=False, prompt_suffix=" > "))


def _typed(ask: Callable[[], str], at_the_end: str) -> str:
    """What is typed; `at_the_end` where there is nothing more to read, or at Ctrl-C."""
    try:
        return ask()
    except click.Abort:
        click.echo()
        return at_the_end


def _word(typed: str) -> str | None:
    """The word of `WORDS` that is meant, from its first letter on."""
    typed = typed.lower()
    if typed in {"?", "h", "help"}:
        return "?"
    return next((word for word in WORDS if typed and word.startswith(typed)), None)


def _say(sentence: str) -> None:
    for line in paper.lines(sentence):
        click.echo(line)


def _help() -> None:
    for word, does in WORDS.items():
        for line in paper.entry(word, does):
            click.echo(line)
    click.echo("The first letter is enough.")

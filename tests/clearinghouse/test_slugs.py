"""Slugs: names that stand in addresses, whatever the script of a title."""

from __future__ import annotations

import pytest

from clearinghouse.slugs import free, slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A guide for peer workers", "a-guide-for-peer-workers"),
        ("Carers’ café: naïve façade", "carers-cafe-naive-facade"),
        ("Hope—and after", "hope-and-after"),
        ("Größe und Ångström", "grosse-und-angstrom"),
        ("Поддержка равных", "podderzhka-ravnykh"),
        ("心理健康手册", "xin-li-jian-kang-shou-ce"),
        ("동료 지원", "dong-lyo-ji-won"),
        ("دعم الأقران", "dm-lqrn"),
        ("Ομότιμη στήριξη", "omotimi-stirixi"),
        ("Hỗ trợ đồng đẳng", "ho-tro-dong-dang"),
        ("Ｐｅｅｒ\u200b work™", "peer-worktm"),
        ("🙂 !", "resource"),
    ],
)
def test_every_title_has_an_address_that_can_be_typed(title: str, slug: str) -> None:
    assert slugify(title) == slug


@pytest.mark.parametrize("title", ["دعم الأقران", "सहकर्मी सहायता", "การสนับสนุน", "ថ្នាំ", "የአቻ ድጋፍ", "仲間の支え"])
def test_no_script_is_left_without_a_name_of_its_own(title: str) -> None:
    assert slugify(title) != "resource"
    assert slugify(title).replace("-", "").isalnum()


def test_a_long_title_ends_with_a_whole_word() -> None:
    slug = slugify("wombat " * 20)
    assert len(slug) <= 80
    assert slug.endswith("wombat")
    assert len(slugify("x" * 200)) == 80


def test_a_slug_that_is_taken_is_numbered() -> None:
    assert free("guide", {"guide", "guide-2"}) == "guide-3"

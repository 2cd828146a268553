"""Lines that belong to a web page's frame, or lead away from it, and not to what it says."""

from __future__ import annotations

import re

from ingest import tidy
from ingest.sections import Block

_FRAME = re.compile(
    r"""^(?:
        skip\ (?:to|over|navigation)\b.* | (?:quick|fast|safe|emergency)\ e(?:scape|xit)
        | exit\ (?:site|quickly|now) | escape\ (?:site|now)
        | (?:leave|hide|close)\ (?:this\ )?(?:site|page|website)(?:\ (?:now|quickly))?
        | (?:toggle|main|site)\ navigation | (?:main\ |close\ |open\ |toggle\ )?menu | search(?:\ this\ site)?
        | home | print(?:\ this.*|\ page)? | share(?:\ this.*)? | breadcrumbs? | you\ are\ here:?
        | (?:back|return|jump)\ to\ (?:the\ )?top
        | (?:increase|decrease|reset|change)\ (?:text|font)\ size | text\ size:? | a[-+](?:\ a[-+])*
        | (?:accept|reject|allow)\ (?:all\ )?cookies
        | (?=.*\b(?:use[sd]?|using|accept|consent|policy|settings|browser|site)\b).{0,60}\bcookies\b.{0,120}
        | (?:select|choose)\ (?:a\ |your\ )?language | powered\ by\ \S+ | loading(?:\.{3}|…)?
        | advertisement | sponsored(?:\ content)?
    )$""",
    re.I | re.X,
)
_LEADS_AWAY = re.compile(
    r"""^(?:
        (?:read|see|view|learn|discover|watch)\ more(?:\ (?:on|from|in)\ .{1,40})?
        | (?:read|see)\ more(?:\ \w+){0,3}\s*:.* | also\ (?:on|read)\ .* | also\ read\s*:.*
        | related\s*:.* | related(?:\ (?:posts?|articles?|stor(?:y|ies)|content|news|pages))?(?:\s*:.*)?
        | (?:you\ (?:may|might)\ also|more\ you\ may)\ (?:like|be\ interested\ in)\b.*
        | explore\ further | don[’']?t\ miss | recommended\ for\ you:?
        | most\ (?:read|popular|viewed|shared)(?:\ (?:in|on|from)\ .{1,40})? | more:
        | (?:continue|keep)\ reading.* | (?:story|article)\ continues\ below.*
        | (?:previous|next|older|newer)(?:\ (?:post|article|page|story)s?)?
    )$""",
    re.I | re.X,
)
_HEADS_AWAY = re.compile(r"^(?:more|latest|also) (?:from|on|in) .{1,40}:?$", re.I)
_ASKS = re.compile(
    r"""^(?:
        share\ (?:on|via|by|with)\ (?:facebook|twitter|x|linkedin|whatsapp|e-?mail|a\ friend)\b.*
        | (?:tweet|pin\ it|e-?mail\ this.*|copy\ link|whatsapp|facebook|twitter|linkedin)
        | (?:like|love|enjoy(?:ed)?)\ (?:this|our)\ (?:story|article|post|page|content)\b.* | follow\ us\b.{0,60}
        | (?:sign\ up|subscribe)\b.{0,80}\b(?:newsletter|e-?news|mailing\ list|updates|inbox)\b.*
        | (?:get|receive)\b.{0,80}\b(?:to|in)\ your\ (?:e-?mail\ )?inbox\b.* | subscribe(?:\ now)?
        | (?:leave|add|post|write)\ (?:a|your)\ (?:comment|reply) | (?:\d+\ )?comments?(?:\ \(\d+\))?
        | join\ the\ conversation | tell\ us\ what\ you\ think.*
        | (?:was|did)\ (?:this|you\ find\ this)\ (?:page|article|information)\b.{0,30}\b(?:helpful|useful)\b.*
        | thank(?:s|\ you)\ for\ (?:signing\ up|subscribing|your\ feedback).* | an\ error\ (?:has\ )?occurred.*
    )$""",
    re.I | re.X,
)
_LONGEST = 30
"""Words in a line of furniture at most."""
_SHORT = 20
"""Words in what may stand under a heading that leads away."""


def is_frame(words: str) -> bool:
    """Whether a line belongs to a page's frame: a menu, a way past it, a quick escape, cookies."""
    return bool(_FRAME.match(words.strip()))


def is_furniture(words: str) -> bool:
    """Whether a line is no part of the text: frame, leading to other pages, asking to share."""
    line = tidy.line(words).removeprefix("• ").removeprefix("| ").strip()
    if len(line.split()) > _LONGEST:
        return False
    return any(pattern.match(line) for pattern in (_FRAME, _LEADS_AWAY, _ASKS))


def without(blocks: list[Block], *, address: str = "") -> list[Block]:
    """`blocks` without furniture, and without what stands under a heading that leads to other pages.

    Also without the page's own `address`, where a line is nothing else.
    """
    kept: list[Block] = []
    own = _bare(address, "-")
    away = False
    for block in blocks:
        line = tidy.line(block.text)
        if block.level:
            away = any(pattern.match(line) for pattern in (_LEADS_AWAY, _HEADS_AWAY, _ASKS))
        elif away and (line.endswith((".", "?", "!")) or len(line.split()) > _SHORT):
            away = False
        if (
            not away
            and not (is_frame(line) if block.level else is_furniture(line))
            and (own not in line or _bare(line) != own)
        ):
            kept.append(block)
    return kept


def _bare(address: str, nothing: str = "") -> str:
    return re.sub(r"^https?://|[/?#]*$", "", address.strip()) or nothing

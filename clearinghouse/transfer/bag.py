"""The folder of an export: a bag (RFC 8493), whole or not there at all.

``manifest-sha256.txt`` has the digest of every file, so that a file changed on the way is found.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bagit

from clearinghouse.errors import Invalid
from clearinghouse.transfer import new_folder

MARK = "bagit.txt"
PAYLOAD = "data"
CONTENTS = "library.json"
"""Says what is in the bag: counts, digests, and by which version of the tables it was made."""
ORIGINALS = "originals"

_SHA256 = re.compile(r"[0-9a-f]{64}")

logging.getLogger("bagit").setLevel(logging.CRITICAL)  # what is wrong with a bag is said by us, once


def is_one(folder: Path) -> bool:
    """Whether `folder` is a bag."""
    return (folder / MARK).is_file()


@contextmanager
def made(folder: Path, info: dict[str, str]) -> Iterator[Path]:
    """As `new_folder.made`, and a bag when the block ends well."""
    with new_folder.made(folder) as making:
        yield making
        bagit.make_bag(str(making), info, checksums=["sha256"])


def digests(folder: Path) -> dict[str, str]:
    """Path below `folder` to SHA-256, of every file in a bag that is as it was made.

    Raises `Invalid` where it is no bag, or where a file is missing, changed or more than it should be.
    """
    try:
        found = bagit.Bag(str(folder))
        found.validate(processes=1)
    except bagit.BagValidationError as problem:
        wrong = "; ".join(str(each) for each in problem.details[:3]) or str(problem)
        raise Invalid(
            f"{folder} is not as it was exported: {wrong}. Nothing was taken in; copy or export it again."
        ) from problem
    except (bagit.BagError, OSError, UnicodeError, ValueError) as problem:
        raise Invalid(f"{folder} is not an export of a library: {problem}. Nothing was taken in.") from problem
    return {path: each["sha256"] for path, each in found.payload_entries().items() if "sha256" in each}


def contents(folder: Path) -> dict[str, Any]:
    """What the bag says is in it. Raises `Invalid` where it is no export of a library."""
    try:
        said = json.loads((folder / PAYLOAD / CONTENTS).read_text(encoding="utf-8"))
        if (
            isinstance(said, dict)
            and isinstance(said.get("tables"), str)
            and isinstance(said.get("records"), dict)
        ):
            return said
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise Invalid(f"{folder} is a bag, but not an export of a library; nothing was taken in.")


def original(sha256: str) -> str:
    """Path of an original below the payload."""
    assert _SHA256.fullmatch(sha256)
    return f"{ORIGINALS}/{sha256[:2]}/{sha256}"

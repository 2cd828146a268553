"""Old Office files turned into new ones by LibreOffice, which is trusted with nothing.

It gets a profile of its own that forbids macros and links to elsewhere, no network where the system can withhold
it, the memory and the time of the process that calls it, and a folder that is deleted afterwards.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest import tools
from ingest.errors import Damaged, TooSlow, Unsupported

SECONDS = 120.0
"""Longest time a conversion may take; a reader process is ended earlier by its own limit."""
_START_AGAIN = 81
"""How LibreOffice ends where it has only made its profile."""
_OPTIONS = (
    "--headless",
    "--invisible",
    "--nologo",
    "--nodefault",
    "--norestore",
    "--nofirststartwizard",
    "--nolockcheck",
)
_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_FORBIDDEN = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "DisablePythonRuntime", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
)
"""Settings of LibreOffice: no macro, no script, and no link to elsewhere is followed."""


@contextmanager
def converted(path: Path, name: str, ending: str) -> Iterator[Path]:
    """The document at `path` as a new file of the kind `ending` (``docx``, ``pptx``), there inside the context.

    Raises `Unsupported` where LibreOffice is not installed, `Damaged` where it makes nothing of the file, and
    `TooSlow`.
    """
    program = tools.libreoffice()
    if program is None:
        raise Unsupported(
            f"{name} is in an old format that is read by LibreOffice, which is not installed here: install it, or "
            f"save the document as .{ending} and add that."
        )
    with TemporaryDirectory(prefix="office-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        # a name of our own: what a stranger called the file is no word for a command line
        source = home / f"document{path.suffix if path.suffix.isascii() and path.suffix[1:].isalnum() else ''}"
        source.symlink_to(path.resolve())
        _write_profile(home / "profile" / "user")
        made = home / "made" / f"document.{ending}"
        said = _run(program, home, source, ending, name)
        if not made.exists():
            lacks = " LibreOffice lacks the part that opens it." if "no export filter" in said else ""
            raise Damaged(
                f"{name} could not be opened by LibreOffice: it is damaged, or asks for a password.{lacks} "
                f"Save it as .{ending} and add that."
            )
        yield made


def _run(program: Path, home: Path, source: Path, ending: str, name: str) -> str:
    """What LibreOffice says while it converts; started once more where it has only made its profile."""
    command = [
        *tools.offline(),
        str(program),
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        *_OPTIONS,
        "--convert-to",
        ending,
        "--outdir",
        str(home / "made"),
        str(source),
    ]
    environment = {"HOME": str(home), "TMPDIR": str(home), "PATH": os.defpath, "LANG": "C.UTF-8"}
    environment |= {key: os.environ[key] for key in ("PATH", "LD_LIBRARY_PATH") if key in os.environ}
    for _ in range(2):
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                check=False,
                env=environment,
                preexec_fn=tools.with_parent(),
            )
        except subprocess.TimeoutExpired:
            raise TooSlow(f"{name} kept LibreOffice busy for {SECONDS:g} seconds: save it as .{ending}.") from None
        if done.returncode != _START_AGAIN:
            break
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _write_profile(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{key}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, key, value in _FORBIDDEN
    )
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry">' + items + "</oor:items>\n",
        "utf-8",
    )

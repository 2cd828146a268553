"""The wheel holds everything: installed in a new environment, it runs and serves from anywhere."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
_OURS = ("clearinghouse", "index", "ingest")
_NEEDED = (*_OURS, "templates", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")
_SETUPTOOLS = 77


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built from a copy so that nothing is left in it."""
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("out")
    for name in _NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, tree / name)
    _run([sys.executable, "-m", "build", "--wheel", *_isolation(), "--outdir", out, tree], tree)
    (built,) = out.iterdir()
    return built


def _isolation() -> list[str]:
    """Build with the setuptools that stands here where it is new enough; only otherwise fetch one."""
    try:
        major = int(importlib.metadata.version("setuptools").partition(".")[0])
    except importlib.metadata.PackageNotFoundError:
        return []
    return ["--no-isolation"] if major >= _SETUPTOOLS else []


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it; what it depends on is read from the environment of the tests."""
    place = tmp_path_factory.mktemp("environment") / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    _run([sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel], place)
    (packages,) = place.glob("lib/python*/site-packages")
    # A path alone: the link to the checkout that an editable install leaves beside the packages is not followed.
    dependencies = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "dependencies.pth").write_text("\n".join(sorted(dependencies)) + "\n")
    return place


@pytest.fixture(scope="module")
def sampled(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An unrelated folder in which the installed program has loaded the sample library."""
    folder = tmp_path_factory.mktemp("elsewhere")
    said = _run([installed / "bin" / "clearinghouse", "sample"], folder)
    assert re.search(r"^\d\d+ added\.$", said, re.MULTILINE)
    return folder


def _environment() -> dict[str, str]:
    left_out = ("CLEARINGHOUSE_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    return {**kept, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def _run(command: list[object], folder: Path) -> str:
    ran = subprocess.run(
        [str(each) for each in command],
        cwd=folder,
        env=_environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, f"{ran.stdout}\n{ran.stderr}"
    return ran.stdout


@pytest.fixture
def address(installed: Path, sampled: Path) -> Iterator[str]:
    """Where the installed program serves the sample library; stopped with Ctrl-C at the end."""
    server = subprocess.Popen(
        [installed / "bin" / "clearinghouse", "serve", "--port", "0"],
        cwd=sampled,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    said = server.stdout.readline()
    found = re.search(r"http://127\.0\.0\.1:[1-9]\d*", said)
    if found is None:
        server.kill()
        pytest.fail(f"It said {said!r} and then {server.communicate()[1]}")
    yield found[0]
    server.send_signal(signal.SIGINT)
    _, err = server.communicate(timeout=30)
    assert "Traceback" not in err


def _get(address: str) -> tuple[str, str]:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.headers["Content-Type"], answer.read().decode()


def test_the_wheel_holds_what_is_not_code(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for source, inside in (
        ("templates", "clearinghouse/templates"),
        ("clearinghouse/static", "clearinghouse/static"),
        ("clearinghouse/samples/files", "clearinghouse/samples/files"),
        ("clearinghouse/facts", "clearinghouse/facts"),
        ("clearinghouse/migrations", "clearinghouse/migrations"),
    ):
        wanted = [
            path for path in (ROOT / source).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        ]
        wanted = [path for path in wanted if path.suffix != ".mako"]  # for those who write migrations
        assert wanted
        assert {f"{inside}/{path.relative_to(ROOT / source).as_posix()}" for path in wanted} <= names
    assert "clearinghouse/samples/manifest.toml" in names
    assert not [name for name in names if name.startswith(("tests/", "templates/"))]


def test_every_module_of_the_checkout_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    modules = [path for part in _OURS for path in (ROOT / part).rglob("*.py")]
    tools = {ROOT / "clearinghouse/samples" / name for name in ("build.py", "build_docx.py")}
    assert {path.relative_to(ROOT).as_posix() for path in modules if path not in tools} <= names


def test_it_runs_from_what_was_installed_and_nothing_else(installed: Path, sampled: Path) -> None:
    where = "import clearinghouse, index, ingest; print(clearinghouse.__file__, index.__file__, ingest.__file__)"
    for path in _run([installed / "bin" / "python", "-c", where], sampled).split():
        assert Path(path).is_relative_to(installed)
    program = installed / "bin" / "clearinghouse"
    name, version = _run([program, "--version"], sampled).replace(",", "").split()[::2]
    assert name == "clearinghouse"
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert len(json.loads(_run([program, "list", "--json"], sampled))) >= 40
    assert "ok     index" in _run([program, "doctor"], sampled)


def test_it_serves_pages_and_their_static_files(address: str) -> None:
    started = time.monotonic()
    kind, home = _get(address + "/")
    assert kind.startswith("text/html")
    links = re.findall(r'(?:href|src)="(/[^"#?]*)', home)
    (style, *_) = [link for link in links if link.endswith(".css")]
    assert _get(address + style)[0].startswith("text/css")
    (resource, *_) = [link for link in links if re.match(r"/resources?/[\w-]+", link)]
    kind, page = _get(address + resource)
    assert kind.startswith("text/html")
    assert "<h1" in page
    kind, results = _get(address + "/search?q=peer&audience=staff")
    assert "<mark>" in results
    assert time.monotonic() - started < 20

"""An address on the web, brought to this machine."""

from __future__ import annotations

import hashlib
import re
import tempfile
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ingest import detect, formats
from ingest.errors import Damaged, IngestProblem, Refused, TooLarge, TooSlow, Unreachable
from ingest.source import Source, size_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from ingest.transport import Deadline

_REDIRECTS = {301, 302, 303, 307, 308}
_WORDS = {
    401: "asks for a password",
    403: "does not let this program in",
    404: "says there is no such page (404)",
    410: "says the page is gone for good (410)",
    429: "says it was asked too often; wait an hour",
}


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What a download may do."""

    max_bytes: int = 200 * 1024 * 1024
    timeout: float = 60.0
    """Seconds for the whole, redirects and all."""
    connect_timeout: float = 15.0
    """Seconds for a connection, or for the server to say something."""
    max_redirects: int = 5
    allow_private: bool = False
    """Whether an address inside a private network may be fetched."""
    user_agent: str = "peer-support-clearinghouse (library; adds documents at a curator's request)"


def fetch(address: str, into: Path, *, policy: FetchPolicy | None = None) -> Source:
    """The document at `address`, stored under a passing name in the folder `into`, as a `Source`.

    The caller owns the file and deletes it; after a failure none is left. `Source.location` is the address
    that answered in the end. Raises `Refused`, `Unreachable`, `TooLarge`, `TooSlow`, `Damaged` or
    `Encrypted`, each with a sentence that names the address.
    """
    policy = policy or FetchPolicy()
    from ingest.transport import Deadline  # httpx takes a while to import; files need none of it

    deadline = Deadline(policy.timeout)
    with _said_plainly(address, policy), ExitStack() as stack:
        response = _follow(address, policy, deadline, stack)
        return _store(response, into, policy, deadline)


def _follow(address: str, policy: FetchPolicy, deadline: Deadline, stack: ExitStack) -> httpx.Response:
    """The answer at the end of the redirects, its body still to come."""
    import httpx

    from ingest.transport import GuardedTransport

    url = httpx.URL(address.strip())
    for _ in range(policy.max_redirects + 1):
        if url.scheme not in {"http", "https"} or not url.host:
            raise Refused("only http and https addresses can be added")
        if re.search(r"[%\s]", url.host) or not 0 < (url.port or 80) < 65536:
            raise httpx.InvalidURL("no name of a server looks like this")
        url = url.copy_with(fragment=None, username=None, password=None)
        # a client a hop: a connection made for one name is never reused for another
        transport = stack.enter_context(GuardedTransport(deadline, allow_private=policy.allow_private))
        client = stack.enter_context(
            httpx.Client(
                transport=transport,
                timeout=policy.connect_timeout,
                trust_env=False,
                headers={"User-Agent": policy.user_agent, "Accept-Encoding": "gzip, identity"},
            )
        )
        response = stack.enter_context(client.stream("GET", url))
        if response.status_code not in _REDIRECTS or "location" not in response.headers:
            return _good(response)
        url = url.join(response.headers["location"])
    raise Unreachable(f"it redirects more than {policy.max_redirects} times")


def _good(response: httpx.Response) -> httpx.Response:
    status = response.status_code
    if status in {200, 203}:
        return response
    if status >= 500:
        raise Unreachable(f"its server has a fault ({status}); try again later")
    raise Unreachable(f"its server {_WORDS.get(status, f'answers {status} instead of a document')}")


def _store(response: httpx.Response, into: Path, policy: FetchPolicy, deadline: Deadline) -> Source:
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > policy.max_bytes:
        raise TooLarge(f"it holds {size_in_words(int(announced))}")
    into.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=into, prefix="fetch-", delete=False) as file:
        path = Path(file.name)
        try:
            for block in response.iter_bytes(64 * 1024):
                size += len(block)
                if size > policy.max_bytes:
                    raise TooLarge("it keeps on sending")
                deadline.left()
                digest.update(block)
                file.write(block)
            file.flush()
            name = _name(response)
            media = detect.media_type(path, name) if size else ""
            if not media:
                raise Damaged("it answers with an empty document")
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    if "." not in name:
        name += formats.ending_of(media)
    return Source(str(response.url), path, name, media, digest.hexdigest(), size)


def _name(response: httpx.Response) -> str:
    """A safe file name from what the server says, or from the address."""
    stated = response.headers.get("content-disposition", "")
    starred = re.search(r"filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)", stated, re.I)
    plain = re.search(r'filename\s*=\s*(?:"([^"]*)"|([^;\s]+))', stated, re.I)
    if starred:
        name = unquote(starred.group(1))
    elif plain:
        name = plain.group(1) or plain.group(2) or ""
    else:
        name = ""
    return _safe(name) or _safe(unquote(response.url.path).rstrip("/")) or _safe(response.url.host) or "document"


def _safe(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    clean = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(" .")
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:100]}{dot}{ending[:10]}" if dot else clean[:100]


@contextmanager
def _said_plainly(address: str, policy: FetchPolicy) -> Iterator[None]:
    """Whatever goes wrong inside, as one sentence that names the address."""
    import httpcore
    import httpx

    try:
        yield
    except IngestProblem as problem:
        raise type(problem)(
            f"{address} was not added: {str(problem).rstrip('.')}. {_advice(problem, policy)}"
        ) from None
    except (httpcore.TimeoutException, httpx.TimeoutException):
        raise TooSlow(
            f"{address} was not added: its server did not answer in time. "
            "Try again later, or download it and add the file."
        ) from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol, UnicodeError):
        raise Refused(f"{address} is not a web address: write one that begins with https://") from None
    except (httpcore.ConnectError, httpx.ConnectError) as error:
        reason = (
            "its certificate cannot be trusted"
            if "certificate" in str(error).lower()
            else "no server answers there"
        )
        raise Unreachable(f"{address} was not added: {reason}. Open it in a browser to check it.") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpx.HTTPError):
        raise Unreachable(
            f"{address} was not added: its server broke off before the document was whole. Try again later."
        ) from None


def _advice(problem: IngestProblem, policy: FetchPolicy) -> str:
    if isinstance(problem, Refused):
        return "Use its public address, or let the operator allow private ones."
    if isinstance(problem, TooLarge):
        return f"At most {size_in_words(policy.max_bytes)} are allowed: link to it instead, or raise the limit."
    if isinstance(problem, TooSlow):
        return "Try again later, or download it and add the file."
    if isinstance(problem, Damaged):
        return "Open it in a browser to check it."
    return "Open it in a browser to check the address."

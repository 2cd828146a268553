"""Why a source could not be taken in, each as a sentence a curator can act on."""


class IngestProblem(Exception):  # noqa: N818 - a problem said to a person, not a programming error
    """A source that cannot be used. `str(problem)` is one sentence that says what to do."""


class Missing(IngestProblem):
    """There is no such file or folder, or nothing readable in it."""


class Unsupported(IngestProblem):
    """The bytes are of a kind this library does not read."""


class Encrypted(IngestProblem):
    """The document asks for a password."""


class Damaged(IngestProblem):
    """The bytes are not what they say they are, or are broken beyond reading."""


class TooLarge(IngestProblem):
    """More bytes, or more memory, than the operator allows."""


class TooSlow(IngestProblem):
    """Reading took longer than the operator allows."""


class Unreachable(IngestProblem):
    """The address does not answer, or answers with an error."""


class Refused(IngestProblem):
    """The address points inside this network, or is not http or https."""


class Gone(Unreachable):
    """The server says that there is no such page, or none any more (404, 410)."""


class TryLater(Unreachable):
    """The server cannot answer now, or was asked too often; later it may."""

    def __init__(self, sentence: str, seconds: float | None = None) -> None:
        super().__init__(sentence)
        self.seconds = seconds
        """How long it asked to be left alone; None where it did not say."""


class Silent(TryLater):
    """Nobody answers: there is no server, or it broke off."""


class Disallowed(IngestProblem):
    """The site asks programs to stay away from the address (robots.txt)."""


class NotModified(Exception):  # noqa: N818 - an answer, and no problem
    """What was asked for is as it was when it was last fetched."""

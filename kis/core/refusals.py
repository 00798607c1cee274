"""What an operation raises when it cannot do what was asked.

A refusal raised anywhere in a request rolls back the rows and their audit records together,
and its sentence is shown to the person who asked.
"""


class Refusal(Exception):
    """Says in one sentence what was wrong and what to do; `status` is that of HTTP."""

    status = 409

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class Invalid(Refusal):
    """The input breaks a rule."""

    status = 422


class Forbidden(Refusal):
    """The account may not do this."""

    status = 403


class NotFound(Refusal):
    """There is no such thing, or none that this account may know of."""

    status = 404


class Conflict(Refusal):
    """The thing has changed, or its state does not allow this."""

    status = 409

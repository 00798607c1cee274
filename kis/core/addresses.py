"""What an address or a hidden field carries: numbers that the databases can compare, and no NUL."""

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

# The integers of PostgreSQL; a row's number is never larger.
LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """<int:…> of an address: a number that no row can have is an address that does not exist."""

    def __init__(
        self,
        url_map: Map,
        fixed_digits: int = 0,
        min: int | None = None,
        max: int | None = LARGEST,
        signed: bool = False,
    ) -> None:
        super().__init__(url_map, fixed_digits, min, max, signed)


class Addresses(Map):
    """The addresses of the application."""

    default_converters = Map.default_converters | {"int": RowNumber}  # type: ignore[operator]


def whole_number(text: str | None) -> int | None:
    """The row number that the text writes; None for anything else."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > len(str(LARGEST)):
        return None
    number = int(text)
    return number if number <= LARGEST else None


def asked_number(name: str) -> int | None:
    """The row number behind the question mark; None for anything else."""
    return whole_number(request.args.get(name))


def refuse_nul() -> None:
    """PostgreSQL takes no NUL in a text: no case, office or filter is ever named by one."""
    if "\0" in request.path or any("\0" in value for value in request.args.values()):
        abort(404)


def init_app(app: Flask) -> None:
    app.before_request(refuse_nul)

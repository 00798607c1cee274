"""One browser without a screen: keeps its connection and cookies, and times what it is answered."""

import re
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

WARM = 3
TOKEN = re.compile(r'name="(?:csrf_token|csrfmiddlewaretoken)" value="([^"]+)"')


@dataclass
class Answer:
    """Status, where it leads, the text, and how long it took in milliseconds."""

    status: int
    location: str
    text: str
    took: float


@dataclass
class Visitor:
    """A visitor of 127.0.0.1 at a port."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    connection: HTTPConnection | None = None

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        body = urlencode({"csrf_token": self.token, "csrfmiddlewaretoken": self.token} | fields)
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def see(self, path: str) -> Answer:
        """Open a page and keep the token of its forms."""
        answer = self.get(path)
        if found := TOKEN.search(answer.text):
            self.token = found[1]
        return answer

    def ask(self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> Answer:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = (headers or {}) | {
            "Cookie": cookies,
            "Accept-Language": "en",
            "Referer": f"http://127.0.0.1:{self.port}/",
        }
        began = time.perf_counter()
        answer = self.answered(method, path, body, sent)
        text = answer.read().decode()
        took = (time.perf_counter() - began) * 1_000
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(answer.status, answer.getheader("Location") or "", text, took)

    def answered(self, method: str, path: str, body: str, headers: dict[str, str]) -> HTTPResponse:
        """The server may have closed a connection that rested."""
        for last in (False, True):
            try:
                self.connection = self.connection or HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.connection.request(method, path, body, headers)
                return self.connection.getresponse()
            except (ConnectionError, OSError):
                self.connection = None
                if last:
                    raise
        raise AssertionError

    def twin(self) -> "Visitor":
        """The same person in another window."""
        return Visitor(self.port, dict(self.cookies), self.token)


@dataclass(frozen=True)
class Times:
    """Milliseconds of one kind of request, one after another."""

    taken: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.taken)

    @property
    def p95(self) -> float:
        return sorted(self.taken)[int(0.95 * (len(self.taken) - 1))]

    def __str__(self) -> str:
        return f"{self.median:6.1f} / {self.p95:6.1f} ms"


Request = Callable[[int], Answer]


def in_turn(requests: Sequence[Request], rounds: int, warm: int = WARM) -> list[Times]:
    """The requests taken in turn, so that a busy moment of the machine strikes each alike."""
    taken: list[list[float]] = [[] for _ in requests]
    for number in range(rounds + warm):
        for place, request in enumerate(requests):
            answer = request(number)
            if answer.status >= 400:
                raise RuntimeError(f"answered {answer.status}: {answer.text[:500]}")
            if number >= warm:
                taken[place].append(answer.took)
    return [Times(tuple(each)) for each in taken]


def ask_at_once(
    visitor: Visitor, paths: Sequence[str], clients: int = 8, each: int = 15
) -> tuple[int, float]:
    """(pages, seconds): so many clients ask for so many pages each, without a pause."""

    def stay(client: int) -> None:
        window = visitor.twin()
        for number in range(each):
            path = paths[(client * each + number) % len(paths)]
            if window.get(path).status != 200:
                raise RuntimeError(path)

    with ThreadPoolExecutor(clients) as pool:
        began = time.perf_counter()
        list(pool.map(stay, range(clients)))
    return clients * each, time.perf_counter() - began

"""The form in which names are compared: no case, marks, spaces or punctuation; and the parts a name is found by."""

import unicodedata
from itertools import chain

# How much of a name is kept behind each of its letters: enough to tell most names apart.
PART = 12
SHORTEST = 2
LONGEST = 700
# Letters that Unicode does not take apart, as passports write them.
PLAIN = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})  # fmt: skip


def search_key(text: str | None) -> str:
    """ "NGUYỄN Văn-Đạt" → "nguyenvandat"; Hangul stays in whole syllables, "김 민수" → "김민수"."""
    apart = unicodedata.normalize("NFKD", (text or "").casefold())
    bare = "".join(c for c in apart if unicodedata.category(c) != "Mn").translate(PLAIN)
    return "".join(c for c in unicodedata.normalize("NFC", bare) if c.isalnum())


def name_key(family_name: str | None, given_names: str | None, local_name: str | None) -> str:
    """The Latin name as one word, then the local one: "kimminsu 김민수"."""
    latin = search_key(family_name) + search_key(given_names)
    return " ".join(filter(None, (latin, search_key(local_name))))[:LONGEST]


def asked_words(text: str | None) -> tuple[str, ...]:
    """The words of a search, each to be found somewhere in the key, longest first; "Minsu Kim" → minsu, kim.

    Syllables that each stand alone are one word, as the key has them: "김 현" → 김현.
    """
    found = [search_key(word) for word in (text or "").replace(",", " ").split()]
    words = {"".join(found)} if all(len(word) < SHORTEST for word in found) else set(found)
    return tuple(sorted(filter(None, words), key=lambda word: (-len(word), word)))


def parts(key: str) -> dict[str, int]:
    """What follows each letter of the key, with the place (from 1) where it first stands there."""
    found: dict[str, int] = {}
    for part, place in chain.from_iterable(parts_of_word(key, start, end) for start, end in word_spans(key)):
        found.setdefault(part, place)
    return found


def parts_of_word(key: str, start: int, end: int) -> list[tuple[str, int]]:
    last = max(start + 1, end - SHORTEST + 1)
    return [(key[at : min(end, at + PART)], at + 1) for at in range(start, last)]


def word_spans(key: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for word in key.split():
        start = key.index(word, start)
        spans.append((start, start + len(word)))
        start += len(word)
    return spans


def following(text: str) -> str:
    """The first text behind all that begin with this one, in the order of code points."""
    return text + "\U0010ffff"

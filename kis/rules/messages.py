"""A sentence as data: its key and typed values; made in the reader's language when shown."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from kis.rules.texts import Text, fill

SENTENCES: dict[str, Text] = {}


def add_sentences(sentences: Mapping[str, Text]) -> None:
    """Make sentences known; a key that is taken already is refused."""
    taken = SENTENCES.keys() & sentences.keys()
    if taken:
        raise ValueError(f"sentences worded twice: {', '.join(sorted(taken))}")
    SENTENCES.update(sentences)


class Message(NamedTuple):
    """Key and values of a sentence, and the notes that follow it (plain JSON data)."""

    key: str
    values: Mapping[str, Any] = {}
    notes: tuple["Message", ...] = ()

    def in_language(self, language: str) -> str:
        """The sentence with its notes in "ko" or "en"."""
        template = SENTENCES.get(self.key, Text(self.key, self.key)).in_language(language)
        sentence = fill(template, self.values, language)
        return " ".join([sentence, *(note.in_language(language) for note in self.notes)])

    def to_json(self) -> dict[str, Any]:
        """Plain data that from_json reads back."""
        data: dict[str, Any] = {"key": self.key, "values": dict(self.values)}
        if self.notes:
            data["notes"] = [note.to_json() for note in self.notes]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Message":
        """The message that to_json wrote."""
        return cls(data["key"], data["values"], tuple(map(cls.from_json, data.get("notes", ()))))

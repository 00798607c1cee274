"""Sections of a dossier are called something, and a sentence keeps its notes."""

from kis.rules.dossier import schema
from kis.rules.messages import Message
from kis.rules.vocabulary import SECTIONS


def test_whatever_is_named_as_a_section_is_a_section_of_the_dossier() -> None:
    assert set(SECTIONS) <= set(schema()["properties"])
    assert len(SECTIONS) == 18


def test_a_sentence_is_shown_and_stored_with_its_notes() -> None:
    note = Message("settle.establish", {"facts": ["family"]})
    noted = Message("missing", {"facts": ["income"]}, (note,))
    assert noted.in_language("en") == "Not established: income. Establish: family members."
    assert noted.to_json()["notes"] == [{"key": "settle.establish", "values": {"facts": ["family"]}}]
    assert Message.from_json(noted.to_json()) == noted
    assert note.to_json().keys() == {"key", "values"}

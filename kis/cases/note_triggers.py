"""SQL that keeps notes from being erased, for the models and for migrations alike.

A note is worded anew only where its earlier wording was kept before; nothing else of it changes.
"""

from kis.audit.triggers import POSTGRESQL_FUNCTION

NOTE, EARLIER = "note", "note_revision"
FIXED = ("id", "case_id", "author_id", "written_at")
WORDED = ("text", "corrections", "corrected_at")
UNKEPT = "a note is corrected only where its earlier wording is kept"
KEPT = (
    "NEW.corrections = OLD.corrections + 1 AND EXISTS (SELECT 1 FROM note_revision"
    " WHERE note_id = OLD.id AND number = NEW.corrections AND text = OLD.text)"
)
SAME = {NOTE: "id = NEW.id", EARLIER: "id = NEW.id OR (note_id, number) = (NEW.note_id, NEW.number)"}
REFUSED = {
    NOTE: {"no_delete": "DELETE", "fixed": f"UPDATE OF {', '.join(FIXED)}"},
    EARLIER: {"no_delete": "DELETE", "no_update": "UPDATE"},
}


def sqlite() -> list[str]:
    made = []
    for table, refused in REFUSED.items():
        abort = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        made += [
            f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table}\n{abort}"
            for name, verb in refused.items()
        ]
        # INSERT OR REPLACE deletes without asking the trigger against deleting.
        found = f"EXISTS (SELECT 1 FROM {table} WHERE {SAME[table]})"  # noqa: S608
        made.append(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {found}\n{abort}")
    kept = f"BEFORE UPDATE OF {', '.join(WORDED)} ON {NOTE} WHEN NOT ({KEPT})"
    return [*made, f"CREATE TRIGGER {NOTE}_kept {kept}\nBEGIN SELECT RAISE(ABORT, '{UNKEPT}'); END"]


def postgresql() -> list[str]:
    made = [POSTGRESQL_FUNCTION.strip()]
    for table, refused in REFUSED.items():
        made += [
            f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table}\n"
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            for name, verb in (refused | {"no_truncate": "TRUNCATE"}).items()
        ]
    return [
        *made,
        "CREATE OR REPLACE FUNCTION refuse_unkept_wording() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN IF NOT ({KEPT}) THEN RAISE EXCEPTION '{UNKEPT}'; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {NOTE}_kept BEFORE UPDATE OF {', '.join(WORDED)} ON {NOTE}\n"
        "FOR EACH ROW EXECUTE FUNCTION refuse_unkept_wording()",
    ]


def statements(dialect: str) -> list[str]:
    """The statements that protect notes and their earlier wordings on "sqlite" or "postgresql"."""
    return {"sqlite": sqlite, "postgresql": postgresql}[dialect]()

"""SQL that keeps a letter as it was issued, for the models and for migrations alike.

Its PDF is filled in once; nothing else of it ever changes, and no letter is deleted.
"""

TABLE = "letter"
FIXED = (
    "id", "case_id", "office_id", "kind", "register", "year", "sequence", "number", "content", "code",
    "replaces_id", "issued_on", "issued_at", "issued_by_id",
)  # fmt: skip
FILLED_ONCE = ("sha256", "size", "signer", "rendered_at")
# Beside it, tables that are only ever added to (kis.audit.triggers).
APPEND_ONLY = ("letter_void", "letter_delivery", "email_consent")
MESSAGE = "a letter is filled in once and never changes"

KEY = "office_id, year, register, sequence"
SAME = (
    f"id = NEW.id OR number = NEW.number OR code = NEW.code OR ({KEY}) = (NEW.{KEY.replace(', ', ', NEW.')})"
)
SQLITE = (
    f"CREATE TRIGGER letter_no_delete BEFORE DELETE ON {TABLE}\nBEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    # INSERT OR REPLACE deletes without asking the trigger above.
    f"CREATE TRIGGER letter_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE {SAME})\n"  # noqa: S608
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER letter_fixed BEFORE UPDATE OF {', '.join(FIXED)} ON {TABLE}\n"
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER letter_filled_once BEFORE UPDATE ON {TABLE} WHEN OLD.rendered_at IS NOT NULL\n"
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION refuse_letter_change() RETURNS trigger LANGUAGE plpgsql AS $$\n"
    f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$",
    f"CREATE TRIGGER letter_no_delete BEFORE DELETE ON {TABLE}\n"
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_letter_change()",
    f"CREATE TRIGGER letter_no_truncate BEFORE TRUNCATE ON {TABLE}\n"
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_letter_change()",
    f"CREATE TRIGGER letter_fixed BEFORE UPDATE OF {', '.join(FIXED)} ON {TABLE}\n"
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_letter_change()",
    f"CREATE TRIGGER letter_filled_once BEFORE UPDATE ON {TABLE}\n"
    "FOR EACH ROW WHEN (OLD.rendered_at IS NOT NULL) EXECUTE FUNCTION refuse_letter_change()",
)


def statements(dialect: str) -> tuple[str, ...]:
    """The statements that protect the letters on "sqlite" or "postgresql"."""
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[dialect]

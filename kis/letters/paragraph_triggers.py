"""SQL that keeps the texts of paragraphs, for the models and for migrations alike.

What was proposed never changes, so that what is approved is what was read; what is settled stays as it is.
"""

from kis.audit.triggers import POSTGRESQL_FUNCTION

TABLE = "paragraph_text"
FIXED = ("id", "key", "category", "ko", "en", "reason", "proposed_by_id", "proposed_at")
SETTLED_ONCE = ("version", "state", "decided_by_id", "decided_at", "comment")
MESSAGE = f"{TABLE} is append-only"

SAME = (
    "id = NEW.id OR (key, category, version) = (NEW.key, NEW.category, NEW.version)"
    " OR (key, category, state, NEW.state) = (NEW.key, NEW.category, 'proposed', 'proposed')"
)
SQLITE = (
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}\nBEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    # INSERT OR REPLACE deletes without asking the trigger above.
    f"CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE {SAME})\n"  # noqa: S608
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE OF {', '.join(FIXED)} ON {TABLE}\n"
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
    f"CREATE TRIGGER {TABLE}_settled_once BEFORE UPDATE ON {TABLE} WHEN OLD.state <> 'proposed'\n"
    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END",
)
POSTGRESQL = (
    POSTGRESQL_FUNCTION.strip(),
    f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}\n"
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}\n"
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    f"CREATE TRIGGER {TABLE}_fixed BEFORE UPDATE OF {', '.join(FIXED)} ON {TABLE}\n"
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    f"CREATE TRIGGER {TABLE}_settled_once BEFORE UPDATE ON {TABLE}\n"
    "FOR EACH ROW WHEN (OLD.state <> 'proposed') EXECUTE FUNCTION refuse_change()",
)


def statements(dialect: str) -> tuple[str, ...]:
    """The statements that protect the texts on "sqlite" or "postgresql"."""
    return {"sqlite": SQLITE, "postgresql": POSTGRESQL}[dialect]

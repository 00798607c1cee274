"""Tables of its own, the indexes that a tuned admin has, and its one user: run once on a loaded database."""

import os

import django
from django.core.management import call_command
from django.db import connection

TUNING = (
    'CREATE INDEX IF NOT EXISTS peer_queue ON "case" (office_id, due_on, id) WHERE state IN'
    " ('received', 'in_review', 'awaiting_supplement', 'inspection', 'recommended')",
    "CREATE INDEX IF NOT EXISTS peer_family ON applicant (upper(family_name) varchar_pattern_ops)",
    'CREATE INDEX IF NOT EXISTS peer_number ON "case" (upper(number) varchar_pattern_ops)',
    "ANALYZE",
)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.scale.peer.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    from django.contrib.auth.models import User

    User.objects.filter(username="bench").delete()
    User.objects.create_superuser("bench", password=os.environ["PEER_PASSWORD"])
    with connection.cursor() as cursor:
        for statement in TUNING:
            cursor.execute(statement)


if __name__ == "__main__":
    main()

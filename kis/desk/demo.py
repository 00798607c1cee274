"""Demo data: accounts and cases to try the system out with. Placeholder until cases are wired."""

from kis.accounts.demo import create_demo_accounts
from kis.core.database import transaction
from kis.accounts.queries import all_accounts


def load_demo() -> None:
    """Make the demo accounts, once."""
    if all_accounts():
        return
    with transaction():
        create_demo_accounts()

"""Accounts for trying the system out; invented people, never made in production."""

from dataclasses import dataclass

from kis.accounts.models import Account
from kis.accounts.operations import create_account
from kis.core.access import Role
from kis.offices.queries import office_by_code

PASSWORD = "korea-desk-2026"  # noqa: S105


@dataclass(frozen=True)
class DemoAccount:
    """Sign-in name, invented person, role and office (None: the whole service)."""

    name: str
    full_name: str
    full_name_latin: str
    role: Role
    office: str | None
    unit: str
    phone: str


ACCOUNTS = (
    DemoAccount("han.sora", "한소라", "Han Sora", Role.RECEPTION, "seoul-southern", "관리과", "02-0000-1101"),
    DemoAccount(
        "yun.dohyeon", "윤도현", "Yun Dohyeon", Role.OFFICER, "seoul-southern", "관리과", "02-0000-1102"
    ),
    DemoAccount("seo.mina", "서민아", "Seo Mina", Role.OFFICER, "seoul-southern", "관리과", "02-0000-1103"),
    DemoAccount(
        "bae.jiho", "배지호", "Bae Jiho", Role.SUPERVISOR, "seoul-southern", "관리과", "02-0000-1104"
    ),
    DemoAccount(
        "moon.gaeun", "문가은", "Moon Gaeun", Role.SUPERVISOR, "seoul-southern", "관리과", "02-0000-1105"
    ),
    DemoAccount("shim.hyeran", "심혜란", "Shim Hyeran", Role.SUPERVISOR, "busan", "관리과", "051-000-1104"),
    DemoAccount(
        "ryu.taeyang", "류태양", "Ryu Taeyang", Role.HEADQUARTERS, None, "체류관리과", "02-0000-2101"
    ),
    DemoAccount("noh.eunbi", "노은비", "Noh Eunbi", Role.HEADQUARTERS, None, "체류관리과", "02-0000-2102"),
    DemoAccount("cha.wonjun", "차원준", "Cha Wonjun", Role.AUDITOR, None, "감사담당", "02-0000-3101"),
    DemoAccount("gil.nari", "길나리", "Gil Nari", Role.ADMINISTRATOR, None, "정보화담당", "02-0000-4101"),
)


def create_demo_accounts() -> list[Account]:
    """The demo accounts, in an installation that has none yet."""
    return [
        create_account(
            demo.name,
            demo.full_name,
            PASSWORD,
            [(demo.role, office_by_code(demo.office).id if demo.office else None)],
            full_name_latin=demo.full_name_latin,
            unit=demo.unit,
            phone=demo.phone,
        )
        for demo in ACCOUNTS
    ]

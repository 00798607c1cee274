"""A jurisdiction as people say it: province by province, with what is taken out of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kis.offices.models import Extent, Jurisdiction


@dataclass
class Province:
    """What an office is competent for in one province: the districts named, or all but some."""

    name: str
    districts: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def by_province(jurisdictions: Iterable[Jurisdiction], language: str) -> list[Province]:
    """The rows of one office, grouped, with names in "ko" or "en"."""
    provinces: dict[str, Province] = {}
    for row in jurisdictions:
        name, district = (
            (row.province_ko, row.district_ko) if language == "ko" else (row.province_en, row.district_en)
        )
        province = provinces.setdefault(row.province_ko, Province(name))
        if district:
            (province.districts if row.extent == Extent.INCLUDED else province.left_out).append(district)
    return list(provinces.values())

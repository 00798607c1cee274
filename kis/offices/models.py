"""Divisions of headquarters, offices with their windows and jurisdictions, and days out of the calendar."""

from datetime import date, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kis.core.extensions import db
from kis.core.types import one_of


class OfficeKind(StrEnum):
    """An office (청 or 사무소), or a branch office (출장소) of one."""

    OFFICE = "office"
    BRANCH_OFFICE = "branch_office"


class ServiceKind(StrEnum):
    """What a window is for, as its line in the reservation list says."""

    NATIONALITY = "nationality"
    RESIDENCE = "residence"
    GLOBAL_TALENT = "global_talent"
    OTHERS = "others"


class Extent(StrEnum):
    """Whether a place belongs to a jurisdiction, or is taken out of the province named beside it."""

    INCLUDED = "included"
    EXCLUDED = "excluded"


class Confidence(StrEnum):
    """How far a source can be trusted: the Service's own list, a copy of its page, or the press."""

    OFFICIAL = "official"
    OFFICIAL_COPY = "official_copy"
    PRESS = "press"


class Named:
    """Something with a name in English and, where it is known, in Korean."""

    name_en: Mapped[str] = mapped_column(String(80))
    name_ko: Mapped[str | None] = mapped_column(String(80))

    def in_language(self, language: str) -> str:
        """The name in "ko" or "en"; English where the Korean name is not known."""
        return self.name_ko if language == "ko" and self.name_ko else self.name_en


class Division(Named, db.Model):
    """A division of headquarters."""

    __tablename__ = "division"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    bureau_en: Mapped[str] = mapped_column(String(60))
    bureau_ko: Mapped[str] = mapped_column(String(60))
    name_ko_source: Mapped[str | None] = mapped_column(String(200))
    duties_en: Mapped[str] = mapped_column(Text)
    duties_ko: Mapped[str] = mapped_column(Text)
    mended: Mapped[str | None] = mapped_column(Text)
    source_text: Mapped[str] = mapped_column(Text)


class Office(Named, db.Model):
    """An office or branch office. What is not known of it is NULL; sources are codes of data/sources.csv.

    `processing_days` are working days. No official figure for permanent residence is known, so
    each office sets its own. `supplement_days` are days of the calendar that are proposed to an officer
    who asks an applicant for something.
    """

    __tablename__ = "office"
    __table_args__ = (
        CheckConstraint(f"kind IN ({one_of(OfficeKind)})", name="kind"),
        CheckConstraint("code = lower(code) AND code = replace(code, ' ', '')", name="code"),
        CheckConstraint("kind = 'branch_office' OR parent_id IS NULL", name="parent"),
        CheckConstraint("(parent_id IS NULL) = (parent_source IS NULL)", name="parent_source"),
        CheckConstraint("parent_id <> id", name="own_parent"),
        CheckConstraint("processing_days BETWEEN 1 AND 500", name="processing_days"),
        CheckConstraint("supplement_days BETWEEN 1 AND 90", name="supplement_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("office.id"), index=True)
    parent_source: Mapped[str | None] = mapped_column(String(200))
    name_source: Mapped[str | None] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(40))
    contact_source: Mapped[str | None] = mapped_column(String(200))
    remarks_en: Mapped[str | None] = mapped_column(Text)
    remarks_ko: Mapped[str | None] = mapped_column(Text)
    processing_days: Mapped[int] = mapped_column(default=60)
    supplement_days: Mapped[int] = mapped_column(default=14, server_default="14")
    remedies_contact: Mapped[str | None] = mapped_column(String(200))

    parent: Mapped["Office | None"] = relationship(
        back_populates="branches", remote_side=[id], lazy="joined", join_depth=1
    )
    branches: Mapped[list["Office"]] = relationship(back_populates="parent", order_by="Office.code")
    centers: Mapped[list["ServiceCenter"]] = relationship(
        back_populates="office", order_by="ServiceCenter.code"
    )
    windows: Mapped[list["ServiceWindow"]] = relationship(
        back_populates="office", order_by="ServiceWindow.number"
    )
    jurisdictions: Mapped[list["Jurisdiction"]] = relationship(
        back_populates="office", order_by="Jurisdiction.id"
    )

    @property
    def has_own_contact(self) -> bool:
        """Whether address or phone were entered here, and not read from a published source."""
        return self.contact_source is None and (self.address or self.phone) is not None

    def full_name(self, language: str) -> str:
        """The name with that of the parent before it, as on letters."""
        own = self.in_language(language)
        return f"{self.parent.in_language(language)} {own}" if self.parent else own

    def head_title(self, language: str) -> str:
        """Who signs for the office (Immigration Act Decree Art. 6(2): 청장, 사무소장, 출장소장)."""
        name = self.full_name(language)
        return f"{name}장" if language == "ko" and self.name_ko else f"Head of {name}"


class ServiceCenter(Named, db.Model):
    """A place away from the office where it serves visitors."""

    __tablename__ = "service_center"
    __table_args__ = (UniqueConstraint("office_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    code: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(40))
    office: Mapped[Office] = relationship(back_populates="centers")


class ServiceWindow(db.Model):
    """A window for which visits are reserved; `number` and `source_text` are those of the published list."""

    __tablename__ = "service_window"
    __table_args__ = (
        CheckConstraint(f"kind IN ({one_of(ServiceKind)})", name="kind"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("to_day IS NULL OR from_day <= to_day", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"), index=True)
    center_id: Mapped[int | None] = mapped_column(ForeignKey("service_center.id"))
    kind: Mapped[str] = mapped_column(String(20))
    service: Mapped[str] = mapped_column(String(200))
    location: Mapped[str | None] = mapped_column(String(120))
    address: Mapped[str | None] = mapped_column(String(200))
    jurisdiction: Mapped[str | None] = mapped_column(String(200))
    exclusions: Mapped[str | None] = mapped_column(String(120))
    limits: Mapped[str | None] = mapped_column(String(120))
    from_day: Mapped[date | None]
    to_day: Mapped[date | None]
    after_time: Mapped[time | None]
    courier: Mapped[bool | None]
    mended: Mapped[str | None] = mapped_column(Text)
    source_text: Mapped[str] = mapped_column(Text)
    office: Mapped[Office] = relationship(back_populates="windows")
    center: Mapped[ServiceCenter | None] = relationship(lazy="joined")

    def is_open_on(self, day: date) -> bool:
        """Whether the published dates of the window take in this day."""
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or day <= self.to_day)


class Jurisdiction(db.Model):
    """One place an office is competent for, or is not; an empty district means the whole province."""

    __tablename__ = "jurisdiction"
    __table_args__ = (
        UniqueConstraint("office_id", "province_ko", "district_ko"),
        CheckConstraint(f"extent IN ({one_of(Extent)})", name="extent"),
        CheckConstraint(f"confidence IN ({one_of(Confidence)})", name="confidence"),
        CheckConstraint("extent = 'included' OR district_ko <> ''", name="whole_province"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    province_ko: Mapped[str] = mapped_column(String(40), index=True)
    province_en: Mapped[str] = mapped_column(String(40))
    district_ko: Mapped[str] = mapped_column(String(40), default="")
    district_en: Mapped[str] = mapped_column(String(40), default="")
    extent: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(200))
    confidence: Mapped[str] = mapped_column(String(20))
    office: Mapped[Office] = relationship(back_populates="jurisdictions")

    def in_language(self, language: str) -> str:
        """Province and district in "ko" or "en", in the order of that language."""
        if language == "ko":
            return f"{self.province_ko} {self.district_ko}".rstrip()
        return ", ".join(part for part in (self.district_en, self.province_en) if part)


class ProcessingPeriod(db.Model):
    """How many working days an office takes for a category of a procedure; for the others `Office` says it.

    A category left empty stands for every category of the procedure that has no row of its own.
    """

    __tablename__ = "processing_period"
    __table_args__ = (
        UniqueConstraint("office_id", "procedure", "category"),
        CheckConstraint("working_days BETWEEN 1 AND 500", name="working_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    office_id: Mapped[int] = mapped_column(ForeignKey("office.id"))
    procedure: Mapped[str] = mapped_column(String(40))
    category: Mapped[str] = mapped_column(String(12), default="")
    working_days: Mapped[int]


class HolidayOverride(db.Model):
    """A day that is a holiday, or a working day, against what the calendar says."""

    __tablename__ = "holiday_override"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(unique=True)
    is_holiday: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(200))

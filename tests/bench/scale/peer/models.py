"""The tables of the desk as Django sees them; it creates and changes none of them."""

from django.db import models


class Office(models.Model):
    code = models.CharField(max_length=40)
    name_en = models.CharField(max_length=80)

    class Meta:
        managed = False
        db_table = "office"

    def __str__(self):
        return self.name_en


class Account(models.Model):
    full_name = models.CharField(max_length=80)

    class Meta:
        managed = False
        db_table = "account"

    def __str__(self):
        return self.full_name


class Applicant(models.Model):
    family_name = models.CharField(max_length=200, null=True)
    given_names = models.CharField(max_length=200, null=True)
    local_name = models.CharField(max_length=200, null=True)
    nationality = models.CharField(max_length=3)
    birth_date = models.DateField()

    class Meta:
        managed = False
        db_table = "applicant"

    def __str__(self):
        return f"{self.family_name} {self.given_names}"


STATES = [
    (state, state)
    for state in (
        "received",
        "in_review",
        "awaiting_supplement",
        "inspection",
        "recommended",
        "decided",
        "closed",
        "withdrawn",
        "returned",
    )
]


# Named here, or the admin asks the whole table for the values of its filters.
CATEGORIES = [(code, code) for code in (f"F-5-{number}" for number in range(1, 28))]
OUTCOMES = [(outcome, outcome) for outcome in ("met", "not_met", "exempt", "review", "unknown")]


class Case(models.Model):
    number = models.CharField(max_length=60)
    category = models.CharField(max_length=12, choices=CATEGORIES)
    route = models.CharField(max_length=40, null=True, blank=True)
    office = models.ForeignKey(Office, models.DO_NOTHING)
    applicant = models.ForeignKey(Applicant, models.DO_NOTHING)
    state = models.CharField(max_length=20, choices=STATES)
    assignee = models.ForeignKey(Account, models.DO_NOTHING, null=True, blank=True)
    received_on = models.DateField()
    due_on = models.DateField()
    reference = models.CharField(max_length=200, null=True, blank=True)
    precheck_outcome = models.CharField(max_length=10, choices=OUTCOMES, null=True, blank=True)

    class Meta:
        managed = False
        db_table = "case"

    def __str__(self):
        return self.number


class CaseDocument(models.Model):
    case = models.ForeignKey(Case, models.DO_NOTHING, related_name="documents")
    code = models.CharField(max_length=60)
    person = models.CharField(max_length=200, blank=True)
    submitted = models.BooleanField(null=True)

    class Meta:
        managed = False
        db_table = "case_document"

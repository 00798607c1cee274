"""The admin as an office would set it up and tune it: ten columns, no count of everything, no query per row."""

from django.contrib import admin

from tests.bench.scale.peer.models import Case, CaseDocument


class Documents(admin.TabularInline):
    model = CaseDocument
    extra = 0


@admin.register(Case)
class CaseAdmin(admin.ModelAdmin):
    list_display = (
        "number",
        "due_on",
        "applicant",
        "nationality",
        "category",
        "state",
        "precheck_outcome",
        "assignee",
        "received_on",
        "office",
    )
    list_filter = ("state", "category", "precheck_outcome")
    list_select_related = ("applicant", "assignee", "office")
    list_per_page = 50
    ordering = ("due_on", "id")
    show_full_result_count = False
    # By name alone: with numbers of another table beside it no index would serve.
    search_fields = ("applicant__family_name__istartswith",)
    raw_id_fields = ("applicant", "assignee", "office")
    inlines = (Documents,)

    @admin.display
    def nationality(self, case):
        return case.applicant.nationality

    def lookup_allowed(self, lookup, value, request=None):
        return lookup.startswith(("office", "state")) or super().lookup_allowed(lookup, value, request)

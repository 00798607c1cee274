"""What the values of the reference data are called, for pages."""

from flask_babel import lazy_gettext as _l

FIGURES = {
    "gni_per_capita": _l("Gross national income per capita"),
    "net_assets_mean": _l("Mean net assets of households"),
    "net_assets_median": _l("Median net assets of households"),
    "conditional_investment": _l("Investment with conditions"),
}
CONFIDENCES = {"confirmed": _l("Confirmed"), "unverified": _l("Unverified")}
TABLES = {
    "figure": _l("Figures"),
    "apostille": _l("Apostille Convention"),
    "embassy": _l("Embassies that may issue"),
}
ACTIONS = {"add": _l("Add"), "change": _l("Change"), "withdraw": _l("Withdraw")}
COLUMNS = {
    "figure": _l("Figure"),
    "year": _l("Year"),
    "amount_krw": _l("Amount in won"),
    "announced_on": _l("Announced"),
    "applies_from": _l("Applies from"),
    "confidence": _l("Confidence"),
    "source": _l("Source"),
    "country": _l("Country"),
    "in_force_for_korea_from": _l("In force with Korea from"),
    "accepted_from": _l("Accepted from"),
    "note": _l("Note"),
}


def figure_name(figure: str) -> str:
    """The name of a figure; a kind that headquarters added later shows its code."""
    return str(FIGURES.get(figure, figure))

"""Names of the reference figures, for pages."""

from flask_babel import lazy_gettext as _l

FIGURES = {
    "gni_per_capita": _l("Gross national income per capita"),
    "net_assets_mean": _l("Mean net assets of households"),
    "net_assets_median": _l("Median net assets of households"),
    "conditional_investment": _l("Investment with conditions"),
}
CONFIDENCES = {"confirmed": _l("Confirmed"), "unverified": _l("Unverified")}


def figure_name(figure: str) -> str:
    """The name of a figure; a kind that headquarters added later shows its code."""
    return str(FIGURES.get(figure, figure))

"""Values on the boundaries of what a field, an address or a file name may hold."""

SCRIPT = "<script>probe()</script>"
ATTRIBUTE = '" onfocus="probe()" x=\''
SUM = "{{7*191919}}"
NEVER_SHOWN = (SCRIPT, ATTRIBUTE, "1343433")

WHOLE_NUMBERS = {
    "zero": "0",
    "minus one": "-1",
    "2^31": str(2**31),
    "2^63": str(2**63),
    "thirty digits": "9" * 30,
    "five thousand digits": "9" * 5_000,
    "overflow": "1e999",
}
TEXTS = {
    "NUL": "a\x00b",
    "percent NUL": "%00",
    "lone surrogate": "a\ud800b",
    "right to left": "\u202etxet",
    "ten kilobytes": "가" * 10_000,
    "composed": "\u00e9",
    "decomposed": "e\u0301",
    "superscript digit": "\u00b2",
    "path": "../../../../etc/passwd",
    "quotes": "'\"`; DROP TABLE office; --",
    "wildcards": "%_\\",
    "template": SUM,
    "script": SCRIPT,
    "attribute": ATTRIBUTE,
    "line breaks": "a\r\nX-Probe: 1\r\n\r\nb",
    "day that is none": "2025-02-30",
    "year 10000": "10000-01-01",
    "first day": "0001-01-01",
    "nothing": "",
    "blank": " \t ",
}
VALUES = WHOLE_NUMBERS | TEXTS

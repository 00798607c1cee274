"""The address of static files names their content, so that browsers keep them until it changes."""

import hashlib
from pathlib import Path

OWN = ("css", "icons", "js")
MANIFEST = Path(__file__).with_name("vendor.json")


def version(static: Path) -> str:
    """Twelve hex digits over our own files and the manifest, which holds the hash of every vendored one.

    All machines of one release say the same.
    """
    files = [path for folder in OWN for path in sorted((static / folder).rglob("*")) if path.is_file()]
    whole = hashlib.sha256(MANIFEST.read_bytes())
    for path in files:
        whole.update(path.relative_to(static).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()[:12]

"""What comes from outside is pinned, locked with its hash, and arrives as the manifest says."""

import json
from pathlib import Path
from typing import Any

import pytest

from kis.core import vendor

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def lock() -> Any:
    return json.loads((ROOT / "package-lock.json").read_text())


def test_every_version_is_exact() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    wanted = package["dependencies"] | package["devDependencies"] | package.get("overrides", {})
    assert [name for name, version in wanted.items() if not version[0].isdigit()] == []


def test_the_lock_has_a_hash_for_every_package_and_names_no_host(lock: Any) -> None:
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_the_vendor_folder_is_what_the_manifest_names() -> None:
    vendor.check()


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    vendor.copy(vendor=tmp_path)
    vendor.check(vendor=tmp_path)
    (tmp_path / "htmx" / "htmx.min.js").write_text("alert(1)")
    with pytest.raises(vendor.VendorError, match="htmx"):
        vendor.check(vendor=tmp_path)


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(vendor.VendorError, match="is not installed"):
        vendor.copy(packages=tmp_path, vendor=tmp_path / "vendor")


def test_of_the_krds_only_values_are_taken() -> None:
    sheet = (vendor.VENDOR / vendor.TOKENS_TARGET).read_text()
    lines = [line for line in sheet.splitlines() if line.startswith("--")]
    assert len(lines) > 100
    assert all("url(" not in line for line in lines)
    assert {path.name for path in (vendor.VENDOR / "krds").iterdir()} == {"tokens.css"}

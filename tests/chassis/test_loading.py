import gc
import importlib
import subprocess
import sys

import pytest

from services.chassis.loading import staying, uncollected, unused, without


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the collector was at work whenever all there was then was taken out of its sight, which is not done."""
    found: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: found.append(gc.isenabled()))
    return found


def test_what_is_imported_in_the_block_is_looked_through_by_no_collector_then_or_later(frozen: list[bool]) -> None:
    with staying():
        assert not gc.isenabled()
        assert not frozen
    assert frozen == [False]
    assert gc.isenabled()


def test_the_collector_works_again_also_where_an_import_fails(frozen: list[bool]) -> None:
    with pytest.raises(ImportError), staying():
        importlib.import_module("nobody_has_this")
    assert gc.isenabled()


@pytest.mark.parametrize("at_work", [True, False])
def test_what_is_made_without_the_collector_leaves_it_as_it_was(at_work: bool) -> None:
    (gc.enable if at_work else gc.disable)()
    try:
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() == at_work
        with pytest.raises(ImportError), uncollected():
            importlib.import_module("nobody_has_this")
        assert gc.isenabled() == at_work
    finally:
        gc.enable()


def test_a_package_is_not_installed_to_who_is_imported_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "this", raising=False)
    with without("this"), pytest.raises(ImportError):
        importlib.import_module("this")
    assert "this" not in sys.modules


def test_a_package_that_is_imported_already_stays_as_it_is() -> None:
    with without("pytest"):
        assert importlib.import_module("pytest") is pytest
    assert sys.modules["pytest"] is pytest


def test_a_module_that_is_only_handed_on_is_not_imported_for_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "this", raising=False)
    with unused("this", "zen"):
        assert importlib.import_module("this").zen is None
    assert "this" not in sys.modules
    with unused("pytest", "fixture"):
        assert importlib.import_module("pytest").fixture is pytest.fixture
    assert sys.modules["pytest"] is pytest


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "needless"),
    [
        ("services.extract.model", ("spacy.cli", "weasel", "requests", "httpx", "typer")),
        ("services.fetch.handler", ("rich", "click", "typer", "pygments", "numpy")),
        ("services.chassis.service", ("rich", "typer", "sqlalchemy", "httpx", "numpy")),
        ("services.cli.up", ("rich", "sqlalchemy", "faststream", "structlog", "httpx", "numpy")),
        ("services.cli.status", ("faststream", "alembic", "httpx", "numpy", "services.dedup")),
    ],
)
def test_what_is_started_imports_what_it_needs(module: str, needless: tuple[str, ...]) -> None:
    code = f"import sys; import {module}; print([name for name in {needless!r} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"

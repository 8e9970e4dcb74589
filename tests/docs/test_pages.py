import re
from pathlib import Path

import pytest

from contracts.outcomes import DeadReason
from contracts.topology import MESSAGES, ROUTES, SERVICES, STREAMS
from services.chassis.failures import BACKOFF_SECONDS, MAX_FAILURES, MAX_LONE_STARTS
from services.chassis.settings import House, ServiceSettings
from services.cli.options import settings_class
from services.cli.pages import settings, wire
from services.cli.pages.flow import flow
from services.cli.pages.marked import fill, table
from services.cli.pages.written import ROOT, written

ARROW = re.compile(r"^  (\w+)(?:\(.*\))? (?:-->|-\.->)(?:\|(.+)\|)? (\w+)$", re.MULTILINE)


@pytest.mark.parametrize("name", written())
def test_what_is_committed_is_what_the_code_says(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == written()[name], "run: make docs"


def test_a_changed_part_is_replaced_and_the_rest_stays() -> None:
    page = "before\n<!-- generated: one -->\nold\n<!-- end -->\nafter\n"

    assert fill(page, {"one": "new"}) == "before\n<!-- generated: one -->\nnew\n<!-- end -->\nafter\n"


@pytest.mark.parametrize("parts", [{}, {"other": ""}, {"one": "", "other": ""}])
def test_a_part_that_nobody_makes_or_nobody_shows_is_told(parts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="one"):
        fill("<!-- generated: one -->\n<!-- end -->\n", parts)


def test_a_bar_in_a_cell_makes_no_column() -> None:
    assert table(("a",), [("x|y",)]).splitlines()[-1] == "| x\\|y |"


def test_the_picture_has_an_arrow_for_everything_that_is_said_and_heard() -> None:
    arrows = {(one, other): names for one, names, other in ARROW.findall(flow())}

    for route in ROUTES:
        assert (route.stream, route.heard_by) in arrows
        for speaker in route.said_by:
            assert route.message.__name__ in arrows[speaker, route.stream].split("<br>")
    for service in SERVICES:
        assert arrows[service, "DEAD"] == "DeadLetter"
    drawn = {name for arrow in arrows for name in arrow}
    speakers = {speaker for route in ROUTES for speaker in route.said_by}
    assert drawn == {"inbox", "public", *SERVICES, *speakers, *(stream.name for stream in STREAMS)}


def test_the_tables_name_every_message_stream_and_user() -> None:
    parts = wire.parts()

    assert all(f"`{message.__name__}`" in parts["messages"] for message in MESSAGES.values())
    assert all(f"| `{stream.name}` |" in parts["streams"] for stream in STREAMS)
    assert all(
        f"| `{user}` |" in parts["users"] for user in (*SERVICES, "operator", "requester", "publisher", "reader")
    )


@pytest.mark.parametrize("service", SERVICES)
def test_every_setting_says_what_it_does_and_bears_its_services_name(service: str) -> None:
    for name, field in settings.names(settings_class(service)).items():
        assert re.fullmatch(rf"WIREROOM_{service.upper()}_[A-Z_]+", name)
        assert field.description, name


@pytest.mark.parametrize("service", SERVICES)
def test_a_setting_is_read_from_the_name_that_the_page_gives_it(service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"WIREROOM_{service.upper()}_CONCURRENCY", "3")

    assert settings_class(service)().concurrency == 3


@pytest.mark.parametrize("settings_class", [House, ServiceSettings])
def test_the_common_settings_say_what_they_do(settings_class: type[House]) -> None:
    assert all(field.description for field in settings_class.model_fields.values())


@pytest.mark.parametrize("page", sorted(path for path in ROOT.glob("docs/**/*.md")), ids=lambda path: path.name)
def test_a_link_to_another_file_leads_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert "://" in target or (page.parent / target).exists(), target


def test_the_numbers_in_the_prose_are_those_of_the_code() -> None:
    page = (ROOT / "docs" / "wire.md").read_text(encoding="utf-8")
    *waits, last = (f"{seconds:g}" for seconds in BACKOFF_SECONDS)

    assert f"tried again after {', '.join(waits)} and {last} seconds; the fifth failure is the last" in page
    assert "buried after five such starts" in page
    assert (MAX_FAILURES, MAX_LONE_STARTS) == (5, 5)


@pytest.mark.parametrize("reason", DeadReason)
def test_the_runbook_knows_every_reason_for_a_burial(reason: DeadReason) -> None:
    assert f"`{reason}`" in (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")

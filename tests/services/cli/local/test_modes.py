"""What others may read of a home is told and closed; what is not ours stays as it is."""

import os
from pathlib import Path

import pytest

from services.cli.checks import modes as check
from services.cli.checks.found import NAMED, Check
from services.cli.local import modes
from services.cli.local.home import make_home, owner_alone
from tests.services.cli.local.conftest import LEVELS


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home as services make it."""
    folder = tmp_path / "home"
    with owner_alone():
        for name in ("logs", "nats/jetstream", "replaced-20241201"):
            (folder / name).mkdir(parents=True)
        for name in ("store.db", "credentials.json", "logs/store.log", "nats/jetstream/1.blk"):
            (folder / name).touch()
    (folder / "up.json").symlink_to(tmp_path)
    return folder


def found(home: Path) -> list[str]:
    told = Check()
    check.compare(home, told)
    assert told.looked_at
    return told.findings


@pytest.mark.parametrize(
    ("name", "mode", "wanted"),
    [
        ("", 0o755, 0o700),
        ("store.db", 0o666, 0o600),
        ("credentials.json", 0o644, 0o600),
        ("logs", 0o710, 0o700),
        ("logs/store.log", 0o620, 0o600),
        ("nats/jetstream/1.blk", 0o604, 0o600),
        ("replaced-20241201", 0o777, 0o700),
    ],
)
def test_what_is_open_to_others_is_named_with_its_mode_and_closed(
    home: Path, name: str, mode: int, wanted: int
) -> None:
    path = home / name
    assert found(home) == []
    path.chmod(mode)

    [told] = found(home)
    assert told.startswith(f"{path} is open to others (mode {mode:03o}, not {wanted:03o}): `chmod go= {path}`")
    assert [(one.path, one.mode, one.wanted) for one in modes.close(home)] == [(path, mode, wanted)]
    assert path.stat().st_mode & 0o777 == wanted
    assert found(home) == []


def test_a_tree_that_is_deeper_than_python_calls_itself_is_looked_through(home: Path, deep: Path) -> None:
    deep.rename(home / "replaced-20241202")
    try:
        told = found(home)
        assert len(told) == NAMED + 1  # every folder of it is open to others
        assert told[-1].startswith(f"{LEVELS + 1 - NAMED} more files and folders in {home} are open to others")
    finally:
        (home / "replaced-20241202").rename(deep)


def test_a_home_with_a_list_of_feeds_holds_nothing_of_others(home: Path) -> None:
    (home / "feeds.txt").touch(mode=0o600)
    home.chmod(0o755)

    assert [one.path for one in modes.close(home)] == [home]


def test_where_others_have_their_work_only_what_is_ours_is_closed(home: Path) -> None:
    for path in (home, home / "letters.txt", home / "accounts.db", home / "store.db"):
        path.touch()
        path.chmod(0o755)

    assert [one.path for one in modes.close(home)] == [home / "store.db"]
    assert found(home) == []
    assert home.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(("name", "is_closed"), [("fetch.log.1", True), ("nats-server.log", True), ("web.log", False)])
def test_where_others_have_their_work_logs_are_closed_if_none_of_them_are_theirs(
    home: Path, name: str, *, is_closed: bool
) -> None:
    (home / "letters.txt").touch()
    (home / "logs" / name).touch(mode=0o644)

    assert [one.path for one in modes.close(home)] == ([home / "logs" / name] if is_closed else [])


def test_what_another_user_owns_keeps_its_rights(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (home, home / "store.db"):
        path.chmod(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: home.stat().st_uid + 1)

    assert found(home) == []
    assert modes.close(home) == []


@pytest.fixture
def of_another(home: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The home belongs to whom this gives, and we are root."""
    another = 4_000_000_000  # whom no machine knows
    if os.getuid() == 0:
        os.chown(home, another, -1)
    else:
        another = os.getuid()
        monkeypatch.setattr(os, "geteuid", lambda: 0)
    return another


def test_root_is_told_whose_home_it_works_in_and_how_to_give_it_back(home: Path, of_another: int) -> None:
    told = modes.made_for_another(home, home.parent / "nowhere") or ""
    assert told.startswith(f"this runs as root, and {home} belongs to ")
    assert os.getuid() != 0 or f"`chown -R --no-dereference {of_another} {home}`" in told


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives a folder to another")
def test_root_is_told_to_give_nobody_what_belongs_to_somebody_else_and_a_name_with_a_space_is_one_name(
    home: Path, of_another: int
) -> None:
    spaced, anothers = home.parent / "in box", home.parent / "anothers"
    for folder, owner in ((spaced, of_another), (anothers, of_another - 1)):
        folder.mkdir()
        os.chown(folder, owner, -1)
    told = modes.made_for_another(home, spaced, anothers) or ""
    assert told.endswith(f"`chown -R --no-dereference {of_another} {home} '{spaced}'`")


def test_root_takes_nobody_the_rights_that_another_gave_in_a_home_of_his(home: Path, of_another: int) -> None:
    home.chmod(0o755)
    make_home(home)
    assert home.stat().st_mode & 0o777 == 0o755
    assert home.stat().st_uid == of_another


def test_nobody_else_is_told_whose_home_it_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: home.stat().st_uid or 1)
    assert modes.made_for_another(home) is None


def test_a_home_behind_a_link_is_looked_at_where_it_lies(home: Path, tmp_path: Path) -> None:
    (link := tmp_path / "link").symlink_to(home)
    home.chmod(0o777)

    assert found(link)[0].startswith(f"{home} is open to others (mode 777, not 700)")
    assert [one.path for one in modes.close(link)] == [home]
    assert found(link) == []


def test_of_many_the_first_are_named_and_the_others_counted(home: Path) -> None:
    for number in range(NAMED + 5):
        (home / "logs" / f"{number:02}.log").touch(mode=0o644)

    assert len(findings := found(home)) == NAMED + 1
    assert findings[-1].startswith("5 more files and folders")

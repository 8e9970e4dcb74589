"""Who speaks in the place of a service has its password, or says nothing."""

from pathlib import Path

import pytest

from services.chassis.settings import House
from services.cli.errors import Told
from services.cli.speaking import speaking


@pytest.mark.parametrize("credentials", [None, '{"store": "secret"}'])
async def test_without_the_password_of_a_service_nothing_is_said_in_its_place(
    tmp_path: Path, credentials: str | None
) -> None:
    if credentials is not None:
        (tmp_path / "credentials.json").write_text(credentials)
    with pytest.raises(Told, match="has no password for fetch: start with `wireroom up`"):
        async with speaking(House(home=tmp_path), "fetch"):
            pass

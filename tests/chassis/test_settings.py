import pytest
from pydantic import ValidationError

from services.chassis.settings import House, ServiceSettings, explain


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (
            "WIREROOM_NATS_PORT",
            "0",
            "WIREROOM_NATS_PORT (from the environment): input should be greater than or equal to 1",
        ),
        (
            "WIREROOM_LOG_FORMAT",
            "xml",
            "WIREROOM_LOG_FORMAT (from the environment): input should be 'json' or 'console'",
        ),
        ("WIREROOM_DATABASE_URL", "postgresql://a:b@c/d", "WIREROOM_DATABASE_URL (from the environment): value error"),
    ],
)
def test_a_wrong_setting_is_named_with_its_source_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError) as raised:
        House()
    assert explain(raised.value).startswith(told)
    assert value not in explain(raised.value) or len(value) < 4


def test_the_home_folder_is_not_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/srv/somebody")
    assert str(House().home) == ".wireroom"


def test_a_service_takes_the_houses_settings_and_its_own() -> None:
    settings = ServiceSettings(house=House(nats_port=4333), concurrency=3)
    assert (settings.house.server(), settings.concurrency) == ("nats://127.0.0.1:4333", 3)

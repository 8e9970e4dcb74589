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
        *(
            ("WIREROOM_NATS_URL", url, "WIREROOM_NATS_URL (from the environment): value error, write nats://HOST:PORT")
            for url in (
                "http://news:4222",
                "nats://news:none",
                "nats://news:0",
                "://",
                "nats://a:4222,,nats://b:4222",
            )
        ),
        (
            "WIREROOM_NATS_REPLICAS",
            "2",
            "WIREROOM_NATS_REPLICAS (from the environment): value error, give 1, 3 or 5",
        ),
        (
            "WIREROOM_NATS_REPLICAS",
            "3",
            "WIREROOM_NATS_REPLICAS (from the environment): value error, the embedded server keeps one copy",
        ),
        *(
            (
                "WIREROOM_NATS_SYNC_INTERVAL",
                interval,
                "WIREROOM_NATS_SYNC_INTERVAL (from the environment): value error, give `always` or a length of time",
            )
            for interval in ("never", "0s", "2 min", "")
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


def test_the_servers_of_a_cluster_stand_with_commas_between_them() -> None:
    house = House(nats_url="nats://a:4222, tls://b:4223 ,c", nats_replicas=3)

    assert house.servers() == ["nats://a:4222", "tls://b:4223", "c"]
    assert house.server() == "nats://a:4222,tls://b:4223,c"


def test_the_home_folder_is_not_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/srv/somebody")
    assert str(House().home) == ".wireroom"


def test_a_service_takes_the_houses_settings_and_its_own() -> None:
    settings = ServiceSettings(house=House(nats_port=4333), concurrency=3)
    assert (settings.house.server(), settings.concurrency) == ("nats://127.0.0.1:4333", 3)

"""The closed lists: how inputs end, how deliveries end, and why. Metric labels and ledger columns hold nothing else."""

from enum import StrEnum


class State(StrEnum):
    """Where an input is in its life; all but `in_progress` are ends."""

    IN_PROGRESS = "in_progress"
    STORED = "stored"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    DEAD = "dead"
    EXPANDED = "expanded"


class Outcome(StrEnum):
    """How one delivery, or one intake, ended; counted exactly once."""

    FETCHED = "fetched"
    REJECTED = "rejected"
    EXPANDED = "expanded"
    DETECTED = "detected"
    ORIGINAL = "original"
    REVISION = "revision"
    DUPLICATE = "duplicate"
    EXTRACTED = "extracted"
    STORED = "stored"
    RECORDED = "recorded"  # store wrote a line of the ledger and had nothing to announce
    FAILED = "failed"  # will be tried again
    DEAD = "dead"  # buried, and only then acknowledged
    RELEASED = "released"  # given back untouched or unfinished because the service is stopping


class RejectReason(StrEnum):
    """Why an input cannot be taken."""

    EMPTY = "empty"
    NO_TEXT = "no_text"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    UNREADABLE = "unreadable"
    NOT_A_FILE = "not_a_file"
    NEVER_SETTLED = "never_settled"
    UNSUPPORTED = "unsupported"  # known for what it is, and nothing that is read
    ENCRYPTED = "encrypted"
    TOO_MANY = "too_many"  # a container holds more than may come out of one
    BOMB = "bomb"  # it grows out of all proportion when it is unpacked
    NOT_AN_ARTICLE = "not_an_article"  # a page that lists articles, or asks for consent before it shows one
    TOO_DEEP = "too_deep"  # containers in containers in containers
    BAD_URL = "bad_url"  # it names no page of the web: no host, a host that can be none, a user and password in it
    FORBIDDEN_SCHEME = "forbidden_scheme"
    FORBIDDEN_PORT = "forbidden_port"
    FORBIDDEN_ADDRESS = "forbidden_address"  # of this machine, of a private network, of no network at all
    ROBOTS = "robots"
    HTTP_STATUS = "http_status"
    UNREACHABLE = "unreachable"  # no such name, nobody answers, or what answers speaks no HTTP
    TLS = "tls"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    TIMED_OUT = "timed_out"


class DeadReason(StrEnum):
    """Why a message was buried."""

    UNDECODABLE = "undecodable"  # not JSON, or not what the contract says
    UNFIT = "unfit"  # the core says that it can never be right
    TOO_LARGE = "too_large"
    FAILED = "failed"  # the fifth unexpected error
    TIMEOUT = "timeout"  # the fifth time past the handler's limit, or the fifth child killed by it
    KILLS_ITS_WORKER = "kills_its_worker"


class Unfit(ValueError):
    """A message or input that can never be right, however often it is tried: buried at once.

    `reason` is the bounded code that metrics and the ledger carry; the text is for people.
    """

    def __init__(self, detail: str, reason: DeadReason = DeadReason.UNFIT) -> None:
        super().__init__(detail)
        self.reason = reason

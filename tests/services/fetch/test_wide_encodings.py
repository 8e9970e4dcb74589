"""UTF-16 that says nothing of itself, in scripts without spaces: one script throughout gives it away."""

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.decoding import decode
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.reading import read

JAPANESE = (
    "市議会、新しい橋の予算を可決\n\n"
    "市議会は火曜日の夜、老朽化した橋を架け替える予算案を可決した。工事は来年の秋に始まる。\n"
)
CHINESE = "市议会通过新桥预算\n\n市议会星期二晚上通过了更换旧桥的预算，工程将于明年秋天开始。居民担心交通会受影响。\n"
TRADITIONAL = "市議會通過新橋預算\n\n市議會星期二晚上通過更換舊橋的預算，工程將於明年秋天開始。居民擔心交通會受影響。\n"
THAI = "สภาเมืองอนุมัติงบประมาณสะพานใหม่\n\nสภาเมืองอนุมัติงบประมาณเมื่อคืนวันอังคารการก่อสร้างจะเริ่มในฤดูใบไม้ร่วงปีหน้า\n"
KHMER = "ក្រុមប្រឹក្សាក្រុងបានអនុម័តថវិកាស្ពានថ្មី\n\nការសាងសង់នឹងចាប់ផ្តើមនៅរដូវស្លឹកឈើជ្រុះឆ្នាំក្រោយ។\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [JAPANESE, CHINESE, TRADITIONAL, THAI, KHMER, JAPANESE * 200])
def test_a_script_without_spaces_is_read_in_two_bytes_a_letter(text: str, encoding: str) -> None:
    found = read(Source(text.encode(encoding), "a.txt"), max_text_bytes=1 << 20)

    assert isinstance(found, ReadDocument)
    assert (found.text, found.encoding) == (text, encoding)


@pytest.mark.parametrize(
    "data",
    [
        JAPANESE.encode("cp932") + b"\x00",
        CHINESE.encode("gb18030") + b"\x00",
        JAPANESE.replace("\n", "").encode("cp932") + b"\x00\n",
        THAI.encode("cp874") + b"\x00a",
    ],
)
def test_a_null_in_another_encoding_makes_no_text_in_two_bytes_of_it(data: bytes) -> None:
    assert not decode(data).encoding.startswith("utf-16")


@pytest.mark.parametrize(
    "data",
    [b"bush hid the facts\x00\x0a" * 30, b"\x00\x01" * 200, bytes(range(256)) * 4],
)
def test_bytes_that_are_no_text_are_none_in_two_bytes_either(data: bytes) -> None:
    found = read(Source(data, "a.txt"), max_text_bytes=1 << 20)

    assert not isinstance(found, ReadDocument) or not (found.encoding or "").startswith("utf-16")
    assert not isinstance(found, Rejected) or found.reason in (RejectReason.NOT_TEXT, RejectReason.UNSUPPORTED)

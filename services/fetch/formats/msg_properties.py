"""What Outlook writes down of a mail: its texts, whichever encoding they are in, and whatever it says of that."""

from collections.abc import Iterator
from datetime import datetime

from oxmsg.domain import constants
from oxmsg.domain.encodings import encoding_from_codepage
from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError
from oxmsg.properties import Properties

from services.fetch.core.charsets import codec_of
from services.fetch.core.decoding import decode

LOSSLESS = "latin-1"  # of any byte a character, and back


class Written(Properties):
    """The properties of a message or attachment.

    The library believes what is said of the code page, and one that it does not know is the end of the whole mail. The
    message's own is that of its texts; the Internet's is of its HTML, and often another.
    """

    _str_prop_encoding = body_encoding = LOSSLESS

    def words(self, *pids: int) -> str:
        """The first of these texts that there is; what cannot be decoded of it is U+FFFD."""
        return next((text for pid in pids if (text := self._words(pid))), "")

    def moment(self, *pids: int) -> datetime | None:
        """The first of these dates that there is."""
        return next((at for pid in pids if (at := self.date_prop_value(pid)) is not None), None)

    def codecs(self, *pids: int) -> Iterator[str]:
        """The encodings that the mail names under these properties, if they are any."""
        for pid in pids or (constants.PID_MESSAGE_CODEPAGE, constants.PID_INTERNET_CODEPAGE):
            number = self.int_prop_value(pid)
            try:
                codec = codec_of(encoding_from_codepage(number)) if number is not None else None
            except (UnrecognizedCodePageError, UnsupportedEncodingError):
                continue
            if codec is not None:
                yield codec

    def _words(self, pid: int) -> str:
        if self._get_property(pid, constants.PTYP_STRING) is not None:
            data = self._storage.property_stream_bytes(pid, constants.PTYP_STRING)
            return data.decode("utf-16-le", "replace")
        data = (self.str_prop_value(pid) or "").encode(LOSSLESS)
        return decode(data, *self.codecs()).text if data else ""

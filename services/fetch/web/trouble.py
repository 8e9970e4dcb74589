"""What goes wrong on the way to a page, and whose fault it is: the page's, or nobody's."""

import errno
import ssl
from collections.abc import Iterator

import h2.exceptions
import h11
import httpcore

from contracts.outcomes import RejectReason
from services.chassis.unavailable import Unavailable
from services.fetch.core.web.answer import Refused
from services.fetch.web.resolver import has_route

# What httpcore and the libraries under it raise on servers that lie, over HTTP/2 above all.
FAULTS = (
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.TimeoutException,
    httpcore.ConnectionNotAvailable,
    h2.exceptions.H2Error,
    ValueError,
    LookupError,
    TimeoutError,
    OSError,
)
UNFINISHED = (ssl.SSLWantReadError, ssl.SSLWantWriteError)  # on the way to whatever went wrong
# What the other side is, and will be: no TLS, one of old, or none that it shares with us.
LASTING = {
    *("WRONG_VERSION_NUMBER", "UNSUPPORTED_PROTOCOL", "NO_PROTOCOLS_AVAILABLE", "TLSV1_ALERT_PROTOCOL_VERSION"),
    *("NO_SHARED_CIPHER", "SSLV3_ALERT_HANDSHAKE_FAILURE", "UNSAFE_LEGACY_RENEGOTIATION_DISABLED", "DH_KEY_TOO_SMALL"),
    *("HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE", "WRONG_SIGNATURE_TYPE"),
    *("TLSV1_UNRECOGNIZED_NAME", "TLSV13_ALERT_CERTIFICATE_REQUIRED", "SSLV3_ALERT_BAD_CERTIFICATE"),
}
SAID_GOODBYE = "ConnectionTerminated"  # httpcore of a GOAWAY, which may cross what we send
BROKEN_OFF = "peer closed connection"  # h11's words: what came was no lie
NO_ROOM = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
NO_WAY = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL}


def refused_for(error: BaseException, seconds: float) -> Refused:
    """Why there is no page; raises Unavailable where the network is away, which says nothing of the page."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Refused(RejectReason.TLS, f"the certificate does not hold: {cause.verify_message or cause.reason}")
    if isinstance(error, TimeoutError | httpcore.TimeoutException):
        return Refused(RejectReason.TIMED_OUT, f"the page did not come within {seconds:g} s", passing=True)
    for cause in causes:
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, UNFINISHED):
            why = cause.reason or "it was broken off"
            return Refused(RejectReason.TLS, f"no secure connection: {why}", passing=why not in LASTING)
    codes = {cause.errno for cause in causes if isinstance(cause, OSError)}
    if codes & NO_ROOM:
        raise Unavailable("machine", "there is no room for another connection") from error
    if codes & NO_WAY and not has_route():
        raise Unavailable("network", "there is no route to anywhere") from error
    words = next((cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror), "")
    if isinstance(error, httpcore.ConnectError):
        return Refused(RejectReason.UNREACHABLE, f"the host does not answer: {words or 'no connection'}", passing=True)
    why = words or str(error)[:200] or type(error).__name__
    if SAID_GOODBYE not in str(error) and any(_is_no_http(cause) for cause in causes):
        return Refused(RejectReason.UNREACHABLE, f"what answers there speaks no HTTP: {why}")
    return Refused(RejectReason.UNREACHABLE, f"what answers there breaks off: {why}", passing=True)


def _is_no_http(cause: BaseException) -> bool:
    """Whether an answer came, and was none: it will be none another time."""
    if isinstance(cause, h11.RemoteProtocolError):
        return BROKEN_OFF not in str(cause)
    return isinstance(cause, h2.exceptions.ProtocolError)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what it was raised from, and what those stand for that come in groups."""
    left: list[BaseException | None] = [error]
    seen: set[int] = set()
    while left:
        cause = left.pop(0)
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        yield cause
        left += [cause.__cause__, cause.__context__]
        if isinstance(cause, BaseExceptionGroup):
            left += cause.exceptions

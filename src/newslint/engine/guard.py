"""The last guard against code that would not end: a rule or a reader gets so much computing time for a document.

Our own patterns are linear in their input; a plugin's may not be, and one that tries all ways to match can take years.
CPython's ``re``, and ``regex``, look for signals while they match, so that a timer's signal ends even a single match.

What counts is processor time that the process spends in its own code: a machine that is busy or was asleep ends nothing
too early. Code that waits, for a network or a lock, is not ended. Such timers and their signals are to be had in the
main thread alone, and not on Windows: elsewhere, as in the editor server, which checks in other threads, nothing is
guarded.
"""

import signal
import threading
from types import FrameType, TracebackType

#: Characters that may take as long as a document as such may.
CHARACTERS = 1_000_000
#: Seconds after which code that swallows the exception meets it again.
AGAIN = 1.0


class OvertimeError(Exception):
    """Code was ended because it had computed for longer than it may."""


class Guard:
    """Ends what runs inside it when that has computed for too long; to be entered again and again, but not nested.

    Entering and leaving takes about a microsecond.

    Args:
        seconds: how long a document may take, and each ``CHARACTERS`` of it besides.
        characters: the document's length.

    Raises:
        OvertimeError: inside, when the time is up; when it is left, where that was swallowed.
    """

    __slots__ = ("_ended", "_seconds")

    def __init__(self, seconds: float, characters: int) -> None:
        self._seconds = seconds * (1 + characters / CHARACTERS) if _is_possible() else 0.0
        self._ended = False

    def __enter__(self) -> None:
        if self._seconds:
            global _current
            _current = self
            self._ended = False
            signal.setitimer(signal.ITIMER_VIRTUAL, self._seconds, AGAIN)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._seconds:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            if self._ended:
                self._raise(error)

    def end(self) -> None:
        """End what runs inside."""
        self._ended = True
        raise self._error()

    def _raise(self, error: BaseException | None) -> None:
        """Raise the error where it was swallowed; else make it name the place that was at work, not this file."""
        if not isinstance(error, OvertimeError):
            raise self._error() from error
        trace = error.__traceback__
        while trace and trace.tb_next:
            if trace.tb_next.tb_frame.f_code.co_filename == __file__:
                trace.tb_next = None
            trace = trace.tb_next

    def _error(self) -> OvertimeError:
        return OvertimeError(f"more than {self._seconds:.0f} s of computing, see `rule-timeout`")


_current: Guard
#: Whether the timer's signal is ours; None: nobody has asked yet.
_ours: bool | None = None


def _is_possible() -> bool:
    """Whether there is a timer that nobody else uses; makes its signal ours."""
    global _ours
    if threading.current_thread() is not threading.main_thread():
        return False
    if _ours is None:
        _ours = hasattr(signal, "setitimer") and signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
        if _ours:
            signal.signal(signal.SIGVTALRM, _end)
    return _ours


def _end(number: int, frame: FrameType | None) -> None:
    del number, frame
    _current.end()

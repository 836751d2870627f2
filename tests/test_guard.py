"""The last guard: a rule that does not end is ended, named and reported, and costs nobody else anything."""

import re
import signal
import threading
import time
from pathlib import Path

import pytest

from conftest import Run
from newslint.engine import guard
from newslint.engine.guard import Guard, OvertimeError

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timers")

#: Matches in all ways there are to cut a run of letters into words, which are two to the power of its length.
CATASTROPHE = re.compile(r"(\w+\s?)+!")
RUN = "a" * 60

RULES = '''
import re

from newslint.model import Hit, Severity, Span
from newslint.rule import DocumentRule


class Endless(DocumentRule):
    """A pattern that tries all ways."""

    code = "LOC001"
    name = "endless"
    severity = Severity.WARNING

    def check(self, document):
        for word in re.finditer(r"(\\w+\\s?)+!", document.text):
            yield Hit(Span(*word.span()), "Somebody shouts")


class Sound(DocumentRule):
    """A rule that finds each question mark."""

    code = "LOC002"
    name = "sound"
    severity = Severity.WARNING

    def check(self, document):
        place = document.text.find("?")
        if place >= 0:
            yield Hit(Span(place, place + 1), "Somebody asks")
'''


def ended(work: object) -> tuple[str, float]:
    """What the guard says of work that does not end, and the seconds of computing until then."""
    start = time.process_time()
    with pytest.raises(OvertimeError) as raised, Guard(0.1, 0):
        work()  # type: ignore[operator]
    return str(raised.value), time.process_time() - start


def test_a_match_that_does_not_end_is_ended() -> None:
    message, seconds = ended(lambda: CATASTROPHE.search(RUN))
    assert "rule-timeout" in message
    assert seconds < 2


def test_so_is_a_search_of_which_each_step_is_one_operation_of_the_engine() -> None:
    """Each attempt is one repeat and one comparison: signals must be seen between attempts, too."""
    assert ended(lambda: re.search(r"\s+$", " " * 1_000_000 + "x"))[1] < 2


def test_who_swallows_it_is_told_again_and_found_out() -> None:
    def swallow() -> None:
        try:
            while True:
                pass
        except OvertimeError:
            return

    ended(swallow)


def test_the_error_names_the_place_that_was_at_work() -> None:
    with pytest.raises(OvertimeError) as raised, Guard(0.1, 0):
        CATASTROPHE.search(RUN)
    trace = raised.tb
    while trace.tb_next:
        trace = trace.tb_next
    assert trace.tb_frame.f_code.co_filename == __file__


def test_long_documents_have_longer() -> None:
    long = Guard(0.06, 9_000_000)
    with pytest.raises(OvertimeError, match="more than 1 s"), long:
        CATASTROPHE.search(RUN)


def test_what_ends_in_time_is_left_alone_and_no_timer_is_left() -> None:
    short = Guard(0.2, 0)
    for _ in range(3):
        with short:
            sum(range(1000))
    start = time.process_time()
    while time.process_time() < start + 0.4:
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    with pytest.raises(ZeroDivisionError), short:
        raise ZeroDivisionError


def test_another_thread_and_another_owner_of_the_signal_go_without(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    def work() -> None:
        with Guard(0.1, 0):
            seen.append(signal.getitimer(signal.ITIMER_VIRTUAL)[0])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    before = signal.signal(signal.SIGVTALRM, lambda *_: None)
    monkeypatch.setattr(guard, "_ours", None)
    try:
        work()
    finally:
        signal.signal(signal.SIGVTALRM, before)
    assert seen == [0.0, 0.0]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_names_the_rule_and_keeps_the_others_findings(newslint: Run, tmp_path: Path, jobs: int) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "rules.py").write_text(RULES, encoding="utf-8")
    (tmp_path / "newslint.toml").write_text(
        'local-rules = ["house"]\nselect = ["LOC"]\nrule-timeout = 1\n', encoding="utf-8"
    )
    (tmp_path / "a.txt").write_text(f"Is it? {RUN}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Is it? Yes!\n", encoding="utf-8")
    result = newslint(".", "--output-format", "json", "-j", jobs)
    assert result.status == 2, result.err
    assert result.found() == [("a.txt", 1, "sound"), ("b.txt", 1, "sound"), ("b.txt", 1, "endless")]
    (error,) = result.report["errors"]
    assert (error["path"], error["rule"]) == ("a.txt", "endless")
    assert "rule endless raised OvertimeError" in error["message"]
    assert "(rules.py:" in error["message"]

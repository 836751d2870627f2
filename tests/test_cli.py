"""The real command: exit status, messages, options, and what bad input gets."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import CLEAN, FIXTURES, LINK, Run


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


class TestExitStatus:
    def test_clean(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", CLEAN)
        assert newslint("a.txt").status == 0

    def test_findings(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", LINK)
        result = newslint("a.txt")
        assert result.status == 1
        assert "a.txt:3:1: warning BOI001 cross-reference" in result.out

    @pytest.mark.parametrize(("level", "status"), [("error", 0), ("never", 0), ("info", 1)])
    def test_fail_on(self, newslint: Run, tmp_path: Path, level: str, status: int) -> None:
        write(tmp_path / "a.txt", LINK)
        assert newslint("a.txt", "--fail-on", level).status == status

    def test_min_severity(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", LINK)
        result = newslint("a.txt", "--min-severity", "error", "--output-format", "json")
        assert (result.status, result.report["findings"]) == (0, [])

    def test_empty_file_and_empty_folder(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", "")
        assert newslint("a.txt").status == 0
        (tmp_path / "none").mkdir()
        result = newslint("none")
        assert result.status == 0
        assert "no files" in result.err


def heed_interrupts() -> None:
    """Undo what a shell does to commands that it runs in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class TestBadInput:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["gone.txt"], "gone.txt: no such file"),
            ([".", "--select", "nosuch"], "no rule is called 'nosuch'"),
            ([".", "--slect", "DUP"], "did you mean '--select'"),
            ([".", "--output-format", "jsn"], "no format is called 'jsn'"),
            ([".", "--output-format", "json:no/where.json"], "no such folder"),
            ([".", "--config", "gone.toml"], "gone.toml: no such configuration"),
            ([".", "--language", "french"], "language code"),
            ([".", "-j", "0"], "from 1 on"),
            ([".", "--stdin-filename", "x.txt"], "goes with the path -"),
            (["rule", "bylin"], "did you mean 'byline'"),
            (["config", "gone"], "no such file"),
        ],
    )
    def test_a_mistake_is_one_clear_line(self, newslint: Run, arguments: list[str], message: str) -> None:
        result = newslint(*arguments)
        assert result.status == 2
        assert message in result.err + result.out

    def test_a_broken_configuration(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", CLEAN)
        write(tmp_path / "newslint.toml", "[rules.byline]\nnope = 1\n")
        result = newslint("a.txt")
        assert result.status == 2
        assert "rules.byline: byline has no option 'nope'" in result.err
        assert newslint("a.txt", "--isolated").status == 0

    def test_a_binary_file_does_not_hide_the_others(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "b.txt").write_bytes(b"\x89PNG\0\0\0")
        write(tmp_path / "a.txt", LINK)
        result = newslint(".", "--output-format", "json")
        assert result.status == 2
        assert result.found() == [("a.txt", 3, "cross-reference")]
        assert [error["path"] for error in result.report["errors"]] == ["b.txt"]
        assert "b.txt: looks binary" in result.err

    def test_a_dangling_link(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "gone.txt").symlink_to("nowhere")
        result = newslint("gone.txt")
        assert result.status == 2
        assert "gone.txt: is a link that leads nowhere" in result.out

    @pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
    def test_an_unreadable_file(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", CLEAN).chmod(0)
        result = newslint("a.txt")
        assert result.status == 2
        assert "cannot be read" in result.out

    def test_a_file_that_is_no_article(self, newslint: Run, tmp_path: Path) -> None:
        with (tmp_path / "huge.txt").open("wb") as file:
            file.truncate(200 << 20)
        result = newslint("huge.txt")
        assert result.status == 2
        assert "huge.txt" in result.out
        assert "max-file-size" in result.out

    def test_a_closed_pipe_is_silent(self, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", LINK * 2000)
        command = f"{sys.executable} -m newslint a.txt --output-format json | head -c 10"
        done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.stderr == ""

    def test_an_interrupt_is_one_line(self, tmp_path: Path) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "newslint", "-"],
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=heed_interrupts,
        ) as process:
            time.sleep(1)
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 2
            assert process.stderr is not None
            assert process.stderr.read() == "newslint: interrupted\n"

    def test_a_rule_that_exits_is_contained(self, newslint: Run, shouting: Path) -> None:
        write(shouting / "a.txt", "Quel but !!\n")
        rule = (shouting / "house" / "shouting.py").read_text(encoding="utf-8")
        write(shouting / "house" / "shouting.py", rule.replace("run = ", "raise SystemExit(0)\n        run = "))
        result = newslint("a.txt", "--output-format", "json")
        assert result.status == 2
        assert "raised SystemExit" in result.report["errors"][0]["message"]
        write(shouting / "house" / "shouting.py", "raise SystemExit(0)\n")
        assert newslint("a.txt").status == 2

    def test_a_worker_that_dies_is_told(self, newslint: Run, shouting: Path) -> None:
        for number in range(8):
            write(shouting / f"{number}.txt", "Quel but !!\n")
        rule = (shouting / "house" / "shouting.py").read_text(encoding="utf-8")
        write(
            shouting / "house" / "shouting.py",
            rule.replace("run = ", "import os; os.kill(os.getpid(), 9)\n        run = "),
        )
        result = newslint(".", "-j", "2")
        assert result.status == 2
        assert "a worker process died" in result.err

    def test_data_that_is_no_json_is_the_rules_fault(self, newslint: Run, shouting: Path) -> None:
        write(shouting / "a.txt", "Quel but !!\n")
        rule = (shouting / "house" / "shouting.py").read_text(encoding="utf-8")
        write(
            shouting / "house" / "shouting.py",
            rule.replace('"lower your voice"', '"lower your voice", data={"x": {1}}'),
        )
        for jobs in "12":
            result = newslint("a.txt", "-j", jobs, "--output-format", "json")
            assert result.status == 2
            assert "cannot hold a set" in result.report["errors"][0]["message"]

    @pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
    def test_workers_do_not_outlive_a_killed_run(self, shouting: Path) -> None:
        for number in range(40):
            write(shouting / f"{number}.txt", "Quel but !!\n")
        rule = (shouting / "house" / "shouting.py").read_text(encoding="utf-8")
        slow = "import os, time; open(f'worker-{os.getpid()}', 'w'); time.sleep(0.5)\n        run = "
        write(shouting / "house" / "shouting.py", rule.replace("run = ", slow))
        with subprocess.Popen([sys.executable, "-m", "newslint", ".", "-j", "2"], cwd=shouting) as process:
            workers: list[int] = []
            while len(workers) < 2 and process.poll() is None:
                time.sleep(0.05)
                workers = [int(path.name.removeprefix("worker-")) for path in shouting.glob("worker-*")]
            process.kill()
        assert len(workers) == 2
        for _ in range(100):
            if not any(Path(f"/proc/{worker}/cwd").exists() for worker in workers):
                return
            time.sleep(0.05)
        pytest.fail("workers are still there after 5 s")

    def test_an_interrupt_ends_workers_too(self, shouting: Path) -> None:
        for number in range(40):
            write(shouting / f"{number}.txt", "Quel but !!\n")
        rule = (shouting / "house" / "shouting.py").read_text(encoding="utf-8")
        write(
            shouting / "house" / "shouting.py", rule.replace("run = ", "import time; time.sleep(0.5)\n        run = ")
        )
        with subprocess.Popen(
            [sys.executable, "-m", "newslint", ".", "-j", "2"], cwd=shouting, stderr=subprocess.PIPE, text=True,
            start_new_session=True, preexec_fn=heed_interrupts,
        ) as process:  # fmt: skip
            time.sleep(2)
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(20) == 2
            assert process.stderr is not None
            assert process.stderr.read() == "newslint: interrupted\n"


class TestInputAndOutput:
    def test_standard_input(self, newslint: Run) -> None:
        result = newslint("-", "--stdin-filename", "une/page.txt", "--output-format", "json", stdin=LINK.encode())
        assert result.found() == [("une/page.txt", 3, "cross-reference")]

    def test_several_reports_at_once(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", LINK)
        result = newslint("a.txt", "--output-format", "concise", "--output-format", "json:report.json")
        assert "cross-reference" in result.out
        assert len(json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["findings"]) == 1
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "report.json"]

    def test_a_report_goes_where_it_is_sent(self, newslint: Run, tmp_path: Path) -> None:
        """Through a link, into a device; a folder is refused."""
        write(tmp_path / "a.txt", LINK)
        (tmp_path / "latest.json").symlink_to("real.json")
        write(tmp_path / "real.json", "old")
        assert (
            newslint("a.txt", "--output-format", "json:latest.json", "--output-format", "jsonl:/dev/null").status == 1
        )
        assert (tmp_path / "latest.json").is_symlink()
        assert json.loads((tmp_path / "real.json").read_text(encoding="utf-8"))["findings"]
        (tmp_path / "d").mkdir()
        result = newslint("a.txt", "--output-format", "json:d")
        assert (result.status, "d: is a folder" in result.err) == (2, True)

    def test_a_finding_is_told_by_the_same_fingerprint_from_anywhere(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "sub").mkdir()
        write(tmp_path / "newslint.toml", "")
        write(tmp_path / "sub" / "a.txt", LINK)
        prints = {
            newslint(path, "--output-format", "json", cwd=cwd).report["findings"][0]["fingerprint"]
            for path, cwd in (
                ("sub/a.txt", tmp_path),
                ("a.txt", tmp_path / "sub"),
                (tmp_path / "sub" / "a.txt", tmp_path),
            )
        }
        assert len(prints) == 1

    def test_settings_of_a_folder_count_there(self, newslint: Run, tmp_path: Path) -> None:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            write(tmp_path / name / "a.txt", LINK)
        write(tmp_path / "one" / "newslint.toml", "fail-on = 'never'\n[severity]\nBOI = 'error'\n")
        write(tmp_path / "two" / "newslint.toml", "min-severity = 'error'\n")
        result = newslint(".", "--output-format", "json")
        assert [(f["location"]["path"], f["severity"]) for f in result.report["findings"]] == [("one/a.txt", "error")]
        assert result.status == 0

    def test_color(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", LINK)
        arguments = ("a.txt", "--output-format", "full")
        assert "\x1b[" not in newslint(*arguments).out
        assert "\x1b[" in newslint(*arguments, "--color", "always").out
        assert "\x1b[" in newslint(*arguments, env={"FORCE_COLOR": "1"}).out
        assert "\x1b[" not in newslint(*arguments, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out

    def test_statistics(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", LINK)
        result = newslint("a.txt", "--statistics")
        assert "BOI001" in result.out
        assert "Trois listes" not in result.out

    def test_select_and_ignore(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "a.txt", LINK + "Une ligne.  \n")
        names = {name for _, _, name in newslint("a.txt", "--output-format", "json").found()}
        assert {"cross-reference", "trailing-space"} <= names
        assert newslint("a.txt", "--select", "ENC", "--output-format", "json").found() == [
            ("a.txt", 4, "trailing-space")
        ]
        assert newslint(
            "a.txt", "--select", "ENC003,BOI", "--ignore", "trailing-space", "--output-format", "json"
        ).found() == [("a.txt", 3, "cross-reference")]

    def test_a_guessed_encoding_is_told(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_bytes(("L'été, le préfet dînait là où était née la fête.\n" * 5).encode("cp1252"))
        result = newslint("a.txt", "--select", "NL001", "--output-format", "json")
        assert result.found() == [("a.txt", 1, "guessed-encoding")]


class TestCommands:
    def test_version(self, newslint: Run) -> None:
        result = newslint("--version")
        assert (result.status, result.out.split()[0]) == (0, "newslint")

    def test_help(self, newslint: Run) -> None:
        assert "exit status" in newslint("--help").out
        assert "--select" in newslint("check", "--help").out
        assert newslint().status == 2

    def test_rule_page(self, newslint: Run) -> None:
        assert newslint("rule", "DUP001").out == newslint("rule", "near-duplicate").out
        assert "Why is this bad" in newslint("rule", "byline").out

    def test_rules(self, newslint: Run) -> None:
        assert "truncated-sentence" in newslint("rules").out
        rows = json.loads(newslint("rules", "--output-format", "json").out)
        assert {"code", "name", "severity", "summary", "selected", "options"} == set(rows[0])

    def test_config_shows_what_applies(self, newslint: Run, tmp_path: Path) -> None:
        write(tmp_path / "newslint.toml", "language = 'es'\nfail-on = 'never'\n")
        out = newslint("config").out
        assert 'language = "es"' in out
        assert 'fail-on = "never"' in out
        assert "newslint.toml" in out

    def test_plugins(self, newslint: Run) -> None:
        assert "near-duplicate" in newslint("plugins").out

    @pytest.mark.parametrize("what", ["report", "config"])
    def test_schemas_are_schemas(self, newslint: Run, what: str) -> None:
        from jsonschema import Draft202012Validator

        Draft202012Validator.check_schema(json.loads(newslint("schema", what).out))


class TestLocalRules:
    def test_a_rule_without_packaging(self, newslint: Run, shouting: Path) -> None:
        write(shouting / "a.txt", "Quel but !!\n")
        result = newslint("a.txt", "--output-format", "json")
        assert result.found() == [("a.txt", 1, "shouting")]
        assert "LOC001" in newslint("rules").out

    def test_workers_load_it_too(self, newslint: Run, shouting: Path) -> None:
        for number in range(4):
            write(shouting / f"{number}.txt", "Quel but !!\n")
        assert len(newslint(".", "-j", "2", "--output-format", "json").found()) == 4

    def test_a_broken_one_is_named(self, newslint: Run, shouting: Path) -> None:
        write(shouting / "house" / "broken.py", "1 / 0\n")
        result = newslint(".")
        assert result.status == 2
        assert "broken.py does not load: ZeroDivisionError" in result.out


def test_any_number_of_jobs_gives_the_same_bytes(newslint: Run) -> None:
    reports = {
        newslint(
            *paths, "-j", jobs, "--isolated", "--output-format", "json", cwd=FIXTURES, env={"PYTHONHASHSEED": seed}
        ).out
        for jobs, seed, paths in (("1", "0", ["."]), ("2", "1", ["."]), ("3", "2", ["es", "fr", "en"]))
    }
    assert len(reports) == 1


class TestPaths:
    def test_what_follows_two_dashes_is_a_path(self, newslint: Run, tmp_path: Path) -> None:
        for name in ("-x.txt", "--fail-on=never", "b.txt"):
            write(tmp_path / name, LINK)
        result = newslint("-q", "--", "--fail-on=never", "-x.txt", "b.txt")
        assert result.status == 1
        assert [line.split(":")[0] for line in result.out.splitlines()] == ["--fail-on=never", "-x.txt", "b.txt"]


class TestExtendPhrases:
    def test_a_line_that_opens_with_a_phrase_of_the_house(self, newslint: Run, tmp_path: Path) -> None:
        write(
            tmp_path / "a.txt", "Le conseil a voté.\n\nNotre carnet  mondain : les noces\n\nNotre carnets est clos.\n"
        )
        table = '[rules.cross-reference]\nextend-phrases = ["notre carnet"]\n'
        write(tmp_path / "newslint.toml", table)
        result = newslint("a.txt", "--output-format", "json", "--select", "BOI001")
        assert result.found() == [("a.txt", 3, "cross-reference")]
        write(tmp_path / "newslint.toml", table.replace('["notre carnet"]', '"notre carnet"'))
        assert "extend-phrases takes a list of strings" in newslint("a.txt").err

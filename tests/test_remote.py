"""Remote stores: a real S3 server on this machine, and the stores that fsspec brings along."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from conftest import ARTICLE, CLEAN, LINK, Run
from newslint.remote import RemoteError, files, is_remote, read

pytest.importorskip("fsspec", reason="fsspec is not installed")

RECORDS = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in (("a", CLEAN), ("b", LINK)))
OBJECTS = {
    "press/2026/a.txt": LINK.encode(),
    "press/2026/b.txt": ARTICLE.encode(),
    "press/2026/c.md": ARTICLE.replace("samedi", "lundi").encode(),
    "press/empty.txt": b"",
    "press/wire.jsonl.gz": gzip.compress(RECORDS.encode()),
    "press/.drafts/d.txt": LINK.encode(),
    "press/picture.png": b"\x89PNG",
    "press/odd.article": LINK.encode(),
}

#: What makes a store unreachable, and its reader unknown.
UNREACHABLE = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
UNKNOWN = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}


@pytest.fixture(scope="module")
def s3() -> Iterator[Mapping[str, str]]:
    """The environment in which the commands find a store that holds the objects in the bucket ``news``."""
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    pytest.importorskip("flask", reason="moto's server is not installed")
    server = pytest.importorskip("moto.server", reason="moto is not installed").ThreadedMotoServer(
        ip_address="127.0.0.1", port=0, verbose=False
    )
    boto3 = pytest.importorskip("boto3")
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    options: dict[str, Any] = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **options)
    client.create_bucket(Bucket="news")
    for key, body in OBJECTS.items():
        client.put_object(Bucket="news", Key=key, Body=body)
    yield {
        "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "none",
        "AWS_SHARED_CREDENTIALS_FILE": "none",
    }  # fmt: skip
    client.close()
    server.stop()


class TestS3:
    def test_a_folder_is_taken_as_one_on_the_disk(self, newslint: Run, tmp_path: Path, s3: Mapping[str, str]) -> None:
        for key, body in OBJECTS.items():
            path = tmp_path / key
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
        (tmp_path / "newslint.toml").write_text("select = ['BOI', 'DUP', 'TRA']\n")
        here = newslint("press", "--output-format", "json")
        for options in ([], ["-j", "2"]):
            there = newslint("s3://news/press/", "--output-format", "json", *options, env=s3)
            assert there.status == 1, there.err
            assert there.report["summary"] == here.report["summary"]
            assert there.found() == [(f"s3://news/{path}", line, name) for path, line, name in here.found()]
        assert there.found() == [
            ("s3://news/press/2026/a.txt", 3, "cross-reference"),
            ("s3://news/press/2026/c.md", 1, "near-duplicate"),
            ("s3://news/press/wire.jsonl.gz", 3, "cross-reference"),
        ]

    def test_a_file_that_is_named_is_read_whatever_it_is_called(self, newslint: Run, s3: Mapping[str, str]) -> None:
        result = newslint("s3://news/press/odd.article", "--isolated", "--output-format", "json", env=s3)
        assert result.found() == [("s3://news/press/odd.article", 3, "cross-reference")]
        assert newslint("s3://news/press", "--isolated", "--exclude", "*.txt", "--exclude", "*.gz", env=s3).status == 0

    def test_an_archive_to_compare_with(self, newslint: Run, tmp_path: Path, s3: Mapping[str, str]) -> None:
        (tmp_path / "today.txt").write_text(ARTICLE.replace("samedi", "mardi"), encoding="utf-8")
        result = newslint("today.txt", "--context", "s3://news/press", "--isolated", "--output-format", "json", env=s3)
        (finding,) = result.report["findings"]
        assert finding["related"][0]["location"]["path"] == "s3://news/press/2026/b.txt"

    def test_a_baseline_does_not_depend_on_the_folder(
        self, newslint: Run, tmp_path: Path, s3: Mapping[str, str]
    ) -> None:
        assert newslint("baseline", "create", "s3://news/press", env=s3).status == 0
        (tmp_path / "deeper").mkdir()
        baseline = ["--baseline", "../newslint-baseline.json"]
        assert newslint("s3://news/press", *baseline, cwd=tmp_path / "deeper", env=s3).status == 0

    def test_nothing_is_written_there(self, newslint: Run, s3: Mapping[str, str]) -> None:
        for name in ("2026/a.txt", "wire.jsonl.gz"):
            result = newslint(f"s3://news/press/{name}", "--isolated", "--fix", "--unsafe-fixes", env=s3)
            assert result.status == 2
            assert "was not fixed: it lies in a remote store, where newslint does not write" in result.out
        out = newslint("s3://news/press/2026/a.txt", "--isolated", "--diff", "--unsafe-fixes", env=s3).out
        assert "-Lire aussi" in out

    @pytest.mark.parametrize(
        ("url", "changed", "reason"),
        [
            ("s3://nowhere/press", {}, "cannot be found in the store: The specified bucket does not exist"),
            ("s3://news/other", {}, "no such file or folder in the store, or nothing lies in it"),
            ("s3://news/press", UNREACHABLE, "cannot be read from its store: Could not connect"),
            ("s3://news/press/empty.txt", UNKNOWN, "cannot be read from its store: Unable to locate credentials"),
        ],
    )
    def test_what_cannot_be_reached(
        self, newslint: Run, s3: Mapping[str, str], url: str, changed: Mapping[str, str], reason: str
    ) -> None:
        result = newslint(url, "--isolated", "--output-format", "json", env={**s3, **changed})
        assert result.status == 2
        (error,) = result.report["errors"]
        assert error["path"] == url
        assert error["message"].startswith(reason)


class TestStores:
    def test_files_of_this_machine_by_url(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(LINK, encoding="utf-8")
        url = (tmp_path / "a.txt").as_uri()
        result = newslint(url, "--isolated", "--output-format", "json")
        assert result.found() == [(url, 3, "cross-reference")]

    def test_unknown_ones(self, newslint: Run) -> None:
        result = newslint("nonsense://a/b", "--isolated")
        assert result.status == 2
        assert "nonsense://a/b: cannot be read from its store: Protocol not known: nonsense" in result.out

    def test_without_the_library(self, newslint: Run, tmp_path: Path) -> None:
        (tmp_path / "fsspec.py").write_text("raise ImportError\n")
        result = newslint("s3://a/b", "--isolated", env={"PYTHONPATH": str(tmp_path)})
        assert result.status == 2
        assert "s3://a/b: lies in a remote store: pip install 'newslint[remote]' to read it" in result.out

    def test_in_memory(self) -> None:
        from fsspec import filesystem

        store = filesystem("memory")
        store.pipe({"/news/b.txt": b"12345", "/news/in/a.txt": b"1"})
        assert list(files("memory://news")) == [
            ("memory:///news/b.txt", "b.txt"), ("memory:///news/in/a.txt", "in/a.txt"),
        ]  # fmt: skip
        assert list(files("memory://news/b.txt")) == [("memory:///news/b.txt", "")]
        assert read("memory://news/b.txt", 5) == b"12345"
        with pytest.raises(Exception, match="is too large for an article"):
            read("memory://news/b.txt", 4)
        with pytest.raises(RemoteError, match="no such file or folder"):
            list(files("memory://other"))

    @pytest.mark.parametrize("path", ["s3://b", "gs://b/c", "file:///a", "memory://x", "abfs+x://y"])
    def test_urls(self, path: str) -> None:
        assert is_remote(path)

    @pytest.mark.parametrize("path", ["-", ".", "a.txt", "C:/a", "C:\\a", "c://a", "a/b://c", "://a", "/a/s3://b"])
    def test_paths(self, path: str) -> None:
        assert not is_remote(path)

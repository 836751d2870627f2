"""The array kernel gives what the plain functions give, whatever a text's neighbours; signatures are datasketch's."""

import json
import os
import random
import subprocess
import sys
from importlib import import_module
from itertools import chain, pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newslint.document import LINE_END, Document
from newslint.duplication import Fingerprints, Lines
from newslint.duplication import kernel as choice
from newslint.rule import Columns, Feature

np = pytest.importorskip("numpy")
datasketch = pytest.importorskip("datasketch")

from newslint.duplication import arrays  # noqa: E402

# By name: some functions of the packages are called like the modules they are in.
plain_tokens, plain, plain_lines, batching, array_words, array_shingles, array_signatures = (
    import_module(f"newslint.duplication.{name}")
    for name in (
        "tokens", "shingles", "lines", "arrays.batches", "arrays.words", "arrays.shingles", "arrays.signatures",
    )
)  # fmt: skip

#: One part or more of everything that is treated apart: Latin-1, ligatures, marks, joiners, other scripts, signs.
PARTS = (
    "a", "b", "Z", "été", "ÀÇÿ", "œuvre", "Œ", "ß", "ẞ", "Æ", "þ", "Đő", "ĸ", "ŉ", "ﬁn", "²", "½", "µm", "ª", "№", "℃",
    "™", "x", "0", "9", "10h30", "2024", "٣", "₂", " ", "  ", "\n", "\r", "\r\n", "\t", "\x00", "\x0b", "\x85",
    "\u2028", "_", "-", "'", "’", "…", "«\u00a0", "—", "€", "\ufeff", "\u00ad", "\u200b", "\u200d", "\u0301", "e\u0301",
    "\u0345", "\u0344", "𝒜", "😀", "\U0001f468\u200d\U0001f469", "Ἀθῆναι", "ς", "Москва́", "ё", "كِتَاب", "हिन्दी", "ि",
    "港の", "灯", "ﾊﾞ", "ﾞ", "ภาษา", "ำ", "\ud800", "\udfff", "\ufffd", "\uffff", "\u2cef", "\u2de0",
    "i\u0307", "İ", "ı", "ŀ", "한국", "mot " * 7, "x" * 9, "é" * 40, "anticonstitutionnellement", "y" * 70, "z" * 64,
    "д" * 33,
)  # fmt: skip
built = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)
anything = st.text(st.characters(exclude_categories=()), max_size=30)
french = st.lists(st.sampled_from(("le", "l’été", "un", "œuf", ",", "\n", "12", "a")), max_size=60).map(" ".join)
texts = st.lists(st.one_of(built, anything, french), max_size=6)


def split(values: object, offsets: object) -> list[list[int]]:
    """The rows of each text."""
    return [values[first:last].tolist() for first, last in pairwise(offsets.tolist())]  # type: ignore[attr-defined,index]


class TestWords:
    @settings(max_examples=400)
    @given(texts)
    @example(["".join(PARTS), "".join(reversed(PARTS)), " ".join(PARTS)])
    @example(list(PARTS))
    @example(["", "", "a", ""])
    def test_hashes_equal_the_plain_reference(self, batch: list[str]) -> None:
        words = arrays.read(batch)
        assert len(words) == len(batch)
        assert split(words.hashes, words.offsets) == [plain_tokens.word_hashes(text) for text in batch]

    @settings(max_examples=200)
    @given(texts)
    def test_lines_and_numbers_of_words(self, batch: list[str]) -> None:
        words = arrays.read(batch)
        lines, numbers = split(words.lines(), words.offsets), split(words.numbers, words.offsets)
        for text, own_lines, own_numbers in zip(batch, lines, numbers, strict=True):
            tokens = plain_tokens.tokenize(text)
            assert own_lines == [len(LINE_END.findall(text, 0, start)) for start in tokens.starts]
            assert own_numbers == [word[0] in "0123456789" for word in tokens.words]

    def test_every_character_folds_as_in_the_reference(self) -> None:
        points = [point for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000]
        batch = [" ".join(f"a{chr(point)}b" for point in points[start : start + 64]) for start in range(0, 0x30000, 64)]
        words = arrays.read(batch)
        assert split(words.hashes, words.offsets) == [plain_tokens.word_hashes(text) for text in batch]

    @settings(max_examples=60)
    @given(texts, st.integers(1, 40))
    def test_size_of_pieces_does_not_matter(self, batch: list[str], size: int) -> None:
        whole = arrays.read(batch)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(array_words, "BATCH", size)
            patch.setattr(array_words, "pieces", lambda text: batching.pieces(text, size))
            cut = arrays.read(batch)
        for one, other in zip(whole, cut, strict=True):
            assert one.tolist() == other.tolist()

    @given(built, st.integers(1, 20))
    def test_pieces_are_the_text(self, text: str, size: int) -> None:
        parts = list(batching.pieces(text, size))
        assert "".join(parts) == text
        assert [word for part in parts for word in plain_tokens.words(part)] == plain_tokens.words(text)

    @given(st.lists(st.text("ab", max_size=9), max_size=20), st.integers(1, 12))
    def test_batches_are_the_texts_in_order(self, batch: list[str], size: int) -> None:
        parts = list(batching.batches(batch, size))
        assert list(chain.from_iterable(parts)) == batch
        assert all(len(part) == 1 or sum(map(len, part)) <= size for part in parts)


class TestShingles:
    @settings(max_examples=200)
    @given(texts, st.integers(1, 6))
    def test_shingles_equal_the_plain_reference(self, batch: list[str], size: int) -> None:
        shingles = arrays.shingle(arrays.read(batch), size)
        expected = [plain.shingles(plain_tokens.word_hashes(text), size) for text in batch]
        assert split(*shingles) == expected

    @settings(max_examples=300)
    @given(st.lists(st.lists(st.integers(0, 4), max_size=30), max_size=5), st.integers(1, 9))
    def test_winnowing_equals_the_plain_reference(self, batch: list[list[int]], window: int) -> None:
        offsets = np.cumsum([0, *map(len, batch)])
        hashes = np.array(list(chain.from_iterable(batch)), np.uint64)
        kept = arrays.winnow(arrays.Shingles(hashes, offsets), window)
        expected = [offset + position for offset, own in zip(offsets.tolist(), batch, strict=False)
                    for position in plain.winnow(own, window)]  # fmt: skip
        assert kept.tolist() == expected

    @settings(max_examples=200)
    @given(texts)
    def test_fingerprints_equal_the_plain_reference(self, batch: list[str]) -> None:
        prints = arrays.fingerprints(arrays.read(batch))
        expected = [plain.fingerprints(text) for text in batch]
        assert split(prints.hashes, prints.offsets) == [hashes for hashes, _ in expected]
        assert split(prints.positions, prints.offsets) == [positions for _, positions in expected]

    @given(french, st.integers(1, 20))
    def test_parts_of_a_long_text_do_not_matter(self, text: str, size: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(array_shingles, "LONG", size)
            prints = arrays.fingerprints(arrays.read([text]))
        assert (prints.hashes.tolist(), prints.positions.tolist()) == plain.fingerprints(text)


class TestLines:
    @settings(max_examples=300)
    @given(texts)
    @example(["1 2\n3", "4 a\r\n\r\n5 b 6 7\rc", "", "\n\n", "8"])
    def test_hashes_equal_the_plain_reference(self, batch: list[str]) -> None:
        lines = arrays.lines(arrays.read(batch))
        expected = [plain_lines.line_hashes(text) for text in batch]
        assert split(lines.hashes, lines.offsets) == [hashes for hashes, _ in expected]
        assert split(lines.numbers, lines.offsets) == [numbers for _, numbers in expected]

    def test_numbers_are_masked_and_nothing_else(self) -> None:
        line = plain_lines.line_hash
        assert line("Publié le 3 mai 2024 à 10h30") == line("PUBLIE le 12 mai 2025, à 9:15 !")
        assert line("Publié le 3 mai 2024") != line("Publié le 3 juin 2024")
        assert line("a b") != line("b a")
        assert line("a") != line("a a")
        assert line(" … ") is None

    def test_indices_are_those_of_the_documents_lines(self) -> None:
        document = Document("a.txt", "one\n\n \ntwo\r\nthree\rfour")
        _, numbers = plain_lines.line_hashes(document.text)
        assert [document.lines[number].text for number in numbers] == ["one", "two", "three", "four"]


class TestSignatures:
    @staticmethod
    def theirs(text: str, permutations: int = 128, seed: int = 1) -> object:
        """What datasketch makes of the text's shingles, as strings."""
        _, starts, ends = plain_tokens.tokenize(text)
        minhash = datasketch.MinHash(permutations, seed, hashfunc=plain.shingle_hash, scheme="affine32")
        if starts:
            ends = ends[4:] or ends[-1:]
            minhash.update_batch([text[start:end] for start, end in zip(starts, ends, strict=False)])
        return minhash

    @settings(max_examples=60, deadline=None)
    @given(texts.filter(bool))
    @example(["", "a", "a b", "a b c", "a b c d", "a b c d e", "a b c d e f", " \n"])
    def test_values_are_datasketchs(self, batch: list[str]) -> None:
        signatures = arrays.signatures(arrays.read(batch))
        assert signatures.dtype == np.uint32
        for text, signature in zip(batch, signatures, strict=True):
            assert signature.tolist() == self.theirs(text).hashvalues.tolist()  # type: ignore[attr-defined]

    @pytest.mark.parametrize(("permutations", "seed"), [(1, 1), (16, 2), (256, 1)])
    def test_any_size_and_seed(self, permutations: int, seed: int) -> None:
        chance = random.Random(5)
        batch = [" ".join(str(chance.randrange(99)) for _ in range(size)) for size in (3, 40, 0, 30_000)]
        signatures = arrays.signatures(arrays.read(batch), permutations, seed)
        for text, signature in zip(batch, signatures, strict=True):
            assert (signature == self.theirs(text, permutations, seed).hashvalues).all()  # type: ignore[attr-defined]

    @given(french, st.integers(1, 20))
    def test_parts_of_a_text_do_not_matter(self, text: str, size: int) -> None:
        words = arrays.read([text])
        whole = arrays.signatures(words, shingles=arrays.shingle(words))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(array_signatures, "LONG", size)
            patch.setattr(array_signatures, "BLOCK", size)
            assert (arrays.signatures(words) == whole).all()

    def test_there_and_back(self) -> None:
        batch = ["the council closed the old bridge over the river for six weeks", "short one", ""]
        signatures = arrays.signatures(arrays.read(batch))
        assert arrays.is_empty(signatures).tolist() == [False, False, True]
        assert (arrays.from_minhashes(arrays.to_minhashes(signatures)) == signatures).all()
        assert (arrays.from_minhashes(arrays.to_lean_minhashes(signatures)) == signatures).all()
        own, lean = arrays.to_minhashes(signatures)[0], arrays.to_lean_minhashes(signatures)[0]
        assert own == self.theirs(batch[0])
        own.update("Quite another shingle, indeed!")
        assert 0.5 < own.jaccard(lean) < 1

    def test_other_signatures_are_refused(self) -> None:
        with pytest.raises(ValueError, match="legacy"):
            arrays.from_minhashes([datasketch.MinHash(scheme="legacy")])
        with pytest.raises(ValueError, match="seed 3"):
            arrays.from_minhashes([datasketch.MinHash(seed=3)])


class TestChoice:
    sentence = "La mairie a fermé le vieux pont en 2021 ; « rien ne change », dit-elle.\n"

    @pytest.mark.parametrize("feature", [Fingerprints, Lines])
    @settings(max_examples=40)
    @given(batch=texts)
    @example(batch=[sentence * 3000, "", sentence, "Москва " * 9])
    def test_both_kernels_give_the_same_columns(self, feature: type[Feature], batch: list[str]) -> None:
        documents = [Document(f"{number}.txt", text) for number, text in enumerate(batch)]
        found: list[Columns] = []
        for kernel in ("python", "arrays"):
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("NEWSLINT_KERNEL", kernel)
                found.append(feature().columns(iter(documents)))
        assert found[0].offsets == found[1].offsets
        assert found[0].data == found[1].data

    def test_large_batches_are_read_as_arrays(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("NEWSLINT_KERNEL", raising=False)
        assert choice.use_arrays([self.sentence] * 5000)
        assert not choice.use_arrays([self.sentence] * 5)
        monkeypatch.delitem(sys.modules, "numpy")
        assert not choice.use_arrays([self.sentence] * 2000)
        monkeypatch.setenv("NEWSLINT_KERNEL", "arrays")
        assert choice.use_arrays([])

    def test_an_unknown_kernel_is_an_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NEWSLINT_KERNEL", "gpu")
        with pytest.raises(ValueError, match="'gpu'"):
            choice.use_arrays([])

    def test_small_runs_import_no_array_library(self, tmp_path: Path) -> None:
        for number in range(5):
            (tmp_path / f"{number}.txt").write_text(f"Article {number}.\n" + self.sentence * 3, "utf-8")
        code = (
            "import sys, json, newslint.duplication; from newslint.__main__ import main\n"
            "try: main()\nexcept SystemExit: pass\n"
            "print(json.dumps([m for m in ('numpy', 'scipy', 'datasketch') if m in sys.modules]))"
        )
        variables = {name: value for name, value in os.environ.items() if name != "NEWSLINT_KERNEL"}
        done = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)], env={**variables, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True, cwd=tmp_path,
        )  # fmt: skip
        assert json.loads(done.stdout.splitlines()[-1]) == []
        assert "repeated-passage" in done.stdout

    def test_reading_as_arrays_needs_numpy_alone(self) -> None:
        code = (
            "import sys; from newslint.duplication import arrays; arrays.signatures(arrays.read(['a b c d e f']))\n"
            "print([m for m in ('scipy', 'datasketch') if m in sys.modules])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout == "[]\n"

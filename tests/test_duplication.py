"""The duplication library: tokens, shingles, passages, clusters, and what holds for all texts."""

import random
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.document import Document
from newslint.duplication import (
    Run,
    clusters,
    common_runs,
    compare,
    document_pairs,
    find_common_passages,
    find_near_duplicates,
    find_shared_passages,
    fold,
    likeness,
    read,
    repeats,
    shared,
    shingles,
    similarity,
    sketch,
    tokenize,
    winnow,
    word_hashes,
    word_runs,
    words,
)
from newslint.duplication.postings import CROWD
from newslint.duplication.tokens import word_hash
from newslint.duplication.units import LONGEST
from newslint.model import Hit, Span
from newslint.rule import Columns, InMemory
from newslint_rules.duplication.near_duplicate import NearDuplicate
from newslint_rules.duplication.repeated_passage import RepeatedPassage
from newslint_rules.duplication.reused_passage import ReusedPassage

few_words = st.lists(st.sampled_from("abc"), max_size=40)


class TestTokens:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("L’Œuvre d'Éloïse", ["l", "oeuvre", "d", "eloise"]),
            ("vis-à-vis, peut–être — oui", ["vis", "a", "vis", "peut", "etre", "oui"]),
            ("9,2 milliards en 2022", ["9", "2", "milliards", "en", "2022"]),
            ("Straße STRASSE", ["strasse", "strasse"]),
            ("e\u0301te\u0301 été", ["ete", "ete"]),
            ("Regie\u00adrung", ["regierung"]),
            ("50\u00a0000\u202fkm²", ["50", "000", "km2"]),
            ("Ἀθῆναι ΑΘΗΝΑΙ", ["αθηναι", "αθηναι"]),
            ("Москва́", ["москва"]),
            ("كِتَاب", ["كتاب"]),
            ("हिन्दी भाषा", ["हिनदी", "भाषा"]),
            ("港の灯台 2026", ["港", "の", "灯", "台", "2026"]),
            ("ภาษา", ["ภ", "า", "ษ", "า"]),
            ("snake_case «»…", ["snake", "case"]),
            ("", []),
        ],
    )
    def test_words(self, text: str, expected: list[str]) -> None:
        assert words(text) == expected

    @given(st.text())
    def test_offsets_point_at_the_words(self, text: str) -> None:
        tokens = tokenize(text)
        assert tokens.words == words(text)
        ends = [0, *tokens.ends]
        for word, start, end, last in zip(tokens.words, tokens.starts, tokens.ends, ends, strict=False):
            assert last <= start < end
            assert fold(text[start:end]) == word

    @given(st.text())
    def test_hashes_are_those_of_the_folded_words(self, text: str) -> None:
        assert word_hashes(text) == [word_hash(word) for word in words(text)]
        assert all(0 <= value < 1 << 64 for value in word_hashes(text))

    @given(st.text(alphabet="aàâéèœŒßçñöÉ' ’-x", max_size=60))
    def test_composition_and_case_do_not_count(self, text: str) -> None:
        assert words(unicodedata.normalize("NFD", text)) == words(text) == words(text.upper())

    def test_hashes_are_the_same_in_every_process(self) -> None:
        code = "from newslint.duplication import word_hashes, shingles; print(shingles(word_hashes('a b c d e')))"
        out = {
            subprocess.run(
                [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
                capture_output=True, text=True, check=True,
            ).stdout
            for seed in ("1", "2")
        }  # fmt: skip
        assert out == {f"{shingles(word_hashes('a b c d e'))}\n"}


class TestShingles:
    @given(few_words, st.integers(1, 6))
    def test_equal_runs_and_only_they_have_equal_hashes(self, letters: list[str], size: int) -> None:
        hashes = shingles(word_hashes(" ".join(letters)), size)
        runs = [tuple(letters[start : start + size]) for start in range(len(letters) - size + 1)]
        assert len(hashes) == len(runs)
        assert len(set(zip(hashes, runs, strict=True))) == len(set(hashes)) == len(set(runs))

    @given(st.lists(st.integers(0, 9), max_size=60), st.integers(1, 9))
    def test_every_window_keeps_its_smallest(self, hashes: list[int], window: int) -> None:
        kept = winnow(hashes, window)
        assert kept == sorted(set(kept))
        for start in range(max(0, len(hashes) - window + 1)):
            inside = [hashes[position] for position in kept if start <= position < start + window]
            assert min(hashes[start : start + window]) in inside

    def test_two_in_nine_are_kept(self) -> None:
        chance = random.Random(7)
        hashes = [chance.getrandbits(64) for _ in range(20_000)]
        assert 0.2 < len(winnow(hashes, 8)) / len(hashes) < 0.24


class TestPassages:
    @given(few_words, few_words, st.integers(1, 5))
    def test_runs_equal_the_plain_reference(self, one: list[str], other: list[str], least: int) -> None:
        expected = []
        for a in range(len(one)):
            for b in range(len(other)):
                if a and b and one[a - 1] == other[b - 1]:
                    continue
                length = 0
                while a + length < len(one) and b + length < len(other) and one[a + length] == other[b + length]:
                    length += 1
                if length >= least:
                    expected.append(Run(a, b, length))
        assert common_runs(one, other, least) == sorted(expected, key=lambda run: (run.other, run.one))

    def test_a_run_has_a_word(self) -> None:
        with pytest.raises(ValueError, match="at least one word"):
            common_runs(["a"], ["a"], 0)

    def test_common_passages_are_spans_of_both_texts(self) -> None:
        one = "First. “The old mill, it burned down!” Last."
        other = "They say the old mill... it burned down."
        assert [(one[a.start : a.end], other[b.start : b.end]) for a, b in find_common_passages(one, other, 4)] == [
            ("The old mill, it burned down", "the old mill... it burned down")
        ]

    @given(few_words, few_words)
    def test_likeness_takes_either_order(self, one: list[str], other: list[str]) -> None:
        there, back = likeness(one, other), likeness(other, one)
        assert (there is None) == (back is None)
        if there is not None and back is not None:
            assert (there.phrases, there.share, there.run.length) == (back.phrases, back.share, back.run.length)


class TestRepeats:
    sentence = "The {} bridge of the town was closed by the council for {} weeks."

    def document(self, pattern: str) -> Document:
        """One line a letter; equal letters are equal lines."""
        names = {letter: self.sentence.format(f"number{letter}", f"about{letter} {letter}") for letter in pattern}
        return Document("a.txt", "\n".join(names[letter] for letter in pattern) + "\n", language="en")

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("abcd", []),
            ("aa", [(2, 2, 1, 1)]),
            ("aaaa", [(2, 4, 1, 1)]),
            ("abab", [(3, 4, 1, 2)]),
            ("ababab", [(3, 6, 1, 2)]),
            ("haababa", [(3, 3, 2, 2), (5, 6, 3, 4), (7, 7, 2, 2)]),
            ("abcbdcb", [(4, 4, 2, 2), (6, 7, 3, 4)]),
        ],
    )
    def test_fewest_blocks(self, pattern: str, expected: list[tuple[int, int, int, int]]) -> None:
        document = self.document(pattern)
        found = []
        for hit in RepeatedPassage().check(document):
            own, original = document.location(hit.span), document.location(hit.related[0].span)
            found.append((own.start.line, own.end.line, original.start.line, original.end.line))
        assert found == expected

    @given(st.text(alphabet="abcd", max_size=24))
    def test_copies_are_equal_to_what_they_repeat(self, pattern: str) -> None:
        reading = read(self.document(pattern))
        last = 0
        copied = set()
        for copy in repeats(reading):
            assert copy.first >= last
            assert copy.end <= reading.units[copy.first].first
            last = copy.last
            copied |= set(range(copy.first, copy.last))
            period = copy.end - copy.start
            start = reading.units[copy.first].first
            for offset in range(reading.units[copy.last - 1].last - start):
                assert reading.tokens.words[start + offset] == reading.tokens.words[copy.start + offset % period]
        seen_before = {number for number, letter in enumerate(pattern) if letter in pattern[:number]}
        assert copied == seen_before

    def test_a_text_that_repeats_itself_endlessly_takes_linear_time(self) -> None:
        document = Document("a.txt", (self.sentence.format("old", "six") + "\n") * 3000, language="en")
        assert len(list(RepeatedPassage().check(document))) == 1


class TestClusters:
    @given(st.lists(st.tuples(st.integers(0, 15), st.integers(0, 15))), st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, links: list[tuple[int, int]], chance: random.Random) -> None:
        expected = clusters(links)
        shuffled = [link if chance.random() < 0.5 else link[::-1] for link in links]
        chance.shuffle(shuffled)
        assert clusters(shuffled) == expected
        assert sorted(member for cluster in expected for member in cluster) == sorted(
            {m for link in links for m in link}
        )
        for one, other in links:
            assert sum(one in cluster and other in cluster for cluster in expected) == 1


class TestPostings:
    @given(st.lists(st.sets(st.integers(0, 12), max_size=6), max_size=CROWD), st.integers(1, 4))
    def test_counts_equal_the_plain_reference(self, units: list[set[int]], least: int) -> None:
        rows = [(value, number) for number, unit in enumerate(units) for value in sorted(unit)]
        expected = [
            (one, other, len(units[one] & units[other]))
            for other in range(len(units))
            for one in range(other)
            if len(units[one] & units[other]) >= least
        ]
        assert list(shared([value for value, _ in rows], [unit for _, unit in rows], least)) == expected

    def test_a_crowd_stays_connected_at_linear_cost(self) -> None:
        count = 1000
        pairs = list(shared([7] * count, list(range(count)), 1))
        assert len(pairs) < 2 * count
        assert clusters((one, other) for one, other, _ in pairs) == [list(range(count))]

    @given(
        st.lists(st.lists(st.sampled_from([number * 0x9E3779B97F4A7C15 % 2**64 for number in range(30)]), max_size=12),
                 max_size=50),
        st.integers(1, 4), st.sampled_from([0.0, 0.3, 0.9]), st.booleans(),
    )  # fmt: skip
    def test_both_kernels_give_the_same_pairs(
        self, documents: list[list[int]], least: int, part: float, tiny: bool
    ) -> None:
        arrays = pytest.importorskip("newslint.duplication.arrays.postings")
        columns = Columns.empty({"hash": "Q"})
        for hashes in documents:
            columns["hash"].extend(hashes)
            columns.offsets.append(len(columns["hash"]))
        with pytest.MonkeyPatch.context() as patch:
            if tiny:
                for name, value in {"PART": 16, "BLOCK": 5, "KEPT": 20, "TOGETHER": 7}.items():
                    patch.setattr(arrays, name, value)
            found = []
            for kernel in ("python", "arrays"):
                patch.setenv("NEWSLINT_KERNEL", kernel)
                found.append(list(document_pairs(columns, least, part)))
        assert found[0] == found[1]

    def test_two_fingerprints_stand_for_twelve_words(self) -> None:
        chance = random.Random(3)
        texts = []
        for number in range(200):
            common = [f"c{number}w{place}" for place in range(12)]
            for copy in range(2):
                own = [f"d{number}x{copy}y{place}" for place in range(60)]
                cut = chance.randrange(60)
                texts.append(" ".join([*own[:cut], *common, *own[cut:]]))
        assert list(document_pairs(sketch(texts), 2)) == [(number, number + 1) for number in range(0, 400, 2)]


class TestNearDuplicates:
    @given(
        st.lists(
            st.lists(st.sampled_from(["a", "b", "é", "港", "x" * 70 + "y", "x" * 70 + "z"])), min_size=2, max_size=5
        )
    )
    def test_both_kernels_compare_alike(self, texts: list[list[str]]) -> None:
        pytest.importorskip("numpy")
        numbered = {number: " ".join(text) for number, text in enumerate(texts)}
        pairs = [(one, other) for other in numbered for one in range(other)]
        found = []
        with pytest.MonkeyPatch.context() as patch:
            for kernel in ("python", "arrays"):
                patch.setenv("NEWSLINT_KERNEL", kernel)
                found.append([compare(numbered, pairs, size) for size in (3, 5)])
        assert found[0] == found[1]

    @pytest.mark.parametrize("kernel", ["python", "arrays"])
    def test_a_thousand_equal_texts_are_one_cluster(self, kernel: str, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("numpy")
        monkeypatch.setenv("NEWSLINT_KERNEL", kernel)
        text = "The old ferry across the bay was sold on Monday to a museum that wants to keep its engine running. " * 2
        twins = find_near_duplicates([text] * 1000)
        assert [(twin.document, twin.leader, twin.similarity) for twin in twins] == [
            (number, 0, (1, 1)) for number in range(1, 1000)
        ]

    @given(few_words, few_words)
    def test_similarity_equals_the_plain_reference(self, one: list[str], other: list[str]) -> None:
        alike = similarity(word_runs(one), word_runs(other))
        a = {tuple(one[i : i + 5]) for i in range(max(1, len(one) - 4))} - {()}
        b = {tuple(other[i : i + 5]) for i in range(max(1, len(other) - 4))} - {()}
        assert alike.jaccard == (len(a & b) / len(a | b) if a & b else 0)
        assert alike.containment == (len(a & b) / min(len(a), len(b)) if a & b else 0)

    @settings(max_examples=40)
    @given(st.integers(0, 1_000_000))
    def test_all_pairs_are_found(self, seed: int) -> None:
        chance = random.Random(seed)
        vocabulary = [f"w{number}" for number in range(400)]
        texts = []
        for _ in range(4):
            text = [chance.choice(vocabulary) for _ in range(chance.randrange(40, 200))]
            texts.append(text)
            edited = [chance.choice(vocabulary) if chance.random() < 0.03 else word for word in text]
            first = chance.randrange(len(text) // 2)
            texts += [edited, text[first : first + 45]]
        chance.shuffle(texts)
        links = []
        for other in range(len(texts)):
            for one in range(other):
                alike = similarity(word_runs(texts[one]), word_runs(texts[other]))
                long_enough = min(len(texts[one]), len(texts[other])) >= 30
                if long_enough and (alike.jaccard >= 0.7 or alike.containment >= 0.85):
                    links.append((one, other))
        found = find_near_duplicates([" ".join(text) for text in texts])
        expected = [(member, cluster[0]) for cluster in clusters(links) for member in cluster[1:]]
        assert [(twins.document, twins.leader) for twins in found] == expected

    def test_empty_texts_have_no_twins(self) -> None:
        assert find_near_duplicates(["", "", " \n"], minimum_words=0) == []


class TestReuse:
    notice = "The harbour office wrote that no boat may leave the port before the wind has fallen below six."

    def hits(self, texts: list[str]) -> list[Hit]:
        documents = InMemory(Document(f"{number}.txt", text, language="en") for number, text in enumerate(texts))
        rule = ReusedPassage()
        columns = {feature.name: feature().columns(documents) for feature in rule.features}
        return list(rule.settle(rule.match(columns), documents))

    def test_one_passage_in_many_documents_is_one_group_at_linear_cost(self) -> None:
        count = 100
        texts = [
            f"Report {number} is on thing{number} alone. {self.notice} End of {number}." for number in range(count)
        ]
        hits = self.hits(texts)
        assert [hit.document for hit in hits] == list(range(1, count))
        assert {hit.data["size"] for hit in hits} == {count}
        assert sum(len(hit.related) for hit in hits) < 3 * count

    @settings(max_examples=30)
    @given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=8))
    def test_both_kernels_find_the_same(self, texts: list[list[int]]) -> None:
        pytest.importorskip("numpy")
        sentences = [f"{self.notice[:-5]} level {number} on gauge{number} at pier {number}." for number in range(10)]
        found = []
        with pytest.MonkeyPatch.context() as patch:
            for kernel in ("python", "arrays"):
                patch.setenv("NEWSLINT_KERNEL", kernel)
                found.append(self.hits([" ".join(sentences[number] for number in text) for text in texts]))
        assert found[0] == found[1]


def test_a_very_long_sentence_is_cut_into_units() -> None:
    reading = read(Document("a.txt", "word " * 1000, language="en"))
    assert sum(unit.size for unit in reading.units) == 1000
    assert all(unit.size <= LONGEST for unit in reading.units)
    assert reading.span(0, 1000) == Span(0, 4999)


@pytest.mark.parametrize("rule", [NearDuplicate, RepeatedPassage, ReusedPassage])
def test_rules_need_no_array_library(rule: type) -> None:
    code = f"import sys, {rule.__module__}; print([m for m in ('numpy', 'datasketch', 'scipy') if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True, check=True
    )
    assert result.stdout == "[]\n"


class TestSharedPassages:
    @settings(max_examples=60)
    @given(
        st.lists(
            st.lists(st.sampled_from([number * 7 % 60 for number in range(60)]), max_size=6, unique=True),
            min_size=2,
            max_size=6,
        )
    )
    def test_both_kernels_and_the_plain_reference_agree(self, drawn: list[list[int]]) -> None:
        pytest.importorskip("numpy")
        pieces = [[f"{word}{number}" for word in "abcdefghéî"[: 4 + number % 7]] for number in range(60)]
        texts = ["\n".join(" ".join(pieces[number]) for number in text) for text in drawn]
        expected = {
            (one, other, run)
            for other in range(len(texts))
            for one in range(other)
            for run in common_runs(words(texts[one]), words(texts[other]), 14)
        }
        found = []
        with pytest.MonkeyPatch.context() as patch:
            for kernel in ("python", "arrays"):
                patch.setenv("NEWSLINT_KERNEL", kernel)
                found.append(list(find_shared_passages(texts)))
        assert found[0] == found[1]
        assert {(passage.earlier, passage.later, passage.run) for passage in found[0]} == expected

    def test_lines_count_from_nought(self) -> None:
        sentence = "The old lighthouse keeper of the northern cape wrote down every ship for sixty years."
        passage, *others = find_shared_passages([f"One.\n\n{sentence}\n", sentence.replace(" cape ", " cape\r\n")])
        assert (passage.lines_of_earlier, passage.lines_of_later, passage.run, others) == (
            (2, 2),
            (0, 1),
            (1, 0, 15),
            [],
        )

    def test_too_short_a_passage_is_refused(self) -> None:
        with pytest.raises(ValueError, match="at least 8 words"):
            list(find_shared_passages(["a", "b"], 7))

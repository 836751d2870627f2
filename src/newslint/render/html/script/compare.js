// Two texts word by word: which words they share, in order, and which lines belong beside each other.

// Scripts without spaces are compared character by character.
const WORD = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}]|[\p{L}\p{N}]+(?:['\u2019-][\p{L}\p{N}]+)*/gu;

/** Words with their offsets; case, accents and the kind of apostrophe do not count. */
function wordsOf(text) {
  return Array.from(text.matchAll(WORD), (match) => ({
    start: match.index, end: match.index + match[0].length,
    key: match[0].normalize("NFD").replace(/\p{M}/gu, "").replace(/\u2019/g, "'").toLowerCase(), mate: -1, moved: false,
  }));
}

// Cells of the table that finds the longest common run of words: 24 million take a browser a tenth of a second. It is
// enough for texts as long as the page holds them; of more words, only the beginning, the end and long runs are found.
const CELLS = 24e6;
// Shared words in a row that count although they stand elsewhere.
const MOVED = 6;

/** Give the words of both texts their mates. */
function align(left, right) {
  let head = 0;
  while (head < left.length && head < right.length && left[head].key === right[head].key) pair(left, right, head, head++);
  let a = left.length, b = right.length;
  while (a > head && b > head && left[a - 1].key === right[b - 1].key) pair(left, right, --a, --b);
  const n = a - head, m = b - head;
  if (n && m && (n + 1) * (m + 1) <= CELLS) {
    const width = m + 1;
    const table = new Uint16Array((n + 1) * width);
    for (let i = n - 1; i >= 0; i--) {
      for (let j = m - 1; j >= 0; j--) {
        table[i * width + j] = left[head + i].key === right[head + j].key
          ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
      }
    }
    for (let i = 0, j = 0; i < n && j < m;) {
      if (left[head + i].key === right[head + j].key) pair(left, right, head + i++, head + j++);
      else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) i++;
      else j++;
    }
  }
  dropChance(left, right);
  findMoved(left, right);
}

function pair(left, right, i, j) {
  left[i].mate = j;
  right[j].mate = i;
}

/** A short word alone between words that differ is shared by chance. */
function dropChance(left, right) {
  const mated = (words, index) => index >= 0 && index < words.length && words[index].mate >= 0;
  const lone = left.filter((word, i) => word.mate >= 0 && word.key.length < 4 && !mated(left, i - 1) && !mated(left, i + 1));
  for (const word of lone) {
    right[word.mate].mate = -1;
    word.mate = -1;
  }
}

/** Runs of words that both texts have, but in another order. */
function findMoved(left, right) {
  const keyAt = (words, index) => words.slice(index, index + MOVED).map((word) => word.key).join(" ");
  const free = (words, index) => index + MOVED <= words.length && words.slice(index, index + MOVED).every((word) => word.mate < 0 && !word.moved);
  const places = new Map();
  right.forEach((word, index) => { if (free(right, index)) places.set(keyAt(right, index), index); });
  for (let i = 0; i + MOVED <= left.length; i++) {
    if (!free(left, i)) continue;
    let j = places.get(keyAt(left, i));
    if (j === undefined || !free(right, j)) continue;
    while (i < left.length && j < right.length && left[i].key === right[j].key && left[i].mate < 0 && right[j].mate < 0) {
      left[i++].moved = right[j++].moved = true;
    }
    i--;
  }
}

/** Cut a text into runs: each a text and its kind, which is same, moved or own. What stands between belongs to both. */
function runsOf(text, words, from, to) {
  const runs = [];
  let at = from;
  const add = (end, kind) => {
    if (end <= at) return;
    const last = runs[runs.length - 1];
    if (last && last.kind === kind) last.text += text.slice(at, end);
    else runs.push({ kind, text: text.slice(at, end) });
    at = end;
  };
  let before = null;
  for (const word of words) {
    const kind = word.mate >= 0 ? "same" : word.moved ? "moved" : "own";
    add(word.start, kind === before || before === null ? kind : "gap");
    add(word.end, kind);
    before = kind;
  }
  add(to, before ?? "gap");
  return runs;
}

/** Lines of a text with the words of each. */
function linesWithWords(text, words, first) {
  const lines = [];
  let at = 0, word = 0;
  text.split("\n").forEach((line, index) => {
    const end = at + line.length;
    const own = [];
    while (word < words.length && words[word].start < end) own.push(words[word++]);
    lines.push({ number: first + index, from: at, to: end, words: own });
    at = end + 1;
  });
  return lines;
}

/** Lines side by side: rows of the lines of either text that share words, and of those between. */
function rowsOf(leftLines, rightLines, right) {
  const lineOfWord = new Map();
  rightLines.forEach((line, index) => line.words.forEach((word) => lineOfWord.set(word, index)));
  const links = leftLines.map((line) => {
    const shared = new Map();
    for (const word of line.words) {
      if (word.mate < 0) continue;
      const other = lineOfWord.get(right[word.mate]);
      shared.set(other, (shared.get(other) || 0) + 1);
    }
    return [...shared].filter(([other, words]) =>
      words >= 3 || 2 * words >= Math.min(line.words.length, rightLines[other].words.length)).map(([other]) => other);
  });
  const rows = [];
  let i = 0, j = 0;
  while (i < leftLines.length || j < rightLines.length) {
    let next = i;
    while (next < leftLines.length && !links[next].length) next++;
    if (next === leftLines.length) {
      rows.push([leftLines.slice(i), rightLines.slice(j)]);
      break;
    }
    const start = Math.max(j, Math.min(...links[next]));
    if (next > i || start > j) rows.push([leftLines.slice(i, next), rightLines.slice(j, start)]);
    let end = next + 1, last = Math.max(start, ...links[next]);
    while (end < leftLines.length && links[end].some((other) => other <= last)) last = Math.max(last, ...links[end++]);
    rows.push([leftLines.slice(next, end), rightLines.slice(start, last + 1)]);
    i = end;
    j = Math.max(j, last + 1);
  }
  return rows.filter((row) => row.some((side) => side.some((line) => line.to > line.from)));
}

/** Whether a line goes on in the next one: it is long, and no sentence ends with it. */
const isWrapped = (line, text) => line.to - line.from > 50 && /[\p{L}\p{N},;:-]$/u.test(text.slice(line.from, line.to).trimEnd()) && /^\n\S/.test(text.slice(line.to, line.to + 2));

/** The element that shows two places side by side. */
function comparison(own, other) {
  const sides = [other, own].map((place) => ({ place, text: excerpt(place) }));
  if (sides.some((side) => !side.text)) return make("p", { class: "aside" }, "The texts cannot be shown side by side: the page does not hold both.");
  const [left, right] = sides.map((side) => wordsOf(side.text.marked));
  align(left, right);
  const [leftLines, rightLines] = sides.map((side, index) =>
    linesWithWords(side.text.marked, [left, right][index], side.place[1]));
  const cell = (side, lines, label) => make("div", { class: "side" },
    make("span", { class: "sr" }, `${label}: `),
    lines.filter((line) => line.to > line.from).map((line) => make("p", { class: isWrapped(line, side.text.marked) && "wrapped" },
      make("span", { class: "line" }, number(line.number)),
      make("bdi", {}, runsOf(side.text.marked, line.words, line.from, line.to).map((run) =>
        run.kind === "gap" ? make("span", {}, shown(run.text))
          : make(run.kind === "own" ? "span" : "mark", { class: run.kind, title: run.kind === "moved" && "stands elsewhere in the other text" }, shown(run.text)))))));
  const shared = (words) => words.length ? Math.floor(100 * words.filter((word) => word.mate >= 0 || word.moved).length / words.length) : 0;
  const heading = (side, words, label) => make("div", { class: "side" },
    make("h3", {}, label), placeLink(side.place),
    make("p", { class: "aside" }, `${counted(words.length, "word")}, ${shared(words)} % shared`,
      side.text.clipped && `; the first ${number(data.longest)} characters`));
  const toggle = make("input", { type: "checkbox", onchange: () => box.classList.toggle("differences", toggle.checked) });
  const box = make("div", { class: "compare" },
    make("p", { class: "key" },
      make("span", { class: "key-same" }, make("mark", { class: "same" }, "shared words")),
      [left, right].some((words) => words.some((word) => word.moved)) && make("mark", { class: "moved" }, "shared, elsewhere"),
      make("label", {}, toggle, " mark what differs instead")),
    make("div", { class: "row head" }, heading(sides[0], left, "First"), heading(sides[1], right, "Copy")),
    rowsOf(leftLines, rightLines, right).map(([one, two]) =>
      make("div", { class: "row" }, cell(sides[0], one, "first"), cell(sides[1], two, "copy"))));
  return box;
}

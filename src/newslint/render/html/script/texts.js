// The report as it was written, and the texts, which are parsed when they are first looked at.

const data = JSON.parse(byId("index").textContent);

const findings = data.findings.map(([rule, severity, place, message, help, related, more, fix, facts], id) => ({
  id, code: data.rules[rule][0], rule: data.rules[rule][1], severity, place, message, help: data.sentences[help],
  related: related.map(([where, words]) => ({ place: where, message: data.sentences[words] })), more, fix, facts,
}));

const pathOf = (document) => data.documents[document][0];
const linesOf = (document) => data.documents[document][3];
const fileName = (path) => path.slice(path.lastIndexOf("/") + 1);
const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/"))) || ".";

/** A document's name: its file's, and its record's. */
function nameOf(document) {
  const [path, record] = data.documents[document];
  return seen(fileName(path)) + (record ? ` ${record[1]}` : "");
}

/** path:line:column as editors open it; in a record file the line is the record's. */
function addressOf([document, line, column]) {
  const [path, record] = data.documents[document];
  return record ? `${path}:${record[0]}:1` : `${path}:${line}:${column}`;
}

const blocks = new Map();

function partsOf(document) {
  const block = data.documents[document][2];
  if (block < 0) return null;
  if (!blocks.has(block)) {
    const parts = JSON.parse(byId(`text-${block}`).textContent);
    for (const name of Object.keys(parts)) parts[name] = parts[name].map(makePart);
    blocks.set(block, parts);
  }
  return blocks.get(block)[document] || null;
}

// Columns count code points: text that has characters beyond the first plane is held as an array of them.
function makePart([line, column, text]) {
  const units = /[\ud800-\udbff]/.test(text) ? Array.from(text) : text;
  const starts = [0];
  for (let index = 0; index < units.length; index++) if (units[index] === "\n") starts.push(index + 1);
  return { line, column, units, starts };
}

// Characters shown before and after a place: a part may hold many places, and be long.
const AROUND = 360;

const cut = (part, from, to) => {
  const slice = part.units.slice(Math.max(0, from), Math.max(0, to));
  return typeof slice === "string" ? slice : slice.join("");
};

const isSpace = (unit) => unit === " " || unit === "\n";

/** Where the first whole word from an offset on begins. */
function wordFrom(part, from, limit) {
  if (from <= 0) return 0;
  let at = from;
  while (at < limit && !isSpace(part.units[at - 1])) at++;
  return at;
}

/** Where the last whole word before an offset ends. */
function wordBefore(part, to, limit) {
  if (to >= part.units.length) return part.units.length;
  let at = to;
  while (at > limit && !isSpace(part.units[at])) at--;
  return at;
}

function offsetIn(part, line, column) {
  const row = line - part.line;
  if (row < 0 || row >= part.starts.length) return row < 0 ? -1 : part.units.length + 1;
  return part.starts[row] + column - (row === 0 ? part.column : 1);
}

/**
 * The text of a place: before, marked and after, the number of its first line, and whether the text goes on beyond.
 * Null where the page has no text of it.
 */
function excerpt([document, line, column, endLine, endColumn]) {
  for (const part of partsOf(document) || []) {
    const start = offsetIn(part, line, column);
    if (start < 0 || start > part.units.length) continue;
    const end = offsetIn(part, endLine, endColumn);
    const last = Math.max(start, Math.min(end, part.units.length));
    const from = wordFrom(part, start - AROUND, start);
    const to = wordBefore(part, last + AROUND, last);
    const row = part.starts.filter((each) => each <= from).length - 1;
    return {
      line: part.line + row, marked: cut(part, start, last), clipped: end > part.units.length,
      before: cut(part, from, start), after: cut(part, last, to),
      opens: from > part.starts[row] || (row === 0 && part.column > 1),
      goesOn: to < part.units.length ? part.units[to] !== "\n" : part.line + part.starts.length - 1 < linesOf(document),
    };
  }
  return null;
}

// What is long enough to be read beside its copy: two lines, or a sentence.
const PASSAGE = 60;
const isPassage = ([, line, column, endLine, endColumn]) => endLine > line || endColumn - column >= PASSAGE;

for (const finding of findings) {
  finding.pairs = isPassage(finding.place) ? finding.related.filter((other) => isPassage(other.place)) : [];
}

/** Whether a place is a whole document. */
const isWhole = ([document, line, column, endLine]) => line === 1 && column === 1 && endLine >= linesOf(document) - 1 && endLine > 2;

// Documents that share text, as groups: each a map of arcs from a copy to the document named first.

const DRAWN = 40; // documents of a group that are drawn
const GROUPS = 30; // groups that are shown at first
const STEP = 34; // height of a document's row

/** Groups of documents, those with most copies first. Each has documents, and edges with copy, source and finding. */
function groupsOf() {
  const parent = new Map();
  const root = (node) => {
    while (parent.get(node) !== node) {
      parent.set(node, parent.get(parent.get(node)));
      node = parent.get(node);
    }
    return node;
  };
  const edges = [];
  for (const finding of findings) {
    const other = finding.pairs.find((each) => each.place[0] !== finding.place[0]);
    if (!other) continue;
    const [copy, source] = [finding.place[0], other.place[0]];
    for (const node of [copy, source]) if (!parent.has(node)) parent.set(node, node);
    parent.set(root(copy), root(source));
    edges.push({ copy, source, finding, other, whole: isWhole(finding.place) && isWhole(other.place) });
  }
  const groups = new Map();
  for (const edge of edges) {
    const key = root(edge.copy);
    if (!groups.has(key)) groups.set(key, { documents: new Set(), edges: [] });
    const group = groups.get(key);
    group.edges.push(edge);
    group.documents.add(edge.copy).add(edge.source);
  }
  for (const group of groups.values()) group.edges.sort((one, two) => two.whole - one.whole || one.finding.id - two.finding.id);
  const wholes = (group) => group.edges.filter((edge) => edge.whole).length;
  return [...groups.values()].sort((one, two) => wholes(two) - wholes(one) || two.edges.length - one.edges.length);
}

/** Which lines of a document are shared: a strip as long as the document. */
function strip(document, edges) {
  const lines = Math.max(1, linesOf(document));
  const svg = draw("svg", { class: "strip", viewBox: `0 0 ${lines} 10`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const own = edges.filter((edge) => edge.copy === document || edge.source === document);
  if (own.some((edge) => edge.whole)) svg.append(draw("rect", { class: "whole", width: lines, height: 10 }));
  for (const edge of own.filter((each) => !each.whole)) {
    const [, line, , endLine] = edge.copy === document ? edge.finding.place : edge.other.place;
    svg.append(draw("rect", { class: "passage", x: line - 1, width: Math.max(endLine - line + 1, lines / 200), height: 10 }));
  }
  return svg;
}

function groupMap(group, most = DRAWN) {
  const degree = new Map();
  for (const edge of group.edges) for (const node of [edge.copy, edge.source]) degree.set(node, (degree.get(node) || 0) + 1);
  const drawn = [...group.documents].sort((one, two) => degree.get(two) - degree.get(one)).slice(0, most);
  drawn.sort((one, two) => pathOf(one) < pathOf(two) ? -1 : pathOf(one) > pathOf(two) ? 1 : one - two);
  const row = new Map(drawn.map((document, index) => [document, index]));
  const between = new Map();
  for (const edge of group.edges) {
    if (!row.has(edge.copy) || !row.has(edge.source)) continue;
    const key = `${edge.copy} ${edge.source}`;
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(edge);
  }
  const height = drawn.length * STEP;
  const spread = narrow() ? 36 : Math.min(180, 30 + height * 0.1);
  const reachOf = (distance) => 24 + spread * Math.min(1, 1.3 * distance / Math.max(height, 6 * STEP));
  const folders = new Set(drawn.map((document) => folderOf(pathOf(document))));
  const y = (document) => (row.get(document) + 0.5) * STEP;
  const longest = Math.max(0, ...[...between.values()].map(([edge]) => Math.abs(y(edge.copy) - y(edge.source))));
  const wide = Math.ceil(reachOf(longest) * 0.75) + 14; // how far a curve gets towards its control points
  const arcs = draw("svg", { class: "arcs", width: wide, height, viewBox: `0 0 ${wide} ${height}`, "aria-hidden": "true" });
  for (const edges of [...between.values()].sort((one, two) => two.length - one.length)) {
    const { copy, source } = edges[0];
    const [from, to] = [y(copy), y(source)];
    const reach = reachOf(Math.abs(to - from)) + 6;
    const path = draw("path", {
      class: edges.some((edge) => edge.whole) ? "arc whole" : "arc", d: `M${wide - 6} ${from}C${wide - reach} ${from} ${wide - reach} ${to} ${wide - 12} ${to}`,
      "stroke-width": Math.min(6, 1 + edges.length),
    });
    path.dataset.ends = `${copy} ${source}`;
    path.addEventListener("click", () => openFinding(edges[0].finding));
    path.append(draw("title", {}));
    path.firstChild.textContent = `${nameOf(copy)} from ${nameOf(source)}`;
    arcs.append(path, draw("path", { class: "tip", d: `M${wide - 14} ${to - 4.5}l8 4.5l-8 4.5z` }));
  }
  const light = (document) => arcs.querySelectorAll(".arc").forEach((arc) =>
    arc.classList.toggle("dim", document !== null && !arc.dataset.ends.split(" ").includes(String(document))));
  const rows = make("ul", { class: "nodes" }, drawn.map((document) => make("li", { onmouseenter: () => light(document), onmouseleave: () => light(null) },
    make("a", { href: hashOf({ file: pathOf(document), kind: "pair" }), title: seen(pathOf(document)), onfocus: () => light(document), onblur: () => light(null) },
      make("bdi", {}, nameOf(document)), folders.size > 1 && [" ", make("bdi", { class: "code" }, seen(fileName(folderOf(pathOf(document)))))]),
    strip(document, group.edges))));
  return make("div", { class: "map" }, arcs, rows,
    group.documents.size > most && make("p", { class: "aside" }, `\u2026 and ${counted(group.documents.size - most, "more document")}`));
}

/** The pairs of a group in words. */
function pairTable(group) {
  const SHOWN = 12, MOST = 500;
  const row = (edge) => make("tr", {},
    make("td", {}, make("a", { href: hashOf({ f: edge.finding.id, kind: "pair" }), title: "Read side by side" }, measure(edge))),
    ...[edge.finding.place, edge.other.place].map((place) =>
      make("td", {}, make("bdi", { title: seen(pathOf(place[0])) }, nameOf(place[0])), make("span", { class: "aside" }, edge.whole ? "" : `:${place[1]}`))));
  const body = make("tbody", {}, group.edges.slice(0, SHOWN).map(row));
  const more = group.edges.length > SHOWN && make("button", { type: "button", class: "quiet", onclick: () => {
    body.append(...group.edges.slice(SHOWN, MOST).map(row));
    more.replaceWith(group.edges.length > MOST ? make("p", { class: "aside" }, `${number(group.edges.length - MOST)} more stand in the list of findings.`) : "");
  } }, `Show ${number(Math.min(group.edges.length, MOST) - SHOWN)} more`);
  return make("div", { class: "pairs" }, make("table", {},
    make("thead", {}, make("tr", {}, ["shared, side by side", "copy", "first"].map((name) => make("th", { scope: "col" }, name)))), body), more);
}

/** How much a pair shares, in the figures that its rule gave. */
function measure({ finding, whole }) {
  const { jaccard, words, kind } = finding.facts;
  if (typeof jaccard === "number") return `${Math.floor(100 * jaccard)} % alike`;
  const parts = [typeof words === "number" ? counted(words, "word") : whole ? "the whole text" : counted(finding.place[3] - finding.place[1] + 1, "line")];
  return parts.concat(typeof kind === "string" ? kind : []).join(", ");
}

let known = null;
const copyGroups = () => known ??= groupsOf();

/** The maps of the groups with most copies, for the overview. */
function showMaps() {
  const SHOWN = 6;
  const groups = copyGroups();
  if (!groups.length) return;
  fill(byId("maps"), groups.slice(0, SHOWN).map((group) => groupMap(group, 8)));
  if (groups.length > SHOWN) byId("maps").after(make("p", { class: "aside" }, make("a", { href: "#copies" }, `${counted(groups.length - SHOWN, "more group")}`)));
  byId("who").hidden = false;
}

function showCopies() {
  const groups = copyGroups();
  const inside = findings.filter((finding) => finding.pairs.some((other) => other.place[0] === finding.place[0])).length;
  const lead = byId("copies-lead");
  lead.replaceChildren(groups.length
    ? `${counted(groups.length, "group")} of documents that share text. Arrows lead from a copy to the document that comes first by its path: which was written first, newslint cannot know. The strips show where the shared lines stand; a grey one is shared as a whole.`
    : "No two documents of this report share a passage.",
    inside ? make("span", {}, " Besides, there are ", make("a", { href: "#findings?kind=pair" }, `${counted(inside, "passage")} repeated inside one document`), ".") : "");
  const box = byId("groups");
  const show = (from, to) => box.append(...groups.slice(from, to).map((group) => {
    const wholes = group.edges.filter((edge) => edge.whole).length;
    const passages = group.edges.length - wholes;
    return make("div", { class: "group" },
      make("h2", {}, counted(group.documents.size, "document"),
        make("span", { class: "in" }, ` ${[wholes && counted(wholes, "near-copy").replace("copys", "copies"), passages && counted(passages, "passage")].filter(Boolean).join(", ")}`)),
      make("div", { class: "pair-of" }, groupMap(group), pairTable(group)));
  }));
  box.replaceChildren();
  show(0, GROUPS);
  if (groups.length > GROUPS) {
    const more = make("button", { type: "button", onclick: () => { more.remove(); show(GROUPS, groups.length); } }, `Show ${counted(groups.length - GROUPS, "more group")}`);
    box.append(more);
  }
}

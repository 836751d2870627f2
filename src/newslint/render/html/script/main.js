// What is shown is in the address: #findings?rule=byline&f=12, so that a view can be linked to, and Back works.

const VIEWS = ["overview", "findings", "copies", "rules"];
const controls = { q: byId("query"), rule: byId("rule"), folder: byId("folder"), kind: byId("kind"), sort: byId("sort") };
const boxes = [...document.querySelectorAll("[name=severity]")];
let file = "";
let view = "";
let filtered = null;

const narrow = () => matchMedia("(max-width: 760px)").matches;
const hashOf = (values) => `#findings?${new URLSearchParams(values)}`;

/** The filter as it stands, without what is at its default. */
function values() {
  const set = {};
  for (const [name, control] of Object.entries(controls)) if (control.value) set[name] = control.value;
  const on = boxes.filter((box) => box.checked).map((box) => box.value);
  if (on.length < boxes.length) set.severity = on.join(",");
  if (file) set.file = file;
  return set;
}

/** Text that the search looks at; made when a search is first made. */
const searched = (finding) => finding.searched ??= `${finding.message} ${finding.rule} ${finding.code} ${addressOf(finding.place)}`.toLowerCase();

function filter() {
  const { q = "", rule, folder, kind, sort, severity } = values();
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  const severities = severity === undefined ? null : severity.split(",");
  const rows = findings.filter((finding) => {
    const path = pathOf(finding.place[0]);
    return (!severities || severities.includes(SEVERITIES[finding.severity]))
      && (!rule || finding.rule === rule)
      && (!folder || folderOf(path) === folder)
      && (!file || path === file)
      && (!kind || (kind === "pair" ? finding.pairs.length : kind === "safe" ? finding.fix && finding.fix[0] === "safe" : finding.fix))
      && words.every((word) => searched(finding).includes(word));
  });
  if (sort === "severity") rows.sort((one, two) => two.severity - one.severity || one.id - two.id);
  if (sort === "rule") rows.sort((one, two) => (one.rule < two.rule ? -1 : one.rule > two.rule ? 1 : one.id - two.id));
  if (sort === "crowd") {
    const crowd = new Map();
    for (const finding of rows) crowd.set(pathOf(finding.place[0]), (crowd.get(pathOf(finding.place[0])) || 0) + 1);
    rows.sort((one, two) => crowd.get(pathOf(two.place[0])) - crowd.get(pathOf(one.place[0])) || one.id - two.id);
  }
  return rows;
}

function showFindings(id) {
  const key = JSON.stringify(values());
  if (key !== filtered) {
    filtered = key;
    const rows = filter();
    list.show(rows, id);
    byId("shown").textContent = rows.length === findings.length ? counted(rows.length, "finding") : `${number(rows.length)} of ${counted(findings.length, "finding")}`;
  } else {
    list.chosen = list.rows.findIndex((finding) => finding.id === id);
    list.reveal();
    list.draw(true);
  }
  byId("file").hidden = !file;
  byId("file").replaceChildren(make("bdi", {}, seen(fileName(file))), " \u00d7");
  byId("file").setAttribute("aria-label", `Any file, not only ${seen(file)}`);
  byId("clear").hidden = key === "{}";
  if (list.chosen < 0 && list.rows.length && !narrow()) list.chosen = 0, list.draw(true);
  detail(list.rows[list.chosen], (by) => list.choose(list.chosen + by));
  byId("view-findings").classList.toggle("reading", id !== undefined && list.chosen >= 0);
}

/** Follow the address. */
function follow() {
  const [name, query = ""] = location.hash.slice(1).split("?");
  if (name === "main") return byId("main").focus();
  const next = VIEWS.includes(name) ? name : "overview";
  for (const each of VIEWS) byId(`view-${each}`).hidden = each !== next;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.hash === `#${next}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.body.dataset.view = next;
  if (next === "findings") {
    const set = new URLSearchParams(query);
    for (const [key, control] of Object.entries(controls)) control.value = set.get(key) ?? "";
    const on = set.has("severity") ? set.get("severity").split(",") : null;
    for (const box of boxes) box.checked = !on || on.includes(box.value);
    file = set.get("file") ?? "";
    showFindings(set.has("f") ? Number(set.get("f")) : undefined);
  }
  if (next === "copies" && !byId("groups").childElementCount) showCopies();
  if (view && view !== next) scrollTo(0, 0);
  view = next;
}

/** Write the filter, and the finding that is read, into the address. */
function keep(finding, anew) {
  const hash = hashOf({ ...values(), ...(finding ? { f: finding.id } : {}) });
  if (anew) history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
}

function refilter() {
  keep(null, false);
  showFindings(undefined);
}

function openFinding(finding) {
  location.hash = hashOf({ f: finding.id, kind: "pair" });
}

/** Back from a finding to the list. */
function leave() {
  const chosen = list.rows[list.chosen];
  byId("view-findings").classList.remove("reading");
  keep(narrow() ? null : chosen, false);
  list.draw(true);
  list.box.focus();
}

list.onchoose = (finding) => {
  keep(finding, false);
  detail(finding, (by) => list.choose(list.chosen + by));
};
list.onenter = (finding) => {
  if (narrow() && !byId("view-findings").classList.contains("reading")) {
    keep(null, false);
    keep(finding, true);
  }
  byId("view-findings").classList.add("reading");
  byId("detail").focus({ preventScroll: true });
  if (narrow()) scrollTo(0, 0);
};

let waiting = 0;
controls.q.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(refilter, 120);
});
for (const control of [controls.rule, controls.folder, controls.kind, controls.sort, ...boxes]) control.addEventListener("change", refilter);
byId("filter").addEventListener("submit", (event) => event.preventDefault());
byId("file").addEventListener("click", () => { file = ""; refilter(); controls.q.focus(); });
byId("clear").addEventListener("click", () => { location.hash = "#findings"; controls.q.focus(); });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("sheet").open) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "/" && !typing) {
    if (view !== "findings") {
      location.hash = "#findings";
      follow();
    }
    controls.q.focus();
    event.preventDefault();
  } else if (event.key === "Escape" && view === "findings" && byId("detail").contains(event.target)) {
    leave();
  } else if (event.key === "Escape" && event.target === controls.q && !controls.q.value) {
    list.box.focus();
  }
});

function options(select, counts) {
  select.append(...[...counts].sort(([one], [two]) => (one < two ? -1 : 1)).map(([name, count]) => make("option", { value: name }, `${seen(name)} (${number(count)})`)));
}

function count(key) {
  const counts = new Map();
  for (const finding of findings) counts.set(key(finding), (counts.get(key(finding)) || 0) + 1);
  return counts;
}
options(controls.rule, count((finding) => finding.rule));
options(controls.folder, count((finding) => folderOf(pathOf(finding.place[0]))));

// Light and dark: the system's choice until the reader makes one.
const theme = byId("theme");
const dark = matchMedia("(prefers-color-scheme: dark)");
function paint(choice) {
  if (choice) document.documentElement.dataset.theme = choice;
  const now = document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
  theme.querySelector(".label").textContent = now === "dark" ? "Light" : "Dark";
}
paint(memory.get("theme"));
theme.hidden = false;
theme.addEventListener("click", () => {
  const next = theme.querySelector(".label").textContent.toLowerCase();
  memory.set("theme", next);
  paint(next);
});
dark.addEventListener("change", () => paint(null));

// Links to files: the reader's own editor.
const address = byId("address");
byId("opener").hidden = false;
address.value = memory.get("address") || "";
address.addEventListener("change", () => {
  memory.set("address", address.value);
  if (view === "findings") detail(list.rows[list.chosen], (by) => list.choose(list.chosen + by));
});

// On paper the list is whole, as far as anybody would print it.
const PRINTED = 1000;
addEventListener("beforeprint", () => {
  list.first = 0;
  list.last = Math.min(PRINTED, list.rows.length);
  list.space.replaceChildren(...list.rows.slice(0, PRINTED).map((finding, index) => list.row(finding, index)),
    list.rows.length > PRINTED ? make("p", { class: "aside" }, `\u2026 and ${counted(list.rows.length - PRINTED, "more finding")}`) : "");
});
addEventListener("afterprint", () => list.draw(true));

showMaps();
if (data.textless) {
  byId("view-overview").append(make("p", { class: "notice" },
    `The page has no room for the texts of ${counted(data.textless, "document")}: their findings are listed without them.`));
}
addEventListener("hashchange", follow);
addEventListener("popstate", follow);
follow();

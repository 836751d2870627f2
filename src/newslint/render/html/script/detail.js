// One finding: what is wrong, where, in its text, beside its copy, and what to do.

/** The address that a place's link leads to: the reader's own template, or the file itself. */
function hrefOf([document, line, column]) {
  const [path, record] = data.documents[document];
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const template = memory.get("address") || data.address;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(template) && !/^(javascript|data|blob):/i.test(template)) {
    const values = { path: encoded, line: record ? record[0] : line, column: record ? 1 : column };
    return template.replace(/\{(path|line|column)\}/g, (_, name) => values[name]);
  }
  if (/^[A-Za-z]:\//.test(path)) return `file:///${encoded.replace("%3A", ":")}`;
  return path.startsWith("/") ? `file://${encoded}` : `./${data.folder}${encoded}`;
}

/** A place as a link, and a button that copies it for whatever opens files here. */
function placeLink(place) {
  const [document, line, , endLine, endColumn] = place;
  const record = data.documents[document][1];
  const address = addressOf(place);
  const last = endLine > line && endColumn === 1 ? endLine - 1 : endLine;
  const copy = make("button", {
    type: "button", class: "copy quiet", "aria-label": `Copy ${seen(address)}`, title: "Copy",
    onclick: async () => {
      await copied(address);
      copy.textContent = "copied";
      say("Copied");
      setTimeout(() => { copy.textContent = "copy"; }, 1500);
    },
  }, "copy");
  return make("p", { class: "place" },
    make("a", { href: hrefOf(place), rel: "noreferrer" }, make("bdi", {}, seen(address))),
    record ? make("span", { class: "aside" }, ` ${record[2]} ${line}`) : last > line && make("span", { class: "aside" }, ` to line ${last}`),
    " ", copy);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // not allowed to pages that lie on a disk
    const area = make("textarea", { class: "sr", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

const marked = (text) => {
  if (text === "") return make("mark", { class: "fault none" });
  if (/^[\p{Z}\t\n]+$/u.test(text)) return make("mark", { class: "fault", title: counted(text.length, "white space character") }, text.replace(/[^\n]/gu, "\u00b7"));
  return make("mark", { class: "fault" }, shown(text));
};

// Characters around a related place: what is around it is told by the finding's own.
const BRIEF = 90;

/** A place in the text around it, line by line; brief: in its own lines alone. */
function inContext(place, brief) {
  const text = excerpt(place);
  if (!text) return make("p", { class: "aside" }, "The page does not hold the text of this place.");
  if (brief) {
    const before = text.before.slice(text.before.lastIndexOf("\n") + 1);
    const start = before.length > BRIEF ? before.indexOf(" ", before.length - BRIEF) + 1 || before.length - BRIEF : 0;
    const [after] = text.after.split("\n", 1);
    const stop = after.length > BRIEF ? after.lastIndexOf(" ", BRIEF) : after.length;
    text.line = place[1];
    text.before = (start ? "\u2026" : "") + before.slice(start);
    text.after = after.slice(0, Math.max(0, stop)) + (stop < after.length ? "\u2026" : "");
  }
  const pieces = [[text.before, false], [text.marked, true], [text.after, false]];
  const lines = [[]];
  for (const [piece, mark] of pieces) {
    piece.split("\n").forEach((line, index) => {
      if (index) lines.push([]);
      if (line !== "" || (mark && piece === "")) lines[lines.length - 1].push(mark ? marked(line) : make("span", {}, shown(line)));
    });
  }
  const opens = !brief && text.opens;
  const numbered = lines.map((nodes, index) => [text.line + index, nodes, index]).filter(([, nodes]) => nodes.length);
  return make("div", { class: "text" }, numbered.map(([line, nodes, index]) => make("p", {},
    make("span", { class: "line" }, number(line)),
    make("bdi", {}, index === 0 && opens && "\u2026", nodes, !brief && index === lines.length - 1 && text.goesOn && text.after && !/[.!?\u2026\u201d\u00bb"]$/.test(text.after) && "\u2026"))),
    text.clipped && make("p", { class: "aside" }, `Only the first ${number(data.longest)} characters are shown.`));
}

/** What a fix does, edit by edit. */
function fixes([kind, edits]) {
  const SHOWN = 6;
  const one = ([place, replacement]) => {
    const text = excerpt(place);
    const old = text ? text.marked : "";
    const whole = old.replace(/^\n|\n$/g, "");
    return make("li", {},
      old !== "" && make("del", {}, whole.trim() === "" ? counted(old.length, "character") + " of white space" : shown(whole.length > 240 ? `${whole.slice(0, 240)}\u2026` : whole)),
      replacement !== "" && [" ", make("ins", {}, shown(replacement))]);
  };
  return make("div", { class: "fix" },
    make("h3", {}, kind === "safe" ? "Safe fix" : "Fix to be looked at"),
    make("ul", {}, edits.slice(0, SHOWN).map(one), edits.length > SHOWN && make("li", { class: "aside" }, `\u2026 and ${number(edits.length - SHOWN)} more`)));
}

/** Open a rule's page above this one. */
function openRule(name) {
  const page = [...document.querySelectorAll(".rule")].find((rule) => rule.dataset.rule === name);
  const sheet = byId("sheet");
  fill(sheet.querySelector("h2"), name, " ", page && make("span", { class: "code" }, page.querySelector(".code").textContent));
  fill(sheet.querySelector(".page"), page
    ? [make("p", { class: "lead" }, page.querySelector(".what").textContent), page.querySelector(".page").cloneNode(true)]
    : [make("p", {}, "This run carries no page of this rule.")]);
  sheet.showModal();
}

byId("sheet").addEventListener("click", (event) => {
  if (event.target === byId("sheet") || event.target.closest("a")) byId("sheet").close();
});

/** Show a finding. */
function detail(finding, step) {
  const box = byId("detail");
  if (!finding) {
    box.replaceChildren(make("p", { class: "aside empty" }, list.rows.length ? "Choose a finding to read it in its text." : "Nothing fits this filter."));
    return;
  }
  const pairs = finding.pairs;
  const compared = make("div", {});
  const compare = (other) => fill(compared, comparison(finding.place, other.place));
  const select = pairs.length > 1 && make("label", { class: "choice" }, make("span", {}, "Beside"),
    make("select", { onchange: (event) => compare(pairs[event.target.value]) },
      pairs.map((other, index) => make("option", { value: index }, `${nameOf(other.place[0])}:${other.place[1]}`))));
  if (pairs.length) compare(pairs[0]);
  const others = finding.related.filter((other) => !pairs.includes(other));
  const facts = Object.entries(finding.facts).filter(([, value]) => typeof value !== "object");
  fill(box,
    make("div", { class: "bar" },
      make("button", { type: "button", class: "quiet back", onclick: leave }, "\u2190 List"),
      make("span", { class: "aside" }, `${number(list.chosen + 1)} of ${number(list.rows.length)}`),
      make("button", { type: "button", class: "quiet", "aria-label": "Previous finding", disabled: list.chosen <= 0, onclick: () => step(-1) }, "\u2191"),
      make("button", { type: "button", class: "quiet", "aria-label": "Next finding", disabled: list.chosen >= list.rows.length - 1, onclick: () => step(1) }, "\u2193")),
    make("p", { class: "kind" }, sign(finding.severity),
      make("button", { type: "button", class: "rule-name", "aria-haspopup": "dialog", onclick: () => openRule(finding.rule) }, finding.rule, " ", make("span", { class: "code" }, finding.code))),
    make("h2", {}, make("bdi", {}, finding.message)),
    !pairs.length && placeLink(finding.place),
    finding.help !== "" && make("p", { class: "help" }, make("bdi", {}, finding.help)),
    select, pairs.length ? compared : inContext(finding.place),
    pairs.length > 0 && !isWhole(finding.place) && make("details", { class: "around" }, make("summary", {}, "In the text around it"), inContext(finding.place)),
    others.map((other) => make("section", { class: "other" }, make("h3", {}, make("bdi", {}, other.message || "also here")), placeLink(other.place), inContext(other.place, true))),
    finding.more > 0 && make("p", { class: "aside" }, `\u2026 and ${counted(finding.more, "more place")}`),
    finding.fix !== 0 && fixes(finding.fix),
    facts.length > 0 && make("dl", { class: "facts" }, facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, make("bdi", {}, String(value))))))
  );
  box.scrollTop = 0;
}

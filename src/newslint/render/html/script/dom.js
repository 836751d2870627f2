// Elements are made here and nowhere else, and text goes in as text: nothing of a file is ever read as markup.

const byId = (id) => document.getElementById(id);

/** Make an element: attributes by name, listeners by on..., then texts and elements. */
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

/** Put texts and elements in place of what an element holds. */
function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child != null && child !== false));
}

function draw(tag, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const SEVERITIES = ["", "info", "warning", "error"];
const NOUNS = ["", "note", "warning", "error"];

const number = (value) => value.toLocaleString("en");
const counted = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;

/** The sign of a severity, with its name for those who do not see it. */
function sign(severity) {
  const label = SEVERITIES[severity];
  return [
    draw("svg", { class: `sign ${label}`, viewBox: "0 0 16 16", "aria-hidden": "true" },
      draw("use", { href: `#sign-${label}` })),
    make("span", { class: "sr" }, `${NOUNS[severity]}: `),
  ];
}

// Characters that would reorder the line, or not show at all.
const UNSEEN = new RegExp(
  "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff" +
  "\\ufff9-\\ufffb\\ud800-\\udfff\\u{e0000}-\\u{e007f}]|(?<![\\u0600-\\u1cff\\u2190-\\u2bff\\ua800-\\uabff" +
  "\\ufb50-\\ufdff\\ufe0f\\ufe70-\\ufefc\\u{10a00}-\\u{1faff}])[\\u200c\\u200d]", "gu");

const spelled = (character) => {
  const code = character.codePointAt(0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
};

/** Text of a file on one line, unseen characters spelled out. */
const seen = (text) => text.replace(UNSEEN, spelled).replace(/[\n\t]/g, " ");

/** Text of a file as nodes, unseen characters spelled out and set apart. */
function shown(text) {
  const nodes = [];
  let done = 0;
  for (const match of text.matchAll(UNSEEN)) {
    nodes.push(text.slice(done, match.index), make("span", { class: "unseen" }, spelled(match[0])));
    done = match.index + match[0].length;
  }
  nodes.push(text.slice(done));
  return nodes.filter((node) => node !== "");
}

/** Tell a screen reader. */
const say = (words) => { byId("said").textContent = words; };

/** What the reader chose last time; a browser may forbid to keep it. */
const memory = {
  get(name) { try { return localStorage.getItem(`newslint-${name}`); } catch { return null; } },
  set(name, value) { try { localStorage.setItem(`newslint-${name}`, value); } catch { /* not kept */ } },
};

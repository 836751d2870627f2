// The list of findings: only the rows that can be seen exist. One tab stop; the arrow keys choose.

const ROW = 60;

const list = {
  rows: [],
  chosen: -1,
  box: byId("list"),
  space: byId("space"),
  onchoose: () => {},
  onenter: () => {},

  /** Show these findings, and keep the chosen one where it is among them. */
  show(rows, id) {
    this.rows = rows;
    this.space.style.height = `${rows.length * ROW}px`;
    this.chosen = rows.findIndex((finding) => finding.id === id);
    this.draw(true);
    if (this.chosen >= 0) this.reveal();
    else this.box.scrollTop = 0;
  },

  draw(anew) {
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW) - 8);
    const last = Math.min(this.rows.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW) + 8);
    if (!anew && first === this.first && last === this.last) return;
    this.first = first;
    this.last = last;
    this.space.replaceChildren(...this.rows.slice(first, last).map((finding, index) => this.row(finding, first + index)));
    this.point();
  },

  row(finding, index) {
    const row = make("div", {
      role: "option", id: `row-${finding.id}`, class: "finding",
      "aria-posinset": index + 1, "aria-setsize": this.rows.length,
    },
      make("span", { class: "message" }, sign(finding.severity), make("bdi", {}, finding.message)),
      make("span", { class: "where" }, make("bdi", {}, `${nameOf(finding.place[0])}:${finding.place[1]}`), make("span", { class: "code" }, finding.rule)));
    row.style.top = `${index * ROW}px`;
    return row;
  },

  choose(index) {
    if (!this.rows.length) return;
    this.chosen = Math.max(0, Math.min(index, this.rows.length - 1));
    this.reveal();
    this.draw(false);
    this.point();
    this.onchoose(this.rows[this.chosen]);
  },

  point() {
    const finding = this.rows[this.chosen];
    for (const row of this.space.children) row.setAttribute("aria-selected", String(Boolean(finding) && row.id === `row-${finding.id}`));
    if (finding && byId(`row-${finding.id}`)) this.box.setAttribute("aria-activedescendant", `row-${finding.id}`);
    else this.box.removeAttribute("aria-activedescendant");
  },

  reveal() {
    const top = this.chosen * ROW;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top + ROW > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = top + ROW - this.box.clientHeight;
  },
};

list.space.addEventListener("click", (event) => {
  const index = Math.floor((event.clientY - list.space.getBoundingClientRect().top) / ROW);
  if (index >= list.rows.length) return;
  list.choose(index);
  list.onenter(list.rows[index]);
});
list.box.addEventListener("scroll", () => list.draw(false), { passive: true });
list.box.addEventListener("focus", () => { if (list.chosen < 0) list.choose(0); });
list.box.addEventListener("keydown", (event) => {
  const page = Math.max(1, Math.floor(list.box.clientHeight / ROW) - 1);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
  if (event.key in steps) list.choose(list.chosen + steps[event.key]);
  else if (event.key === "Enter" && list.chosen >= 0) list.onenter(list.rows[list.chosen]);
  else return;
  event.preventDefault();
});
new ResizeObserver(() => list.draw(false)).observe(list.box);

// Draws the table of figures (see figures.py). Text goes in through textContent only, never as HTML.
const make = (tag, text, attributes = {}) => {
  const node = document.createElement(tag);
  if (text) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) if (value) node.setAttribute(name, value);
  return node;
};

function lineOf(line, open) {
  const node = make("div", "", { class: `line ${line.style}` });
  if (line.glyph) {
    const glyph = make("span", line.glyph, { class: "glyph", "aria-hidden": "true" });
    if (line.colour) glyph.style.color = line.colour;
    node.append(glyph);
  }
  if (!line.fact) {
    node.append(make("span", line.text, { title: line.title }));
    return node;
  }
  // a real address, so that it can be opened in another tab or copied; a plain click stays in this session
  const link = make("a", line.text, { href: line.href, title: line.title, "data-fact": line.fact });
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(line.fact);
  };
  node.append(link);
  return node;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const open = (fact) => setTriggerValue("fact", fact);
  const width = data.columns.length;
  const table = make("table", "", { "aria-label": data.label });
  // equal blocks: shares of the width, which content may still push wider
  const sizes = make("colgroup");
  sizes.append(make("col"));
  data.groups.forEach(() => [0.28, 0.27, 0.45].slice(0, width).forEach((share) => {
    const col = make("col");
    col.style.width = `${(88 * share) / data.groups.length}%`;
    sizes.append(col);
  }));
  table.append(sizes);
  const head = make("thead");
  const names = make("tr");
  names.append(make("th", data.corner, { rowspan: "2", scope: "col", class: "corner" }));
  for (const group of data.groups) {
    const cell = make("th", "", { colspan: String(width), scope: "colgroup", class: "group" });
    const name = make("span", group.name, { class: "name" });
    name.style.borderBottomColor = group.colour;
    cell.append(name, make("span", group.note, { class: "note" }));
    names.append(cell);
  }
  const columns = make("tr");
  data.groups.forEach(() => data.columns.forEach((column, i) =>
    columns.append(make("th", column, { scope: "col", class: i ? "" : "first" }))));
  head.append(names, columns);

  const body = make("tbody");
  for (const row of data.rows) {
    const line = make("tr");
    const title = make("th", row.name, { scope: "row", title: row.note });
    line.append(title);
    row.cells.forEach((cell, i) => {
      if (i % width === 0) {
        const where = make("td", data.groups[i / width].name, { class: "where", "aria-hidden": "true" });
        where.style.borderLeftColor = data.groups[i / width].colour;
        line.append(where);
      }
      const node = make("td", "", { class: i % width ? `c${i % width}` : "c0 first" });
      cell.forEach((each) => node.append(lineOf(each, open)));
      line.append(node);
    });
    body.append(line);
  }
  table.append(head, body);

  parentElement.querySelector(".figures")?.remove();
  const box = make("div", "", { class: "figures" });
  box.append(table);
  parentElement.append(box);
  // blocks stand side by side where their content fits, if need be set tighter; else one below the other
  let seen = -1;
  const fit = () => {
    if (box.clientWidth === seen) return;
    seen = box.clientWidth;
    box.className = "figures";
    for (const name of ["tight", "narrow"]) {
      if (table.scrollWidth <= box.clientWidth + 1) break;
      box.className = `figures ${name}`;
    }
  };
  const observer = new ResizeObserver(fit);
  observer.observe(box);
  fit();
  return () => observer.disconnect();
}

// Draws the table of figures (see figures.py). Text goes in through textContent only, never as HTML.
const make = (tag, text, attributes = {}) => {
  const node = document.createElement(tag);
  if (text) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) if (value) node.setAttribute(name, value);
  return node;
};

// A line over the years: a point for each value, joined only where the data say so; a year without a value stays empty.
function sparkOf(spark) {
  const ns = "http://www.w3.org/2000/svg";
  const [wide, high, rim] = [76, 22, 3];
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", `0 0 ${wide} ${high}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", spark.alt);
  const shown = spark.values.filter((v) => v !== null);
  const [low, top] = [Math.min(...shown), Math.max(...shown)];
  const x = (i) => rim + (i * (wide - 2 * rim)) / Math.max(1, spark.values.length - 1);
  const y = (v) => (top === low ? high / 2 : high - rim - ((v - low) / (top - low)) * (high - 2 * rim));
  const add = (name, attributes) => {
    const node = document.createElementNS(ns, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    svg.append(node);
  };
  spark.values.forEach((v, i) => {
    if (v === null) return;
    if (spark.joined[i]) {
      add("line", { x1: x(i - 1), y1: y(spark.values[i - 1]), x2: x(i), y2: y(v), stroke: spark.colour, "stroke-width": 1.5 });
    }
    add("circle", { cx: x(i), cy: y(v), r: 2, fill: spark.colour });
  });
  const title = document.createElementNS(ns, "title");
  title.textContent = spark.alt;
  svg.prepend(title);
  return svg;
}

function lineOf(line, open) {
  if (line.spark) {
    const node = make("div", "", { class: "line spark" });
    node.append(sparkOf(line.spark));
    return node;
  }
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

// A table with the blocks from ``first`` up to ``end``; of the columns of each, the first ``width``.
function tableOf(data, first, end, width, open, follow) {
  const groups = data.groups.slice(first, end);
  const all = groups.length === data.groups.length;
  const label = all ? data.label : `${data.label}：${groups.map((group) => group.name).join("、")}`;
  const table = make("table", "", { "aria-label": label });
  // equal blocks: shares of the width, which content may still push wider
  const sizes = make("colgroup");
  sizes.append(make("col"));
  groups.forEach(() => (width > 3 ? [0.21, 0.2, 0.44, 0.15] : [0.28, 0.27, 0.45]).slice(0, width).forEach((share) => {
    const col = make("col");
    col.style.width = `${(88 * share) / groups.length}%`;
    sizes.append(col);
  }));
  table.append(sizes);
  const head = make("thead");
  const names = make("tr");
  names.append(make("th", data.corner, { rowspan: "2", scope: "col", class: "corner" }));
  for (const group of groups) {
    const cell = make("th", "", { colspan: String(width), scope: "colgroup", class: "group" });
    const name = make("span", group.name, { class: "name" });
    name.style.borderBottomColor = group.colour;
    cell.append(name, make("span", group.note, { class: "note" }));
    names.append(cell);
  }
  const columns = make("tr");
  groups.forEach((_, g) => data.columns.slice(0, width).forEach((column, i) =>
    columns.append(make("th", column, { scope: "col", class: `${["first", "", "status", "c3"][i]}${g ? " again" : ""}` }))));
  head.append(names, columns);

  const body = make("tbody");
  for (const row of data.rows) {
    const line = make("tr");
    const title = make("th", row.href ? "" : row.name, { scope: "row", title: row.note });
    if (row.href) {
      const link = make("a", row.name, { href: row.href, title: row.hint });
      link.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        follow(row.name);
      };
      title.append(link);
    }
    line.append(title);
    groups.flatMap((_, g) => row.cells.slice((first + g) * data.columns.length).slice(0, width)).forEach((cell, i) => {
      if (i % width === 0) {
        const where = make("td", groups[i / width].name, { class: "where", "aria-hidden": "true" });
        where.style.borderLeftColor = groups[i / width].colour;
        line.append(where);
      }
      const node = make("td", "", { class: i % width ? `c${i % width}` : "c0 first" });
      cell.forEach((each) => node.append(lineOf(each, open)));
      line.append(node);
    });
    body.append(line);
  }
  table.append(head, body);
  return table;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const open = (fact) => setTriggerValue("fact", fact);
  const follow = (row) => setTriggerValue("row", row);
  parentElement.querySelector(".figures")?.remove();
  const box = make("div", "", { class: "figures" });
  parentElement.append(box);
  const count = data.groups.length;
  let drawn = "";
  // so many rows of blocks, as equal as can be, with so many columns to a block
  const draw = (rows, width) => {
    if (drawn === `${rows} ${width}`) return;
    drawn = `${rows} ${width}`;
    const at = (n) => Math.round((n * count) / rows);
    box.replaceChildren(...Array.from({ length: rows }, (_, n) => tableOf(data, at(n), at(n + 1), width, open, follow)));
  };
  const fits = () => [...box.children].every((table) => table.scrollWidth <= box.clientWidth + 1);
  // All blocks stand side by side where their content fits, if need be set tighter or without the small lines; else in
  // several rows of two at least; on a telephone one below the other.
  let seen = -1;
  const fit = () => {
    if (box.clientWidth === seen) return;
    seen = box.clientWidth;
    for (let rows = 1; rows === 1 || count / rows >= 2; rows += 1) {
      for (const name of ["", "tight", "tight close"]) {
        draw(rows, name.endsWith("close") ? 3 : data.columns.length);
        box.className = `figures ${name}`.trim();
        if (fits()) return;
      }
    }
    draw(1, data.columns.length);
    box.className = "figures narrow";
  };
  const observer = new ResizeObserver(fit);
  observer.observe(box);
  fit();
  return () => observer.disconnect();
}

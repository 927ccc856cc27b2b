/* What comes out of Word, Excel and LibreOffice by the clipboard, as the plain HTML that the house keeps.

   Word writes a list as paragraphs whose style says "mso-list: l0 level2 lfo1" and whose marker is a span of its own;
   no program marks header cells. Everything that is only looks goes: styles, classes, comments, fonts, colours.
   The server cleans again; here it is a matter of the structure, which it cannot guess. */

const LIST = /mso-list:\s*(l\d+)\s+level(\d+)/i;
const NUMBERED = /^\s*\(?(?:\d+|[a-zæøå]{1,4})[.)]/i;
const KEPT = { a: ["href"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan", "scope"] };
const GONE = "script, style, meta, link, title, xml, img, object, iframe, input, button, colgroup, col, template";

export function cleaned(html) {
  const page = new DOMParser().parseFromString(withoutStyle(html), "text/html");
  removeComments(page);
  for (const node of page.querySelectorAll(GONE)) node.remove();
  for (const node of page.getElementsByTagName("o:p")) node.textContent = node.textContent.replaceAll("\u00a0", ""); // Word's filling
  makeLists(page);
  makeHeadings(page);
  for (const table of page.querySelectorAll("table")) tidyTable(page, table);
  keepEmphasis(page);
  unwrap(page);
  for (const node of page.body.querySelectorAll("*")) {
    for (const { name } of [...node.attributes]) if (!(KEPT[node.localName] ?? []).includes(name)) node.removeAttribute(name);
  }
  for (const p of page.body.querySelectorAll("p, h3, h4")) {
    if (!p.closest("td, th") && !p.textContent.replaceAll("\u00a0", " ").trim()) p.remove();
  }
  return page.body.innerHTML;
}

/* The page's policy refuses every style, in a parsed document too: as data it may be read, and nobody is refused. */
function withoutStyle(html) {
  return html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/(<[a-z][^<>]*?\s)style\s*=/gi, "$1data-style=");
}

function removeComments(page) {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const comment of found) comment.remove();
}

const styleOf = (node) => node.dataset.style ?? "";

/* Paragraphs of one run become one list, deeper levels lists inside the item before. */
function makeLists(page) {
  let open = [];
  let last = null;
  for (const p of page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    const [, key, level] = LIST.exec(styleOf(p)) ?? [];
    if (!key) continue;
    if (last === null || nextOf(last) !== p || open[0]?.key !== key) open = [];
    const marker = [...p.querySelectorAll("span")].find((span) => /mso-list:\s*ignore/i.test(styleOf(span)));
    const isNumbered = NUMBERED.test(marker?.textContent ?? "") && !/^\s*o\s/.test(marker?.textContent ?? "");
    marker?.remove();
    const depth = Math.min(Number(level), open.length + 1);
    open = open.slice(0, depth);
    if (open.length < depth) {
      const list = page.createElement(isNumbered ? "ol" : "ul");
      if (depth === 1) p.before(list);
      else open[depth - 2].list.lastElementChild.append(list);
      open.push({ key, list });
    }
    const item = page.createElement("li");
    const words = page.createElement("p");
    words.append(...p.childNodes);
    item.append(words);
    open[depth - 1].list.append(item);
    p.remove();
    last = open[0].list;
  }
}

function nextOf(node) {
  let next = node.nextSibling;
  while (next && next.nodeType === Node.TEXT_NODE && !next.data.trim()) next = next.nextSibling;
  return next;
}

/* Headings of the whole document become headings inside a section. */
function makeHeadings(page) {
  for (const node of page.querySelectorAll("h1, h2, h5, h6, p.MsoTitle, p.MsoSubtitle")) {
    rename(page, node, ["h1", "h2"].includes(node.localName) || node.className === "MsoTitle" ? "h3" : "h4");
  }
}

function rename(page, node, name) {
  const other = page.createElement(name);
  for (const { name: attribute, value } of node.attributes) other.setAttribute(attribute, value);
  other.append(...node.childNodes);
  node.replaceWith(other);
  return other;
}

/* The rows that say they are a head, else the first row where it has words and more rows follow, get header cells.
   A caption that Word keeps as a paragraph of its own above the table becomes the table's. */
function tidyTable(page, table) {
  for (const row of [...table.rows]) if (!row.textContent.replaceAll("\u00a0", " ").trim()) row.remove();
  const before = table.previousElementSibling;
  if (!table.caption && before?.matches("p.MsoCaption")) {
    const caption = table.createCaption();
    caption.textContent = before.textContent.replace(/\s+/g, " ").trim();
    before.remove();
  }
  if (table.querySelector("th")) return;
  const head = [...table.querySelectorAll("thead tr")];
  const first = table.rows[0];
  const rows = head.length ? head : first && table.rows.length > 1 && isHead(first) ? [first] : [];
  for (const row of rows) for (const cell of [...row.cells]) rename(page, cell, "th").setAttribute("scope", "col");
}

function isHead(row) {
  const words = [...row.cells].map((cell) => cell.textContent.trim());
  return words.filter((word) => /\p{L}/u.test(word)).length > words.length / 2 || words.every((word) => /^(19|20)\d\d$|^$/.test(word));
}

/* LibreOffice and Word say some emphasis by style alone. */
function keepEmphasis(page) {
  for (const span of page.querySelectorAll("span[data-style], font[data-style]")) {
    const style = styleOf(span);
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) wrapInside(page, span, "strong");
    if (/font-style:\s*italic/i.test(style)) wrapInside(page, span, "em");
    if (/vertical-align:\s*super/i.test(style)) wrapInside(page, span, "sup");
    if (/vertical-align:\s*sub\b/i.test(style)) wrapInside(page, span, "sub");
  }
}

function wrapInside(page, node, name) {
  const inner = page.createElement(name);
  inner.append(...node.childNodes);
  node.append(inner);
}

/* Elements of other vocabularies (o:p, v:shape) and those that only carry looks: their words stay. */
function unwrap(page) {
  for (const node of [...page.body.querySelectorAll("*")].reverse()) {
    const isLink = node.localName === "a" && /^(https?:|mailto:)/i.test(node.getAttribute("href") ?? "");
    if (node.localName.includes(":") || ["span", "font", "center", "u", "s", "strike", "ins"].includes(node.localName) || (node.localName === "a" && !isLink)) {
      node.replaceWith(...node.childNodes);
    } else if (node.localName === "del") {
      node.remove();
    }
  }
}

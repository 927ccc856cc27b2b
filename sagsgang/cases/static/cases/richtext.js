/* The text that the editor lets through (the same subset as documents/richtext.py), and its toolbar. */

/* The extensions of the engine: paragraphs, lists, emphasis, links, two headings, tables with a caption. */
export function extensionsOf(engine) {
  const Table = engine.Table.extend({
    addAttributes() {
      return {
        ...this.parent?.(),
        caption: { default: "", parseHTML: (table) => table.querySelector("caption")?.textContent.trim() ?? "", rendered: false },
      };
    },
    parseHTML() {
      return [{ tag: "table" }, { tag: "caption", ignore: true }]; // its words are an attribute, and no row
    },
    renderHTML({ node }) {
      const rows = ["tbody", 0];
      return node.attrs.caption ? ["table", ["caption", node.attrs.caption], rows] : ["table", rows];
    },
    addNodeView() {
      const make = this.parent?.();
      return (given) => {
        const view = make(given);
        const caption = document.createElement("caption");
        caption.contentEditable = "false";
        const show = (node) => { caption.textContent = node.attrs.caption; caption.hidden = !node.attrs.caption; };
        show(given.node);
        view.table.prepend(caption);
        const update = view.update.bind(view);
        view.update = (node) => { const isKept = update(node); if (isKept) show(node); return isKept; };
        const ignore = view.ignoreMutation?.bind(view);
        view.ignoreMutation = (mutation) => caption.contains(mutation.target) || (ignore?.(mutation) ?? false);
        return view;
      };
    },
    addMenuItems() {},
  });
  const HeaderCell = engine.TableHeader.extend({
    addAttributes() {
      return { ...this.parent?.(), scope: { default: null, parseHTML: (cell) => cell.getAttribute("scope") } };
    },
  });
  return [
    engine.Document, engine.Paragraph, engine.Text, engine.HardBreak, engine.Bold, engine.Italic, engine.Subscript,
    engine.Superscript, engine.BulletList, engine.OrderedList.configure({ enableListAttributes: false }), engine.ListItem,
    engine.Heading.configure({ levels: [3, 4] }),
    engine.Link.configure({ openOnClick: false, enableTarget: false, autolink: true, protocols: ["http", "https", "mailto"] }),
    Table.configure({ resizable: false }), engine.TableRow, HeaderCell, engine.TableCell,
    engine.History, engine.Dropcursor, engine.Gapcursor,
  ];
}

/* What the engine writes, as the house keeps it: header rows in a head, header cells with their scope. */
export function tidied(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const table of page.querySelectorAll("table")) {
    const head = [];
    for (const row of table.rows) {
      if (row.cells.length && [...row.cells].every((cell) => cell.localName === "th") && head.length < table.rows.length - 1) head.push(row);
      else break;
    }
    for (const cell of table.querySelectorAll("th")) {
      if (!cell.hasAttribute("scope")) cell.setAttribute("scope", head.includes(cell.parentElement) ? "col" : "row");
    }
    if (head.length) {
      const part = page.createElement("thead");
      part.append(...head);
      table.tBodies[0].before(part);
    }
    for (const cell of table.querySelectorAll("[colspan='1'], [rowspan='1']")) {
      for (const name of ["colspan", "rowspan"]) if (cell.getAttribute(name) === "1") cell.removeAttribute(name);
    }
  }
  return page.body.innerHTML;
}

const COMMANDS = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  subscript: (chain) => chain.toggleSubscript(),
  superscript: (chain) => chain.toggleSuperscript(),
  heading: (chain, level) => chain.toggleHeading({ level }),
  bulletList: (chain) => chain.toggleBulletList(),
  orderedList: (chain) => chain.toggleOrderedList(),
  table: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
  addRowAfter: (chain) => chain.addRowAfter(),
  deleteRow: (chain) => chain.deleteRow(),
  addColumnAfter: (chain) => chain.addColumnAfter(),
  deleteColumn: (chain) => chain.deleteColumn(),
  toggleHeaderCell: (chain) => chain.toggleHeaderCell(),
  mergeOrSplit: (chain) => chain.mergeOrSplit(),
  deleteTable: (chain) => chain.deleteTable(),
};

/* A toolbar of its own for each editor: one stop for Tab, arrows inside (WAI-ARIA toolbar). */
export function toolbarFor(editor, label, words) {
  const bar = document.getElementById("tools").content.firstElementChild.cloneNode(true);
  bar.setAttribute("aria-label", label);
  const buttons = [...bar.querySelectorAll("button")];
  buttons.forEach((button, n) => {
    button.tabIndex = n ? -1 : 0;
    const name = button.textContent.trim().replace(/^(x2|↶|↷)/, "").trim();
    button.title = name;
  });
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the selection in the text stays
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button && editor.isEditable) run(editor, button.dataset, words);
  });
  bar.addEventListener("keydown", (event) => moveFocus(event, buttons));
  const inTable = bar.querySelector("[data-in-table]");
  const refresh = () => {
    inTable.hidden = !editor.isActive("table");
    for (const button of buttons) {
      if (!button.hasAttribute("aria-pressed")) continue;
      const { command, level } = button.dataset;
      const name = command === "toggleHeaderCell" ? "tableHeader" : command;
      button.setAttribute("aria-pressed", String(editor.isActive(name, level ? { level: Number(level) } : {})));
    }
  };
  editor.on("transaction", refresh);
  return bar;
}

function moveFocus(event, buttons) {
  const shown = buttons.filter((button) => !button.closest("[hidden]"));
  const at = shown.indexOf(document.activeElement);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  const target = shown[(to + shown.length) % shown.length];
  for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
  target.focus();
}

function run(editor, { command, level }, words) {
  if (command === "link") return askLink(editor, words);
  if (command === "caption") return askCaption(editor, words);
  COMMANDS[command](editor.chain().focus(), Number(level)).run();
}

async function askLink(editor, words) {
  const before = editor.getAttributes("link").href ?? "";
  const check = (value) => (/^(https?:\/\/|mailto:)[^<>"\s]+$/i.test(value) ? "" : words.wordBadAddress);
  const answer = await ask({ title: words.wordLink, label: words.wordAddress, value: before || "https://", canRemove: before !== "", check });
  if (answer === null) { editor.commands.focus(); return; }
  const chain = editor.chain().focus().extendMarkRange("link");
  if (answer === "") chain.unsetLink().run();
  else if (editor.state.selection.empty && !before) chain.insertContent({ type: "text", text: answer, marks: [{ type: "link", attrs: { href: answer } }] }).run();
  else chain.setLink({ href: answer }).run();
}

async function askCaption(editor, words) {
  const before = editor.getAttributes("table").caption ?? "";
  const answer = await ask({ title: words.wordCaption, label: words.wordCaption, value: before, canRemove: false, check: () => "" });
  if (answer === null) { editor.commands.focus(); return; }
  editor.chain().focus().updateAttributes("table", { caption: answer.trim() }).run();
}

/* The page's one dialog: resolves to what was typed, "" to remove, null when it was left. */
function ask({ title, label, value, canRemove, check }) {
  const dialog = document.getElementById("ask");
  const input = dialog.querySelector("input");
  const error = dialog.querySelector("[data-error]");
  dialog.querySelector("#ask-title").textContent = title;
  dialog.querySelector("[data-label]").textContent = label;
  dialog.querySelector("[data-remove]").hidden = !canRemove;
  input.value = value;
  error.textContent = "";
  dialog.returnValue = "";
  dialog.showModal();
  input.select();
  return new Promise((resolve) => {
    const submit = (event) => {
      const wrong = event.submitter?.value === "ok" ? check(input.value.trim()) : "";
      if (wrong) { event.preventDefault(); error.textContent = wrong; input.focus(); }
    };
    dialog.addEventListener("submit", submit);
    dialog.addEventListener("close", () => {
      dialog.removeEventListener("submit", submit);
      resolve({ ok: input.value.trim(), remove: "" }[dialog.returnValue] ?? null);
    }, { once: true });
  });
}

/* The editor of a presentation: puts a rich text editor in the place of each section's plain lines, and saves.

   The words are saved 1.5 seconds after the typing stops, when the section is left, and when the page goes away.
   What is not confirmed by the server lies in sessionStorage of this window until it is. Two who write at once are
   told by the server (409), and choose. The engine is loaded by its address: no inline import map, the page's policy
   stays as strict as everywhere. */

const root = document.getElementById("editor");
const words = root.dataset;
const news = document.getElementById("editor-news");
const PAUSE = 1500;
const RETRIES = [3000, 6000, 12000, 30000];
const KEEPALIVE_LIMIT = 60000; // bytes; a browser sends no more when the page goes away

const [engine, { cleaned }, { extensionsOf, toolbarFor, tidied }] = await Promise.all([
  import(words.engine),
  import(words.paste),
  import(words.rich),
]);

const clock = () => new Intl.DateTimeFormat("da-DK", { hour: "2-digit", minute: "2-digit" }).format(new Date());
const csrf = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;

class Desk {
  constructor(node) {
    this.node = node;
    this.form = node.querySelector("[data-words]");
    this.state = node.querySelector("[data-state]");
    this.points = node.querySelector("[data-points]");
    this.mergePlace = node.querySelector("[data-merge-place]");
    this.seen = Number(node.dataset.seen);
    this.key = `sagsgang:${words.user}:${node.dataset.section}`;
    this.failures = 0;
    this.isStuck = false; // two have written, and nobody has chosen yet
    this.makeEditor();
    this.confirmed = this.snapshot();
    if (this.points) this.preparePoints();
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
    // Later, when a row that is moved stands again and has its focus back.
    node.addEventListener("focusout", () => setTimeout(() => { if (!node.contains(document.activeElement)) this.save(); }));
    node.querySelector("[data-plain]").hidden = true;
    node.querySelector("[data-plain-save]").hidden = true;
    const merge = node.querySelector("[data-merge]");
    if (merge) this.bindPageMerge(merge);
    else this.restore();
  }

  makeEditor() {
    const plain = this.node.querySelector("[data-plain]");
    const place = document.createElement("div");
    place.className = "prose-editor";
    plain.before(place);
    const title = this.node.querySelector("h2");
    const hint = title.textContent.trim();
    this.editor = new engine.Editor({
      element: place,
      extensions: extensionsOf(engine),
      content: this.form.querySelector("[data-rich]").innerHTML,
      injectCSS: false,
      editorProps: {
        attributes: { role: "textbox", "aria-multiline": "true", "aria-label": `${words.wordText}: ${hint}`, class: "rich" },
        transformPastedHTML: cleaned,
      },
      onUpdate: () => this.touched(),
    });
    place.prepend(toolbarFor(this.editor, `${words.wordToolbar}: ${hint}`, words));
  }

  /* The words as they would be sent. */
  snapshot() {
    const rows = this.points ? [...this.points.children] : [];
    const points = rows.map((row) => ({ verb: row.querySelector("select").value, text: row.querySelector("textarea").value }));
    return { html: this.editor.isEmpty ? "" : tidied(this.editor.getHTML()), points: points.filter((point) => point.text.trim()) };
  }

  isDirty() { return JSON.stringify(this.snapshot()) !== JSON.stringify(this.confirmed); }

  touched() {
    this.say(words.wordWaiting, "waiting");
    sessionStorage.setItem(this.key, JSON.stringify({ seen: this.seen, ...this.snapshot() }));
    this.later(PAUSE);
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  /* Send what has changed; resolves to whether everything is saved. */
  async save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (this.isStuck) return false;
    if (this.running) {
      if (leaving) return false; // what is under way is kept alive; the rest lies in sessionStorage
      while (this.running) await this.running;
      if (this.isStuck) return false;
    }
    const sent = this.snapshot();
    if (JSON.stringify(sent) === JSON.stringify(this.confirmed)) {
      if (this.state.dataset.mood === "waiting") this.say(words.wordSaved.replace("{time}", clock()), "saved");
      sessionStorage.removeItem(this.key);
      return true;
    }
    this.running = this.send(sent, leaving).finally(() => { this.running = null; });
    return this.running;
  }

  async send(sent, leaving) {
    const body = new URLSearchParams({ csrfmiddlewaretoken: csrf(), seen: this.seen, is_rich: "1", html: sent.html });
    sent.points.forEach((point, n) => { body.set(`verb-${n}`, point.verb); body.set(`point-${n}`, point.text); });
    this.say(words.wordSaving, "saving");
    const headers = { Accept: "application/json", "HX-Request": "true", "X-CSRFToken": csrf() };
    const keepalive = (leaving || document.visibilityState === "hidden") && body.toString().length < KEEPALIVE_LIMIT;
    let answer;
    try {
      answer = await fetch(this.node.dataset.save, { method: "POST", body, headers, keepalive });
    } catch {
      return this.failed(words.wordOffline);
    }
    return this.heard(answer, sent);
  }

  async heard(answer, sent) {
    if (answer.status === 401) return this.failed(words.wordEnded, { login: true });
    if (answer.status === 413) return this.refused(words.wordLarge);
    const told = await answer.json().catch(() => null);
    if (told?.state === "saved" || told?.state === "joined") return this.saved(told, sent);
    if (told?.state === "stale") return this.stale(told);
    if (told?.state === "refused") return this.refused(told.sentence);
    return this.failed(words.wordFailed);
  }

  saved(told, sent) {
    const isUntouched = JSON.stringify(this.snapshot()) === JSON.stringify(sent);
    this.failures = 0;
    this.confirmed = sent;
    if (told.state === "saved") this.seen = told.revision;
    if (told.state === "joined" && isUntouched) {
      this.seen = told.revision;
      this.show(told);
      this.confirmed = this.snapshot();
    }
    document.body.dispatchEvent(new CustomEvent("saved"));
    if (!isUntouched) {
      this.say(words.wordWaiting, "waiting");
      this.later(PAUSE);
      return true;
    }
    sessionStorage.removeItem(this.key);
    this.say((told.state === "joined" ? words.wordJoined : words.wordSaved).replace("{time}", clock()), "saved");
    if (told.state === "joined") news.textContent = this.state.textContent;
    return true;
  }

  failed(sentence, { login = false } = {}) {
    this.say(sentence, "failed");
    if (login) {
      const link = document.createElement("a");
      Object.assign(link, { href: words.login, target: "_blank", rel: "noopener", textContent: words.wordLogin });
      this.state.append(" ", link);
    }
    if (!this.failures) news.textContent = sentence;
    this.later(RETRIES[Math.min(this.failures, RETRIES.length - 1)]);
    this.failures += 1;
    return false;
  }

  refused(sentence) {
    this.say(sentence, "failed");
    news.textContent = sentence;
    return false;
  }

  /* Two have written: both texts are shown, and nothing is sent before she has chosen. */
  stale(told) {
    this.isStuck = true;
    this.say(words.wordStale, "failed");
    this.mergePlace.innerHTML = told.merge;
    const merge = this.mergePlace.firstElementChild;
    this.editor.setEditable(false, false);
    for (const button of merge.querySelectorAll("[data-choose]")) {
      button.addEventListener("click", (event) => { event.preventDefault(); this.choose(told, button.dataset.choose); });
    }
    merge.querySelector("[role=alert]").focus();
    return false;
  }

  choose(told, choice) {
    this.isStuck = false;
    this.seen = told.revision;
    this.mergePlace.replaceChildren();
    this.editor.setEditable(true, false);
    this.show(told.theirs);
    this.confirmed = this.snapshot();
    if (choice !== "theirs") this.show(told[choice]);
    this.editor.commands.focus("start");
    this.say(words.wordWaiting, "waiting");
    this.save();
  }

  /* The page came with both texts (she had saved without JavaScript): the forms in it do the work. */
  bindPageMerge(merge) {
    this.isStuck = true;
    this.editor.setEditable(false, false);
    this.say(words.wordStale, "failed");
    merge.querySelector("[role=alert]").focus();
  }

  show({ html, points }) {
    this.editor.commands.setContent(html, { emitUpdate: false });
    if (!this.points) return;
    while (this.points.children.length > 1) this.points.firstElementChild.remove();
    for (const point of points) {
      const row = this.emptyRow();
      const verb = row.querySelector("select");
      if (point.verb && ![...verb.options].some((option) => option.value === point.verb)) verb.add(new Option(point.verb, point.verb));
      verb.value = point.verb;
      row.querySelector("textarea").value = point.text;
      this.points.lastElementChild.before(row);
    }
    this.number();
  }

  /* Words of this window that never arrived. */
  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    if (!kept) return;
    this.show(kept);
    if (!this.isDirty()) { sessionStorage.removeItem(this.key); return; }
    this.seen = kept.seen;
    this.say(words.wordRestored, "waiting");
    news.textContent = words.wordRestored;
    this.later(PAUSE);
  }

  preparePoints() {
    this.points.addEventListener("input", () => { this.number(); this.touched(); });
    this.points.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (button) { event.preventDefault(); this.movePoint(button); }
    });
    const add = this.node.querySelector("[data-add-point]");
    add.hidden = false;
    add.addEventListener("click", () => { this.number(); this.points.lastElementChild.querySelector("textarea").focus(); });
    this.number();
  }

  movePoint(button) {
    const row = button.closest("[data-point]");
    const { act } = button.dataset;
    if (act === "up") row.previousElementSibling?.before(row);
    if (act === "down") row.nextElementSibling?.after(row);
    if (act === "remove") { (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("textarea").focus(); row.remove(); }
    else button.focus();
    this.number();
    this.touched();
  }

  emptyRow() {
    const row = (this.points.lastElementChild ?? this.spare).cloneNode(true);
    row.querySelector("textarea").value = "";
    row.querySelector("select").value = "";
    return row;
  }

  /* Names and ids in their order, and always one empty row at the end. */
  number() {
    this.spare ??= this.points.lastElementChild.cloneNode(true);
    if (!this.points.lastElementChild || this.points.lastElementChild.querySelector("textarea").value.trim()) this.points.append(this.emptyRow());
    [...this.points.children].forEach((row, n) => {
      for (const [selector, name] of [["select", "verb"], ["textarea", "point"]]) {
        const control = row.querySelector(selector);
        control.id = `${name}-${this.node.dataset.section}-${n}`;
        control.name = `${name}-${n}`;
        control.closest(".form-group").querySelector("label").htmlFor = control.id;
      }
    });
  }

  say(sentence, mood) {
    this.state.textContent = sentence;
    this.state.dataset.mood = mood;
  }
}

const desks = [...document.querySelectorAll("[data-section]")].map((node) => new Desk(node));
root.dataset.ready = "yes";

const saveAll = (options) => Promise.all(desks.map((desk) => desk.save(options)));
document.addEventListener("visibilitychange", () => { saveAll({ leaving: document.visibilityState === "hidden" }); });
addEventListener("pagehide", () => saveAll({ leaving: true }));
addEventListener("online", () => saveAll());
addEventListener("focus", () => saveAll());

/* Other forms load the page anew: the words go first. The economy block is saved by its button alone. */
let isMoneyDirty = false;
const money = document.querySelector("[data-economy]");
money?.addEventListener("input", () => { isMoneyDirty = true; });
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (form.matches("[data-words]") || form.method === "dialog") return;
  if (form === money) isMoneyDirty = false;
  if (!desks.some((desk) => desk.isDirty() && !desk.isStuck)) return;
  event.preventDefault();
  if ((await saveAll()).every((isSaved, n) => isSaved || desks[n].isStuck)) form.requestSubmit(submitter);
});
addEventListener("beforeunload", (event) => { if (isMoneyDirty || desks.some((desk) => desk.isDirty() && desk.failures)) event.preventDefault(); });

// The secretary's acts survive a lost network. Each gets its key and its time here, is kept in the browser until the
// house has answered, and is sent in order. The house does an act with the same key once.
(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;

  const SHELF = `sagsgang:sitting:${desk.dataset.desk}`;
  const PATIENCE = [500, 1000, 2000, 4000, 8000];
  const box = document.querySelector("[data-outbox]");
  const words = box.dataset;
  let failures = 0;
  let waiting = null;
  let sending = false;

  const shelf = () => JSON.parse(localStorage.getItem(SHELF) || "[]");
  const keep = (acts) => localStorage.setItem(SHELF, JSON.stringify(acts));

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  const line = (act) => {
    const item = document.createElement("li");
    const at = new Date(act.at).toLocaleTimeString("da-DK", { hour: "2-digit", minute: "2-digit" });
    item.textContent = `${at} ${act.label}`;
    if (!act.refusal) return item;
    const why = document.createElement("strong");
    why.textContent = ` ${act.refusal} `;
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "button button-tertiary";
    drop.textContent = words.drop;
    drop.addEventListener("click", () => {
      keep(shelf().filter((other) => other.key !== act.key));
      show();
    });
    item.append(why);
    if (act.typed) {
      const typed = document.createElement("q");
      typed.textContent = act.typed;
      item.append(typed);
    }
    item.append(drop);
    return item;
  };

  const show = () => {
    const acts = shelf();
    const refused = acts.filter((act) => act.refusal);
    const unsent = acts.filter((act) => !act.refusal);
    box.querySelector("[data-outbox-list]").replaceChildren(...acts.map(line));
    box.querySelector("[data-outbox-state]").textContent = refused.length
      ? words.refused
      : unsent.length
        ? (failures ? words.kept : words.sending).replace("{count}", unsent.length)
        : words.saved;
    box.dataset.outbox = refused.length ? "refused" : unsent.length ? (failures ? "kept" : "sending") : "saved";
  };

  // Answers true when the house has taken a stand; false when it could not be reached.
  const send = async (act) => {
    const body = new URLSearchParams(act.fields);
    body.set("csrfmiddlewaretoken", token());
    let answer;
    try {
      answer = await fetch(act.url, { method: "POST", body, headers: { Accept: "application/json" } });
    } catch {
      return false;
    }
    if (answer.redirected || answer.status === 401) return refuse(act, words.login);
    if (answer.status >= 500) return false;
    const said = await answer.json().catch(() => null);
    if (answer.ok && said) {
      keep(shelf().filter((other) => other.key !== act.key));
      document.body.dispatchEvent(new CustomEvent("sitting:changed", { detail: { number: said.number } }));
      return true;
    }
    return refuse(act, said?.message || words.unknown);
  };

  const refuse = (act, message) => {
    keep(shelf().map((other) => (other.key === act.key ? { ...other, refusal: message } : other)));
    return true;
  };

  const drain = async () => {
    if (sending) return;
    sending = true;
    clearTimeout(waiting);
    try {
      for (let act = next(); act; act = next()) {
        if (await send(act)) failures = 0;
        else {
          waiting = setTimeout(drain, PATIENCE[Math.min(failures, PATIENCE.length - 1)]);
          failures += 1;
          break;
        }
        show();
      }
    } finally {
      sending = false;
      show();
    }
  };
  const next = () => shelf().find((act) => !act.refusal);

  const labelOf = (form, button) =>
    button?.dataset.label || form.dataset.label || button?.textContent.trim() || form.getAttribute("aria-label") || "";

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches("form[data-act]")) return;
    event.preventDefault();
    if (form.dataset.ask && !window.confirm(form.dataset.ask)) return;
    const data = new FormData(form, button);
    const now = new Date().toISOString();
    data.delete("csrfmiddlewaretoken");
    data.set("key", crypto.randomUUID ? crypto.randomUUID() : fallbackKey());
    data.set("at", now);
    const typed = [...form.querySelectorAll("textarea")].map((field) => field.value).join("\n").trim();
    keep([
      ...shelf(),
      { key: data.get("key"), at: now, url: form.action, fields: [...data], label: labelOf(form, button), typed },
    ]);
    for (const field of form.querySelectorAll("[data-clear]")) {
      if (field.tagName === "SELECT") field.selectedIndex = 0;
      else field.value = "";
    }
    show();
    drain();
  });

  // Without https there is no randomUUID: the same form of key from random bytes.
  const fallbackKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  // What is being written is kept too, by its field, until it is saved.
  const DRAFTS = `${SHELF}:text:`;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (field.dataset && field.dataset.draft) localStorage.setItem(DRAFTS + field.dataset.draft, field.value);
  });
  const restore = () => {
    for (const field of document.querySelectorAll("textarea[data-draft]")) {
      const kept = localStorage.getItem(DRAFTS + field.dataset.draft);
      if (kept === null || kept === field.defaultValue) localStorage.removeItem(DRAFTS + field.dataset.draft);
      else if (field.value === field.defaultValue) field.value = kept;
    }
  };

  // Keys: Alt+Shift with a letter goes to a place, Ctrl+Enter sends the form that is being written.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest?.("form[data-act]");
      if (form) {
        event.preventDefault();
        form.requestSubmit();
      }
      return;
    }
    if (!event.altKey || !event.shiftKey) return;
    const target = document.querySelector(`[data-key="${event.code.replace("Key", "").toLowerCase()}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.tagName === "DETAILS") target.open = true;
    const field = target.matches("button, input, select, textarea, a, summary")
      ? target
      : target.querySelector("input:not([type=hidden]), select, textarea, button, summary, a");
    field?.focus();
    if (target.dataset.press !== undefined) target.click();
  });

  window.addEventListener("online", drain);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && drain());
  document.addEventListener("sitting:shown", restore);
  window.addEventListener("beforeunload", (event) => {
    if (shelf().some((act) => !act.refusal)) event.preventDefault();
  });
  restore();
  show();
  drain();
})();

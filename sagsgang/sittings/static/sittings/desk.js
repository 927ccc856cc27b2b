// The secretary's acts survive a lost network. Each gets its key and its time here, is kept in the browser until the
// house has answered, and is sent in order. The house does an act with the same key once.
(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;

  const SHELF = `sagsgang:sitting:${desk.dataset.desk}`;
  const PATIENCE = [500, 1000, 2000, 4000, 8000];
  const ONE_PRESS = 1000; // ms in which the same act once more is the same press
  const TOLERATED = 5000; // ms that this machine's clock may be off without being set right
  const box = document.querySelector("[data-outbox]");
  const words = box.dataset;
  let failures = 0;
  let waiting = null;
  let sending = false;
  let isShut = false; // the house asks her to log in first
  let answered = null; // the act that the house did last, and when
  let offset = 0; // ms from this machine's clock to that of the house

  const shelf = () => JSON.parse(localStorage.getItem(SHELF) || "[]");
  const keep = (acts) => localStorage.setItem(SHELF, JSON.stringify(acts));

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";

  const learnClock = (said, heard) => {
    if (Number.isFinite(said)) offset = Math.abs(said - heard) > TOLERATED ? said - heard : 0;
  };
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival?.transferSize) {
    learnClock(Date.parse(desk.dataset.now), Date.now() - performance.now() + arrival.responseStart);
  }

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
      ? [words.refused, isShut && unsent.length ? words.login.replace("{count}", unsent.length) : ""].join(" ")
      : unsent.length
        ? words[unsentState()].replace("{count}", unsent.length)
        : words.saved;
    box.dataset.outbox = refused.length ? "refused" : unsent.length ? unsentState() : "saved";
    box.querySelector("[data-outbox-login]").hidden = !(isShut && unsent.length);
  };
  const unsentState = () => (isShut ? "login" : failures ? "kept" : "sending");

  const post = async (act) => {
    const body = new URLSearchParams(act.fields);
    body.set("csrfmiddlewaretoken", token());
    const answer = await fetch(act.url, { method: "POST", body, headers: { Accept: "application/json" } });
    learnClock(Date.parse(answer.headers.get("Date")), Date.now());
    return answer;
  };

  // Who logged in on another tab has a new token. True when the desk is hers again, with that token in its forms.
  const renewToken = async () => {
    const answer = await fetch(desk.dataset.regionsUrl, { headers: { Accept: "text/html" } });
    if (answer.redirected || !answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (!fresh || page.querySelector("[data-desk]")?.dataset.desk !== desk.dataset.desk) return false;
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = fresh;
    return true;
  };

  // Answers true when the house has taken a stand; false when it could not be reached, or asks her to log in first:
  // then the act stays as it is, and is sent when she has.
  const send = async (act) => {
    let answer;
    try {
      answer = await post(act);
      if (answer.status === 403 && !answer.redirected) {
        isShut = !(await renewToken());
        if (isShut) return false;
        answer = await post(act);
      }
    } catch {
      isShut = false;
      return false;
    }
    isShut = answer.redirected || answer.status === 401;
    if (isShut || answer.status >= 500) return false;
    const said = await answer.json().catch(() => null);
    if (answer.ok && said) {
      answered = { act, at: performance.now() };
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

  // A second press of the same button: nothing was done between, and the page may not have changed yet.
  const isRepeated = (act) => {
    const unsent = shelf().filter((other) => !other.refusal);
    const fresh = answered && performance.now() - answered.at < ONE_PRESS ? answered.act : null;
    const last = unsent.length ? unsent[unsent.length - 1] : fresh;
    return Boolean(last) && last.url === act.url && saying(last) === saying(act);
  };
  const saying = (act) => JSON.stringify(act.fields.filter(([name]) => name !== "key" && name !== "at"));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (!form.matches("form[data-act]")) return;
    event.preventDefault();
    if (form.dataset.ask && !window.confirm(form.dataset.ask)) return;
    const data = new FormData(form, button);
    const now = new Date(Date.now() + offset).toISOString();
    data.delete("csrfmiddlewaretoken");
    data.set("key", crypto.randomUUID ? crypto.randomUUID() : fallbackKey());
    data.set("at", now);
    const typed = [...form.querySelectorAll("textarea")].map((field) => field.value).join("\n").trim();
    const act = { key: data.get("key"), at: now, url: form.action, fields: [...data], label: labelOf(form, button), typed };
    if (isRepeated(act)) return;
    keep([...shelf(), act]);
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
  let isLoggingIn = false; // what is kept is sent when she comes back
  box.querySelector("[data-outbox-login]").addEventListener("click", () => {
    isLoggingIn = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isLoggingIn && shelf().some((act) => !act.refusal)) event.preventDefault();
  });
  restore();
  show();
  drain();
})();

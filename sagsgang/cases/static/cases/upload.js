// Sends chosen or dropped files one by one, three at a time, with progress for each and for all of them.
// Without this script the same form sends them all in one request. All words stand in the form's data attributes.

const form = document.getElementById("upload");
if (form) startUploads(form);

function startUploads(form) {
  const AT_ONCE = 3;
  const REFRESH_EVERY = 2500; // milliseconds between two fetches of the list while files arrive
  const say = form.dataset;
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  const panel = form.querySelector(".sending");
  const list = panel.querySelector("ul");
  const ended = form.querySelector(".ended");
  const entries = [];
  let lastRefresh = 0;
  let nextPosition = Number(say.next);

  form.querySelector("button[type=submit]").hidden = true;
  form.querySelector(".drop-hint").hidden = false;
  input.addEventListener("change", () => take(input.files));
  form.addEventListener("submit", (event) => { event.preventDefault(); take(input.files); });

  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("is-over"); });
  }
  drop.addEventListener("dragleave", (event) => {
    if (!drop.contains(event.relatedTarget)) drop.classList.remove("is-over");
  });
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("is-over");
    take(event.dataTransfer.files);
  });
  window.addEventListener("beforeunload", (event) => { if (isBusy()) event.preventDefault(); });

  function take(files) {
    if (!isBusy()) forget();
    for (const file of files) {
      entries.push(shown({ file, state: "waiting", sent: 0, position: nextPosition }));
      nextPosition += 1;
    }
    input.value = "";
    panel.hidden = !entries.length;
    ended.textContent = "";
    next();
  }

  // What ended before is gone when a new lot begins.
  function forget() {
    entries.splice(0);
    list.replaceChildren();
  }

  function shown(entry) {
    const row = form.querySelector("template").content.cloneNode(true).firstElementChild;
    entry.row = row;
    row.querySelector(".name").textContent = entry.file.name;
    row.querySelector("progress").setAttribute("aria-label", entry.file.name);
    for (const label of row.querySelectorAll("button span")) label.textContent = `: ${entry.file.name}`;
    row.querySelector(".cancel").addEventListener("click", () => cancel(entry));
    row.querySelector(".again").addEventListener("click", () => again(entry));
    list.append(row);
    tell(entry, say.waiting);
    return entry;
  }

  function next() {
    let running = entries.filter((entry) => entry.state === "sending").length;
    for (const entry of entries) {
      if (running >= AT_ONCE) break;
      if (entry.state !== "waiting") continue;
      if (send(entry)) running += 1;
    }
    total();
    if (entries.length && !isBusy()) summary();
  }

  function send(entry) {
    if (entry.file.size > Number(say.largest)) {
      end(entry, "refused", say.tooLarge);
      return false;
    }
    const body = new FormData();
    body.append("uploads", entry.file);
    for (const hidden of form.querySelectorAll("input[type=hidden]")) body.append(hidden.name, hidden.value);
    body.set("wanted", entry.position); // three at a time arrive in any order; they stand as they were chosen
    const request = new XMLHttpRequest();
    entry.request = request;
    entry.state = "sending";
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => progress(entry, event));
    request.addEventListener("load", () => answered(entry, request));
    request.addEventListener("error", () => finish(entry, "failed", say.lost));
    request.addEventListener("abort", () => finish(entry, "cancelled", say.cancelled));
    request.send(body);
    return true;
  }

  function progress(entry, event) {
    entry.sent = event.total ? event.loaded / event.total : 0;
    entry.row.querySelector("progress").value = entry.sent;
    tell(entry, entry.sent < 1 ? fill(say.sending, { percent: Math.floor(entry.sent * 100) }) : say.received);
    total();
  }

  function answered(entry, request) {
    const answer = request.getResponseHeader("Content-Type")?.startsWith("application/json") ? JSON.parse(request.responseText) : null;
    if (request.status === 201) finish(entry, "done", say.done);
    else if (request.status === 422 && answer) finish(entry, "refused", answer.sentence);
    else finish(entry, "failed", request.status === 200 ? say.loggedOut : say.lost);
  }

  function finish(entry, state, words) {
    end(entry, state, words);
    if (state === "done") refresh();
    next();
  }

  function end(entry, state, words) {
    const hadFocus = entry.row.contains(document.activeElement);
    entry.state = state;
    entry.sent = 1;
    tell(entry, words);
    entry.row.className = `is-${state}`;
    entry.row.querySelector("progress").hidden = true;
    entry.row.querySelector(".cancel").hidden = true;
    const repeat = entry.row.querySelector(".again");
    repeat.hidden = !["failed", "cancelled"].includes(state);
    if (state === "done") entry.row.remove(); // it stands in the list of attachments now
    if (hadFocus) (repeat.hidden ? input : repeat).focus();
  }

  function cancel(entry) {
    if (entry.state === "sending") entry.request.abort();
    else finish(entry, "cancelled", say.cancelled);
  }

  function again(entry) {
    entry.state = "waiting";
    entry.sent = 0;
    entry.row.className = "";
    entry.row.querySelector("progress").hidden = false;
    const button = entry.row.querySelector(".cancel");
    button.hidden = false;
    button.focus();
    entry.row.querySelector(".again").hidden = true;
    tell(entry, say.waiting);
    next();
  }

  function tell(entry, words) {
    entry.row.querySelector(".said").textContent = words;
  }

  function total() {
    const done = entries.filter((entry) => entry.state === "done").length;
    panel.querySelector(".total-text").textContent = fill(say.underWay, { done, total: entries.length });
    const bar = panel.querySelector(".total-bar");
    bar.max = entries.length || 1;
    bar.value = entries.reduce((sum, entry) => sum + entry.sent, 0);
  }

  function summary() {
    const done = entries.filter((entry) => entry.state === "done").length;
    const words = fill(say.ended, { done, refused: entries.length - done });
    panel.querySelector(".total-text").textContent = words;
    ended.textContent = words;
    refresh(true);
  }

  // The list is fetched anew now and then while files arrive, so that what is there can be used at once.
  function refresh(isLast = false) {
    if (!isLast && Date.now() - lastRefresh < REFRESH_EVERY) return;
    lastRefresh = Date.now();
    document.getElementById("attachment-list")?.dispatchEvent(new CustomEvent("uploaded"));
  }

  function isBusy() {
    return entries.some((entry) => entry.state === "waiting" || entry.state === "sending");
  }

  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }
}

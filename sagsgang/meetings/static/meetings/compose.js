/* Drag an item of the agenda to another place. The buttons beside each item do the same without this file.

   The order goes to the server in one form with the stamp of what was seen; htmx puts the answer in its place, also
   when it is a refusal (409: somebody else was first). Pointer events, so that a finger works as a mouse does. */

const place = document.getElementById("composing-place");

const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
const rowsOf = (list) => [...list.children].filter((row) => row.matches("[data-id]"));

let held = null; // {row, list, before}

function mark() {
  document.documentElement.classList.add("can-drag");
}

function begin(event) {
  const grip = event.target.closest(".grip");
  if (!grip || event.button > 0) return;
  const row = grip.closest("[data-id]");
  held = { row, list: row.parentElement, before: order() };
  grip.setPointerCapture(event.pointerId);
  row.classList.add("is-dragged");
  document.body.classList.add("is-dragging");
  event.preventDefault();
}

function move(event) {
  if (!held) return;
  const others = rowsOf(held.list).filter((row) => row !== held.row);
  const next = others.find((row) => {
    const box = row.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  });
  const before = next ?? null;
  if (held.row.nextElementSibling !== before) held.list.insertBefore(held.row, before);
  const edge = 60;
  if (event.clientY < edge) window.scrollBy(0, -12);
  else if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 12);
}

function end(event) {
  if (!held) return;
  const { row, before } = held;
  held = null;
  row.classList.remove("is-dragged");
  document.body.classList.remove("is-dragging");
  if (event.type === "pointercancel") return refresh(before);
  const wanted = order();
  if (wanted.join() !== before.join()) send(wanted);
}

/* All ids of the page in printed order: sent items first, as they stand. */
function order() {
  return [...place.querySelectorAll("[data-id]")].map((row) => row.dataset.id);
}

function refresh(ids) {
  for (const id of ids) {
    const row = place.querySelector(`[data-id="${id}"]`);
    row.parentElement.append(row);
  }
}

function send(wanted) {
  const form = document.getElementById("arrange");
  htmx.ajax("POST", form.action, {
    source: form,
    target: "#composing-place",
    swap: "innerHTML",
    values: { order: wanted.join(" "), csrfmiddlewaretoken: csrf() },
  });
}

/* A refusal comes with the agenda as it is now, and is shown like any other answer. */
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status) && event.detail.target === place) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

/* The button that was pressed has the focus again after the swap; where it is gone, its neighbour in the row. */
let pressed = null;
document.addEventListener("htmx:beforeRequest", () => { pressed = document.activeElement?.id || null; });
document.addEventListener("htmx:afterSettle", () => {
  mark();
  if (!pressed) return;
  const again = document.getElementById(pressed);
  const row = pressed.split("-").slice(1).join("-");
  const other = document.querySelector(`[data-row="${row}"] .moves button:not([disabled])`);
  if (again && !again.disabled) again.focus();
  else other?.focus();
  pressed = null;
});

document.addEventListener("pointerdown", begin);
document.addEventListener("pointermove", move);
document.addEventListener("pointerup", end);
document.addEventListener("pointercancel", end);
mark();

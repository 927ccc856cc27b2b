// Offers words and titles while one types in a search field: a combobox with a list (WAI-ARIA), worked by arrows,
// Enter and Escape. Without this script the form works as it is; what is sent is only the letters that are typed.

const PAUSE = 120; // milliseconds without a key before anything is asked
const LEAST = 2; // letters

for (const form of document.querySelectorAll("form.search-box")) offerIn(form);

function offerIn(form) {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  const status = form.querySelector("[role=status]");
  let timer = 0;
  let asked = 0;
  let chosen = -1;
  let typed = input.value;

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);

  input.addEventListener("input", () => {
    typed = input.value;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      input.value = typed;
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count && !list.hidden) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1); // -1 is the field itself
    } else if (event.key === "Enter" && chosen >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(list.children[chosen].dataset.url);
    }
  });
  input.addEventListener("blur", close);
  // Before the field loses the focus, or the list would be gone before the click.
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) location.assign(option.dataset.url);
  });

  async function ask() {
    const words = typed.trim();
    const number = ++asked;
    if (words.length < LEAST) return close();
    try {
      const answer = await fetch(`${form.dataset.offers}?${new URLSearchParams({ q: typed })}`);
      const { options } = await answer.json();
      if (number === asked && document.activeElement === input) show(options);
    } catch {
      close(); // no net: the form still works
    }
  }

  function show(options) {
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    list.replaceChildren(
      ...options.map((option, index) => {
        const row = document.createElement("li");
        row.id = `${list.id}-${index}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        row.className = option.is_title ? "is-title" : "";
        row.dataset.url = option.url;
        row.textContent = option.text;
        return row;
      }),
    );
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = options.length === 1 ? status.dataset.one : status.dataset.many.replace("{}", options.length);
  }

  function choose(index) {
    chosen = index;
    Array.from(list.children).forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));
    const row = list.children[index];
    if (row) {
      input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
      if (!row.classList.contains("is-title")) input.value = row.textContent;
    } else {
      input.removeAttribute("aria-activedescendant");
      input.value = typed;
    }
  }

  function close() {
    asked += 1;
    chosen = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
}

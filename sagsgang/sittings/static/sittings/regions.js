// Brings the page up to date when somebody has acted: each [data-region] is exchanged when the house has other words
// for it, and whoever is typing keeps her place, what she has typed, and what she has unfolded.
(() => {
  const root = document.querySelector("[data-regions-url]");
  if (!root) return;
  let asked = 0;

  // What the house last said of each region; the token of a form is another one each time and says nothing.
  const essence = (region) => region.outerHTML.replace(/name="csrfmiddlewaretoken" value="[^"]*"/g, "");
  const known = new Map();
  for (const region of document.querySelectorAll("[data-region]")) known.set(region.dataset.region, essence(region));

  const isDirty = (field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
  };

  const typedIn = (region) =>
    [...region.querySelectorAll("input:not([type=hidden]), textarea, select")]
      .filter((field) => field.id && isDirty(field))
      .map((field) => ({ id: field.id, value: field.value, checked: field.checked }));

  const place = () => {
    const field = document.activeElement;
    if (!field || !field.id) return null;
    const range = "selectionStart" in field ? [field.selectionStart, field.selectionEnd] : null;
    return { id: field.id, range };
  };

  const exchange = (old, fresh) => {
    const words = essence(fresh);
    if (known.get(old.dataset.region) === words) return;
    known.set(old.dataset.region, words);
    const typed = typedIn(old);
    const open = [...old.querySelectorAll("details[open][id]")].map((part) => part.id);
    const at = old.contains(document.activeElement) ? place() : null;
    old.replaceWith(fresh);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    for (const { id, value, checked } of typed) {
      const field = document.getElementById(id);
      if (!field) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
      else field.value = value;
    }
    const field = at && document.getElementById(at.id);
    if (field) {
      field.focus({ preventScroll: true });
      if (at.range && at.range[0] !== null) field.setSelectionRange(...at.range);
    }
  };

  const refresh = async () => {
    const turn = ++asked;
    let words;
    root.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(root.dataset.regionsUrl, { headers: { Accept: "text/html" } });
      if (answer.ok && !answer.redirected) words = await answer.text();
    } catch {
      // The line says that the net is gone; what stands here stays until it is back.
    }
    if (turn !== asked) return; // somebody acted in the meantime: the newer answer is on its way
    if (words) show(words);
    root.removeAttribute("aria-busy");
  };

  const show = (words) => {
    const page = new DOMParser().parseFromString(words, "text/html");
    for (const fresh of page.querySelectorAll("[data-region]")) {
      const old = document.querySelector(`[data-region="${fresh.dataset.region}"]`);
      if (old) exchange(old, document.importNode(fresh, true));
    }
    for (const old of document.querySelectorAll("[data-region]")) {
      if (!page.querySelector(`[data-region="${old.dataset.region}"]`)) old.remove();
    }
    document.dispatchEvent(new CustomEvent("sitting:shown"));
  };

  document.body.addEventListener("sitting:changed", refresh);
})();

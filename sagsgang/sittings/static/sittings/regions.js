// Brings the page up to date when somebody has acted: each [data-region] is exchanged when the house has other words
// for it, and whoever is typing keeps her place, what she has typed, and what she has unfolded.
(() => {
  const root = document.querySelector("[data-regions-url]");
  if (!root) return;
  const WAITS = [1000, 2000, 4000, 8000]; // ms until it is asked again
  let asked = 0;
  let failed = 0;
  let again = null;

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

  // What stands typed about another item waits for that item: the fields of the next one have the same names.
  const left = new Map();
  const typedAbout = (old, fresh) => {
    const typed = typedIn(old);
    if (old.dataset.about === fresh.dataset.about) return typed;
    left.set(`${old.dataset.region}:${old.dataset.about}`, typed);
    return left.get(`${fresh.dataset.region}:${fresh.dataset.about}`) || [];
  };

  const exchange = (old, fresh) => {
    const words = essence(fresh);
    if (known.get(old.dataset.region) === words) return;
    known.set(old.dataset.region, words);
    const isSame = old.dataset.about === fresh.dataset.about;
    const typed = typedAbout(old, fresh);
    const open = isSame ? [...old.querySelectorAll("details[open][id]")].map((part) => part.id) : [];
    const at = isSame && old.contains(document.activeElement) ? place() : null;
    old.replaceWith(fresh);
    window.htmx?.process(fresh);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    for (const { id, value, checked } of typed) {
      const field = document.getElementById(id);
      if (!field) continue;
      if (!isSame) field.closest("details")?.setAttribute("open", "");
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
    clearTimeout(again);
    const turn = ++asked;
    let words;
    let lack = "lost";
    root.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(root.dataset.regionsUrl, { headers: { Accept: "text/html" } });
      if (answer.redirected || [401, 403, 404].includes(answer.status)) lack = "out";
      else if (answer.ok) words = await answer.text();
    } catch {
      // No network: what stands here stays until it is back.
    }
    if (turn !== asked) return; // somebody acted in the meantime: the newer answer is on its way
    if (words) show(words);
    else again = setTimeout(refresh, WAITS[Math.min(failed, WAITS.length - 1)]);
    failed = words ? 0 : failed + 1;
    document.dispatchEvent(new CustomEvent("sitting:stale", { detail: words ? "" : lack }));
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

  const retry = () => {
    if (failed && document.visibilityState === "visible") refresh();
  };
  document.body.addEventListener("sitting:changed", refresh);
  document.addEventListener("visibilitychange", retry);
  window.addEventListener("online", retry);
})();

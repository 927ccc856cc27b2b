// A chosen standard phrase goes into the text of its form at once, where it can be written on; without this script the
// server puts it there when the form is sent.
document.addEventListener("change", (event) => {
  const select = event.target;
  if (!(select instanceof HTMLSelectElement) || select.name !== "phrase" || !select.value) return;
  const [outcome, ...words] = select.value.split("|");
  const { text, outcome: whole } = select.form.elements;
  const phrase = words.join("|");
  text.value = text.value ? `${text.value.trimEnd()}\n${phrase}` : phrase;
  if (!whole.value) whole.value = outcome;
  select.value = "";
  text.focus();
});

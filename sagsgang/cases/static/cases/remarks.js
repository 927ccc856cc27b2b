/* Who selects a passage of the text finds its words in the form of the remark, and its section chosen.
   Nothing is taken over what she has typed herself: only an empty field, or words that this script put there. */
"use strict";

(() => {
  const form = document.querySelector("[data-remark-form]");
  if (!form) return;
  const quote = form.querySelector("[name$=quote]");
  const section = form.querySelector("[name$=section]");
  const told = form.querySelector("[data-remark-taken]");
  const jump = document.querySelector("[data-remark-jump]");
  const longest = quote.maxLength > 0 ? quote.maxLength : 500;
  let taken = "";
  let timer = 0;

  const placeOf = (node) => (node && (node.nodeType === 1 ? node : node.parentElement))?.closest("[data-section]");

  function take() {
    const selection = document.getSelection();
    const words = selection ? selection.toString().replace(/\s+/g, " ").trim().slice(0, longest) : "";
    const place = words && placeOf(selection.anchorNode);
    if (!place || placeOf(selection.focusNode) !== place || (quote.value && quote.value !== taken)) return;
    taken = words;
    quote.value = words;
    section.value = place.dataset.section;
    told.textContent = told.dataset.remarkTaken;
    told.hidden = false;
    jump.hidden = false;
  }

  // The selection changes with every letter that the pointer passes: wait until it rests.
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(take, 250);
  });
  form.addEventListener("focusin", () => { jump.hidden = true; });
})();

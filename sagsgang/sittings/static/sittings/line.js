// Follows a meeting: an open line (server-sent events) where there is one, else a question every few seconds.
// Both only say the number of the newest act; what is shown is fetched as a page, which knows who is asking.
(() => {
  const place = document.querySelector("[data-line]");
  if (!place) return;

  const EVERY = 4000; // ms between questions while there is no line
  const SILENCE = 45000; // ms: three signs of life missed
  const state = place.querySelector("[data-line-state]");
  let known = Number(place.dataset.lineNumber || 0);
  let heard = Date.now();
  let source = null;
  let asking = null;
  let line = place.dataset.line;
  let stale = ""; // why the page could not be brought up to date, though the line may be well

  const say = (name) => {
    line = name;
    const shown = stale || line;
    if (place.dataset.line === shown) return;
    place.dataset.line = shown;
    if (state) state.textContent = state.dataset[shown] || "";
  };
  document.addEventListener("sitting:stale", (event) => {
    stale = event.detail;
    say(line);
  });

  const reached = (number) => {
    if (number <= known) return;
    known = number;
    document.body.dispatchEvent(new CustomEvent("sitting:changed", { detail: { number } }));
  };

  const ask = async () => {
    asking = null;
    try {
      const answer = await fetch(place.dataset.pollUrl, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      if (answer.redirected) say("out");
      else {
        reached((await answer.json()).number);
        if (!source || source.readyState !== EventSource.OPEN) say("polling");
      }
    } catch {
      say("lost");
    }
    if (line !== "live") asking = setTimeout(ask, EVERY);
  };

  const fallBack = () => {
    if (line === "live") say("polling");
    if (!asking) asking = setTimeout(ask, 0);
  };

  const call = () => {
    if (!place.dataset.lineUrl) return fallBack();
    if (source) source.close();
    source = new EventSource(place.dataset.lineUrl);
    source.addEventListener("open", () => {
      heard = Date.now();
      clearTimeout(asking);
      asking = null;
      say("live");
    });
    source.addEventListener("message", (event) => {
      heard = Date.now();
      reached(Number(event.data));
    });
    source.addEventListener("error", fallBack);
    return undefined;
  };

  // A tablet that slept, or a line that died without a word: call again.
  const wake = () => {
    if (document.visibilityState !== "visible") return;
    if (!source || source.readyState === EventSource.CLOSED || Date.now() - heard > SILENCE) call();
    ask();
  };
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("offline", () => say("lost"));

  call();
})();

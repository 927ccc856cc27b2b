// The clocks of speakers run here; the house knows when they began.
(() => {
  const show = () => {
    for (const clock of document.querySelectorAll("[data-clock-since]")) {
      const gone = Math.max(0, Math.round((Date.now() - Date.parse(clock.dataset.clockSince)) / 1000));
      const most = Number(clock.dataset.clockSeconds || 0);
      const left = most ? most - gone : gone;
      const sign = left < 0 ? "-" : "";
      clock.textContent = `${sign}${Math.floor(Math.abs(left) / 60)}.${String(Math.abs(left) % 60).padStart(2, "0")}`;
      clock.dataset.over = String(most > 0 && left < 0);
    }
  };
  setInterval(show, 500);
  show();
})();

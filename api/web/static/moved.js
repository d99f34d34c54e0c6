// A page that shows something live asks for it anew whenever something has moved.
"use strict";
if (document.querySelector("[data-moved]")) {
  let soon = null;
  const ask = () => {
    // Not under the hands of whoever is at work in what would be replaced.
    if (document.activeElement.closest("[data-moved]")) {
      soon = setTimeout(ask, 5000);
      return;
    }
    soon = null;
    document.body.dispatchEvent(new Event("moved"));
  };
  // Not all pages at one moment.
  const ask_soon = () => {
    soon ??= setTimeout(ask, 300 + Math.random() * 1200);
  };
  const told = new EventSource("/su-kien");
  told.addEventListener("moved", ask_soon);
  // What is shown is old while nobody tells of what is new. Where too many listen
  // nobody will: such a page asks now and then.
  const away = document.getElementById("mat-ket-noi");
  const lost = (is) => away && (away.hidden = !is);
  told.addEventListener("open", () => {
    if (away && !away.hidden) ask_soon();
    lost(false);
  });
  told.addEventListener("error", () => {
    const ended = told.readyState === EventSource.CLOSED;
    lost(!ended);
    if (ended) setInterval(ask, 15000);
  });
}

// A page that shows something live asks for it anew whenever a record has grown.
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
  new EventSource("/su-kien").addEventListener("moved", () => {
    soon ??= setTimeout(ask, 300 + Math.random() * 1200);
  });
}

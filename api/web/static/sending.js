// A form is sent when the service is there to take it: until then all that was typed
// stays on the page, and that is said. Pressed twice, it goes once.
"use strict";
(() => {
  const PATIENCE = 10000, ONCE = 5000; // milliseconds
  const told = document.getElementById("chua-gui");
  const going = new WeakSet();
  let passing = null;

  async function there() {
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      return (await fetch("/health/live", { cache: "no-store", signal })).ok;
    } catch {
      return false;
    }
  }

  async function send(form, button) {
    going.add(form);
    form.setAttribute("aria-busy", "true");
    told.hidden = await there();
    if (told.hidden) {
      passing = form;
      form.requestSubmit(button);
      passing = null;
    }
    // What brings a file leaves the page where it is.
    setTimeout(() => {
      going.delete(form);
      form.removeAttribute("aria-busy");
    }, told.hidden ? ONCE : 0);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form === passing) return;
    event.preventDefault();
    if (!going.has(form)) send(form, event.submitter);
  });

  // A form that is kept as one types is kept as soon as that can be.
  let unkept = null;
  const form_of = (event) => event.target.closest?.("form[hx-post]");
  document.addEventListener("htmx:error", (event) => {
    unkept = form_of(event) ?? unkept;
    if (unkept) told.hidden = false;
  });
  document.addEventListener("htmx:after:swap", () => {
    if (unkept) told.hidden = true;
    unkept = null;
  });
  window.addEventListener("online", () => unkept?.dispatchEvent(new Event("input")));
})();

// «Phiếu của tôi»: finds the own votes on the boards by their codes. The boards come
// here; the codes go nowhere.
"use strict";
(() => {
  const form = document.getElementById("tim-phieu");
  if (!form) return;
  const CODE = /[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/g;
  const { session, boards } = form.dataset;
  const found = document.getElementById("tim-thay");

  function kept() {
    const parts = boards.split(" ").map((n) => `phieu ${session} ${n}`);
    const lines = parts.map((part) => JSON.parse(sessionStorage.getItem(part) || "{}"));
    return lines.flatMap((each) => Object.values(each).map(({ code }) => code));
  }

  function say(text, code) {
    const item = document.createElement("li");
    if (code) {
      const shown = document.createElement("code");
      shown.textContent = code;
      item.append(shown, " ");
    }
    item.append(text);
    found.append(item);
  }

  async function entries() {
    const said = new Map();
    for (const n of boards.split(" ")) {
      const answer = await fetch(`/api/v1/council-sessions/${session}/rounds/${n}/board`);
      if (!answer.ok) throw new Error(answer.status);
      for (const line of (await answer.json()).lines) {
        for (const { code, choice } of line.entries || []) {
          said.set(code, { line, choice });
        }
      }
    }
    return said;
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    found.replaceChildren();
    const codes = form.elements["ma"].value.toUpperCase().match(CODE) || [];
    if (!codes.length) return say(found.dataset.empty);
    try {
      const said = await entries();
      for (const code of new Set(codes)) {
        const one = said.get(code);
        if (!one) say(found.dataset.none, code);
        else say(`${named(one.line)}: ${found.dataset[one.choice]}`, code);
      }
    } catch {
      say(found.dataset.away);
    }
  });

  function named(line) {
    const row = document.getElementById(`dong-${line.line}`);
    return row ? row.dataset.name : `${line.subject}, ${line.title}`;
  }

  form.elements["ma"].value = kept().join("\n");
  form.hidden = false;
})();

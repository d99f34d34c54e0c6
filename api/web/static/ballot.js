// The ballot sheet in the browser: makes a code for each line, by which alone its member
// finds the own vote on the board. Codes are kept until the window is closed, nowhere
// else; what was marked stays on the page until the sheet has arrived.
"use strict";
(() => {
  const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // 32: five bits each
  const place = (part) => `phieu ${part.dataset.session} ${part.dataset.round}`;
  const kept = (part) => JSON.parse(sessionStorage.getItem(place(part)) || "{}");

  function newCode() {
    const drawn = crypto.getRandomValues(new Uint8Array(16));
    const letters = Array.from(drawn, (each) => LETTERS[each & 31]).join("");
    return letters.match(/.{4}/g).join("-");
  }

  // The same codes for another try: one of them may have arrived.
  function makeCodes(form) {
    const codes = kept(form);
    for (const field of form.querySelectorAll('input[name^="ma."]')) {
      const line = field.name.slice(3);
      codes[line] = codes[line] || { name: field.dataset.name, code: newCode() };
      field.value = codes[line].code;
    }
    form.elements["_ma"].value = "trinh-duyet";
    sessionStorage.setItem(place(form), JSON.stringify(codes));
  }

  function tell(id) {
    for (const each of ["mat-ket-noi", "het-phien"]) {
      document.getElementById(each).hidden = each !== id;
    }
    if (id) document.getElementById(id).scrollIntoView({ block: "center" });
  }

  async function send(form) {
    const button = form.querySelector("button.btn-primary");
    button.disabled = true;
    tell(null);
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(form.action, { method: "POST", body });
      if (new URL(answer.url).pathname !== new URL(form.action).pathname) {
        return tell("het-phien");
      }
      show(await answer.text());
    } catch {
      tell("mat-ket-noi");
    } finally {
      button.disabled = false;
    }
  }

  function show(page) {
    const read = new DOMParser().parseFromString(page, "text/html");
    if (!read.querySelector("main h1")) return tell("mat-ket-noi");
    document.title = read.title;
    document.querySelector("main").replaceWith(read.querySelector("main"));
    begin();
    const first = document.querySelector("main [role=alert]:not([hidden]), main h1");
    first.tabIndex = -1;
    first.focus();
    window.scrollTo(0, 0);
  }

  function showCodes(part) {
    const codes = Object.values(kept(part));
    const own = document.getElementById("ma-cua-toi");
    if (!codes.length || document.querySelector("section:not([hidden]) .codes")) return;
    for (const { name, code } of codes) {
      const item = document.createElement("li");
      const shown = document.createElement("code");
      shown.textContent = code;
      item.append(`${name}: `, shown);
      own.querySelector(".codes").append(item);
    }
    own.hidden = false;
    const text = codes.map(({ name, code }) => `${name}: ${code}`).join("\n");
    document.getElementById("chep").onclick = async () => {
      await navigator.clipboard.writeText(text);
      document.getElementById("da-chep").hidden = false;
    };
    document.getElementById("in").onclick = () => window.print();
  }

  function begin() {
    const form = document.getElementById("phieu");
    const done = document.getElementById("da-bo-phieu");
    if (done) showCodes(done);
    if (!form) return;
    makeCodes(form);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form);
    });
  }

  begin();
})();

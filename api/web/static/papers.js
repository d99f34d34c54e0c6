// Files are sent one after another, as they are dropped or chosen, each with its progress;
// what the service says of one stands beside it. Without scripts the form sends one.
"use strict";
(() => {
  const form = document.getElementById("gui-tep");
  const field = form.querySelector("input[type=file]");
  const list = document.getElementById("dang-gui");
  const said = form.dataset;
  field.multiple = true;
  field.required = false;
  form.querySelector("button").hidden = true;

  function row(file) {
    const item = document.createElement("li");
    const bar = document.createElement("progress");
    const told = document.createElement("span");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    item.append(file.name, bar, told);
    list.append(item);
    return { bar, tell: (text, wrong) => {
      told.textContent = text;
      told.className = wrong ? "invalid" : "fits";
      bar.remove();
    } };
  }

  function fault(file) {
    const end = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
    if (!said.kinds.split(" ").includes(end)) return said.kind;
    return file.size > Number(said.most) ? said.large : null;
  }

  // fetch() tells nothing of how far it is.
  function send(file, shown) {
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", said.to);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      const name = encodeURIComponent(file.name).replace(/['()*]/g, escape);
      request.setRequestHeader("Content-Disposition", `attachment; filename*=UTF-8''${name}`);
      request.upload.onprogress = (at) => { shown.bar.value = at.loaded / at.total; };
      request.onload = () => {
        const fine = request.status < 300;
        let why = said.lost;
        try { why = JSON.parse(request.responseText).detail; } catch { /* no answer of ours */ }
        shown.tell(fine ? said.sent : why, !fine);
        done(fine);
      };
      request.onerror = () => { shown.tell(said.lost, true); done(false); };
      request.send(file);
    });
  }

  async function look_again() {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const there = page.getElementById("tep-da-co");
    if (there) document.getElementById("tep-da-co").replaceWith(there);
  }

  let before = Promise.resolve();
  function take(files) {
    for (const file of files) {
      const shown = row(file);
      const wrong = fault(file);
      if (wrong) shown.tell(wrong, true);
      else before = before.then(() => send(file, shown)).then((sent) => sent && look_again());
    }
  }

  field.addEventListener("change", () => { take([...field.files]); field.value = ""; });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
})();

// What changes while somebody looks: parts marked data-live are fetched again every five
// seconds, and replaced where they have changed.
"use strict";
setInterval(async () => {
  if (document.hidden) return;
  let page = null;
  try {
    const answer = await fetch(location.href);
    if (answer.ok && !answer.redirected) page = await answer.text();
  } catch {
    // Said below: what is shown is old.
  }
  const read = page && new DOMParser().parseFromString(page, "text/html");
  const away = document.getElementById("mat-ket-noi");
  if (away) away.hidden = Boolean(read);
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = read && read.getElementById(part.id);
    if (now && now.innerHTML !== part.innerHTML) part.innerHTML = now.innerHTML;
  }
}, 5000);

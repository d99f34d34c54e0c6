// Follows the system's choice of light or dark before anything is drawn; paper is light.
const dark = matchMedia("(prefers-color-scheme: dark)");
const paint = (name) => document.documentElement.setAttribute("data-bs-theme", name);
const follow = () => paint(dark.matches ? "dark" : "light");
follow();
dark.addEventListener("change", follow);
addEventListener("beforeprint", () => paint("light"));
addEventListener("afterprint", follow);

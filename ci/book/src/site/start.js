// Runs before the page is drawn. `index.html#choose` shows the list instead of leading away from it.
if (location.hash !== "#choose") {
  const tags = [...document.querySelectorAll("link[hreflang]:not([hreflang=x-default])")].map((link) => link.hreflang);
  const primary = (tag) => tag.toLowerCase().split("-")[0];
  let chosen = null;
  try { chosen = localStorage.getItem("edition"); } catch { /* private mode: nothing was remembered */ }
  const wanted = tags.includes(chosen) ? [chosen] : navigator.languages;
  for (const want of wanted) {
    const tag = tags.find((tag) => tag.toLowerCase() === want.toLowerCase()) ?? tags.find((tag) => primary(tag) === primary(want));
    if (tag) {
      location.replace(tag + "/index.html");
      break;
    }
  }
}
addEventListener("click", (event) => {
  const link = event.target.closest("a[hreflang]");
  if (link) try { localStorage.setItem("edition", link.hreflang); } catch { /* the link works all the same */ }
});

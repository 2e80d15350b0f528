// The picker of editions: a choice is remembered for the start page, and the reader's section is kept.
{
  const picker = document.currentScript.previousElementSibling;
  const section = () => {
    const headings = [...document.querySelectorAll("main :is(h1, h2, h3, h4)[id]")];
    return headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 3)?.id;
  };
  picker.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    try { localStorage.setItem("edition", link.hreflang); } catch { /* private mode: nothing is remembered */ }
    const id = section();
    if (id && scrollY > 0) link.hash = id;
  });
  document.addEventListener("click", (event) => { if (!picker.contains(event.target)) picker.open = false; });
  picker.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !picker.open) return;
    picker.open = false;
    picker.querySelector("summary").focus();
  });
}

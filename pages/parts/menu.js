// The menu of a telephone covers the page: it closes when a page was chosen.
if (!window.planboardMenu) {
  const NARROW = 768; // as Streamlit has it
  const close = () => document.querySelector("[data-testid=stSidebarCollapseButton] button, button[data-testid=stSidebarCollapseButton]")?.click();
  window.planboardMenu = true;
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || window.innerWidth > NARROW) return;
    if (event.target.closest?.("[data-testid=stSidebarNavLink]")) setTimeout(close);
  });
}

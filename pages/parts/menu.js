// The menu of a telephone covers the page: it closes when a page was chosen. Its two buttons have names in English.
if (!window.planboardMenu) {
  const NARROW = 768; // as Streamlit has it
  const buttons = { stExpandSidebarButton: "打开菜单", stSidebarCollapseButton: "收起菜单" };
  const find = (id) => document.querySelector(`button[data-testid=${id}], [data-testid=${id}] button`);
  const name = () => {
    for (const [id, words] of Object.entries(buttons)) find(id)?.setAttribute("aria-label", words);
  };
  window.planboardMenu = name;
  document.addEventListener("click", (event) => {
    for (const wait of [0, 100, 500]) setTimeout(name, wait); // Streamlit draws the other button anew
    if (event.ctrlKey || event.metaKey || event.shiftKey || window.innerWidth > NARROW) return;
    if (event.target.closest?.("[data-testid=stSidebarNavLink]")) setTimeout(() => find("stSidebarCollapseButton")?.click());
  });
}
for (const wait of [0, 500]) setTimeout(window.planboardMenu, wait);

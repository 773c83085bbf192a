// Streamlit's own widgets speak English. The one place for what they say: their words, and ours in their stead.
if (!window.planboardWords) {
  const label = (element) => (element.closest("[role=listbox]")?.getAttribute("aria-label") || "选项").split("（")[0];
  const texts = {
    "Skip to main content": () => "跳到正文",
    "No results": (element) => `没有这个名称的${label(element)}。请换个说法，或只输入一两个字。`,
  };
  const names = { "App pages": "页面", Open: "展开", "Selected values": "已选", "Clear all": "全部去掉", Close: "关闭", Dismiss: "关闭" };
  const buttons = { stExpandSidebarButton: "打开菜单", stSidebarCollapseButton: "收起菜单" };
  const roles = { visualization: "图表", axis: "坐标轴" }; // of charts; their marks are named in charts.py
  const TEXTS = "[data-testid=stSkipToContent], [role=listbox] [role=option] > span";
  const NAMES = Object.keys(names).map((name) => `[aria-label="${name}"]`).join();
  const ROLES = [...Object.keys(roles).map((role) => `[aria-roledescription=${role}]`), '[aria-roledescription$=" container"]'].join();
  const translate = () => {
    for (const element of document.querySelectorAll(TEXTS)) {
      const text = element.childNodes.length === 1 && element.firstChild.nodeType === 3 && element.firstChild;
      if (text && Object.hasOwn(texts, text.data)) text.data = texts[text.data](element); // the node stays: it is React's
    }
    const name = (element, words) => element.setAttribute("aria-label", words);
    for (const element of document.querySelectorAll(NAMES)) name(element, names[element.ariaLabel]);
    for (const element of document.querySelectorAll('button[aria-label^="Remove "]')) name(element, "去掉" + element.ariaLabel.slice(7));
    for (const element of document.querySelectorAll(ROLES)) {
      element.setAttribute("aria-roledescription", roles[element.getAttribute("aria-roledescription")] || "一组标记");
    }
    for (const [id, words] of Object.entries(buttons)) {
      const element = document.querySelector(`button[data-testid=${id}], [data-testid=${id}] button`);
      if (element && element.ariaLabel !== words) name(element, words);
    }
  };
  let waits = false;
  window.planboardWords = new MutationObserver(() => {
    if (!waits) requestAnimationFrame(() => { waits = false; translate(); }); // before it is painted
    waits = true;
  });
  window.planboardWords.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] });
  translate();
}

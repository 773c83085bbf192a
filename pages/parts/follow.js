// Links with data-go are followed inside the page: the address changes and Streamlit runs the page for it, as it does
// for the browser's own back and forward. With a modifier key, another button or without this script they are plain links.
if (!window.planboardGo) {
  window.planboardGo = (href) => {
    window.history.pushState({}, "", href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-go]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.pathname !== window.location.pathname) return;
    event.preventDefault();
    window.planboardGo(link.href);
  });
}

// One act of the reader is one step of the browser's history. Streamlit pushes an address for each name of it that
// changes, so that Back after one click would need as many presses: what follows the first push of an act replaces it.
if (!window.planboardSteps) {
  window.planboardSteps = true;
  let acted = false;
  const push = window.history.pushState;
  window.history.pushState = function (...step) {
    const first = acted;
    acted = false;
    return first ? push.apply(this, step) : this.replaceState(...step);
  };
  for (const kind of ["pointerdown", "click", "keydown"]) {
    window.addEventListener(kind, () => { acted = true; }, { capture: true });
  }
  window.addEventListener("popstate", () => { acted = false; }, { capture: true });
}

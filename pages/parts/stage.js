// The keys and buttons of the screen that is shared (see stage.py), and how large the window is.
const make = (label, text, click) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = text;
  button.title = label;
  button.setAttribute("aria-label", label);
  button.onclick = click;
  return button;
};

export default function ({ parentElement, data, setTriggerValue, setStateValue }) {
  let at = data.at; // runs ahead of the page when keys are pressed fast
  const go = (to) => {
    if (to < 1 || to > data.count || to === at) return;
    at = to;
    setTriggerValue("go", to);
  };
  const leave = () => setTriggerValue("leave", true);
  const whole = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  };
  parentElement.querySelector(".keys")?.remove();
  const box = document.createElement("div");
  box.className = "keys";
  box.setAttribute("role", "toolbar");
  box.setAttribute("aria-label", "放映");
  const [back, on] = [make("上一页（← 或 PageUp）", "‹", () => go(at - 1)), make("下一页（→ 或 PageDown）", "›", () => go(at + 1))];
  back.disabled = data.at <= 1;
  on.disabled = data.at >= data.count;
  box.append(back, on, make("全屏（F）", "全屏", whole), make("结束放映（Esc）", "结束", leave));
  parentElement.append(box);

  const pressed = (event) => {
    const typing = event.composedPath()[0]?.closest?.("input, textarea, select, [contenteditable]");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (document.querySelector("[role=dialog]")) return; // the sentences are open: the keys are theirs
    const steps = { ArrowRight: 1, PageDown: 1, ArrowDown: 1, ArrowLeft: -1, PageUp: -1, ArrowUp: -1 };
    if (event.key in steps) go(at + steps[event.key]);
    else if (event.key === " " && !event.composedPath()[0]?.closest?.("button, a")) go(at + (event.shiftKey ? -1 : 1));
    else if (event.key === "Home") go(1);
    else if (event.key === "End") go(data.count);
    else if (event.key === "f" || event.key === "F") whole();
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", pressed);

  let timer;
  const size = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = { width: window.innerWidth, height: window.innerHeight };
      const key = `${now.width}x${now.height}`;
      if (window.planboardStage === key) return;
      window.planboardStage = key;
      setStateValue("size", now);
    }, 120);
  };
  window.addEventListener("resize", size);
  size();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("keydown", pressed);
    window.removeEventListener("resize", size);
  };
}

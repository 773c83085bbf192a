// Keeps the list of views in this tab of the browser, so that it is there after the page was loaded anew. It goes nowhere
// else, and is forgotten with the tab.
const NAME = "planboard-list";

export default function ({ data, setTriggerValue }) {
  try {
    const kept = window.sessionStorage.getItem(NAME);
    if (!data.known && !data.word && kept) setTriggerValue("kept", kept);
    else if (data.word) window.sessionStorage.setItem(NAME, data.word);
    else window.sessionStorage.removeItem(NAME);
  } catch {
    // a browser that keeps nothing for pages: the list lasts as long as the session, as it did before
  }
}

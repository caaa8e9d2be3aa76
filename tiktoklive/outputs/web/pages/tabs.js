// Tabs, as the WAI-ARIA pattern has them: one of them is reached by the tab key, from there the arrow
// keys, Home and End lead to the others and choose them at once.

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

// list: the element with role="tablist", whose tabs say which panel they control.
export function useTabs(list) {
  const tabs = [...list.querySelectorAll("[role=tab]")];

  const choose = (chosen) => {
    for (const each of tabs) {
      each.setAttribute("aria-selected", String(each === chosen));
      each.tabIndex = each === chosen ? 0 : -1;
      document.getElementById(each.getAttribute("aria-controls")).hidden = each !== chosen;
    }
  };

  list.addEventListener("keydown", (event) => {
    const here = tabs.indexOf(event.target);
    if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    let to = { Home: 0, End: tabs.length - 1 }[event.key];
    if (event.key in STEPS) {
      const rightToLeft = getComputedStyle(list).direction === "rtl" ? -1 : 1;
      to = (here + rightToLeft * STEPS[event.key] + tabs.length) % tabs.length;
    }
    if (to === undefined) return;
    event.preventDefault();
    choose(tabs[to]);
    tabs[to].focus();
  });
  for (const tab of tabs) tab.addEventListener("click", () => choose(tab));
  choose(tabs.find((each) => each.getAttribute("aria-selected") === "true") || tabs[0]);
}

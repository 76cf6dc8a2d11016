// Words in Vietnamese and English; the page changes language without losing anything.

const ALL = JSON.parse(document.querySelector('meta[name="qc-words"]').content);

export const lang = () => (document.documentElement.lang === "en" ? "en" : "vi");

/** The words for a key, with {names} filled in. */
export function t(key, values = {}) {
  const text = ALL[lang()][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** How many findings of a level there are, as "2 errors" or "1 error". */
export const counted = (level, n) => t(n === 1 && has(`one.${level}`) ? `one.${level}` : `count.${level}`, { n });

export const has = (key) => key in ALL[lang()];

export function setLanguage(next) {
  document.documentElement.lang = next;
  document.title = t("page.title");
  for (const node of document.querySelectorAll("[data-w]")) node.textContent = t(node.dataset.w);
  for (const node of document.querySelectorAll("[data-w-label]")) {
    node.setAttribute("aria-label", t(node.dataset.wLabel));
    if (node.title) node.title = t(node.dataset.wLabel);
  }
  for (const node of document.querySelectorAll("[data-w-hint]")) node.dataset.hint = t(node.dataset.wHint);
}

/** Hours and minutes of a moment. */
export const clock = (when = new Date()) =>
  when.toLocaleTimeString(lang(), { hour: "2-digit", minute: "2-digit" });

/** A place in a clip, as minutes and seconds. */
export const minutes = (s) => `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, "0")}`;

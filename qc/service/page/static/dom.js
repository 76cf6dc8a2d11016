// Small builders of elements. Text is always set as text: no string ever becomes markup here.

export const byId = (id) => document.getElementById(id);

/** An element with properties (`class`, `text`, `on…` handlers, attributes) and children. */
export function el(tag, props = {}, ...children) {
  const svg = ["svg", "rect", "title"].includes(tag) && props.svg;
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false || name === "svg") continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((each) => each !== null && each !== undefined && each !== false));
  return node;
}

export function replaceChildren(node, ...children) {
  node.replaceChildren(...children.filter(Boolean));
}

/** Run `work` once, `wait` ms after the last call. */
export function debounced(work, wait) {
  let timer = 0;
  const run = (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), wait);
  };
  run.cancel = () => clearTimeout(timer);
  return run;
}

/** Save bytes or text under a file name. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = el("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

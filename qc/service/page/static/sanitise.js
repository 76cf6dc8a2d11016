// Rich text made safe: foreign HTML is parsed where nothing runs or loads, and a new tree is built
// from the few elements and attributes that an article needs. Nothing of the old tree is kept.

const KEEP = new Set(
  "p h2 h3 h4 ul ol li table tbody thead tr td th blockquote pre b strong i em u sub sup br a img figure figcaption".split(" "),
);
const RENAME = { h1: "h2", h5: "h4", h6: "h4", div: "p", section: "p", article: "p", center: "p", address: "p", dt: "p", dd: "p", tfoot: "tbody", caption: "p" };
const DROP = new Set(
  "script style iframe frame frameset object embed applet svg math template noscript link meta base head title form input button select textarea option audio video source track canvas dialog portal slot noembed noframes xmp plaintext".split(" "),
);
const UNSAFE = new Set("script iframe object embed svg math form base link meta template applet frame".split(" "));
const BLOCKS = new Set("p h2 h3 h4 ul ol li table tbody thead tr td th blockquote pre figure figcaption".split(" "));
const HOLDS_BLOCKS = "p,div,h1,h2,h3,h4,h5,h6,ul,ol,table,blockquote,pre,figure,section,article";

const policy = globalThis.trustedTypes?.createPolicy("qc", { createHTML: (text) => text });

/** Parse HTML into a tree that belongs to no window: no script runs, no file is fetched. */
export function parse(html) {
  const holder = document.createElement("template");
  holder.innerHTML = policy ? policy.createHTML(html) : html;
  return holder.content;
}

/** Safe HTML for the editing commands of the browser: only what `clean` built is passed on. */
export function serialised(fragment) {
  const holder = document.implementation.createHTMLDocument("").createElement("div");
  holder.append(fragment);
  return policy ? policy.createHTML(holder.innerHTML) : holder.innerHTML;
}

/** A link that may stand in an article: http(s), mail, telephone or relative; else null. */
export function safeHref(href) {
  const plain = [...href].filter((sign) => sign > " " && sign !== "\u007f").join("");
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(plain)?.[1].toLowerCase();
  if (scheme === undefined) return plain.startsWith("//") ? `https:${plain}` : plain;
  return ["http", "https", "mailto", "tel"].includes(scheme) ? plain : null;
}

/** `{fragment, removed}`: a clean copy of HTML, and how many unsafe parts were left out. */
export function clean(html, makePicture) {
  const told = { removed: 0, makePicture };
  const fragment = document.createDocumentFragment();
  walk(parse(html), fragment, told, false);
  return { fragment: paragraphs(fragment), removed: told.removed };
}

function walk(source, target, told, preformatted) {
  for (const node of source.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = preformatted ? node.data : node.data.replace(/[ \t\r\n\f]+/g, " ");
      if (text) target.append(text);
    } else if (node.nodeType === Node.ELEMENT_NODE) element(node, target, told, preformatted);
  }
}

function element(node, target, told, preformatted) {
  const name = node.localName;
  const handlers = [...node.attributes].filter((each) => each.name.startsWith("on"));
  told.removed += handlers.length;
  if (UNSAFE.has(name)) told.removed += 1;
  if (DROP.has(name) || name.includes(":")) {
    if (name.startsWith("o:")) walk(node, target, told, preformatted);
    return;
  }
  const kept = KEEP.has(name) ? name : RENAME[name];
  if (kept === undefined) return walk(node, target, told, preformatted);
  const transparent = kept === "p" || !BLOCKS.has(kept);
  if (transparent && node.querySelector(HOLDS_BLOCKS)) return walk(node, target, told, preformatted);
  const made = kept === "img" ? image(node, told) : document.createElement(kept);
  if (made === null) return undefined;
  if (kept === "a") anchor(node, made, told);
  if (kept === "td" || kept === "th") spans(node, made);
  target.append(made);
  if (kept !== "img" && kept !== "br") walk(node, made, told, preformatted || kept === "pre");
  return undefined;
}

function anchor(node, made, told) {
  const href = node.getAttribute("href");
  const safe = href === null ? null : safeHref(href);
  if (safe) made.setAttribute("href", safe);
  else if (href) told.removed += 1;
}

function spans(node, made) {
  for (const name of ["colspan", "rowspan"]) {
    const value = Number.parseInt(node.getAttribute(name) ?? "", 10);
    if (value > 1 && value < 1000) made.setAttribute(name, String(value));
  }
}

function image(node, told) {
  const source = (node.getAttribute("src") ?? "").trim();
  if (!source || /^(data|blob|file|javascript|vbscript|about|cid):/i.test(source)) return null;
  return told.makePicture ? told.makePicture(source, node.getAttribute("alt")) : null;
}

/** Loose text and inline elements at the top get paragraphs; empty blocks go. */
function paragraphs(fragment) {
  const inlineOnly = [...fragment.childNodes].every(
    (node) => node.nodeType === Node.TEXT_NODE || !BLOCKS.has(node.localName),
  );
  if (inlineOnly) return fragment;
  const out = document.createDocumentFragment();
  let open = null;
  for (const node of [...fragment.childNodes]) {
    if (BLOCKS.has(node.localName)) {
      open = null;
      if (node.textContent.trim() || node.querySelector("img")) out.append(node);
    } else if (open || node.textContent.trim() || node.localName === "img") {
      open ??= out.appendChild(document.createElement("p"));
      open.append(node);
    }
  }
  return out;
}

export { BLOCKS };

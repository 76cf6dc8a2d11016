// What the page knows: one object, and a way to hear that a part of it changed.

export const state = {
  policy: document.querySelector('meta[name="qc-policy"]').content,
  media: [], // {path, kind, file, url, alt, caption, credit, featured, node}
  original: null, // {file, format, shown: [ids], heads: {title: id, sapo: id}}
  findings: [], // {data, level, key, place, mediaItem, number}
  fileFindings: [],
  verdict: "none", // none, pending, pass, review, block, incomplete, failed
  unchecked: [],
  ignored: new Map(), // key -> {reason, name, data}
  active: null,
  version: 0, // of what is written
  checked: -1, // the version that the verdict is about
  text: null, // the last check of the words: {version, unchecked, findings, verdict}
  full: null, // the last whole check: {version, files, unchecked, findings}
};

const listeners = new Map();

export function on(name, listener) {
  if (!listeners.has(name)) listeners.set(name, []);
  listeners.get(name).push(listener);
}

export function tell(name, detail) {
  for (const each of listeners.get(name) ?? []) each(detail);
}

// From a finding to its place on the page. The offsets of the report are used where the text there
// is what the report says; else the nearest place with the same words, else none.

const HIDDEN = "*";
const WINDOW = 4000;

/** `{range, exact, start, end}` of a finding in the model of its field, or null. */
export function placeOf(location, model) {
  if (!model || location.start === null || location.start === undefined) return null;
  const start = model.unit(location.start);
  const end = model.unit(location.end);
  const excerpt = location.excerpt ?? "";
  if (matches(model.text, start, excerpt) && end - start === excerpt.length) return found(model, start, end);
  const at = nearest(model.text, start, location);
  return at === null ? null : found(model, at, at + excerpt.length);
}

function found(model, start, end) {
  const range = model.range(start, end);
  return range === null ? null : { range, text: model.text.slice(start, end) };
}

/** Whether the excerpt stands at an offset; hidden letters of personal data match any. */
function matches(text, start, excerpt) {
  if (start < 0 || start + excerpt.length > text.length) return false;
  for (let i = 0; i < excerpt.length; i += 1) {
    if (excerpt[i] !== HIDDEN && text[start + i] !== excerpt[i]) return false;
  }
  return true;
}

function nearest(text, start, location) {
  const before = (location.before ?? "").slice(-12);
  const after = (location.after ?? "").slice(0, 12);
  const excerpt = location.excerpt ?? "";
  if (!before && !excerpt && !after) return null;
  const wanted = before + excerpt + after;
  let best = null;
  const from = Math.max(0, start - WINDOW);
  const to = Math.min(text.length - wanted.length, start + WINDOW);
  for (let i = from; i <= to; i += 1) {
    if (!matches(text, i, wanted)) continue;
    const at = i + before.length;
    if (best === null || Math.abs(at - start) < Math.abs(best - start)) best = at;
  }
  return best;
}

/** What is painted for a finding: its words, or the letter beside a place between letters. */
export function paintedRange(range) {
  if (!range.collapsed) return range;
  const painted = range.cloneRange();
  const node = range.startContainer;
  if (node.nodeType !== Node.TEXT_NODE || !node.length) return painted;
  if (range.startOffset > 0) painted.setStart(node, range.startOffset - 1);
  else painted.setEnd(node, 1);
  return painted;
}

/** Whether a point of the page lies in a range, its edges included. */
export function holds(range, node, offset) {
  try {
    return range.comparePoint(node, offset) === 0;
  } catch {
    return false;
  }
}

// Marks in the text: the CSS Custom Highlight API, which leaves the text alone; where a browser
// lacks it, lines drawn over the text.

import { el } from "./dom.js";
import { paintedRange } from "./place.js";

const LEVELS = ["info", "warning", "error", "ignored", "active"];
const native = () => "highlights" in CSS && typeof Highlight === "function";

let painted = [];

/** Paint `[{range, level}]`; whatever was painted before goes. */
export function paint(marks) {
  painted = marks;
  if (native()) highlight(marks);
  else draw();
}

function highlight(marks) {
  LEVELS.forEach((level, priority) => {
    const ranges = marks.filter((each) => each.level === level).map((each) => paintedRange(each.range));
    const shown = new Highlight(...ranges);
    shown.priority = priority;
    CSS.highlights.set(`qc-${level}`, shown);
  });
}

function draw() {
  for (const old of document.querySelectorAll(".overlay")) old.remove();
  const paper = document.getElementById("article");
  paper.classList.add("overlaid");
  const layer = el("div", { class: "overlay", "aria-hidden": "true" });
  const frame = paper.getBoundingClientRect();
  for (const mark of painted) {
    for (const rect of paintedRange(mark.range).getClientRects()) {
      if (rect.width === 0) continue;
      const line = el("i", { class: mark.level });
      line.style.left = `${rect.left - frame.left}px`;
      line.style.top = `${rect.top - frame.top}px`;
      line.style.width = `${rect.width}px`;
      line.style.height = `${rect.height}px`;
      layer.append(line);
    }
  }
  paper.append(layer);
}

/** Where lines are drawn they follow the text. */
export function follow(root) {
  if (native()) return;
  const again = () => requestAnimationFrame(draw);
  root.addEventListener("input", again);
  window.addEventListener("resize", again);
}

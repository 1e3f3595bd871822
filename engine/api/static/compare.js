// Crop and reference image side by side, with what joins them drawn over both.

import { percent } from "./bars.js";
import { byId, element, show } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

const LAYERS = [
  { name: "details", label: "Details" },
  { name: "words", label: "Words" },
  { name: "code", label: "Barcode" },
  { name: "outline", label: "Outline" },
  { name: "differs", label: "Differs most" },
  { name: "sibling", label: "Sibling" },
];

let shown = null;

// `crop` is { url, width, height } or null; `load` fetches the reference image into an <img>.
export function compare(title, candidate, crop, load) {
  shown = { candidate, crop };
  byId("compare-title").textContent = title;
  byId("compare-crop").parentElement.hidden = !crop;
  if (crop) byId("compare-crop").src = crop.url;
  byId("compare-reference").removeAttribute("src");
  load(byId("compare-reference"));
  const layers = candidate ? layersOf(candidate) : [];
  byId("compare-layers").replaceChildren(...layers.map(toggle));
  byId("compare-why").replaceChildren(...(candidate ? reasons(candidate) : []));
  byId("compare").showModal();
  draw();
}

function layersOf(candidate) {
  const kinds = Object.fromEntries(candidate.evidence.map((each) => [each.kind, each]));
  const has = {
    details: kinds.keypoints?.lines.length,
    words: kinds.text?.words.length,
    code: kinds.code?.box,
    outline: kinds.keypoints?.outline,
    differs: kinds.close || kinds.contradiction,
    sibling: candidate.told_apart_by?.place,
  };
  return LAYERS.filter(({ name }) => has[name]);
}

function toggle({ name, label }) {
  const flip = (event) => byId("compare-overlay").classList.toggle(`no-${name}`, !event.target.checked);
  const box = element("input", { type: "checkbox", onchange: flip });
  box.checked = true;
  byId("compare-overlay").classList.remove(`no-${name}`);
  return element("label", { class: `layer ${name}` }, box, element("i", { class: "swatch" }), label);
}

// --- in words ----------------------------------------------------------------------------------

function reasons(candidate) {
  const said = candidate.evidence.map((evidence) => REASONS[evidence.kind]?.(evidence)).filter(Boolean);
  const apart = candidate.told_apart_by;
  if (apart) said.push(reason("sibling", "Told apart", apart.sentence));
  return said;
}

const REASONS = {
  embedding: ({ score }) => reason("look", "Look", `cosine ${score.toFixed(2)} to this picture`),
  keypoints: ({ inliers, lines }) =>
    reason("details", "Details", `${inliers} printed details lie alike in both, ${lines.length} are drawn`),
  text: ({ matched, words }) =>
    reason("words", "Words", ...(words.length ? [wordList(words)] : [matched.join(", ")])),
  contradiction: ({ words }) =>
    reason(
      "differs",
      "Other words",
      words.map((word) => `“${word.text}” where the picture has “${word.reference_text}”`).join(", "),
    ),
  code: ({ gtin, format }) => reason("code", "Barcode", `${gtin} ${format}`.trim()),
  close: ({ colour, structure, overlap, worst_difference, difference }) =>
    reason(
      "differs",
      "Laid on each other",
      `colours agree by ${colour.toFixed(2)}, edges by ${structure.toFixed(2)}; ` +
        `${percent(overlap)} of the product is in sight. Where they differ most the ` +
        `colour is ${worst_difference.toFixed(0)} off (Lab), elsewhere ${difference.toFixed(0)}.`,
    ),
  pattern: ({ confirmed, scale, turn_degrees, palette }) =>
    reason(
      "pattern",
      "Pattern",
      `${confirmed} details lie alike in one repeat of both, ${scale.toFixed(2)} times as large ` +
        `in the crop and turned by ${turn_degrees.toFixed(0)}°; ` +
        `colours alike by ${percent(palette)}.`,
    ),
};

function reason(kind, title, ...content) {
  return element(
    "div",
    { class: `reason ${kind}` },
    element("dt", {}, element("i", { class: "swatch" }), title),
    element("dd", {}, ...content),
  );
}

function wordList(words) {
  return element("ol", { class: "shared-words" }, ...words.map(sharedWord));
}

function sharedWord(word, place) {
  const light = (isLit) => () => lightWord(place, isLit);
  return element(
    "li",
    { onmouseenter: light(true), onmouseleave: light(false) },
    element("b", {}, String(place + 1)),
    whereRead(word),
  );
}

function whereRead({ text, reference_text: theirs }) {
  if (text === theirs) return `“${text}” in both`;
  return `“${text}” in the crop, ${theirs ? `“${theirs}” in the picture` : "in its name"}`;
}

function lightWord(place, isLit) {
  for (const box of byId("compare-overlay").querySelectorAll(`[data-word="${place}"]`)) {
    box.classList.toggle("lit", isLit);
  }
}

// --- in the pictures ---------------------------------------------------------------------------

function draw() {
  const overlay = byId("compare-overlay");
  overlay.replaceChildren();
  if (!shown?.candidate || !shown.crop) return;
  const { width, height } = byId("compare-pair").getBoundingClientRect();
  overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const [wide, high] = shown.candidate.reference_size;
  const ours = frameOf(byId("compare-crop"), shown.crop.width, shown.crop.height);
  const theirs = frameOf(byId("compare-reference"), wide, high);
  if (!ours || !theirs) return;
  overlay.append(ours.view, theirs.view);
  const laid = layingOf(shown.candidate);
  shown.candidate.evidence.forEach((evidence) => DRAWN[evidence.kind]?.(evidence, ours, theirs, laid));
  const place = shown.candidate.told_apart_by?.place;
  if (place) drawArea("sibling", place, ours, theirs, laid);
}

// A picture as it lies in the pair: its own pixels inside `view`, which ends at its border.
function frameOf(image, width, height) {
  if (!width || !height || !image.naturalWidth) return null;
  const pair = byId("compare-pair").getBoundingClientRect();
  const box = image.getBoundingClientRect();
  const zoom = Math.min(box.width / width, box.height / height);
  const left = box.left - pair.left + (box.width - width * zoom) / 2;
  const top = box.top - pair.top + (box.height - height * zoom) / 2;
  const view = svg("svg", {
    x: left,
    y: top,
    width: width * zoom,
    height: height * zoom,
    viewBox: `0 0 ${width} ${height}`,
    preserveAspectRatio: "none",
  });
  return { view, zoom, height, at: ([x, y]) => [left + x * zoom, top + y * zoom] };
}

const DRAWN = {
  keypoints({ lines, outline }, ours, theirs) {
    if (outline) drawShape("outline", outline, ours);
    lines.forEach((line) => drawLine(line, ours, theirs));
  },
  text({ words }, ours, theirs) {
    words.forEach((word, place) => {
      drawWord(word.crop, place, ours);
      if (word.reference) drawWord(word.reference, place, theirs);
    });
  },
  contradiction({ words }, ours, theirs) {
    words.forEach((word) => {
      drawShape("differs", word.crop, ours);
      drawShape("differs", word.reference, theirs);
    });
  },
  code({ box }, ours) {
    if (box) drawShape("code", box, ours);
  },
  close({ worst_cell: cell }, ours, theirs, laid) {
    drawArea("differs", cell, ours, theirs, laid);
  },
};

function drawShape(layer, corners, frame) {
  const points = corners.map((corner) => corner.join(",")).join(" ");
  const made = svg("polygon", { class: `shape ${layer}`, points });
  frame.view.append(made);
  return made;
}

function drawWord(corners, place, frame) {
  const word = drawShape("words", corners, frame);
  word.dataset.word = place;
  const [x, y] = corners[0];
  const size = 15 / frame.zoom;
  const number = svg("text", { class: "number words", x, y: y - size / 4, "font-size": size });
  number.dataset.word = place;
  number.textContent = place + 1;
  frame.view.append(number);
}

// The colour follows the height, so that lines that cross can be told apart.
function drawLine({ crop, reference }, ours, theirs) {
  const hue = 165 + Math.min(Math.max(reference[1] / theirs.height, 0), 1) * 180;
  const colour = `hsl(${hue.toFixed(0)} 70% 50%)`;
  const [x1, y1] = ours.at(crop);
  const [x2, y2] = theirs.at(reference);
  const group = svg("g", { class: "details" });
  const line = svg("line", { x1, y1, x2, y2 });
  line.style.stroke = colour;
  const dots = [ours.at(crop), theirs.at(reference)].map(([cx, cy]) => svg("circle", { cx, cy, r: 3.5 }));
  dots.forEach((dot) => {
    dot.style.fill = colour;
  });
  group.append(line, ...dots);
  byId("compare-overlay").append(group);
}

// A place of the reference image, and the same place of the crop where the outline says which.
function drawArea(layer, { x, y, width, height }, ours, theirs, laid) {
  const corners = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ];
  drawShape(layer, corners, theirs);
  if (laid) drawShape(layer, corners.map(laid), ours);
}

// How the reference image lies in the crop: the projective map of its corners onto the outline
// (Heckbert 1989, Fundamentals of texture mapping and image warping, section 2.2.3).
function layingOf(candidate) {
  const outline = candidate.evidence.find((each) => each.kind === "keypoints")?.outline;
  const [wide, high] = candidate.reference_size;
  if (!outline || !wide || !high) return null;
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = outline;
  const [sx, sy] = [x0 - x1 + x2 - x3, y0 - y1 + y2 - y3];
  const [dx1, dy1, dx2, dy2] = [x1 - x2, y1 - y2, x3 - x2, y3 - y2];
  const area = dx1 * dy2 - dx2 * dy1;
  if (!area) return null;
  const g = (sx * dy2 - dx2 * sy) / area;
  const h = (dx1 * sy - sx * dy1) / area;
  return ([x, y]) => {
    const [u, v] = [x / wide, y / high];
    const depth = g * u + h * v + 1 || 1e-9;
    return [
      ((x1 - x0 + g * x1) * u + (x3 - x0 + h * x3) * v + x0) / depth,
      ((y1 - y0 + g * y1) * u + (y3 - y0 + h * y3) * v + y0) / depth,
    ];
  };
}

function svg(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  return made;
}

export function setUpCompare() {
  new ResizeObserver(draw).observe(byId("compare-pair"));
  for (const id of ["compare-crop", "compare-reference"]) byId(id).addEventListener("load", draw);
  byId("compare").addEventListener("close", () => {
    shown = null;
    show("compare-blank", false);
  });
  byId("compare-crop").addEventListener("error", () => show("compare-blank", true));
}

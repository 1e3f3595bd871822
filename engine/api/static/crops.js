// The crops of the query, and the box of the chosen one.

import { byId, element, preview, show } from "./dom.js";

const MAX_CROPS = 16;
const BOX_FIELDS = ["box-x", "box-y", "box-width", "box-height"];

export const crops = [];
let chosen = null;
let onChange = () => {};

export function watchCrops(listener) {
  onChange = listener;
}

export function addFiles(files) {
  for (const file of files) {
    if (crops.length >= MAX_CROPS) {
      throw new RangeError(`A request takes up to ${MAX_CROPS} crops; the others were left out.`);
    }
    crops.push({ file, url: URL.createObjectURL(file), box: null, width: 0, height: 0, isBad: false });
  }
  choose(crops.at(-1) || null);
}

function remove(crop) {
  crops.splice(crops.indexOf(crop), 1); // its blob stays: the results may still show it
  choose(crop === chosen ? crops.at(-1) || null : chosen);
}

export function clearCrops() {
  crops.forEach((crop) => URL.revokeObjectURL(crop.url));
  crops.length = 0;
  choose(null);
}

function choose(crop) {
  chosen = crop;
  show("editor", Boolean(crop));
  if (crop) showInEditor(crop);
  byId("crops").replaceChildren(...crops.map(tile));
  onChange();
}

// Marks the crops that the service refused.
export function markBad(bad) {
  crops.forEach((each) => {
    each.isBad = bad.includes(each);
  });
  choose(chosen);
}

function tile(crop) {
  const name = crop.file.name || "pasted picture";
  return element(
    "li",
    { class: `tile ${crop === chosen ? "chosen" : ""} ${crop.isBad ? "bad" : ""}` },
    element(
      "button",
      {
        type: "button",
        class: "pick",
        "aria-pressed": String(crop === chosen),
        "aria-label": `Choose ${name}`,
        onclick: () => choose(crop),
      },
      preview(crop.url, name),
      crop.box ? element("span", { class: "badge" }, "box") : null,
    ),
    element("span", { class: "name", title: name }, name),
    element(
      "button",
      { type: "button", class: "remove", "aria-label": `Remove ${name}`, onclick: () => remove(crop) },
      "×",
    ),
  );
}

// --- the box -----------------------------------------------------------------------------------

function showInEditor(crop) {
  const image = byId("canvas-image");
  image.hidden = false;
  show("canvas-blank", false);
  image.onload = () => {
    crop.width = image.naturalWidth; // upright: browsers turn pictures by their EXIF
    crop.height = image.naturalHeight;
    showBox();
  };
  image.onerror = () => {
    image.hidden = true;
    show("canvas-blank", true);
  };
  image.src = crop.url;
  showBox();
}

function setBox(box) {
  if (!chosen) return;
  chosen.box = box;
  showBox();
  byId("crops").replaceChildren(...crops.map(tile));
  onChange();
}

function showBox() {
  const { box, width, height } = chosen;
  BOX_FIELDS.forEach((id, place) => {
    if (document.activeElement !== byId(id)) byId(id).value = box ? box[place] : "";
  });
  const frame = byId("canvas-box");
  frame.hidden = !(box && width);
  if (frame.hidden) return;
  const parts = [box[0] / width, box[1] / height, box[2] / width, box[3] / height];
  ["left", "top", "width", "height"].forEach((side, place) => {
    frame.style[side] = `${parts[place] * 100}%`;
  });
}

function readFields() {
  const numbers = BOX_FIELDS.map((id) => byId(id).value.trim());
  if (numbers.every((number) => number === "")) setBox(null);
  else if (numbers.every((number) => /^\d+$/.test(number))) setBox(numbers.map(Number));
}

function pointIn(image, event) {
  const frame = image.getBoundingClientRect();
  const share = (value, size) => Math.min(Math.max(value / size, 0), 1);
  return [
    Math.round(share(event.clientX - frame.left, frame.width) * image.naturalWidth),
    Math.round(share(event.clientY - frame.top, frame.height) * image.naturalHeight),
  ];
}

function startBox(down) {
  const image = byId("canvas-image");
  if (down.button !== 0 || image.hidden || !image.naturalWidth) return;
  down.preventDefault();
  const canvas = byId("canvas");
  const [x0, y0] = pointIn(image, down);
  const drag = (move) => {
    const [x1, y1] = pointIn(image, move);
    const box = [Math.min(x0, x1), Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0)];
    if (box[2] > 2 && box[3] > 2) setBox(box);
  };
  const end = () => {
    canvas.removeEventListener("pointermove", drag);
    canvas.removeEventListener("pointerup", end);
    canvas.removeEventListener("pointercancel", end);
  };
  canvas.setPointerCapture(down.pointerId);
  canvas.addEventListener("pointermove", drag);
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
}

export function setUpEditor() {
  byId("canvas").addEventListener("pointerdown", startBox);
  BOX_FIELDS.forEach((id) => byId(id).addEventListener("input", readFields));
  byId("box-clear").addEventListener("click", () => setBox(null));
}

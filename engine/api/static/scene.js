// The joint answer for several crops of one scene.

import { bar, counted } from "./bars.js";
import { countryPanel } from "./countries.js";
import { element, preview } from "./dom.js";

export function sceneCard(scene, results, queries) {
  return element(
    "article",
    { class: "card result scene" },
    element(
      "header",
      { class: "scene-head" },
      element("p", { class: "eyebrow" }, `One scene, ${counted(results.length, "object")}`),
      element("h2", {}, "All together"),
    ),
    element(
      "div",
      { class: "columns" },
      element(
        "section",
        { class: "panel" },
        element("h3", {}, "What each object does"),
        element(
          "ol",
          { class: "objects" },
          ...scene.objects.map((object) => objectRow(object, queries[object.index].url)),
        ),
      ),
      countryPanel(scene, "Where they were bought"),
    ),
  );
}

function objectRow(object, url) {
  return element(
    "li",
    { class: object.disagrees ? "object disagrees" : "object" },
    preview(url, object.name, { class: "object-crop", alt: `Crop ${object.name}` }),
    element(
      "div",
      {},
      element(
        "p",
        { class: "title" },
        element("span", { class: `dot from-object hue-${object.index % 6}` }),
        element("strong", {}, object.name),
        object.disagrees ? element("span", { class: "stamp" }, "Disagrees") : null,
      ),
      bar("", object.weight, `from-object hue-${object.index % 6}`, `Weight of ${object.name}`),
      element("p", { class: "hint" }, object.sentence),
    ),
  );
}

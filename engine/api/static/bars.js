// Probabilities in words and as bars.

import { element } from "./dom.js";

// Shares come rounded: one of 0 is small, not impossible. The spaces do not break.
export function percent(share) {
  if (share < 0.01) return "<\u00a01\u00a0%";
  if (share > 0.99 && share < 1) return ">\u00a099\u00a0%";
  return `${Math.round(share * 100)}\u00a0%`;
}

export const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

// A bar of one part, or of several that add up: `parts` holds each one's share and class.
export function bar(label, share, kind, description = "", code = "", parts = null) {
  const fills = (parts || [{ share, kind }]).map((part) => {
    const fill = element("span", { class: `fill ${part.kind}`, title: part.title || "" });
    fill.style.width = `${part.share * 100}%`;
    return fill;
  });
  return element(
    "span",
    { class: "bar" },
    label
      ? element(
          "span",
          { class: "label" },
          code ? element("abbr", { class: "code", title: label }, code) : null,
          label,
        )
      : null,
    element(
      "span",
      {
        class: `track ${parts ? "stacked" : ""}`,
        role: "meter",
        "aria-label": description || label,
        "aria-valuemin": "0",
        "aria-valuemax": "100",
        "aria-valuenow": (share * 100).toFixed(1),
      },
      ...fills,
    ),
    element("span", { class: "share" }, percent(share)),
  );
}

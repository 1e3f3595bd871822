// What the catalog says of a product: its claims by kind of fact, and which sources disagree.

import { element } from "./dom.js";
import { productOf } from "./service.js";

const KINDS = {
  market: "Sold in",
  origin: "Made or packed in",
  licence: "Barcode licensed in",
  language: "Languages on it",
};

// Closed at first; what it shows is fetched when it is opened.
export function claimsOf(id) {
  const place = element("div", {});
  const load = async (event) => {
    if (!event.target.open || place.childElementCount) return;
    try {
      place.replaceChildren(...claimLists(await productOf(id)));
    } catch (problem) {
      place.textContent = problem.message;
    }
  };
  return element(
    "details",
    { class: "claims", ontoggle: load },
    element("summary", {}, "What sources say of it"),
    place,
  );
}

function claimLists(product) {
  const lists = Object.entries(KINDS).map(([kind, title]) =>
    claimList(title, product.claims.filter((claim) => claim.kind === kind)),
  );
  const shown = [contradictionList(product.contradictions), ...lists].filter(Boolean);
  return shown.length ? shown : [element("p", { class: "hint" }, "No source says anything.")];
}

function claimList(title, claims) {
  if (!claims.length) return null;
  return element(
    "section",
    {},
    element("h4", {}, title),
    element("ul", { class: "evidence" }, ...claims.map((claim) => element("li", {}, say(claim)))),
  );
}

function say(claim) {
  const parts = [
    claim.country || claim.language,
    claim.source,
    claim.observations > 1 ? `seen ${claim.observations} times` : "",
    claim.observed_on,
    claim.image ? "of one picture" : "",
    claim.is_weak ? "weak" : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

function contradictionList(contradictions) {
  if (!contradictions.length) return null;
  return element(
    "section",
    { class: "contradictions" },
    element("h4", {}, "Sources disagree"),
    element(
      "ul",
      { class: "evidence" },
      ...contradictions.map(({ kind, detail }) => element("li", {}, `${KINDS[kind]}: ${detail}`)),
    ),
  );
}

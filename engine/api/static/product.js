// What the catalog says of a product: its claims by kind of fact, which sources disagree, and what
// is printed on the packs of its pictures.

import { inWords } from "./countries.js";
import { element } from "./dom.js";
import { printedOn, productOf } from "./service.js";

const PICTURES = 4; // of one product are read out; more say the same again

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
      const product = await productOf(id);
      place.replaceChildren(...claimLists(product, [])); // at once: reading the packs may wait
      place.replaceChildren(...claimLists(product, await printedOnAll(product)));
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

// One after the other: each waits in the queue of searches. What fails is left out.
async function printedOnAll(product) {
  const printed = [];
  for (const image of product.images.slice(0, PICTURES)) {
    printed.push(await printedOn(image.url).catch(() => null));
  }
  return printed.filter(Boolean);
}

function claimLists(product, printed) {
  const lists = Object.entries(KINDS).map(([kind, title]) =>
    claimList(title, product.claims.filter((claim) => claim.kind === kind)),
  );
  const shown = [
    contradictionList(product.contradictions),
    doubtList(printed),
    ...lists,
    printedList(printed),
  ].filter(Boolean);
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

function printedList(printed) {
  const clues = new Map(printed.flatMap((each) => each.clues).map((clue) => [wordsOf(clue), clue]));
  if (!clues.size) return null;
  return element(
    "section",
    {},
    element("h4", {}, "Printed on it"),
    element("ul", { class: "evidence" }, ...[...clues.keys()].map((text) => element("li", {}, text))),
  );
}

function wordsOf(clue) {
  const countries = clue.countries.slice(0, 4).map((row) => row.country);
  return [clue.text, inWords(clue.kind), countries.join(" ")].filter(Boolean).join(" · ");
}

function contradictionList(contradictions) {
  const sentences = contradictions.map(({ kind, detail }) => `${KINDS[kind]}: ${detail}`);
  return warningList("Sources disagree", sentences);
}

function doubtList(printed) {
  const doubts = printed.map((each) => each.doubt).filter(Boolean);
  return warningList("The pack says otherwise", [...new Set(doubts)]);
}

function warningList(title, sentences) {
  if (!sentences.length) return null;
  return element(
    "section",
    { class: "contradictions" },
    element("h4", {}, title),
    element("ul", { class: "evidence" }, ...sentences.map((text) => element("li", {}, text))),
  );
}

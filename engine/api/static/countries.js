// Where it may have been bought: the verdict, each country with what raised it, and the clues.

import { bar, percent } from "./bars.js";
import { element } from "./dom.js";

const SHOWN = 8;
const LIKELY = 0.005;

const VERDICTS = {
  discriminating: "Lead",
  regional: "Region",
  open: "Open",
  ubiquity: "No lead",
  nothing: "Nothing to go on",
};

const FACTS = {
  market: "sold there",
  language: "its language",
  origin: "comes from there",
  licence: "number licensed there",
};

export const inWords = (kind) => kind.replaceAll("_", " ");

// --- countries ---------------------------------------------------------------------------------

export function countryPanel(answer, title = "Where it may have been bought") {
  const likely = answer.markets.filter((market) => market.probability >= LIKELY).length;
  const count = Math.min(Math.max(likely, 1), SHOWN);
  const [first, rest] = [answer.markets.slice(0, count), answer.markets.slice(count)];
  return element(
    "section",
    { class: "panel where" },
    element("h3", {}, title),
    verdictLine(answer.verdict),
    answer.markets.length ? element("ol", { class: "countries" }, ...first.map(countryRow)) : null,
    rest.length ? moreCountries(rest) : null,
    bar("Undetermined", answer.undetermined, "other"),
    answer.markets.length ? legend(answer.markets) : null,
    regionList(answer.regions),
    ruledOut(answer.verdict.ruled_out),
  );
}

function verdictLine(verdict) {
  return element(
    "p",
    { class: `where-verdict ${verdict.kind}` },
    element("strong", { class: "stamp" }, VERDICTS[verdict.kind] || inWords(verdict.kind)),
    " ",
    verdict.sentence,
  );
}

function moreCountries(markets) {
  const share = markets.reduce((sum, market) => sum + market.probability, 0);
  return element(
    "details",
    { class: "more" },
    element("summary", {}, `${markets.length} more, together ${percent(share)}`),
    element("ol", { class: "countries" }, ...markets.map(countryRow)),
  );
}

function countryRow(market) {
  const parts = market.evidence.map((evidence) => ({
    share: evidence.weight,
    kind: classOf(evidence),
    title: `${reason(evidence)} · ${percent(evidence.weight)}`,
  }));
  return element(
    "li",
    {},
    element(
      "details",
      {},
      element("summary", {}, bar(market.name, market.probability, "", "", market.country, parts)),
      element("ul", { class: "evidence" }, ...market.evidence.map(evidenceRow)),
    ),
  );
}

function evidenceRow(evidence) {
  return element(
    "li",
    {},
    element("span", { class: `dot ${classOf(evidence)}` }),
    element(
      "span",
      { class: "why" },
      reason(evidence),
      evidence.text ? element("q", {}, evidence.text) : null,
      evidence.fact && evidence.fact !== "market"
        ? element("em", { class: "fact" }, FACTS[evidence.fact] || evidence.fact)
        : null,
    ),
    element("span", { class: "share" }, precise(evidence.weight)),
  );
}

// Weights are shown to a hundredth of a percent, so that a reader can add them up.
const precise = (share) => `${(share * 100).toFixed(2)}\u00a0%`;

function reason(evidence) {
  if (evidence.kind === "candidate") return `product ${evidence.product}`;
  if (evidence.kind === "object") return evidence.image || `object ${evidence.index + 1}`;
  return `${inWords(evidence.kind)} ${evidence.value}`;
}

function classOf(evidence) {
  if (evidence.kind === "candidate") return "from-candidate";
  if (evidence.kind === "object") return `from-object hue-${evidence.index % 6}`;
  return evidence.fact === "market" ? "from-market" : "from-hint";
}

const LEGEND = [
  ["from-candidate", "candidates"],
  ["from-market", "clues to the market"],
  ["from-hint", "language, origin, licence"],
];

function legend(markets) {
  const used = new Set(markets.flatMap((market) => market.evidence.map(classOf)));
  const rows = LEGEND.filter(([kind]) => used.has(kind));
  if (!rows.length) return null;
  return element(
    "p",
    { class: "legend hint" },
    ...rows.map(([kind, words]) =>
      element("span", {}, element("span", { class: `dot ${kind}` }), words),
    ),
  );
}

function regionList(regions) {
  if (!regions.length) return null;
  return element(
    "ul",
    { class: "regions" },
    ...regions.map((region) =>
      element(
        "li",
        {},
        element("strong", {}, region.name),
        ` ${percent(region.probability)} together: ${region.countries.join(", ")}`,
      ),
    ),
  );
}

function ruledOut(rows) {
  if (!rows.length) return null;
  return element(
    "details",
    { class: "ruled-out", open: "" },
    element("summary", {}, `Ruled out: ${rows.map((row) => row.name).join(", ")}`),
    element(
      "ul",
      {},
      ...rows.map((row) =>
        element(
          "li",
          {},
          element("strong", {}, row.name),
          `: allowed by ${row.allowed_by}, but ${row.reason}.`,
        ),
      ),
    ),
  );
}

// --- clues -------------------------------------------------------------------------------------

export function cluePanel(result, cropUrl) {
  if (!result.clues.length) return null;
  const boxes = result.clues.map((clue) => boxOf(clue, result.image));
  const rows = result.clues.map((clue, place) => clueRow(clue, boxes[place]));
  const image = element("img", { src: cropUrl, alt: "The crop with the clues marked" });
  const figure = element("figure", { class: "marked" }, image, ...boxes.filter(Boolean));
  image.addEventListener("error", () => figure.remove()); // a format that the browser cannot show
  return element(
    "section",
    { class: "panel clues" },
    element("h3", {}, "Read in the crop"),
    element(
      "div",
      { class: "clue-columns" },
      boxes.some(Boolean) ? figure : null,
      element("ol", { class: "clue-list" }, ...rows),
    ),
  );
}

function boxOf(clue, image) {
  if (!clue.box) return null;
  const { x, y, width, height } = clue.box;
  const frame = element("span", { class: "mark", title: `${inWords(clue.kind)} ${clue.value}` });
  const shares = {
    left: x / image.width,
    top: y / image.height,
    width: width / image.width,
    height: height / image.height,
  };
  for (const [side, share] of Object.entries(shares)) frame.style[side] = `${share * 100}%`;
  return frame;
}

function clueRow(clue, frame) {
  const light = (isLit) => frame && frame.classList.toggle("lit", isLit);
  const countries = clue.countries.slice(0, 6).map((row) => row.country);
  const rest = clue.countries.length - countries.length;
  return element(
    "li",
    {
      class: `clue ${clue.fact}`,
      tabindex: "0",
      onmouseenter: () => light(true),
      onmouseleave: () => light(false),
      onfocus: () => light(true),
      onblur: () => light(false),
    },
    element(
      "p",
      { class: "clue-head" },
      element("strong", {}, `${inWords(clue.kind)} ${clue.value}`),
      element("span", { class: `fact ${clue.fact}` }, FACTS[clue.fact] || clue.fact),
    ),
    clue.text && clue.text !== clue.value ? element("q", {}, clue.text) : null,
    element(
      "p",
      { class: "clue-countries" },
      ...countries.map((code) => element("span", { class: "code" }, code)),
      rest > 0 ? ` and ${rest} more` : null,
    ),
    bar("", clue.reliability, "", `Reliability of ${inWords(clue.kind)}`),
    element("p", { class: "hint" }, `${clue.rule} · ${clue.source}`),
  );
}

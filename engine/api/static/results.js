// The answer: candidates with their evidence, countries, and what is not known.

import { bar, counted, percent } from "./bars.js";
import { cluePanel, countryPanel } from "./countries.js";
import { compare } from "./compare.js";
import { byId, element, preview, show } from "./dom.js";
import { claimsOf } from "./product.js";
import { sceneCard } from "./scene.js";
import { picture } from "./service.js";

let blobs = [];

// Results come and go while their pictures are still on the way: an old one must not leak.
export function clearResults() {
  blobs.forEach((url) => URL.revokeObjectURL(url));
  blobs = [];
  byId("results").replaceChildren();
  show("empty", true);
}

function fill(...parts) {
  byId("results").append(...parts);
  show("empty", false);
}

export function showAnswer(answer, queries) {
  clearResults(); // before the new ones are made, which begin to load
  fill(
    ...(answer.scene ? [sceneCard(answer.scene, answer.results, queries)] : []),
    ...answer.results.map((result, place) => cropResult(result, queries[place].url)),
    footer(answer, "engine-search.json"),
  );
}

export function showHits(answer, words) {
  clearResults();
  const hits = answer.hits.map(textHit);
  fill(
    element(
      "article",
      { class: "card result" },
      element("h2", {}, hits.length ? `Products for “${words}”` : `No product for “${words}”`),
      hits.length
        ? element("ol", { class: "candidates" }, ...hits)
        : element("p", { class: "hint" }, "Try another word, a brand, or the digits of a barcode."),
    ),
    footer(answer, "engine-words.json"),
  );
}

function cropResult(result, cropUrl) {
  const best = result.candidates[0];
  const isUnknown = !best || result.unknown >= best.probability;
  return element(
    "article",
    { class: "card result" },
    element(
      "header",
      { class: "result-head" },
      preview(cropUrl, result.image.name, { class: "crop", alt: `Crop ${result.image.name}` }),
      element(
        "div",
        {},
        verdict(best, isUnknown, result),
        element(
          "p",
          { class: "hint" },
          `${result.image.name} · ${result.image.width} × ${result.image.height} px · SHA-256 `,
          element("code", { title: result.image.sha256 }, result.image.sha256.slice(0, 12)),
        ),
        qualityLine(result.quality),
      ),
    ),
    element(
      "div",
      { class: "columns" },
      candidateList(result, isUnknown, { url: cropUrl, ...sizeOf(result.image) }),
      countryPanel(result),
    ),
    cluePanel(result, cropUrl),
  );
}

function verdict(best, isUnknown, { unknown, quality }) {
  const isTiny = quality?.hindrance === "tiny";
  if (isUnknown || isTiny) {
    return element("div", { class: "verdict unknown" }, ...doubt(best, unknown, isTiny));
  }
  return element(
    "div",
    { class: "verdict" },
    element("p", { class: "eyebrow" }, "Best candidate"),
    element("h2", {}, best.product.name),
    element(
      "p",
      {},
      `${percent(best.probability)} probable. Not in the catalog: ${percent(unknown)}.`,
      best.probability < 0.5 ? " None is more probable than not: compare before you rely on it." : "",
    ),
  );
}

function doubt(best, unknown, isTiny) {
  if (isTiny) {
    return [
      element("h2", {}, "Nothing can be told"),
      element("p", {}, "The crop has too few pixels: what follows is little more than a guess."),
    ];
  }
  if (!best || unknown >= 0.5) {
    return [
      element("h2", {}, "Not in the catalog"),
      element(
        "p",
        {},
        `With ${percent(unknown)} probability none of its products is the one in this crop.`,
      ),
    ];
  }
  return [
    element("h2", {}, "No product stands out"),
    element(
      "p",
      {},
      `The likeliest has ${percent(best.probability)}. Not in the catalog: ${percent(unknown)}.`,
    ),
  ];
}

function qualityLine(quality) {
  if (!quality) return null;
  const facts = [`searched ${quality.width} × ${quality.height} px`];
  facts.push(quality.blur_px <= 1 ? "sharp" : `blur ${quality.blur_px.toFixed(1)} px`);
  if (quality.sure_words !== null) facts.push(counted(quality.sure_words, "word") + " surely read");
  if (quality.hidden > 0) facts.push(`${percent(quality.hidden)} hidden`);
  const rate = quality.expected_hit_rate;
  if (rate !== null) facts.push(`of such crops ${percent(rate)} are recognised`);
  return element(
    "p",
    { class: "quality" },
    element("strong", {}, quality.advice),
    element("span", { class: "hint" }, facts.join(" · ")),
  );
}

// --- candidates --------------------------------------------------------------------------------

const sizeOf = ({ width, height }) => ({ width, height });

function candidateList(result, isUnknown, crop) {
  const title = isUnknown ? "Nearest products, none of them likely" : "Candidates";
  return element(
    "section",
    { class: "panel" },
    element("h3", {}, title),
    result.candidates.length
      ? element(
          "ol",
          { class: "candidates" },
          ...result.candidates.map((candidate) => candidateRow(candidate, crop)),
        )
      : element("p", { class: "hint" }, "The catalog has no product that passes the filters."),
    bar("Not in the catalog", result.unknown, "other"),
  );
}

function candidateRow(candidate, crop) {
  const { product, reference_image: path, told_apart_by: apart } = candidate;
  const why = () => compare(product.name, candidate, crop, (image) => load(image, path, ""));
  return element(
    "li",
    { class: "candidate" },
    thumbnail(path, product, "Compare with the crop", why),
    element(
      "div",
      { class: "candidate-text" },
      productTitle(product, candidate.rank),
      productFacts(product),
      bar("", candidate.probability, "", `Probability of ${product.name}`),
      element("ul", { class: "chips" }, ...candidate.evidence.map(evidenceChip)),
      apart ? element("p", { class: "apart" }, apart.sentence) : null,
      element("button", { type: "button", class: "quiet why", onclick: why }, "Show why"),
      claimsOf(product.id),
    ),
  );
}

function textHit(hit) {
  const why = hit.matched_by === "look" ? `looks like it · ${hit.score.toFixed(2)}` : "words match";
  return element(
    "li",
    { class: "candidate" },
    thumbnail(hit.reference_image, hit.product, "Enlarge", () =>
      compare(hit.product.name, null, null, (image) => load(image, hit.reference_image, "")),
    ),
    element(
      "div",
      { class: "candidate-text" },
      productTitle(hit.product, hit.rank),
      productFacts(hit.product),
      element("ul", { class: "chips" }, element("li", {}, why)),
      claimsOf(hit.product.id),
    ),
  );
}

function productTitle(product, rank) {
  return element(
    "p",
    { class: "title" },
    element("span", { class: "rank" }, String(rank)),
    element("strong", {}, product.name),
  );
}

function productFacts(product) {
  const facts = [product.brand, product.category, product.id, ...product.gtin].filter(Boolean);
  const markets = product.markets.length ? `sold in ${product.markets.join(", ")}` : "";
  return element("p", { class: "hint facts" }, [...facts, markets].filter(Boolean).join(" · "));
}

function evidenceChip(evidence) {
  const words = {
    embedding: () => `looks alike · ${evidence.score.toFixed(2)}`,
    keypoints: () => `${evidence.inliers} points fit`,
    text: () => `reads “${evidence.matched.slice(0, 4).join("”, “")}”`,
    code: () => `barcode ${evidence.gtin}`,
    contradiction: () => {
      const [word] = evidence.words;
      return `but “${word.text}” where it has “${word.reference_text}”`;
    },
    close: () => `colours agree · ${evidence.colour.toFixed(2)}`,
    pattern: () =>
      `pattern repeats · ${evidence.confirmed} details, colours ${evidence.palette.toFixed(2)}`,
  };
  const say = words[evidence.kind] || (() => plainWords(evidence));
  return element("li", evidence.kind === "contradiction" ? { class: "against" } : {}, say());
}

function plainWords({ kind, ...rest }) {
  const values = Object.values(rest).filter((value) => value !== null && value !== "");
  return [kind, ...values.map(String)].join(" · ");
}

function thumbnail(path, product, title, onclick) {
  const image = element("img", { alt: `Reference image of ${product.name}` });
  if (!path) return element("span", { class: "thumbnail blank" });
  load(image, path, "thumbnail");
  return element(
    "button",
    { type: "button", class: "thumbnail", title, onclick },
    image,
  );
}

async function load(image, path, size) {
  const mine = blobs;
  // A browser that cannot show the original, a TIFF or HEIC perhaps, can show its thumbnail.
  image.onerror = size ? null : () => load(image, path, "thumbnail");
  try {
    const url = await picture(path, size);
    if (mine !== blobs) return URL.revokeObjectURL(url);
    blobs.push(url);
    image.src = url;
  } catch (problem) {
    image.alt = `No reference image: ${problem.message}`;
  }
  return undefined;
}

// --- parts -------------------------------------------------------------------------------------

function footer(answer, filename) {
  const save = () => {
    const text = JSON.stringify(answer, null, 2);
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    element("a", { href: url, download: filename }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  return element(
    "div",
    { class: "provenance" },
    element(
      "p",
      { class: "hint" },
      `${Math.round(answer.elapsed_ms.total)} ms · catalog version ${answer.catalog.version} · model ${answer.model.name} `,
      element("code", { title: answer.model.fingerprint }, answer.model.fingerprint.slice(0, 12)),
    ),
    element("button", { type: "button", class: "quiet", onclick: save }, "Save as JSON"),
  );
}

// The service: requests with the token of this tab, and errors in its own words.

const KEY = "engine.token";

export class Problem extends Error {
  constructor(document) {
    super(document.detail || document.title || "The request failed.");
    this.title = document.title || "Problem";
    this.status = document.status || 0;
    this.image = document.image || null; // the crop that it is about, one of several perhaps
    this.reason = document.reason || this.message;
  }
}

export const token = {
  get: () => sessionStorage.getItem(KEY),
  set: (value) => sessionStorage.setItem(KEY, value),
  forget: () => sessionStorage.removeItem(KEY),
};

async function send(path, options = {}) {
  let response;
  try {
    response = await fetch(path, {
      ...options,
      headers: { Authorization: `Bearer ${token.get()}` },
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
    });
  } catch {
    throw new Problem({
      title: "No connection",
      detail: "The service does not answer. Is it still running?",
    });
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function problemOf(response) {
  try {
    return new Problem(await response.json());
  } catch {
    return new Problem({ title: "Problem", status: response.status, detail: response.statusText });
  }
}

export async function whoAmI() {
  return (await send("/v1/me")).json();
}

// Crops of one scene are answered together too, and then without filters.
export async function searchCrops(crops, { k, categories, markets, isScene }) {
  const form = new FormData();
  for (const crop of crops) {
    form.append("image", crop.file, crop.file.name || "pasted");
    form.append("box", crop.box ? crop.box.join(",") : "");
  }
  form.append("k", k);
  if (!isScene) {
    categories.forEach((category) => form.append("category", category));
    markets.forEach((market) => form.append("market", market));
  }
  return (await send(isScene ? "/v1/scenes" : "/v1/search", { method: "POST", body: form })).json();
}

// The crops that can be read are answered; each of the others is named with its own problem. The
// service refuses a request for its first bad crop, so it is asked again without that one.
export async function searchReadable(crops, filters) {
  const refused = [];
  let asked = crops;
  while (asked.length) {
    const isScene = filters.isScene && asked.length > 1;
    try {
      return { answer: await searchCrops(asked, { ...filters, isScene }), asked, refused };
    } catch (problem) {
      const bad = problem.image && crops.length > 1 ? asked[problem.image.index] : null;
      if (!bad) throw problem;
      refused.push({ crop: bad, name: problem.image.name, reason: problem.reason });
      asked = asked.filter((crop) => crop !== bad);
    }
  }
  return { answer: null, asked, refused };
}

export async function searchText(words) {
  return (await send(`/v1/search?${new URLSearchParams({ q: words, k: 20 })}`)).json();
}

export async function productOf(id) {
  return (await send(`/v1/products/${encodeURIComponent(id)}`)).json();
}

// Where the pack on a reference image itself says that it is sold.
export async function printedOn(path) {
  return (await send(`${path}/clues`)).json();
}

// An <img> cannot send the token, so pictures come by fetch and are shown as blobs.
export async function picture(path, size = "") {
  const response = await send(size ? `${path}?size=${size}` : path);
  return URL.createObjectURL(await response.blob());
}

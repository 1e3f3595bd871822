// Elements. Text is only ever set as text: names of products and files come from strangers.

export const byId = (id) => document.getElementById(id);

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "class") made.className = value;
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// A picture, or its file's ending where the browser cannot show it.
export function preview(url, name, attributes = {}) {
  const image = element("img", { src: url, alt: "", ...attributes });
  image.addEventListener("error", () => {
    const ending = name.includes(".") ? name.split(".").at(-1).slice(0, 5) : "?";
    image.replaceWith(element("span", { class: "no-preview", title: name }, ending.toUpperCase()));
  });
  return image;
}

export function show(id, isShown) {
  byId(id).hidden = !isShown;
}

export function showProblem(id, problem) {
  const place = byId(id);
  place.hidden = !problem;
  place.replaceChildren(
    ...(problem ? [element("strong", {}, problem.title || "Problem"), ` ${problem.message}`] : []),
  );
}

// Names each crop that was left out, beside the answers to the others.
export function showRefused(id, refused, count) {
  const title =
    refused.length === count
      ? "None of the crops can be used"
      : `${refused.length} of ${count} crops left out`;
  const rows = refused.map(({ name, reason }) =>
    element("li", {}, element("strong", {}, name || "a picture without a name"), `: ${reason}`),
  );
  showProblem(id, { title, message: "" });
  byId(id).append(element("ul", { class: "refused" }, ...rows));
}

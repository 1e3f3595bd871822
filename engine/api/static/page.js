// The page: signing in, gathering crops, asking, and showing what comes back.

import { setUpCompare } from "./compare.js";
import { addFiles, clearCrops, crops, markBad, setUpEditor, watchCrops } from "./crops.js";
import { byId, show, showProblem, showRefused } from "./dom.js";
import { clearResults, showAnswer, showHits } from "./results.js";
import { searchReadable, searchText, token, whoAmI } from "./service.js";

// --- signing in --------------------------------------------------------------------------------

async function enter() {
  if (!token.get()) return leave();
  try {
    const me = await whoAmI();
    byId("who").textContent = `${me.name} · ${me.role}`;
    showProblem("sign-in-problem", null);
    showWorkspace(true);
  } catch (problem) {
    if ([401, 429].includes(problem.status)) token.forget();
    showWorkspace(false);
    showProblem("sign-in-problem", problem);
    byId("token").focus();
  }
  return undefined;
}

function leave() {
  token.forget();
  clearCrops();
  clearResults();
  showWorkspace(false);
  byId("token").focus();
}

function showWorkspace(isSignedIn) {
  show("workspace", isSignedIn);
  show("sign-in", !isSignedIn);
  show("sign-out", isSignedIn);
  show("who", isSignedIn);
}

function signIn(event) {
  event.preventDefault();
  token.set(byId("token").value.trim());
  byId("token").value = "";
  enter();
}

// --- asking ------------------------------------------------------------------------------------

async function ask(button, request, showIt) {
  showProblem("problem", null);
  button.disabled = true;
  byId("results").setAttribute("aria-busy", "true");
  byId("status").textContent = "Searching …";
  try {
    showIt(await request());
    byId("status").textContent = "The answer is here.";
    const first = byId("problem").hidden ? "results" : "problem"; // crops that were left out
    byId(first).scrollIntoView({ block: "nearest" });
  } catch (problem) {
    byId("status").textContent = "";
    if (problem.status === 401) {
      showWorkspace(false);
      showProblem("sign-in-problem", problem);
    } else {
      clearResults(); // an old answer beside a new problem would be taken for the new one's
      show("empty", false);
      showProblem("problem", problem);
      byId("problem").scrollIntoView({ block: "nearest" });
    }
  } finally {
    button.disabled = false;
    byId("results").removeAttribute("aria-busy");
  }
}

const listOf = (id) => byId(id).value.split(/[\s,;]+/).filter(Boolean);

function askByCrops(event) {
  event.preventDefault();
  const queries = [...crops];
  if (!queries.length) return;
  const filters = {
    k: byId("k").value || 10,
    categories: listOf("category"),
    markets: listOf("market"),
    isScene: queries.length > 1 && byId("is-scene").checked,
  };
  ask(
    byId("search"),
    () => searchReadable(queries, filters),
    ({ answer, asked, refused }) => {
      if (answer) showAnswer(answer, asked);
      else clearResults();
      markBad(refused.map(({ crop }) => crop));
      if (refused.length) showRefused("problem", refused, queries.length);
    },
  );
}

function askByWords(event) {
  event.preventDefault();
  const words = byId("words").value.trim();
  if (!words) return;
  ask(
    byId("find"),
    () => searchText(words),
    (answer) => showHits(answer, words),
  );
}

// --- gathering crops ---------------------------------------------------------------------------

function take(files) {
  const pictures = [...files];
  if (!pictures.length) return;
  try {
    showProblem("crops-problem", null);
    addFiles(pictures);
  } catch (error) {
    showProblem("crops-problem", { title: "Too many crops", message: error.message });
  }
}

function setUpDrop() {
  const drop = byId("drop");
  const isSignedIn = () => !byId("workspace").hidden;
  document.addEventListener("dragover", (event) => {
    event.preventDefault(); // or the browser would leave the page for the picture
    drop.classList.toggle("over", isSignedIn());
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (isSignedIn()) take(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (isSignedIn() && event.clipboardData.files.length) take(event.clipboardData.files);
  });
  byId("files").addEventListener("change", (event) => {
    take(event.target.files);
    event.target.value = "";
  });
}

// --- tabs --------------------------------------------------------------------------------------

const TABS = ["crops", "words"];

function showTab(name) {
  for (const tab of TABS) {
    const button = byId(`tab-${tab}`);
    button.setAttribute("aria-selected", String(tab === name));
    button.tabIndex = tab === name ? 0 : -1;
    show(`by-${tab}`, tab === name);
  }
}

function setUpTabs() {
  for (const [place, tab] of TABS.entries()) {
    const button = byId(`tab-${tab}`);
    button.addEventListener("click", () => showTab(tab));
    button.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = TABS[(place + 1) % TABS.length];
      showTab(other);
      byId(`tab-${other}`).focus();
    });
  }
}

byId("sign-in-form").addEventListener("submit", signIn);
byId("sign-out").addEventListener("click", leave);
byId("by-crops").addEventListener("submit", askByCrops);
byId("by-words").addEventListener("submit", askByWords);
watchCrops(() => {
  byId("search").disabled = crops.length === 0;
  show("scene", crops.length > 1);
  byId("search").textContent = crops.length > 1 ? `Search ${crops.length} crops` : "Search";
});
byId("filters").addEventListener("toggle", () => {
  if (byId("filters").open) byId("filters").scrollIntoView({ block: "nearest" });
});
setUpDrop();
setUpTabs();
setUpEditor();
setUpCompare();
enter();

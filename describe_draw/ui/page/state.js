// What the page knows, in one place.

const element = document.getElementById("shell");
const $ = (id) => element.querySelector(`#${id}`);

const page = {
  mode: "play", // what Enter does
  picture: null, // what is attached: {src, path, blob, name}
  run: null, // what is running: {kind, begun, stopped}
  result: null, // what the stage shows
  look: "", // the style that drawings get
  own: true, // whether what is drawn from a picture has its shape
  offered: { describe: [], draw: [], edit: [], write: [] },
  models: {}, // the chosen ones, by task
  compared: { describe: new Set(), draw: new Set(), edit: new Set() },
  lost: false, // whether the connection was, while something ran
};

const MEMORY = "describe-draw";

const remembered = (() => {
  try {
    return JSON.parse(localStorage.getItem(MEMORY)) ?? {};
  } catch {
    return {}; // a browser that keeps nothing
  }
})();

/** Keep a choice in this browser. */
function remember(choice) {
  Object.assign(remembered, choice);
  try {
    localStorage.setItem(MEMORY, JSON.stringify(remembered));
  } catch {
    // a browser that keeps nothing
  }
}

/** Do one thing at a time: what would begin meanwhile doesn't. */
async function running(kind, doing) {
  if (page.run) return;
  page.run = { kind, begun: performance.now(), from: document.activeElement };
  locked(true);
  try {
    await doing(page.run);
  } finally {
    page.run = null;
    locked(false);
  }
}

/** Lock what begins something; disabled it would lose the focus. */
function locked(is) {
  for (const node of element.querySelectorAll("[data-do], .idea, .next button, .strip button, .cell button, .wording button")) {
    if (is) node.setAttribute("aria-disabled", "true");
    else node.removeAttribute("aria-disabled");
  }
  element.classList.toggle("running", is);
}

// The last results, kept in this browser alone: they outlive a reload, a restart and the server's files.

const MOST = 24;
const THUMB = 112;
const KEPT_SIDE = 1024;

/** The browser's own store of results, by their ids. */
const results = (() => {
  let opened;
  const open = () =>
    (opened ??= new Promise((done, failed) => {
      const request = indexedDB.open(MEMORY, 1);
      request.onupgradeneeded = () => request.result.createObjectStore("results", { keyPath: "id" });
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    }));
  const act = async (mode, does) => {
    const store = (await open()).transaction("results", mode).objectStore("results");
    const request = does(store);
    return new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  };
  return {
    all: () => act("readonly", (store) => store.getAll()).catch(() => []),
    get: (id) => act("readonly", (store) => store.get(id)).catch(() => undefined),
    put: (result) => act("readwrite", (store) => store.put(result)).catch(() => undefined),
    drop: (id) => act("readwrite", (store) => store.delete(id)).catch(() => undefined),
    clear: () => act("readwrite", (store) => store.clear()).catch(() => undefined),
  };
})();

const keeping = () => remembered.keeps !== false;

const newId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`; // the first is for https alone

/** Keep a result, its pictures with it; the oldest gives way. */
async function keep(result) {
  result.id ??= newId();
  result.time ??= Date.now();
  if (!keeping()) return;
  const copy = await copyOf(result);
  await results.put(copy);
  const all = (await results.all()).sort((a, b) => b.time - a.time);
  await Promise.all(all.slice(MOST).map(({ id }) => results.drop(id)));
  strip();
}

/** A result with its pictures themselves in the place of their addresses. */
async function copyOf(result) {
  const { picture, source, game, cells, ...copy } = result;
  if (picture) copy.picture = await pictureCopy(picture);
  if (source) copy.source = await pictureCopy(source);
  if (cells) copy.cells = await Promise.all(cells.map((cell) => cellCopy(cell, Boolean(picture))));
  if (game) copy.game = { links: await Promise.all(game.links.map(linkCopy)), drift: game.drift, rounds: game.rounds };
  const first = copy.cells?.find(({ result: one }) => one?.picture)?.result;
  const shown = (copy.picture ?? first?.picture)?.blob ?? copy.game?.links.findLast((link) => link.blob)?.blob;
  copy.thumb = shown ? await shrunk(shown, THUMB, "image/webp", 0.8).catch(() => null) : null;
  return copy;
}

async function pictureCopy(picture) {
  picture.blob ??= await blobOf(picture.src);
  return { name: picture.name, blob: picture.blob, shows: picture.shows };
}

/** One of several, without what all of them have in common. */
async function cellCopy({ job, result, problem }, shared) {
  const cell = { job: { prompt: job.prompt, model: job.model, source: Boolean(job.source) }, problem };
  if (!result) return cell;
  const { picture, source, within, ...copy } = result;
  return { ...cell, result: shared ? copy : { ...copy, picture: await pictureCopy(picture) } };
}

async function linkCopy(link) {
  if (link.words) return link;
  const whole = link.blob ?? (await blobOf(link.picture));
  const blob = whole && (await shrunk(whole, KEPT_SIDE / 2, "image/webp", 0.85).catch(() => whole));
  return { ...link, picture: "", blob };
}

const blobOf = (src) =>
  fetch(src)
    .then((answer) => (answer.ok ? answer.blob() : null))
    .catch(() => null);

/** A kept result as it was, or nothing. */
async function kept(id) {
  const copy = await results.get(id);
  if (!copy) return null;
  for (const name of ["picture", "source"]) if (copy[name]) copy[name] = again(copy[name]);
  for (const { result } of copy.cells ?? []) {
    if (result) Object.assign(result, { picture: result.picture ? again(result.picture) : copy.picture, source: copy.source });
  }
  for (const link of copy.game?.links ?? []) if (link.blob) link.picture = URL.createObjectURL(link.blob);
  return copy;
}

/** A kept picture as pages show pictures. */
const again = ({ blob, name, shows }) => ({ blob, name, shows, path: "", src: blob ? URL.createObjectURL(blob) : "data:," });

/** Show a kept result, or one of several, and bring all of it back to the composer. */
function recall(result, { fresh = true, cell = null } = {}) {
  if (page.run) return;
  const kind = result.of ?? result.kind;
  choose(kind);
  if (kind === "describe") {
    attach(result.picture);
    if (result.style) wants(result);
    compose("");
  } else if (result.kind === "play") {
    const [first] = result.game.links;
    attach(first.words ? null : pictureOfLink(first));
    compose(first.words ?? "");
  } else {
    attach(result.source ? ownCopy(result.source) : null);
    compose(result.asked ?? result.words);
  }
  if (result.recipe) fill({ ...result.recipe, seed: result.locked ? result.recipe.seed : -1 }, result);
  if (result.cells?.[cell]?.result) openCell(result, cell, { fresh });
  else answer(result, { fresh });
}

/** The strip of kept results. */
async function strip() {
  const all = (await results.all()).sort((a, b) => b.time - a.time);
  for (const image of $("kept-list").querySelectorAll("img")) URL.revokeObjectURL(image.src);
  $("kept").hidden = !all.length || !keeping();
  $("kept-list").replaceChildren(...all.map(entry));
}

function entry({ id, kind, words: said, instruction: asks, thumb, time, credit: by }) {
  const when = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" }).format(time);
  const picture = thumb ? make("img", { src: URL.createObjectURL(thumb), alt: "", width: 56, height: 56 }) : null;
  const show = async () => {
    if (page.run) return;
    const result = await kept(id);
    if (!result) return strip();
    recall(result);
    went(result.of ?? result.kind);
  };
  const engine = by?.[0]?.values?.engine;
  const about = put(make("small"), [when, ...(engine ? [engine] : [])]);
  const told = make("span", { class: "told" }, make("span", { dir: "auto" }, (asks ? `${asks} – ${said}` : said).slice(0, 80)), about);
  const button = make("button", { type: "button", class: "recall", click: show }, picture, told);
  put(button, [text(`app.${kind}`), ...(by?.slice(0, 1) ?? [])], "title");
  const forget = make("button", { type: "button", class: "round", "aria-label": text("app.forget"), click: () => page.run || results.drop(id).then(strip) }, "×");
  return make("li", {}, button, forget);
}

function keepsResults() {
  $("forget-all").addEventListener("click", () => page.run || results.clear().then(strip));
  $("keeps").checked = keeping();
  $("keeps").addEventListener("change", ({ target }) => {
    remember({ keeps: target.checked });
    (target.checked ? Promise.resolve() : results.clear()).then(strip);
  });
  addEventListener("pagehide", draft);
  strip();
}

/** After a reload the page shows what it showed, with the words that were being written. */
async function shownBefore() {
  const draft = drafted();
  const result = history.state?.id ? await kept(history.state.id) : null;
  if (result) recall(result, { fresh: false, cell: history.state.cell });
  if (draft.words) compose(draft.words);
  if (draft.lost) fail(text("page.reconnected"), { growing: true });
}

/** What this tab was left with, if it was left to be loaded anew. */
function drafted() {
  const again = performance.getEntriesByType("navigation")[0]?.type === "reload";
  try {
    return (again && JSON.parse(sessionStorage.getItem(MEMORY))) || {};
  } catch {
    return {}; // a browser that keeps nothing
  }
}

function draft() {
  try {
    sessionStorage.setItem(MEMORY, JSON.stringify({ words: $("prompt").value, lost: page.lost }));
  } catch {
    // a browser that keeps nothing
  }
}

// Several pictures or captions side by side: each comes, fails and is gone on with by itself.

const SEVERAL = { draw: "pictures", describe: "captions" };

/** Nothing of it is there yet; what its jobs have in common is its own. */
function gridOf(of, jobs, about) {
  const [{ source, picture, look, hidden, locked, own, count, every }] = jobs;
  const common = { source, picture, look, hidden, locked, own, count, every };
  const seed = jobs[0].values?.[SEED];
  const models = [...new Set(jobs.map(({ model }) => model))];
  return { kind: SEVERAL[of], of, ...common, seed, models, words: about.asked, ...about, cells: jobs.map((job) => ({ job })) };
}

/** Ask for all cells, some at once; those that were not there when it was stopped are left out. */
async function several(run, grid, again) {
  const before = page.result;
  answer(grid, { fresh: false });
  stage("answer", "waiting");
  const sent = grid.source ?? grid.picture;
  if (sent) await pathOf(sent).catch(() => {}); // once, and not for each
  const left = [...grid.cells.keys()];
  const worker = async () => {
    while (left.length && !run.stopped) await comes(grid, left.shift());
  };
  await Promise.all(Array.from({ length: FACTS.at_once }, worker));
  if (run.stopped) grid.cells = grid.cells.filter(({ result, problem }) => result || (problem && problem.key !== "problem.stopped"));
  finished(grid, before, run, again);
}

/** What came of it: nothing, one problem of all, or a grid to go on with. */
function finished(grid, before, run, again) {
  const problems = grid.cells.filter(({ problem }) => problem);
  const alike = new Set(problems.map(({ problem }) => say(problem.values?.sentence ?? problem))).size === 1;
  const stopped = run.stopped && { problem: text("problem.stopped"), stopped: true };
  if (!grid.cells.some(({ result }) => result) && (stopped || alike)) {
    if (before) answer(before, { fresh: false });
    else forgetResult();
    return failed(stopped || problems[0], again);
  }
  const first = grid.cells.find(({ result }) => result)?.result ?? {};
  grid.words ??= first.words ?? "";
  if (grid.of === "draw") grid.recipe = { ...first.recipe, seed: grid.seed };
  answer(grid, { fresh: !stopped });
  if (stopped) failed(stopped);
  keep(grid);
}

/** Ask for one cell, and show in it how that goes. */
async function comes(grid, number, model) {
  const cell = grid.cells[number];
  const { job } = cell;
  const shows = () => showCell(grid, number);
  Object.assign(cell, { running: true, problem: null, said: null, job: model === undefined ? job : { ...job, model } });
  shows();
  const told = await JOBS[grid.of].ask(cell.job, ({ state, said, done }) => {
    if (state !== "waiting" || !said) return;
    Object.assign(cell, { said, done });
    hurried(cellNode(number), cell);
  });
  cell.running = false;
  if (told.state === "failed") Object.assign(cell, { problem: told.problem, instead: told.instead });
  else cell.result = await JOBS[grid.of].result(cell.job, told);
  shows();
}

/** What is said of a grid to who doesn't see it. */
const counted = ({ kind, cells }) => text(`page.done_${kind}`, { count: cells.filter(({ result }) => result).length });

const cellNode = (number) => $("answer").querySelectorAll(".cell")[number];

function showCell(grid, number) {
  if (page.result === grid) cellNode(number)?.replaceChildren(...cellParts(grid, number));
}

function hurried(node, { said, done }) {
  if (!node) return; // somebody went Back
  put(node.querySelector(".doing"), said);
  const bar = node.querySelector("progress");
  if (done == null) bar.removeAttribute("value");
  else bar.value = done;
}

/** All cells, beneath what they have in common. */
function gridParts(grid) {
  const cells = grid.cells.map((_, number) => make("li", { class: "cell" }, cellParts(grid, number)));
  const { picture } = grid;
  const head = picture ? [figure(picture.src, altOf(picture))] : [make("div", { class: "said" }, words({ words: common(grid) ?? grid.asked }), from(grid))];
  const note = grid.more ? put(make("p", { class: "note" }), text("page.left_out", { count: FACTS.cells })) : null;
  const models = grid.models.length;
  const shape = models > 1 ? { class: "grid compared", style: `--columns: ${models}` } : { class: "grid" };
  return [...head, make("ol", shape, cells), note].filter(Boolean);
}

/** The prompt of all cells, if they have the same. */
const common = ({ cells: [first, ...others] }) => (others.every(({ job }) => job.prompt === first.job.prompt) ? first.job.prompt : null);

function cellParts(grid, number) {
  const cell = grid.cells[number];
  const { job, result, problem } = cell;
  const who = nameOf(grid.of, job) ?? "";
  const head = grid.models.length > 1 ? put(make("h2"), who) : null;
  const own = job.prompt && !common(grid) ? make("p", { class: "own", dir: "auto" }, job.prompt) : null;
  if (result) return [head, ...(grid.of === "draw" ? drawingParts(grid, number, own) : captionParts(grid, number))].filter(Boolean);
  if (problem) return [head, own, put(make("p", { class: "wrong" }), problem), cell.instead ? insteadIn(grid, number) : null].filter(Boolean);
  const bar = make("progress", { max: 1, "aria-hidden": "true" });
  const box = make("div", { class: "blank", style: `aspect-ratio: ${shapeOf(job)}` }, cell.running ? [put(make("p", { class: "doing" }), cell.said ?? text(`page.doing_${job.source ? "edit" : grid.of}`)), bar] : []);
  return [head, box, own].filter(Boolean);
}

/** The shape of a picture that is to come, so that nothing moves when it does. */
function shapeOf({ own, values }) {
  const { naturalWidth, naturalHeight } = $("attached-picture");
  if (own) return `${naturalWidth || 1} / ${naturalHeight || 1}`;
  return values ? `${values[WIDTH]} / ${values[HEIGHT]}` : "auto";
}

function drawingParts(grid, number, own) {
  const { picture, words: said, credit: by, look } = grid.cells[number].result;
  const image = make("img", { src: picture.src, alt: "", decoding: "async" });
  const open = make("button", { type: "button", class: "open", click: () => page.run || openCell(grid, number) }, image);
  put(open, [text("app.cell_open"), said], "aria-label");
  const save = make("button", { type: "button", class: "plain", click: () => download(picture.src, picture.name) }, text("app.next_download"));
  return [open, own, credit(look ? [...by, inLook(look)] : by), save];
}

function captionParts(grid, number) {
  const { result } = grid.cells[number];
  const open = make("button", { type: "button", class: "plain", click: () => page.run || openCell(grid, number) }, text("app.cell_open"));
  return [words(result), credit(result.credit), open];
}

/** The built-in engine does what another failed at. */
function insteadIn(grid, number) {
  const click = () =>
    running(grid.of, async () => {
      await comes(grid, number, "builtin");
      keep(grid);
      const node = cellNode(number);
      (node.querySelector("button") ?? node).focus({ preventScroll: true });
    });
  return make("button", { type: "button", class: "plain", click }, text("app.instead"));
}

/** Go on with one of several: it is shown alone, with all that can be done next. */
function openCell(grid, number, { fresh = true } = {}) {
  const { result } = grid.cells[number];
  Object.assign(result, { id: grid.id, cell: number, within: grid });
  answer(result, { fresh });
  if (fresh) went(grid.of);
}

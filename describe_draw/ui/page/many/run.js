// The run: its pictures and captions as the page knows them. The server keeps them by a name that nobody guesses.

const PLACE = "describe-draw-many"; // where the browser keeps the name

const batch = {
  id: null, // by which the server knows it
  rows: [], // {name, caption, problem, final, unsaved}: final is a problem that no second try mends
  junk: 0, // how many files were left out
  along: 0, // how many captions came along
  refused: [], // files that never came to the server: {name, problem}
};

/** What this browser has of an earlier visit, or keeps for the next. */
const kept = {
  get() {
    try {
      return localStorage.getItem(PLACE);
    } catch {
      return null; // a browser that keeps nothing
    }
  },
  set(id) {
    try {
      if (id) localStorage.setItem(PLACE, id);
      else localStorage.removeItem(PLACE);
    } catch {
      // a browser that keeps nothing
    }
  },
};

const numbers = () => {
  const rows = batch.rows;
  const done = rows.filter((row) => row.caption).length;
  const failed = rows.filter((row) => row.problem).length;
  const again = rows.filter((row) => row.problem && !row.final).length;
  return { count: rows.length, done, failed, again, open: rows.length - done - failed };
};

/** All of a run came. */
function opened(told) {
  Object.assign(batch, { id: told.batch, junk: told.junk, along: told.along });
  batch.rows = told.names.map((name) => ({ name }));
  for (const row of told.rows) merge(row);
  kept.set(batch.id);
  worded(told.wording);
  table();
  counted();
}

function merge({ n, caption = "", problem = null, final = false }) {
  const row = batch.rows[n];
  Object.assign(row, { caption: row.unsaved ? row.caption : caption, problem, final });
}

/** Some rows are others now. */
function changed(rows = []) {
  for (const row of rows) {
    merge(row);
    shown(row.n);
  }
  counted();
}

/** After a reload or a loss of the connection: the rows as the server has them. */
async function foundAgain() {
  const id = batch.id ?? kept.get();
  if (!id) return;
  const told = await ask("many_open", [id]);
  if (told.state === "done") return id === batch.id ? caughtUp(told) : opened(told);
  if (told.problem.key !== "problem.batch_gone") return fail(told.problem);
  kept.set(null);
  batch.id = null;
  counted();
  fail(told.problem);
}

/** The rows are here already: what somebody writes meanwhile stays, and is sent where it was not. */
function caughtUp(told) {
  changed(told.rows);
  batch.rows.forEach((row, number) => row.unsaved && edited(number, row.caption));
  fetches();
  if ($("problem-said").said?.[""].key === "page.lost_connection" && !$("problem").hidden) fail(text("page.reconnected"));
}

/** Have an engine caption the pictures that are open, or those that failed. */
async function describe(failed) {
  await running("describe", async (turn) => {
    const before = numbers();
    const wanted = failed ? before.again : before.open;
    wait(text("many.describing", { done: 0, count: wanted }));
    const goes = (told) => {
      if (told.state !== "writing") return;
      changed(told.rows);
      turn.done = (turn.done ?? 0) + told.rows.length;
      if (told.said) hurry(told.said, turn.done / wanted);
      else hurry(text("many.describing", { done: turn.done, count: wanted }), turn.done / wanted);
      paced(turn, wanted);
    };
    const told = await ask("many_describe", [batch.id, $("style").value, $("model").value, language, instruction(), ...lengths(), failed], goes);
    rest();
    if (told.state === "failed" && !told.stopped) return fail(told.problem);
    const now = numbers();
    announce(text("many.counts", now));
    $(now.open ? "describe" : now.again ? "retry" : "download").focus({ preventScroll: true });
  });
  counted();
}

/** How fast it goes, and how long it will take. */
function paced(turn, wanted) {
  const seconds = (performance.now() - turn.begun) / 1000;
  if (!turn.done || seconds < 2) return;
  const left = ((wanted - turn.done) * seconds) / turn.done;
  put($("pace"), text("many.pace", { rate: Math.max(1, Math.round((60 * turn.done) / seconds)), left: lasting(left) }));
}

/** A time as people say it. */
function lasting(seconds) {
  if (seconds > 1.5 * 3600) return text("time.hours", { count: Math.ceil(seconds / 3600) });
  if (seconds > 90) return text("time.minutes", { count: Math.ceil(seconds / 60) });
  return text("time.seconds", { count: Math.max(1, Math.ceil(seconds)) });
}

/** These pictures are wanted no more. */
async function over() {
  if (page.run || (batch.rows.length && !confirm(say(text("many.sure"))))) return false;
  if (batch.id) await ask("many_drop", [batch.id]);
  kept.set(null);
  Object.assign(batch, { id: null, rows: [], junk: 0, along: 0, refused: [] });
  $("problem").hidden = true;
  table();
  counted();
  return true;
}

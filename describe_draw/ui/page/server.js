// The page's way to the server: an event takes plain values, and answers by the component's value.

const bridge = (window.describeAndDraw = { given: [], ended: () => {}, beats: () => {} });
const PULSE = 500; // ms
let calls = 0;
let call = null;

/**
 * Ask the server something, once nothing else is being asked.
 *
 * @param {string} event The event's name.
 * @param {Array} values Its values, without the run's number.
 * @param {Function} told Called with what is told on the way.
 * @returns {Promise<object>} The last that was told, whose state is "done" or "failed".
 */
function ask(event, values, told = () => {}) {
  return new Promise((resolve) => {
    calls += 1;
    call = { number: calls, told, last: null, resolve };
    bridge.given = [calls, ...values];
    trigger(event);
    listen();
  });
}

bridge.ended = () =>
  setTimeout(() => {
    const { last } = call;
    const over = last && last.state !== "waiting" && last.state !== "writing";
    over ? finished(last) : unanswered(text("problem.unexpected"));
  });

const unanswered = (problem) => finished({ state: "failed", problem, instead: false });

function finished(told) {
  clearInterval(call.listens);
  call.resolve(told);
}

/** Gradio tells nobody that it has lost the connection, but then it takes no event, not even one that asks nothing. */
function listen() {
  let missed = 0;
  bridge.beats = () => {
    missed = 0;
  };
  call.listens = setInterval(() => {
    if (missed >= 2) return lost();
    missed += 1;
    trigger("pulse");
  }, PULSE);
}

/** Gradio loads the page anew as soon as the server is there again. */
function lost() {
  page.lost = true;
  element.classList.add("lost");
  unanswered(text("page.lost_connection"));
}

watch("value", () => {
  const said = props.value;
  if (said?.state === "offered") return offer(said);
  if (!call || said?.run !== call.number) return;
  call.last = said;
  call.told(said);
});

/** Stop what runs, again and again until it ends: it may not have begun yet. */
function stop() {
  if (!page.run) return;
  page.run.stopped = true;
  const again = () => {
    if (!page.run?.stopped) return;
    trigger("stop");
    setTimeout(again, 700);
  };
  again();
}

/** Keep a file on the server for a call, and return its path there. */
async function sendFile(blob, name) {
  if (blob.size > FACTS.megabytes * 1024 ** 2) throw text("problem.upload_too_big", { limit: FACTS.megabytes });
  const body = new FormData();
  body.append("files", blob, name);
  const answer = await fetch("gradio_api/upload", { method: "POST", body }).catch(() => null);
  if (answer?.ok) return (await answer.json())[0];
  const told = { 413: text("problem.upload_too_big", { limit: FACTS.megabytes }), 429: text("problem.too_many_uploads") };
  throw told[answer?.status] ?? text("page.upload_failed");
}

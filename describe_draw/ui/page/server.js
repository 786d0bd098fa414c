// The page's way to the server: Gradio's own client, by the numbers of the page's events.

const CLOSED = 2; // what a stream is that has ended
const SILENCE = 40_000; // ms; Gradio's heart beats every 15 s
const AGAIN = 1000; // ms
const PATIENCE = 15_000; // ms
const CLIENTS_WORDS = /^(An error|Could not|This application)/; // of which there is English alone

const asked = new Set(); // what the server has not answered yet
let server = connected();

/**
 * Ask the server something.
 *
 * @param {string} event The event's name.
 * @param {Array} values Its values.
 * @param {Function} told Called with what is told on the way.
 * @returns {Promise<object>} The last that was told, whose state is neither "waiting" nor "writing".
 */
async function ask(event, values, told = () => {}) {
  let last = null;
  let problem = null;
  page.lost = false;
  const call = await begun(event, values);
  asked.add(call);
  for await (const { type, data, stage, broken, message } of call) {
    if (type === "data") told((last = data.at(-1)));
    else if (stage === "complete") problem = text("problem.unexpected");
    else if (stage === "error" && !broken) problem = CLIENTS_WORDS.test(message) ? text("problem.unexpected") : message;
  }
  asked.delete(call);
  if (last && last.state !== "waiting" && last.state !== "writing") return last;
  page.lost = !problem;
  return { state: "failed", problem: problem ?? text("page.lost_connection"), instead: false };
}

/** An event on its way, or nothing where the server can't be reached. */
async function begun(event, values) {
  const client = await Promise.race([server, pause(PATIENCE)]);
  if (!client) return [];
  if (!isLost(client)) return client.submit(FACTS.events[event], values);
  lost(client);
  return begun(event, values);
}

/** Stop what runs, again and again until it ends: it may not have begun yet. */
async function stop() {
  if (!page.run) return;
  page.run.stopped = true;
  while (page.run?.stopped) {
    begun("stop", []);
    await pause(700);
  }
}

/** Gradio's client, which tells the server of the page for as long as it is open. */
async function connected(session) {
  try {
    const { Client } = await import(new URL(FACTS.client, document.baseURI));
    const client = await Client.connect(new URL("./", document.baseURI).href, { events: ["data", "status"], session_hash: session });
    listens(client);
    return client;
  } catch {
    await pause(AGAIN);
    return connected(session);
  }
}

/** Notice when the connection is lost. */
function listens(client) {
  const beats = () => {
    client.heard = performance.now();
  };
  client.heartbeat_event.onmessage = beats;
  beats();
  client.watch = setInterval(() => isLost(client) && lost(client), AGAIN);
}

/** Whether the heart's stream has ended, or is silent. */
const isLost = (client) => client.heartbeat_event.readyState === CLOSED || performance.now() - client.heard > SILENCE;

/** What was asked has no answer any more; the page goes on as soon as a server is there. */
async function lost(client) {
  clearInterval(client.watch);
  element.classList.add("lost");
  for (const call of asked) call.return?.();
  server = found(client);
  await server;
  element.classList.remove("lost");
  if (page.lost && !page.run) fail(text("page.reconnected"), { growing: true });
  await knowsOffers();
}

/** A new client of the same session, once the server is there again; a page of another version is loaded anew. */
async function found(client) {
  while ((await client.reconnect()) === "broken") await pause(AGAIN);
  if (!(await isSame())) location.reload();
  return connected(client.session_hash);
}

/** Whether the server that is there now has this very script, as far as can be told. */
async function isSame() {
  const ours = new URL(import.meta.url).search;
  const html = await fetch(location.href).then((answer) => (answer.ok ? answer.text() : ours), () => ours);
  return html.includes(ours);
}

/** Keep a file on the server for a call, and return its path there. */
const sendFile = async (blob, name) => (await sendFiles([{ blob, name }]))[0];

/** Keep several files on the server, and return their paths there. */
async function sendFiles(files) {
  const size = files.reduce((sum, { blob }) => sum + blob.size, 0);
  if (size > FACTS.megabytes * 1024 ** 2) throw text("problem.upload_too_big", { limit: FACTS.megabytes });
  const body = new FormData();
  for (const { blob, name } of files) body.append("files", blob, name);
  const answer = await fetch("gradio_api/upload", { method: "POST", body }).catch(() => null);
  if (answer?.ok) return answer.json();
  const told = { 413: text("problem.upload_too_big", { limit: FACTS.megabytes }), 429: text("problem.too_many_uploads") };
  throw told[answer?.status] ?? text("page.upload_failed");
}

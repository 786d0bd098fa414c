// The game: the page asks for one link after the other, so that a visitor may twist it in between.

const PACE = 1200; // ms that a card stays before the next comes
const TWISTS = 4;

/** A new game from the words, else from the picture. */
async function play(model = "") {
  await running("play", async (run) => {
    const sentence = $("prompt").value.trim();
    if (!sentence && !page.picture) return fail(text("problem.no_beginning"));
    wait("play");
    const id = newId();
    const told = await askWith(sentence ? null : page.picture, "begin", [sentence, id]);
    if (told.state === "failed") return failed(told, () => play("builtin"));
    const game = { links: [], drift: [], rounds: rounds(), model, note: null };
    answer({ kind: "play", id, game, words: sentence, language }, { fresh: false });
    stage("answer", "twist", "waiting");
    twists(game);
    await grown(game, told);
    await goOn(run, game);
  });
  went("play");
}

const rounds = () => Math.min(Math.max(Math.round(Number($("rounds").value)) || 3, 1), FACTS.rounds);

/** Link by link until the rounds are over, it is stopped, or it is the person's turn. */
async function goOn(run, game, words = "") {
  while (game.drift.length < game.rounds && !run.stopped) {
    const last = game.links.at(-1);
    const draws = Boolean(last.words);
    if (draws && !words) {
      if ($("pause").checked && last.credit.length) return paused(game);
      words = await twisted(run, game, last.words);
      if (run.stopped) break;
    }
    const doing = { number: game.drift.length + 1, rounds: game.rounds, doing: text(draws ? "game.draw" : "game.describe") };
    hurry(text("game.running", doing), (game.links.length - 1) / (2 * game.rounds));
    const told = await step(game, words);
    words = "";
    if (told.state === "failed") return broken(game, told);
    await grown(game, told);
    if (told.rests) return over(game, text("game.rested", { rounds: game.drift.length }));
  }
  over(game, run.stopped ? text("game.stopped", { rounds: game.drift.length }) : null);
}

/** The next link; where the server has forgotten the game it goes on from its last words. */
async function step(game, words) {
  const asked = (said) => ask("step", [null, said, game.model, language, page.result.id], hurries);
  const told = await asked(words);
  const last = game.links.at(-1);
  if (told.problem?.key !== "problem.game_gone" || !last.words) return told;
  return asked(last.words);
}

/** A card for each new link, never faster than one can look. */
async function grown(game, told) {
  const since = performance.now() - (game.shown ?? 0);
  await pause(Math.max(0, PACE - 200 - since));
  const fresh = told.length === game.links.length + 1 ? told.links.slice(-1) : told.links;
  if (told.length === game.links.length + 1 && told.links.length > 1) revised(game, told.links[0]);
  if (told.length <= game.links.length) begunAnew(game);
  for (const link of fresh) {
    if (link.picture) {
      await seen(link.picture);
      link.blob = await blobOf(link.picture); // the server may be gone when it is to be kept
    }
    game.links.push(link);
  }
  game.drift = told.drift;
  game.shown = performance.now();
  cards(game);
  follow();
}

/** Keep the newest card in the view, and beneath it what is going on. */
const follow = () => $("waiting").scrollIntoView({ block: "end", behavior: calm() ? "auto" : "smooth" });

/** The server knows nothing of the earlier rounds any more. */
function begunAnew(game) {
  game.rounds = Math.max(1, game.rounds - game.drift.length);
  game.links = [];
  game.note = text("game.lost");
}

/** Words that a person changed before they were drawn. */
function revised(game, link) {
  if (link.words) game.links[game.links.length - 1] = link;
}

/** The words to draw from, with the twist that the visitor chose meanwhile. */
async function twisted(run, game, words) {
  const own = $("twist").querySelector("input");
  const since = performance.now();
  while (!run.stopped && (performance.now() - since < PACE || (own.value && document.activeElement === own))) await pause(100);
  const adds = [...game.twist, own.value.trim()].filter(Boolean);
  game.twist = [];
  own.value = "";
  twists(game);
  return adds.length ? [words.replace(/[.。]$/, ""), ...adds].join(TEXTS[language]["list.between"]) : "";
}

/** What a visitor may add to the next words while the game is played. */
function twists(game) {
  game.twist ??= [];
  const chips = Array.from({ length: TWISTS }, (_, number) => {
    const adds = say(text(`app.twist_${number + 1}_adds`));
    const button = make("button", { type: "button", class: "chip", "aria-pressed": game.twist.includes(adds) });
    button.addEventListener("click", () => {
      game.twist = game.twist.includes(adds) ? game.twist.filter((one) => one !== adds) : [...game.twist, adds];
      button.setAttribute("aria-pressed", game.twist.includes(adds));
    });
    return put(button, text(`app.twist_${number + 1}`));
  });
  const own = make("input", { type: "text", dir: "auto", "aria-label": text("app.twist_own"), placeholder: text("app.twist_own"), maxlength: 200 });
  own.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault(); // else it presses what has the focus next
    $("stop").focus();
  });
  const before = $("twist").querySelector("input")?.value ?? "";
  own.value = before;
  $("twist").replaceChildren(...chips, own);
}

function paused(game) {
  finish(game, text("game.your_turn"));
  $("answer").querySelector(".turn textarea").focus({ preventScroll: true });
  into(element.querySelector(".turn"));
}

function broken(game, told) {
  const again = () => running("play", (run) => resumed(run, Object.assign(game, { model: "builtin" })));
  page.result.words = summary(game);
  failed(told, again, true);
  $("answer").replaceChildren(...album(game));
  if (told.stopped) put($("problem-said"), text("game.stopped", { rounds: game.drift.length }));
  keep(page.result);
}

async function resumed(run, game, words = "") {
  stage("answer", "twist", "waiting");
  $("answer").replaceChildren(...album({ ...game, playing: true }));
  await goOn(run, game, words);
}

async function over(game, said) {
  finish(game, said ?? text("game.done", { rounds: game.drift.length }));
  keep(page.result);
  const shown = [...element.querySelectorAll(".album img")].map((picture) => picture.decode().catch(() => {}));
  await Promise.all(shown); // until then they have no height
  into(element.querySelector(".end") ?? $("answer"));
}

function finish(game, said) {
  const result = Object.assign(page.result, { words: summary(game) });
  game.done = game.note ? [game.note, said] : said;
  answer(result, { fresh: false });
  announce(game.done);
  focus(element.querySelector(".end") ?? $("answer"));
}

/** A game in a line: its first words and its last. */
function summary(game) {
  const said = game.links.filter((link) => link.words).map((link) => link.words);
  return said.length > 1 ? `${said[0]} → ${said.at(-1)}` : (said[0] ?? "");
}

/** The person's words are drawn, and the game goes on. */
async function drawn(game, words) {
  if (!words.trim()) return fail(text("problem.no_prompt"), { growing: true });
  game.rounds = Math.max(game.rounds, game.drift.length + 1);
  game.note = null;
  await running("play", (run) => resumed(run, game, words));
}

// The composer: one place for words and pictures, and what can be done with them.

const IDEAS = 6;

const DOES = {
  describe: () => describeInWords(),
  draw: () => draw($("prompt").value),
  play: () => play(),
  ask: () => question($("prompt").value),
};

const describer = () => chosen("describe") ?? { styles: [] };

/** Words for the picture that is attached, by the models that are compared. */
async function describe(model) {
  await running("describe", async (run) => {
    const { picture } = page;
    if (!picture) return fail(text("problem.no_picture"));
    wait("describe");
    const jobs = captionsOf(picture, model ? [model] : comparing("describe"));
    await does(run, "describe", jobs, {}, jobs.every(({ asked }) => follows("builtin", asked)) && (() => describe("builtin")));
  });
  went("describe");
}

/** A picture of the words, or several; from the picture that is attached, where there is one. */
async function draw(prompt, over = {}) {
  await running("draw", async (run) => {
    if (!prompt.trim()) return fail(text("problem.no_prompt"));
    const wish = wishes(over);
    wait("draw", wish.source ? "edit" : "draw");
    const told = await meant(prompt, wish);
    if (told.state === "failed") return failed(told);
    const again = () => draw(prompt, { ...over, source: wish.source, models: undefined, model: "builtin" });
    await does(run, "draw", told.jobs, { asked: prompt, more: told.more }, again);
  });
  went("draw");
}

/** What a model says to the words, shown as it is written. */
async function question(prompt) {
  await running("ask", async () => {
    if (!prompt.trim()) return fail(text("problem.no_question"));
    wait("ask");
    const result = { kind: "ask", words: "", asked: prompt, credit: [] };
    const told = await ask("ask", [prompt], (said) => {
      if (said.state === "writing") sofar(result, said.answer);
    });
    if (told.state === "failed") return failed(told, null, page.result === result);
    answer(Object.assign(result, { words: told.answer, credit: told.credit }));
    keep(result);
  });
  went("ask");
}

function failed(told, again, growing = false) {
  fail(told.problem, { stopped: told.stopped, instead: told.instead && again, growing });
}

/** Six ideas in the visitor's language, and pictures to try. */
function ideas() {
  const chips = Array.from({ length: IDEAS }, (_, number) => {
    const idea = text(`app.idea_${number + 1}`);
    return make("button", { type: "button", class: "idea", click: () => tried(say(idea)) }, idea);
  });
  const pictures = Object.entries(FACTS.examples).map(([name, src]) => {
    const thumb = make("img", { src, alt: exampleShows(name), width: 44, height: 44, loading: "lazy" });
    return make("button", { type: "button", class: "idea picture", click: () => shown(name) }, thumb);
  });
  $("ideas").replaceChildren(...chips, make("span", { class: "break" }), ...pictures);
}

const exampleShows = (name) => text(`app.example_${name.replace("-", "_")}`);

async function tried(words) {
  if (page.run) return;
  $("prompt").value = words;
  grow();
  attach(null);
  await DOES[page.mode === "describe" ? "draw" : page.mode]();
}

async function shown(name) {
  if (page.run) return;
  const file = await fetch(`page/examples/${name}-large.webp`).then((answer) => answer.blob());
  await takeIn(file, name, exampleShows(name));
}

/** The box is as high as its words. */
function grow() {
  const box = $("prompt");
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  const words = box.value.trim();
  $("each-line").hidden = !words.includes("\n");
  $("every-choice").hidden = !/\{[^{}]*\|[^{}]*\}/.test(words);
}

/** What Enter does is what stands out. */
function choose(mode) {
  page.mode = mode;
  for (const button of element.querySelectorAll("[data-do]")) {
    button.classList.toggle("primary", button.dataset.do === mode);
  }
}

function composes() {
  for (const button of element.querySelectorAll("[data-do]")) {
    button.addEventListener("click", () => {
      if (page.run) return;
      choose(button.dataset.do);
      DOES[page.mode]();
    });
  }
  $("composer").addEventListener("submit", (event) => event.preventDefault());
  $("prompt").addEventListener("input", grow);
  $("prompt").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!page.run) DOES[page.mode]();
  });
  $("stop").addEventListener("click", stop);
  ideas();
  afterSpeaking.push(ideas);
}

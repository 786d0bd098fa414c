// The stage: where waiting, answers and errors appear, within the view.

const SHOWN = ["demo", "waiting", "problem", "answer", "twist", "next"];

/** Show these parts of the stage and no others. */
function stage(...parts) {
  for (const part of SHOWN) $(part).hidden = !parts.includes(part);
}

/** Something runs: an older answer dims, and what is shown of a game stays. */
function wait(kind, doing = kind) {
  const growing = page.result?.kind === "play" && kind === "play";
  const parts = page.result ? ["answer", "waiting"] : ["waiting"];
  stage(...parts, ...(growing ? ["twist"] : []));
  $("answer").classList.toggle("old", !growing);
  $("progress").removeAttribute("value");
  hurry(text(`page.doing_${doing}`));
  announce(text(`page.doing_${doing}`));
  if (growing) follow();
  else into($("stage"));
  if (!document.activeElement.checkVisibility()) $("waiting").focus({ preventScroll: true });
}

/** How it goes, in words and, where that is known, in how much is done. */
function hurry(said, done = null) {
  put($("doing"), said);
  if (done === null) $("progress").removeAttribute("value");
  else $("progress").value = done;
}

const hurries = (told) => told.state === "waiting" && told.said && hurry(told.said, told.done);

/** The seconds that somebody has waited. */
function counts() {
  setInterval(() => {
    const seconds = page.run ? Math.floor((performance.now() - page.run.begun) / 1000) : 0;
    if (seconds || $("seconds").textContent) put($("seconds"), seconds ? text("time.seconds", { count: seconds }) : "");
  }, 500);
}

/** What went wrong; a stop leaves what was there, anything else leaves no answer to another question. */
function fail(problem, { stopped = false, instead = null, growing = false } = {}) {
  const stays = page.result && (stopped || growing);
  if (!stays) forgetResult();
  $("answer").classList.remove("old");
  stage("problem", ...(stays ? ["answer", "next"] : []));
  put($("problem-said"), problem);
  $("problem").classList.toggle("stopped", stopped);
  $("instead").hidden = !instead;
  $("instead").onclick = instead;
  $("unsigned").hidden = !page.offered.signed_out;
  announce(problem);
  into($("problem"));
  focus(stopped ? beginner() : $("problem"));
}

/** The button that began what runs. */
const beginner = () => element.querySelector(`[data-do="${page.run?.kind ?? page.mode}"]`);

/** Move the focus, unless somebody has gone elsewhere meanwhile. */
function focus(node) {
  const now = document.activeElement;
  const free = !now || now === document.body || $("stage").contains(now) || $("composer").contains(now);
  if (free || now === page.run?.from || !now.checkVisibility()) node.focus({ preventScroll: true });
}

function clearStage() {
  forgetResult();
  stage("demo");
}

function forgetResult() {
  page.result = null;
  $("answer").replaceChildren();
}

/** Show an answer, large. */
function answer(result, { fresh = true } = {}) {
  page.result = result;
  $("answer").classList.remove("old");
  $("answer").className = `answer ${result.kind}`;
  $("answer").replaceChildren(...ANSWERS[result.kind](result));
  $("next").replaceChildren(...nexts(result));
  stage("answer", "next");
  if (!fresh) return;
  announce(result.cells ? counted(result) : result.words, result.language);
  into($("stage"));
  focus($("answer"));
}

const ANSWERS = {
  describe: (result) => [
    figure(result.picture.src, altOf(result.picture)),
    make("div", { class: "said" }, questionOf(result), words(result), styles(result), wording(result), credit(result.credit)),
  ],
  draw: (result) => [
    figure(result.picture.src, result.words),
    make("div", { class: "said" }, words(result), from(result), credit(result.look ? [...result.credit, inLook(result.look)] : result.credit)),
  ],
  pictures: (grid) => gridParts(grid),
  captions: (grid) => gridParts(grid),
  ask: (result) => [make("div", { class: "said" }, words(result), credit(result.credit ?? []))],
  play: (result) => album(result.game),
};

const words = (result) => make("p", { class: "words", dir: "auto", lang: result.language }, result.words);

const credit = (parts) => put(make("p", { class: "credit" }), parts);

/** The picture that another was drawn from, small. */
function from({ source }) {
  if (!source) return null;
  const thumb = make("img", { src: source.src, alt: altOf(source) });
  return make("figure", { class: "source" }, thumb, make("figcaption", {}, text("app.drawn_from")));
}

function figure(src, alt) {
  const picture = make("img", { src, alt, decoding: "async", load: () => page.run || into($("stage")) });
  return make("a", { class: "figure", href: src, target: "_blank", rel: "noopener" }, picture);
}

/** The styles of the model that describes; another is asked for at once. */
function styles(result) {
  const all = stylesToo();
  if (all.length < 2) return null;
  const choices = all.map((style) => {
    const chosen = style === result.style;
    const choose = () => restyle(style);
    const input = make("input", { type: "radio", name: "style", value: style, change: choose, ...(chosen && { checked: "" }) });
    return make("label", {}, input, text(`app.style_${style.replace(" ", "_")}`));
  });
  return make("fieldset", { class: "choices" }, make("legend", { class: "unseen" }, text("app.style")), choices);
}

async function restyle(style) {
  if (style === OWN_WORDS) return page.run || writesOwn();
  if (!page.run) {
    page.style = style;
    page.picture = page.result.picture;
    await describe();
    page.style = page.result?.style ?? style; // a stop leaves the older answer
  }
  const shown = page.run?.kind === "describe" ? page.style : page.result?.style;
  const input = element.querySelector(`input[name=style][value="${shown}"]`);
  if (input) input.checked = true;
  input?.focus({ preventScroll: true });
}

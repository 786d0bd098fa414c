// What can be done next with an answer.

/** The buttons beneath an answer. */
function nexts(result) {
  const names = [...(result.within ? NEXTS.within : []), ...NEXTS[result.kind]];
  return names.map((name) => {
    const button = make("button", { type: "button", class: "plain", click: () => page.run || DO_NEXT[name](page.result, button) });
    put(button, text(`app.next_${name}`));
    if (name === "lock") lockShown(button);
    return button;
  });
}

const NEXTS = {
  describe: ["draw", "play", "copy", "share"],
  draw: ["describe", "play", "another", "from", "lock", "download", "copy", "share"],
  within: ["all"],
  pictures: ["another", "sheet", "share"],
  captions: ["sheet"],
  ask: ["draw", "copy"],
  play: ["album", "tall", "again", "share"],
};

const DO_NEXT = {
  draw(result) {
    const words = inLine(result.words);
    attach(null);
    compose(words);
    choose("draw");
    draw(words);
  },
  describe(result) {
    attach(result.picture);
    compose("");
    choose("describe");
    describe();
  },
  play(result) {
    attach(result.picture);
    compose("");
    choose("play");
    play();
  },
  another: (result) => draw(result.asked, { ...result.recipe, ...manner(result), seed: -1 }),
  from(result) {
    attach(ownCopy(result.picture));
    compose("");
    choose("draw");
    $("prompt").focus();
  },
  all({ within }) {
    answer(within);
    went(within.of);
  },
  sheet: (grid) => sheet(grid),
  again(result) {
    const [first] = result.game.links;
    attach(first.words ? null : pictureOfLink(first));
    compose(first.words ?? "");
    play();
  },
  lock(result, button) {
    $("seed").value = $("seed").value === "" ? result.recipe.seed : "";
    optionsChanged();
    lockShown(button);
  },
  download: (result) => download(result.picture.src, result.picture.name),
  copy: (result, button) => copied(result.words, button),
  share: (result) => share(result),
  album: () => saveAlbum(),
  tall: (result) => tall(result.game),
};

/** How a result was drawn, apart from its recipe. */
function manner({ kind, look, source = null, count, every, models }) {
  return { look, source, ...(kind === "draw" ? { count: 1, every: false } : { count, every, model: undefined, models }) };
}

/** Words of an answer as one prompt, in which a line is no picture of its own. */
const inLine = (words) => words.replace(/\s*\n\s*/g, " ");

/** A lock shows its state, and is undone where it was set. */
function lockShown(button) {
  const locked = $("seed").value !== "";
  button.setAttribute("aria-pressed", locked);
  put(button, text(locked ? "app.next_unlock" : "app.next_lock"));
}

function compose(words) {
  $("prompt").value = words;
  grow();
}

function download(href, name) {
  make("a", { href, download: name }).click();
}

async function copied(words, button) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    return tell(text("page.no_copy"));
  }
  tell(text("page.copied"));
  button.focus();
}

/** A word on what was done, beside the answer, which stays. */
function tell(said) {
  const note = put(make("p", { class: "note" }), said);
  $("next").querySelector(".note")?.remove();
  $("next").append(note);
  announce(said);
}

/** The whole game in one file, which only the server can make. */
async function saveAlbum() {
  await running("play", async () => {
    const told = await ask("keep", [null, language, page.result.id]);
    if (told.state === "failed") return tell(told.problem);
    download(told.file, "describe-draw-game.zip");
  });
}

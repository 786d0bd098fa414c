// What can be done next with an answer.

/** The buttons beneath an answer. */
function nexts(result) {
  return NEXTS[result.kind].map((name) => {
    const button = make("button", { type: "button", class: "plain", click: () => page.run || DO_NEXT[name](page.result, button) });
    put(button, text(`app.next_${name}`));
    if (name === "lock") lockShown(button);
    return button;
  });
}

const NEXTS = {
  describe: ["draw", "play", "copy", "share"],
  draw: ["describe", "play", "another", "lock", "download", "copy", "share"],
  ask: ["draw", "copy"],
  play: ["album", "tall", "again", "share"],
};

const DO_NEXT = {
  draw(result) {
    compose(result.words);
    choose("draw");
    draw(result.words);
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
  another: (result) => draw(result.asked, { ...result.recipe, prompt: undefined, seed: -1 }),
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

// The page begins.

/** Who describes here, and how. */
function offer({ describe: models, signed_out: expired, pushes }) {
  Object.assign(page.offered, { describe: models, pushes });
  const before = $("model").value;
  const options = models.map(({ model, engine, named }) => make("option", { value: model }, named ? model : say(engine)));
  $("model").replaceChildren(...options);
  if (models.some(({ model }) => model === before)) $("model").value = before;
  $("models").hidden = models.length < 2;
  offerStyles();
  offersPush({ pushes });
  if (expired) fail(text("page.signed_out"));
}

function offerStyles() {
  const before = $("style").value;
  const { styles = [], instructs, answers } = page.offered.describe.find(({ model }) => model === $("model").value) ?? {};
  const said = (style) => say(text(`app.style_${style.replace(" ", "_")}`));
  $("style").replaceChildren(...styles.map((style) => make("option", { value: style }, said(style))));
  if (styles.includes(before)) $("style").value = before;
  $("styles").hidden = styles.length < 2;
  $("instructing").hidden = !instructs && !answers;
}

/** What to say in the place of a style, where the model can be told. */
const instruction = () => ($("instructing").hidden ? "" : $("instruction").value);

/** How many words at least and at most, where that can be told; 0 for any. */
const lengths = () => ["least", "most"].map((id) => ($("instructing").hidden ? 0 : Number($(id).value)));

/** Who answers here; and the rows, where the server has some. */
async function knowsOffers() {
  const told = await ask("offered", []);
  if (told.state === "offered") offer(told);
  if (!page.run) await foundAgain();
}

function begins() {
  const does = { describe: () => describe(false), retry: () => describe(true), download, over, push };
  for (const [id, act] of Object.entries(does)) $(id).addEventListener("click", () => page.run || act());
  $("stop").addEventListener("click", stop);
  $("model").addEventListener("change", offerStyles);
  put($("limits"), text("many.limits", { files: FACTS.files, megabytes: FACTS.megabytes }));
  afterSpeaking.push(() => offer(page.offered));
  addEventListener("beforeunload", (event) => page.run?.kind === "take" && event.preventDefault());
}

for (const first of [sayAll, languages, begins, words, takesFiles, counted]) first();
knowsOffers().finally(() => {
  element.dataset.ready = "";
});

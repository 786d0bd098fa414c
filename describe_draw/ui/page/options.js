// Options, closed until somebody wants them; what the chosen model doesn't use is hidden.

const SHAPES = { square: [1, 1], landscape: [3, 2], portrait: [2, 3] };
const OWN = "own"; // the shape of the picture that is drawn from
const LONG = 768;
const STEP = 64;
const [SEED, WIDTH, HEIGHT] = ["seed", "width", "height"].map((name) => Object.keys(FACTS.options).indexOf(name));

/** What a visitor can choose from, told by the server when the page opens. */
function offer(offered) {
  page.offered = offered;
  element.querySelector('[data-do="ask"]').hidden = !offered.write.length;
  who(offered);
  optionsChanged();
  if (page.result?.kind === "describe" && !page.run && !$("answer").querySelector(".choices")) answer(page.result, { fresh: false });
}

/** Who answers here, and what they can. */
async function knowsOffers() {
  const told = await ask("offered", []);
  if (told.state === "offered") offer(told);
}

function optionsChanged() {
  const uses = chosen(drawing())?.options ?? Object.keys(FACTS.options);
  const own = Boolean(page.picture) && page.own;
  offerModels();
  element.querySelector('[data-choice="improve"]').hidden = !page.offered.write.length || Boolean(page.picture);
  for (const field of element.querySelectorAll("[data-option]")) field.hidden = !uses.includes(field.dataset.option);
  if (!page.picture) $("strength").closest("label").hidden = true;
  for (const side of ["width", "height"]) $(side).closest("label").hidden ||= own;
  put($("strength-is"), $("strength").value);
  $("shapes").closest("fieldset").hidden = !uses.includes("width");
  $("seed-free").hidden = $("seed").value === "";
  for (const input of $("shapes").querySelectorAll("input")) {
    input.closest("label").hidden = input.value === OWN && !page.picture;
    input.checked = own ? input.value === OWN : input.value !== OWN && `${sides(input.value)}` === `${size()}`;
  }
  looksShown();
  const lock = [...$("next").querySelectorAll("[aria-pressed]")];
  lock.forEach(lockShown);
}

const size = () => [Number($("width").value), Number($("height").value)];

function sides(shape) {
  const [wide, high] = SHAPES[shape];
  const longest = Math.min(shape === "square" ? 512 : LONG, FACTS.options.width.high);
  return [wide, high].map((part) => Math.round((longest * part) / Math.max(wide, high) / STEP) * STEP);
}

/** What is wished of a drawing: who draws, from what, and the options in their order. */
function wishes(over = {}) {
  const source = over.source === undefined ? page.picture : over.source;
  const own = Boolean(source) && page.own && over.width === undefined;
  const values = Object.keys(FACTS.options).map((name) => {
    if (over[name] !== undefined) return over[name];
    const box = $(name);
    if (name === "negative_prompt") return box.value;
    if (name === "seed" && box.value === "") return -1;
    if (own && (name === "width" || name === "height")) return 0;
    return box.value === "" ? FACTS.options[name].value : Number(box.value);
  });
  return {
    values,
    own,
    source: source && ownCopy(source),
    strength: over.strength ?? Number($("strength").value),
    look: over.look ?? page.look,
    models: over.models ?? (over.model === undefined ? comparing(source ? "edit" : "draw") : [over.model]),
    count: over.count ?? Number($("counts").querySelector(":checked").value),
    every: over.every ?? (!$("every-choice").hidden && $("every").checked),
    improve: $("improve").checked,
    hidden: $("private").checked,
    locked: values[SEED] >= 0,
  };
}

/** Fill in a recipe's options. */
function fill(recipe, { look, own, count = 1 } = {}) {
  for (const name of [...Object.keys(FACTS.options), "strength"]) {
    if (recipe[name] === undefined || recipe[name] === null) continue;
    $(name).value = name === "seed" && recipe.seed < 0 ? "" : recipe[name];
  }
  for (const task of ["draw", "edit"]) {
    if (page.offered[task].some(({ model }) => model === recipe.model)) page.models[task] = recipe.model;
  }
  page.own = own ?? recipe.width === undefined;
  many(count);
  wears(look ?? "");
  optionsChanged();
}

/** Choose how many are drawn of each prompt. */
function many(count) {
  const input = $("counts").querySelector(`[value="${count}"]`);
  if (input) input.checked = true;
}

/** A picture's file tells the options that it was drawn with. */
async function restored({ target }) {
  const [file] = target.files;
  if (!file || page.run) return;
  target.value = "";
  await running("read", async () => {
    const picture = { blob: file, name: file.name, path: "" };
    const told = await askWith(picture, "read", []);
    const said = told.state === "failed" ? told.problem : told.said;
    put($("restored"), said);
    announce(said);
    if (told.state === "failed") return;
    compose(inLine(told.recipe.prompt));
    fill(told.recipe, { look: told.style, own: false });
    $("add-source").hidden = told.recipe.strength === undefined || Boolean(page.picture);
    choose("draw");
  });
}

function opts() {
  for (const [name, { low, high, step, value }] of Object.entries(FACTS.options)) {
    const box = $(name);
    if (box.type === "number") Object.assign(box, { min: low, max: high, step });
    if (name !== "seed") box.value = value;
    box.addEventListener("input", optionsChanged);
  }
  $("rounds").max = FACTS.rounds;
  const { low, high, step, value } = FACTS.strength;
  Object.assign($("strength"), { min: low, max: high, step, value });
  $("strength").addEventListener("input", optionsChanged);
  for (let count = 1; count <= FACTS.count; count += 1) {
    const input = make("input", { type: "radio", name: "count", value: count, "aria-label": count });
    $("counts").append(make("label", {}, input, `${count}`));
  }
  many(1);
  for (const shape of [OWN, ...Object.keys(SHAPES)]) {
    const take = () => {
      page.own = shape === OWN;
      if (!page.own) [$("width").value, $("height").value] = sides(shape);
      optionsChanged();
    };
    const input = make("input", { type: "radio", name: "shape", value: shape, change: take });
    $("shapes").append(make("label", {}, input, make("i", { class: `shape ${shape}`, "aria-hidden": "true" }), text(`app.${shape}`)));
  }
  looks();
  $("options-open").addEventListener("click", () => {
    $("options").hidden = !$("options").hidden;
    $("options-open").setAttribute("aria-expanded", !$("options").hidden);
    if (!$("options").hidden) into($("options"));
  });
  $("seed-free").addEventListener("click", () => {
    $("seed").value = "";
    optionsChanged();
    $("seed").focus();
  });
  choosesModels();
  $("restore").addEventListener("change", restored);
  optionsChanged();
}

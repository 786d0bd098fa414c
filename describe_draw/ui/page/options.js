// Options, closed until somebody wants them; what the chosen model doesn't use is hidden.

const SHAPES = { square: [1, 1], landscape: [3, 2], portrait: [2, 3] };
const LONG = 768;
const STEP = 64;
const SEED = Object.keys(FACTS.options).indexOf("seed");

/** The chosen model of a task, with what it can do. */
function chosen(task) {
  const models = page.offered[task];
  const name = $(`${task}-model`)?.value;
  return models.find(({ model }) => model === name) ?? models[0];
}

/** What a visitor can choose from, told by the server when the page opens. */
function offer(offered) {
  page.offered = offered;
  for (const task of ["describe", "draw"]) {
    const choice = $(`${task}-model`);
    const before = choice.value;
    choice.replaceChildren(
      ...offered[task].map(({ model, engine, named }) =>
        make("option", { value: model }, named ? model : put(make("option"), engine).textContent),
      ),
    );
    if (offered[task].some(({ model }) => model === before)) choice.value = before;
    choice.closest("label").hidden = offered[task].length < 2;
  }
  $("describe-model").closest("fieldset").hidden = offered.describe.length < 2 && offered.draw.length < 2;
  element.querySelector('[data-do="ask"]').hidden = !offered.write.length;
  element.querySelector('[data-choice="improve"]').hidden = !offered.write.length;
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
  const uses = chosen("draw")?.options ?? Object.keys(FACTS.options);
  for (const field of element.querySelectorAll("[data-option]")) field.hidden = !uses.includes(field.dataset.option);
  $("shapes").closest("fieldset").hidden = !uses.includes("width");
  $("seed-free").hidden = $("seed").value === "";
  for (const input of $("shapes").querySelectorAll("input")) input.checked = `${sides(input.value)}` === `${size()}`;
  const lock = [...$("next").querySelectorAll("[aria-pressed]")];
  lock.forEach(lockShown);
}

const size = () => [Number($("width").value), Number($("height").value)];

function sides(shape) {
  const [wide, high] = SHAPES[shape];
  const longest = Math.min(shape === "square" ? 512 : LONG, FACTS.options.width.high);
  return [wide, high].map((part) => Math.round((longest * part) / Math.max(wide, high) / STEP) * STEP);
}

/** What is wished of a drawing: who draws, and the options in their order. */
function wishes(over = {}) {
  const values = Object.keys(FACTS.options).map((name) => {
    if (over[name] !== undefined) return over[name];
    const box = $(name);
    if (name === "negative_prompt") return box.value;
    if (name === "seed" && box.value === "") return -1;
    return box.value === "" ? FACTS.options[name].value : Number(box.value);
  });
  const model = over.model ?? $("draw-model").value;
  return { model, improve: $("improve").checked, hidden: $("private").checked, values };
}

/** Fill in a recipe's options. */
function fill(recipe) {
  for (const name of Object.keys(FACTS.options)) {
    if (recipe[name] === undefined || recipe[name] === null) continue;
    $(name).value = name === "seed" && recipe.seed < 0 ? "" : recipe[name];
  }
  if (page.offered.draw.some(({ model }) => model === recipe.model)) $("draw-model").value = recipe.model;
  optionsChanged();
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
    compose(told.recipe.prompt);
    fill(told.recipe);
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
  for (const shape of Object.keys(SHAPES)) {
    const take = () => {
      [$("width").value, $("height").value] = sides(shape);
      optionsChanged();
    };
    const input = make("input", { type: "radio", name: "shape", value: shape, change: take });
    $("shapes").append(make("label", {}, input, make("i", { class: `shape ${shape}`, "aria-hidden": "true" }), text(`app.${shape}`)));
  }
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
  $("draw-model").addEventListener("change", optionsChanged);
  $("restore").addEventListener("change", restored);
  optionsChanged();
}

// Which models are asked: one of each task, and others to compare it with.

/** Whether a drawing is drawn from the picture that is attached. */
const drawing = () => (page.picture ? "edit" : "draw");

const BOXES = { describe: () => "describe", draw: drawing };

/** The chosen model of a task, with what it can do. */
function chosen(task) {
  const models = page.offered[task];
  return models.find(({ model }) => model === page.models[task]) ?? models[0];
}

/** The chosen model, and before the server has told of any the default. */
const chosenName = (task) => chosen(task)?.model ?? "";

/** The models that are asked for the same: the chosen one first. */
function comparing(task) {
  const others = page.offered[task].map(({ model }) => model).filter((model) => page.compared[task].has(model));
  return [...new Set([chosenName(task), ...others])].slice(0, FACTS.count);
}

/** What people call the model of a job: itself, or its engine where it has no name. */
function nameOf(kind, { model, source }) {
  const models = page.offered[source ? "edit" : kind];
  const one = models.find((each) => each.model === model) ?? (model ? null : models[0]);
  if (one) return one.named ? one.model : one.engine;
  return model === "builtin" ? text("engine.builtin") : model;
}

/** Offer the models of what is done now: others draw than draw from pictures. */
function offerModels() {
  for (const [box, task] of Object.entries(BOXES)) {
    const models = page.offered[task()];
    const label = ({ engine, named, model }) => (named ? model : say(engine));
    $(`${box}-model`).replaceChildren(...models.map((one) => make("option", { value: one.model }, label(one))));
    $(`${box}-model`).value = chosenName(task());
    $(`${box}-model`).closest("label").hidden = models.length < 2;
    compares(box, task());
  }
  $("models").hidden = [...$("models").children].every((part) => part.hidden || part.tagName === "LEGEND");
}

/** The others, to be compared with the chosen one. */
function compares(box, task) {
  const group = $(`${box}-compare`);
  const others = page.offered[task].filter(({ model }) => model !== chosenName(task));
  const checks = others.map(({ model, named, engine }) => {
    const change = ({ target }) => {
      page.compared[task][target.checked ? "add" : "delete"](model);
      enough(group);
    };
    const input = make("input", { type: "checkbox", value: model, change });
    input.checked = page.compared[task].has(model);
    return make("label", {}, input, named ? model : engine);
  });
  group.querySelector(".choices").replaceChildren(...checks);
  group.hidden = !others.length;
  enough(group);
}

/** No more are compared than fit beside each other. */
function enough(group) {
  const boxes = [...group.querySelectorAll("input")];
  const full = boxes.filter(({ checked }) => checked).length >= FACTS.count - 1;
  for (const box of boxes) box.disabled = full && !box.checked;
}

function choosesModels() {
  for (const [box, task] of Object.entries(BOXES)) {
    $(`${box}-model`).addEventListener("change", ({ target }) => {
      page.models[task()] = target.value;
      optionsChanged();
    });
  }
}

// Addresses: what they prefill, each mode's own, and links to share. They never run anything.

/** Fill the composer by the page's address: ?prompt=, ?play=, and a recipe in the fragment. */
function prefill() {
  const asked = new URLSearchParams(location.search);
  const recipe = new URLSearchParams(location.hash.slice(1));
  const mode = Object.keys(DOES).find((name) => asked.has(name)) ?? (asked.has("prompt") || recipe.has("prompt") ? "draw" : null);
  choose(mode ?? "play");
  const words = recipe.get("play") ?? recipe.get("describe") ?? recipe.get("prompt") ?? asked.get("prompt") ?? asked.get(mode);
  for (const name of ["play", "describe"]) if (recipe.has(name)) choose(name);
  if (words) compose(words.slice(0, FACTS.characters));
  const numbers = [...Object.keys(FACTS.options), "strength"].filter((name) => recipe.has(name));
  const said = Object.fromEntries(numbers.map((name) => [name, name === "negative_prompt" ? recipe.get(name) : Number(recipe.get(name)) || undefined]));
  fill(said, { look: recipe.get("style"), count: recipe.get("count") });
  $("add-source").hidden = !recipe.has("strength") || Boolean(page.picture);
}

/** The address becomes the mode's own, so that Back leads to what was before. */
function went(mode) {
  const { id, cell = null } = page.result ?? {};
  if (!id || (history.state?.id === id && (history.state.cell ?? null) === cell)) return;
  history.pushState({ id, cell, mode }, "", `?${mode}`);
}

function goesBack() {
  history.replaceState({ id: null, mode: page.mode, ...history.state }, "");
  addEventListener("popstate", async ({ state }) => {
    if (page.run) stop();
    const result = state?.id ? await kept(state.id) : null;
    choose(state?.mode ?? "play");
    if (result) recall(result, { fresh: false, cell: state.cell });
    else clearStage();
  });
  addEventListener("hashchange", prefill); // a link that is opened on the page itself
  element.querySelector("[data-home]").addEventListener("click", (event) => {
    event.preventDefault();
    if (page.run) return;
    history.pushState({ id: null, mode: "play" }, "", "./");
    choose("play");
    attach(null);
    compose("");
    clearStage();
    $("prompt").focus();
  });
}

/** A link that brings somebody to the same words and options, unless they stay private; the fragment reaches no log. */
function linkTo(result) {
  const here = `${location.origin}${location.pathname}`;
  if (result.hidden) return here;
  const parts = new URLSearchParams();
  if (result.kind === "play") {
    const sentence = result.game.links[0].words ?? result.game.links.find((link) => link.words)?.words ?? "";
    parts.set("play", sentence);
  } else if (result.instruction) {
    parts.set("describe", result.instruction);
  } else {
    parts.set("prompt", result.kind === "describe" ? result.words : (result.asked ?? result.words));
  }
  if (result.recipe) {
    for (const [name, { value }] of Object.entries(FACTS.options)) {
      if (result.recipe[name] !== value && result.recipe[name] !== "") parts.set(name, result.recipe[name]);
    }
    const more = { style: result.look, strength: result.source && result.recipe.strength, count: result.cells && result.count > 1 && result.count };
    for (const [name, value] of Object.entries(more)) if (value || value === 0) parts.set(name, value);
  }
  return `${here}#${parts}`;
}

async function share(result) {
  const url = linkTo(result);
  if (navigator.share) {
    try {
      return await navigator.share({ title: say(text("app.title")), url });
    } catch (error) {
      if (error.name === "AbortError") return;
    }
  }
  try {
    await navigator.clipboard.writeText(url);
    tell(text("page.link_copied"));
  } catch {
    tell(text("page.link", { url }));
  }
}

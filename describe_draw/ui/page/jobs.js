// Jobs: what one picture or one caption is asked for with, and what becomes of it.

const JOBS = {
  /** A picture: from words, and from a picture where the job has a source. */
  draw: {
    ask({ prompt, model, look, improve, hidden, strength, source, values }, told) {
      if (source) return askWith(source, "edit", [prompt, strength, model, look, hidden, ...values], told);
      return ask("draw", [prompt, model, look, improve, hidden, ...values], told);
    },
    async result({ prompt, hidden, source, own, locked }, { picture: src, name, recipe, style, credit }) {
      const picture = serversPicture(src, name, recipe.prompt);
      await seen(src);
      return { kind: "draw", words: recipe.prompt, asked: prompt, credit, picture, recipe, look: style, locked, hidden, source, own };
    },
  },
  /** Words for a picture. */
  describe: {
    ask: ({ picture, model, asked }, told) => askWith(picture, "describe", asksIn(model, asked), told),
    begun: ({ picture, asked }) => ({ kind: "describe", words: "", credit: [], picture, ...asked }),
    async result({ picture, asked }, { caption, credit }) {
      return { kind: "describe", words: caption, credit, picture, ...asked };
    },
  },
};

/** The pictures that words stand for, a job each, and whether there would be more of them. */
async function meant(prompt, wish) {
  const { models, count, every, values } = wish;
  const plain = count === 1 && models.length === 1 && !/\n|\{[^{}]*\|/.test(prompt);
  if (plain) return { jobs: [{ ...wish, prompt, model: models[0] }] };
  const told = await ask("expand", [prompt, values[SEED], count, every, models.length]);
  if (told.state === "failed") return told;
  const job = (cell, model) => ({ ...wish, prompt: cell.prompt, model, values: values.with(SEED, cell.seed) });
  return { jobs: told.cells.flatMap((cell) => models.map((model) => job(cell, model))), more: told.more };
}

/** The captions that are asked for of a picture, by one model or several. */
function captionsOf(picture, models) {
  return models.map((model) => ({ picture, model, asked: asksOf(model, models.length > 1) }));
}

/** Do one job, or several side by side, and show what becomes of them. */
async function does(run, kind, jobs, about, again) {
  if (jobs.length > 1) return several(run, gridOf(kind, jobs, about), again);
  const before = page.result;
  const begun = JOBS[kind].begun?.(jobs[0]); // shown as it is written
  const told = await JOBS[kind].ask(jobs[0], begun ? growing(begun) : hurries);
  if (told.state === "failed") {
    if (begun) unfinished(begun, before, told);
    return failed(told, again);
  }
  const result = { ...(await JOBS[kind].result(jobs[0], told)), ...about };
  answer(result);
  keep(result);
}

/** Wait until a picture can be shown, so that nothing moves when it comes. */
async function seen(src) {
  const picture = make("img", { src });
  await picture.decode().catch(() => {});
}

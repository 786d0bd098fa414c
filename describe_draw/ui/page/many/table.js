// The rows: a small picture, the file's name, and its caption to be edited, or why there is none.

/** All rows anew. */
function table() {
  forgetThumbs();
  $("rows").replaceChildren(...batch.rows.map(entry));
  batch.rows.forEach((_, number) => shown(number));
  $("refused").replaceChildren(
    ...batch.refused.map(({ name, problem }) => make("li", {}, make("strong", { dir: "auto" }, name), " ", problem)),
  );
  $("refused").hidden = !batch.refused.length;
}

function entry({ name }, number) {
  const thumb = make("span", { class: "thumb", "data-n": number });
  const caption = make("textarea", {
    rows: 2,
    dir: "auto",
    "aria-label": text("many.caption_of", { name }),
    placeholder: text("many.none_yet"),
    change: ({ target }) => edited(number, target.value),
    blur: () => shown(number),
  });
  const problem = make("p", { class: "wrong", hidden: "" });
  watches(thumb);
  return make("li", {}, thumb, make("div", { class: "file", dir: "auto" }, name), make("div", { class: "caption" }, caption, problem));
}

/** Bring a row up to date; what somebody is writing stays. */
function shown(number) {
  const { caption, problem, final } = batch.rows[number];
  const node = $("rows").children[number];
  const [box, sentence] = [node.querySelector("textarea"), node.querySelector(".wrong")];
  if (document.activeElement !== box) box.value = caption ?? "";
  box.hidden = Boolean(final);
  sentence.hidden = !problem;
  put(sentence, problem ?? "");
  node.classList.toggle("failed", Boolean(problem));
}

/** A person wrote a caption; it counts as not saved until the server has it. */
async function edited(number, caption) {
  const row = batch.rows[number];
  Object.assign(row, { caption, unsaved: true });
  const told = await ask("many_edit", [batch.id, number, caption]);
  if (told.state === "failed") return fail(told.problem);
  row.unsaved = row.caption !== caption;
  changed(told.rows);
}

/** How many there are, and what can be done with them. */
function counted() {
  const now = numbers();
  const any = now.count > 0;
  $("intake").classList.toggle("small", any);
  $("rows").hidden = !any;
  $("run").hidden = !any || !batch.id;
  $("count").hidden = !any;
  put($("count"), [text("many.counts", now), ...(batch.junk ? [text("many.junk", { count: batch.junk })] : [])]);
  put($("describe"), text(now.done || now.again ? "many.go_on" : "many.describe_all"));
  $("describe").hidden = !now.open;
  $("retry").hidden = !now.again;
  $("retry").classList.toggle("primary", !now.open);
  $("download").hidden = !now.done;
  $("download").classList.toggle("primary", !now.open && !now.again);
  if (!any) opensOptions(false);
}

/** Something runs. */
function wait(said) {
  $("problem").hidden = true;
  $("waiting").hidden = false;
  put($("pace"), "");
  hurry(said, 0);
  announce(said);
  if (!document.activeElement.checkVisibility()) $("waiting").focus({ preventScroll: true });
  into($("bar"));
}

function hurry(said, done = null) {
  put($("doing"), said);
  if (done === null) $("progress").removeAttribute("value");
  else $("progress").value = done;
}

const rest = () => {
  $("waiting").hidden = true;
};

/** What went wrong. */
function fail(problem) {
  rest();
  put($("problem-said"), problem);
  $("problem").hidden = false;
  announce(problem);
  into($("bar"));
  $("problem").focus({ preventScroll: true });
}

// How the captions are wanted: what is done to all of them, and find and replace.

const WORDING = ["prefix", "suffix", "trigger", "without", "tags", "along"];
const ALONG = ["keep", "append", "prepend", "replace"];

/** The wording as the server has it. */
function worded(wording) {
  for (const name of WORDING) $(name).value = wording[name];
  put($("along-name"), text("many.along", { count: batch.along }));
  $("along-choice").hidden = !batch.along;
}

async function rewords() {
  const told = await ask("many_word", [batch.id, ...WORDING.map((name) => $(name).value)]);
  const failed = told.state === "failed";
  $("worded").hidden = !failed;
  put($("worded"), failed ? told.problem : "");
  if (failed) return announce(told.problem);
  changed(told.rows);
}

/** How often it is found, before anything is replaced; or replaced. */
async function replaces(does) {
  const looked = [$("find").value, $("put").value, $("expression").checked, $("cased").checked];
  if (!looked[0]) return foundHits("");
  const told = await ask("many_replace", [batch.id, ...looked, does]);
  if (told.state === "failed") return foundHits(told.problem);
  foundHits(text(does ? "many.replaced" : "many.hits", { count: told.hits }), !does && told.hits);
  if (does) changed(told.rows);
}

function foundHits(said, can = false) {
  put($("hits"), said);
  announce(said);
  $("replace").hidden = !can;
}

function opensOptions(is) {
  $("options").hidden = !is;
  $("options-open").setAttribute("aria-expanded", is);
  if (is) into($("options"));
}

function words() {
  $("options-place").append($("options"));
  put($("prefix-hint"), text("many.name_hint", { sign: "{name}" }));
  put($("instruction-hint"), [text("many.instruction_hint"), text("many.name_hint", { sign: "{name}" })]);
  for (const one of ALONG) $("along").append(make("option", { value: one }, put(make("option"), text(`many.along_${one}`)).textContent));
  afterSpeaking.push(() => ALONG.forEach((one, number) => ($("along").options[number].textContent = say(text(`many.along_${one}`)))));
  for (const name of WORDING) $(name).addEventListener("change", rewords);
  let typed;
  const soon = () => {
    clearTimeout(typed);
    typed = setTimeout(() => replaces(false), 300);
  };
  for (const name of ["find", "put", "expression", "cased"]) $(name).addEventListener("input", soon);
  $("replace").addEventListener("click", () => page.run || replaces(true));
  $("options-open").addEventListener("click", () => opensOptions($("options").hidden));
}

// How a caption is wanted: in one's own words, for a purpose, in a length and a language.

const OWN_WORDS = "own";
const ALT = "alt text";
const DECORATIVE = "decorative";
const PURPOSES = ["informative", ...Object.keys(FACTS.prompts.purposes), DECORATIVE];
const READY = 6;
const PLAIN = 4; // of these are questions that the built-in engine answers
const LONG_ONES = ["detailed", ALT, OWN_WORDS]; // which may be wanted longer or shorter
const WORDS = 1000;

/** What visitors have chosen, for the next picture too. */
const wanted = { instruction: "", purpose: "informative", context: "", least: 0, most: 0, language: "" };
let opened = false; // whether length and language are on show

const describerOf = (model) => page.offered.describe.find((one) => one.model === model) ?? describer();
/** Whether a model can be asked in words: told anything, or questions alone; so until that is known. */
const takesWords = ({ instructs, answers }) => instructs !== false || answers;
const called = ({ named, model, engine }) => (named ? model : engine);

/** What a model is asked, alone or beside others: who can't follow one's own words says so there, and has a style here. */
function asksOf(model, beside = false) {
  const { styles, instructs, answers } = describerOf(model);
  const isOwn = page.style === OWN_WORDS && wanted.instruction && (beside || takesWords({ instructs, answers }));
  const style = isOwn ? OWN_WORDS : styles.includes(page.style) ? page.style : (styles[0] ?? "short");
  const [least, most] = instructs && LONG_ONES.includes(style) ? [wanted.least, wanted.most] : [0, 0];
  return {
    style,
    language: (instructs && wanted.language) || language,
    speaks: instructs ? wanted.language : "",
    instruction: isOwn ? wanted.instruction : "",
    purpose: style === ALT ? wanted.purpose : "informative",
    context: style === ALT && instructs ? wanted.context : "",
    least,
    most,
  };
}

/** Whether a model can answer what was asked of another. */
const follows = (model, { instruction }) => !instruction || takesWords(describerOf(model));

/** The same as the server takes it. */
const asksIn = (model, asked) => [
  asked.style === OWN_WORDS ? "short" : asked.style,
  model,
  ...["language", "instruction", "purpose", "context", "least", "most"].map((name) => asked[name]),
];

/** A result is wanted so again. */
function wants(result) {
  page.style = result.style;
  for (const name of Object.keys(wanted)) wanted[name] = result[name] ?? (typeof wanted[name] === "number" ? 0 : "");
  wanted.purpose ||= "informative";
  wanted.language = result.speaks ?? ""; // the page's may be another now
}

/** The words beside a picture say what to tell of it, where they can be followed. */
async function describeInWords() {
  const words = $("prompt").value.trim();
  const can = describer();
  if (page.picture && words && !takesWords(can)) return fail(text("problem.no_instruction", { model: called(can) }));
  if (page.picture && words) [page.style, wanted.instruction] = [OWN_WORDS, words];
  await describe();
}

/** Words that are written while somebody waits are shown so far; all else is told. */
function growing(result) {
  return (told) => {
    if (told.said?.key === "report.written") sofar(result, told.said.values.text);
    else hurries(told);
  };
}

function sofar(result, words) {
  result.words = words;
  if (page.result !== result) {
    answer(result, { fresh: false });
    stage("answer", "waiting");
  }
  element.querySelector("#answer .words").textContent = words;
}

/** Of a caption that broke off nothing stays; a stop leaves the one before it, anything else the question in the box. */
function unfinished(result, before, { stopped }) {
  if (result.instruction && !stopped) {
    compose(result.instruction);
    page.style = "";
  }
  if (page.result !== result) return;
  if (stopped && before) answer(before, { fresh: false });
  else forgetResult();
}

/** What was asked, above the answer. */
const questionOf = ({ instruction }) =>
  instruction ? make("p", { class: "question", dir: "auto" }, make("span", { class: "unseen" }, text("wording.asked")), " ", instruction) : null;

/** The styles that can be chosen, one's own words among them. */
const stylesToo = () => [...describer().styles, ...(takesWords(describer()) ? [OWN_WORDS] : [])];

/** What belongs to the style, beneath the styles. */
function wording(result, style = result.style) {
  const can = describer();
  const parts = [style === OWN_WORDS ? own(result) : null, style === ALT ? altText(result, can) : null, can.instructs ? more(style) : null].flat().filter(Boolean);
  if (!parts.length) return null;
  const submit = (event) => {
    event.preventDefault();
    asksAgain(style, event.submitter?.name);
  };
  return make("form", { class: "wording", novalidate: "", submit }, parts);
}

/** One's own words can be written: nobody is asked yet. */
function writesOwn() {
  element.querySelector("#answer .wording")?.remove();
  element.querySelector("#answer .choices").after(wording(page.result, OWN_WORDS));
}

/** Ask again with what the form says now. */
async function asksAgain(style, focused, over = {}) {
  if (page.run) return;
  const form = element.querySelector("#answer .wording");
  const said = (name) => form.elements[name]?.value.trim();
  for (const name of ["instruction", "context", "language"]) wanted[name] = said(name) ?? wanted[name];
  for (const name of ["least", "most"]) wanted[name] = Math.min(WORDS, Math.floor(Math.abs(said(name) ?? wanted[name])));
  if (PURPOSES.includes(said("purpose"))) wanted.purpose = said("purpose");
  Object.assign(wanted, over);
  if (wanted.purpose === DECORATIVE) wanted.purpose = "informative";
  if (style === OWN_WORDS && !wanted.instruction) return form.elements.instruction.focus();
  if (wanted.most && wanted.least > wanted.most) {
    [wanted.least, wanted.most] = [0, 0]; // the boxes keep them
    return tell(text("problem.words_crossed"));
  }
  page.style = style;
  page.picture = page.result.picture;
  await describe();
  page.style = page.result?.style ?? page.style; // a stop leaves the older answer
  element.querySelector(`#answer .wording [name="${focused}"]`)?.focus({ preventScroll: true });
}

const choice = (name, key, values, chosen, change) =>
  make("select", { name, "aria-label": text(key), change }, values.map(([value, said]) => put(make("option", { value, ...(value === chosen && { selected: "" }) }), said)));

/** An instruction to be written, which may begin with a style's; and questions that are ready. */
function own(result) {
  const can = describer();
  const like = can.instructs && can.styles.includes(result.style) ? result.style : "";
  const box = make("textarea", { name: "instruction", rows: 2, dir: "auto", maxlength: FACTS.characters, "aria-label": text("wording.instruction"), keydown: sends });
  box.value = result.instruction || FACTS.prompts.purposes[like === ALT && result.purpose] || FACTS.prompts.styles[like] || "";
  const ready = Array.from({ length: can.instructs ? READY : PLAIN }, (_, number) => {
    const asks = text(`wording.ready_${number + 1}`);
    return make("button", { type: "button", class: "idea", click: () => asksAgain(OWN_WORDS, "instruction", { instruction: say(asks) }) }, asks);
  });
  const from = [["", text("wording.begin")], ...Object.keys(FACTS.prompts.styles).map((style) => [style, styleSaid(style)])];
  const begins = ({ target }) => {
    box.value = FACTS.prompts.styles[target.value] ?? box.value;
    target.value = "";
  };
  return [
    box,
    make("div", { class: "line" }, can.instructs ? choice("begin", "wording.begin", from, "", begins) : null, make("button", { name: "ask" }, text("wording.ask"))),
    make("div", { class: "ready", role: "group", "aria-label": text("wording.ready") }, ready),
  ];
}

const styleSaid = (style) => text(`app.style_${style.replace(" ", "_")}`);

function sends(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}

/** What the picture is there for, by the W3C's decision tree, and the HTML that comes of it. */
function altText(result, can) {
  const values = PURPOSES.map((purpose) => {
    const said = text(`wording.purpose_${purpose}`);
    const follows = can.instructs || can.purposes?.includes(purpose) || purpose === "informative" || purpose === DECORATIVE;
    return [purpose, follows ? said : text("wording.not_followed", { said })];
  });
  const shown = result.decorative ? DECORATIVE : result.purpose;
  const context = make("input", { type: "text", name: "context", dir: "auto", value: wanted.context, maxlength: 500, "aria-label": text("wording.context"), placeholder: text("wording.context") });
  return [
    choice("purpose", "wording.purpose", values, shown, ({ target }) => purposed(result, target.value)),
    can.instructs ? make("div", { class: "line" }, context, make("button", { name: "again" }, text("wording.again"))) : null,
    result.credit?.length ? snippet(result) : null,
  ];
}

/** A person says what the picture is there for: of decoration nobody is asked. */
function purposed(result, purpose) {
  if (page.run) return;
  result.decorative = purpose === DECORATIVE;
  if (!result.decorative && purpose !== (result.purpose ?? "informative")) return asksAgain(ALT, "purpose");
  element.querySelector("#answer .wording").replaceWith(wording(result));
  element.querySelector("#answer .wording [name=purpose]").focus({ preventScroll: true });
  keep(result);
}

/** Length where it can be told, and the language. */
function more(style) {
  const number = (name) => {
    const value = wanted[name] || "";
    return make("label", {}, make("span", {}, text(`wording.${name}`)), make("input", { type: "number", name, min: 0, max: WORDS, value, inputmode: "numeric" }));
  };
  const languages = [["", text("wording.pages_language")], ...FACTS.languages.map((code) => [code, ownName(code)])];
  const speaks = make("label", {}, make("span", {}, text("app.language")), choice("language", "app.language", languages, wanted.language, () => asksAgain(style, "language")));
  const lengths = LONG_ONES.includes(style) ? [number("least"), number("most")] : [];
  const button = lengths.length ? make("button", { name: "length" }, text("wording.again")) : null;
  const toggle = ({ target }) => {
    opened = target.open;
  };
  return make("details", { class: "more", ...(opened && { open: "" }), toggle }, make("summary", {}, text(lengths.length ? "wording.more" : "app.language")), make("div", {}, speaks, lengths, button));
}

/** A language as it calls itself. */
function ownName(code) {
  return new Intl.DisplayNames([code], { type: "language" }).of(code);
}

// Everything that is said is put by its key, so that another language says it anew.

const TEXTS = Object.fromEntries(Object.entries(LISTS).map(([code, list]) => [code, Object.fromEntries(KEYS.map((key, number) => [key, list[number]]))]));
const LANGUAGES = Object.keys(TEXTS);
const CODES = { "zh-hant": "zh-TW", "zh-tw": "zh-TW", "zh-hk": "zh-TW", "zh-mo": "zh-TW" };
const HUB_LINK = /https:\/\/huggingface\.co\/[\w/.-]*\w(?:\?[\w=&;.-]*\w)?/;

let language = "en";
const afterSpeaking = []; // what is made anew in each language

/** The first of the app's languages that a person reads. */
function preferred(wanted) {
  for (const code of wanted) {
    const parts = code.toLowerCase().split("-");
    for (; parts.length; parts.pop()) {
      const found = CODES[parts.join("-")] ?? LANGUAGES.find((one) => one.toLowerCase() === parts.join("-"));
      if (LANGUAGES.includes(found)) return found;
    }
  }
  return "en";
}

/** A message, several in a row, or whatever else, in words. */
function say(said) {
  if (Array.isArray(said)) return said.map(say).join(TEXTS[language]["list.between"]);
  if (said === null || typeof said !== "object") return String(said ?? "");
  const text = TEXTS[language][said.key] ?? said.key;
  return text.replace(/\{(\w+)\}/g, (_, name) => say(said.values?.[name]));
}

const text = (key, values = {}) => ({ key, values });

/** Have a node say something, as its text or in an attribute, from now on in each language. */
function put(node, said, attribute = "") {
  node.said = { ...node.said, [attribute]: said };
  node.dataset.said = "";
  express(node);
  return node;
}

function express(node) {
  for (const [attribute, said] of Object.entries(node.said ?? {})) {
    const words = Array.isArray(said) ? said.map(say).join(" · ") : say(said);
    if (attribute) node.setAttribute(attribute, words);
    else node.replaceChildren(...linked(words));
  }
}

/** Words with the Hub's pages in them to be clicked. */
function linked(words) {
  const found = HUB_LINK.exec(words);
  if (!found) return [words];
  const link = make("a", { href: found[0], target: "_blank", rel: "noopener" }, found[0].slice(8).split("?")[0]);
  return [words.slice(0, found.index), link, ...linked(words.slice(found.index + found[0].length))];
}

/** A node with attributes and children; a child that is a message is said. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value?.key) put(node, value, name);
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  for (const child of children.flat()) {
    if (child == null) continue;
    node.append(child.key ? put(make("span"), child) : child);
  }
  return node;
}

function speak(code) {
  language = LANGUAGES.includes(code) ? code : "en";
  document.documentElement.lang = language;
  document.title = say(text(FACTS.title));
  announce("");
  for (const node of element.querySelectorAll("[data-said]")) express(node);
  for (const again of afterSpeaking) again();
}

/** The texts that the page's HTML names. */
function sayAll() {
  const names = { say: "", sayLabel: "aria-label", sayTitle: "title", sayPlaceholder: "placeholder", sayAlt: "alt" };
  for (const [name, attribute] of Object.entries(names)) {
    const selector = `[data-${name.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}]`;
    for (const node of element.querySelectorAll(selector)) put(node, text(node.dataset[name]), attribute);
  }
}

/** The language can be chosen on the page, and in Gradio's own settings. */
function languages() {
  const choice = $("language");
  for (const code of LANGUAGES) choice.append(make("option", { value: code, lang: code }, TEXTS[code]["list.own_name"]));
  const choose = (code) => {
    speak(code);
    choice.value = language;
  };
  choose(remembered.language ?? preferred(navigator.languages ?? []));
  choice.addEventListener("change", () => {
    remember({ language: choice.value });
    choose(choice.value);
  });
  const gradios = () => document.querySelector("#gradio-language")?.textContent.trim() ?? "";
  let before = gradios();
  new MutationObserver(() => {
    const now = gradios();
    if (before && now && now !== before) {
      remember({ language: now });
      choose(now);
    }
    before = now || before;
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

// The HTML of a picture with its alternative text, to be copied.

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (words) => words.replace(/[&<>"]/g, (sign) => SIGNS[sign]);

/** The alternative text of a result, and the long description that comes after it. */
function altParts({ words, purpose, decorative }) {
  if (decorative) return { alt: "", more: [] };
  const [alt, ...more] = purpose === "complex" ? words.split(/\n{2,}/) : [words];
  return { alt: alt.replace(/\s+/g, " ").trim(), more };
}

/** Its `<img>`, with a long description in the `<figcaption>` beside it. */
function htmlOf(result) {
  const { alt, more } = altParts(result);
  const image = `<img src="${escaped(encodeURIComponent(result.picture.name))}" alt="${escaped(alt)}">`;
  if (!more.length) return image;
  const lines = more.map((part) => `    <p>${escaped(part).replace(/\n/g, "<br>\n    ")}</p>`);
  return ["<figure>", `  ${image}`, "  <figcaption>", ...lines, "  </figcaption>", "</figure>"].join("\n");
}

function snippet(result) {
  const html = htmlOf(result);
  const count = [...altParts(result).alt].length;
  const said = result.decorative ? text("wording.decorative_said") : text("wording.characters", { count });
  const button = make("button", { type: "button", class: "plain", name: "copy", click: () => copied(html, button) }, text("wording.copy"));
  const code = make("pre", { tabindex: 0, role: "group", "aria-label": text("wording.snippet") }, make("code", {}, html));
  return make("div", { class: "snippet" }, code, make("p", {}, put(make("small"), said), button));
}

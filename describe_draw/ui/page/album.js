// A game as it is shown: an album like a chat, and how it ended.

/** All of a game: its cards, and unless it is being played, its end. */
function album(game) {
  const list = make("ol", { class: "album" }, game.links.map((link, number) => card(game, link, number)));
  return game.playing ? [list] : [list, ...end(game)];
}

/** Bring the album up to date by what is new in it. */
function cards(game) {
  const list = element.querySelector(".album") ?? $("answer").appendChild(make("ol", { class: "album" }));
  element.querySelector(".end")?.remove();
  element.querySelector(".turn")?.remove();
  const same = Math.max(0, Math.min(list.children.length, game.links.length) - 1);
  while (list.children.length > same) list.lastElementChild.remove();
  list.append(...game.links.slice(same).map((link, number) => card(game, link, same + number)));
}

function card(game, link, number) {
  const turn = number ? text("game.round", { number: Math.ceil(number / 2) }) : text("game.start");
  const by = link.credit?.length ? credit(link.credit) : link.words ? put(make("p", { class: "credit" }), text("game.yours")) : null;
  const head = put(make("p", { class: "turn-name" }), turn);
  if (link.words) return make("li", { class: "card words-card" }, head, make("blockquote", { dir: "auto" }, link.words), by);
  const told = game.links[number - 1]?.words ?? text("app.your_picture");
  const picture = make("img", { src: link.picture, alt: told, width: link.width, height: link.height, style: `--ratio: ${link.width / link.height}` });
  const full = make("a", { href: link.picture, target: "_blank", rel: "noopener" }, picture);
  return make("li", { class: "card picture-card" }, head, full, by);
}

/** How it ended: the first picture against the last, what survived, and how to go on. */
function end(game) {
  const parts = [];
  const drift = game.drift.at(-1);
  if (drift) {
    const verdict = drift.meaning < 0.3 ? "near" : drift.meaning < 0.65 ? "far" : "gone";
    parts.push(put(make("h2"), text(`game.verdict_${verdict}`)), faces(game), ...survivors(drift), dials(drift));
  }
  const closing = parts.length ? [make("section", { class: "end", tabindex: "-1" }, parts)] : [];
  const words = game.links.findLast((link) => link.words)?.words ?? "";
  return words || game.links.length ? [...closing, goesOn(game, words)] : closing;
}

function faces(game) {
  const pictures = game.links.filter((link) => link.picture);
  const [first, last] = [pictures[0], pictures.at(-1)];
  const face = (link, said) => make("figure", {}, make("img", { src: link.picture, alt: said, width: link.width, height: link.height }), make("figcaption", {}, said));
  if (!last || first === last) return null;
  return make("div", { class: "faces" }, face(first, text("game.first")), face(last, text("game.last")));
}

function survivors(drift) {
  const kept = drift.kept.map((one, number) => (one === drift.became[number] ? one : `${one} → ${drift.became[number]}`));
  const rows = { kept, lost: drift.lost, invented: drift.invented };
  const said = Object.entries(rows).filter(([, things]) => things.length);
  if (!said.length) return [];
  return [make("ul", { class: "things" }, said.map(([name, things]) => make("li", { class: name }, text(`game.things_${name}`, { things }))))];
}

function dials(drift) {
  const dial = (name) => {
    const percent = Math.round(100 * drift[name]);
    const ring = make("div", { class: `dial ${name}`, style: `--part: ${percent}%` }, make("strong", {}, `${percent} %`));
    return make("div", { class: "gauge" }, ring, make("span", {}, text(`game.${name}`)));
  };
  const hint = put(make("p", { class: "credit" }), drift.model ? [text("game.drift_hint"), text("game.drift_model", { model: drift.model })] : text("game.drift_hint"));
  return make("div", { class: "dials" }, dial("meaning"), dial("look"), hint);
}

/** The words that a game goes on from, to be changed. */
function goesOn(game, words) {
  const box = make("textarea", { rows: 2, dir: "auto", "aria-label": text("game.next_words") });
  box.value = words;
  const go = make("button", { type: "button", class: "primary", click: () => page.run || drawn(game, box.value) }, text("game.go_on"));
  return make("div", { class: "turn" }, make("p", {}, game.done ?? text("game.next_words")), make("div", { class: "row" }, box, go));
}

const pictureOfLink = (link) => ({ ...serversPicture(link.picture), blob: link.blob ?? null });

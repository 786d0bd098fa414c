// Styles: words that a drawing gets beside one's own, chosen by their pictures.

const inLook = (look) => text("page.in_style", { style: text(`look.${look}`) });

/** Choose a style by its name, or none. */
function wears(look) {
  page.look = look in FACTS.styles ? look : "";
  looksShown();
}

/** What is chosen, what it adds, and what the chosen model can't follow. */
function looksShown() {
  const { look } = page;
  const model = chosen(drawing());
  put($("looks-open"), text(look ? `look.${look}` : "app.style"));
  put($("looks-open"), look ? text("app.look", { style: text(`look.${look}`) }) : text("app.style"), "aria-label");
  $("looks-open").classList.toggle("worn", Boolean(look));
  for (const label of $("looks").querySelectorAll("label")) {
    const input = label.querySelector("input");
    const weak = model?.unstyled.includes(input.value) ?? false;
    input.checked = input.value === look;
    label.classList.toggle("weak", weak);
    label.querySelector(".unseen").hidden = !weak;
    put(label, weak ? weakness(model) : "", "title");
  }
  const [adds, omits] = FACTS.styles[look] ?? [];
  $("look-adds").hidden = !look;
  const weak = model?.unstyled.includes(look) ? [weakness(model)] : [];
  put($("look-adds"), look ? [text("app.look_adds", { words: adds }), text("app.look_omits", { words: omits }), ...weak] : "");
}

const weakness = ({ model, named, engine }) => text("app.look_weak", { model: named ? model : engine });

/** The row of styles; its pictures are loaded when it opens. */
function looks() {
  const tile = (look, number) => {
    const thumb = make("i", { "aria-hidden": "true", class: "thumb", style: `--at: ${number}` });
    const input = make("input", { type: "radio", name: "look", value: look, change: () => wears(look) });
    const weak = make("span", { class: "unseen" }, text("app.look_unfollowed"));
    return make("label", {}, input, thumb, look ? text(`look.${look}`) : text("app.look_none"), weak);
  };
  $("looks").append(tile("", -1), ...Object.keys(FACTS.styles).map(tile));
  $("looks-open").addEventListener("click", () => {
    const open = $("looks").hidden;
    $("looks").hidden = !open;
    $("looks-open").setAttribute("aria-expanded", open);
    $("looks").style.setProperty("--looks", `url(${new URL(FACTS.looks, document.baseURI)})`);
    if (open) into($("looks"));
  });
  looksShown();
}

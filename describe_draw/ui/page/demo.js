// A finished game that shows itself step by step, until something of the visitor's own is there.

const STEP_TIME = 1400;

function demo() {
  const list = make("ol", { class: "demo-chain" });
  for (const link of DEMO.links) {
    const shown = link.picture
      ? make("img", { src: link.picture, alt: text(link.alt), width: link.width, height: link.height, fetchpriority: list.children.length ? "low" : "high" })
      : make("blockquote", {}, text(link.words));
    list.append(make("li", { class: link.picture ? "" : "told" }, shown));
  }
  const survived = ["kept", "lost", "invented"].filter((name) => DEMO[name]);
  const end = make("p", { class: "demo-end" }, survived.map((name) => make("span", { class: name }, text(`game.things_${name}`, { things: text(DEMO[name]) }))));
  $("demo").append(put(make("p", { class: "lead" }), text("app.summary")), list, end);
  reveal([...list.children, end]);
}

function reveal(steps) {
  if (calm()) return;
  steps.slice(1).forEach((node, number) => {
    node.classList.add("to-come");
    setTimeout(() => node.classList.remove("to-come"), STEP_TIME * (number + 1));
  });
}

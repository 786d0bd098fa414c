// Who answers, what better answers need, and the ways to the rest.

function who(offered) {
  const rows = ["describe", "draw", "edit", "write"].flatMap((task) => {
    const [first] = offered[task];
    if (!first) return [];
    const name = first.named ? text("page.engine_model", { engine: first.engine, model: first.model }) : first.engine;
    return [put(make("dt"), text(`app.task_${task}`)), put(make("dd"), name)];
  });
  $("who").replaceChildren(...rows);
  put($("missing"), offered.missing);
  account(offered);
  if (offered.signed_out) fail(text("page.signed_out"));
}

/** The sign-in is spoken of where its button is: on Spaces where visitors can sign in. */
function account(offered) {
  const enter = make("a", { class: "button", href: "login/huggingface" }, text("app.sign_in"));
  const leave = make("a", { class: "button", href: "logout" }, text(offered.signed_out ? "page.sign_out" : "app.sign_out"));
  const signed = offered.account ? [put(make("span"), text("app.signed_in", { name: offered.account })), leave] : [enter, ...(offered.signed_out ? [leave] : [])];
  $("account").replaceChildren(...(FACTS.signs_in ? signed : []));
}

function tellsAbout() {
  $("about-open").addEventListener("click", () => $("about").showModal());
  for (const button of element.querySelectorAll("[data-opens]")) button.addEventListener("click", () => opens(button.dataset.opens));
  if (FACTS.space) {
    $("duplicate").href = `https://huggingface.co/spaces/${FACTS.space}?duplicate=true`;
    $("duplicate").hidden = false;
  }
}

/** Gradio's own panels open by the buttons of its footer alone, not by their address. */
async function opens(panel) {
  gradios();
  const button = await there({ api: "footer .show-api", settings: "footer .settings" }[panel]);
  $("about").close();
  button.click();
}

/** Gradio's front end, which nothing else needs, begins when its panels are wanted. */
const gradios = () => document.head.append(document.getElementById("gradio").content);

/** Something on the page, as soon as it is there. */
function there(selector) {
  return new Promise((found) => {
    const look = () => {
      const node = document.querySelector(selector);
      if (!node) return;
      watch.disconnect();
      found(node);
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, { subtree: true, childList: true });
    look();
  });
}

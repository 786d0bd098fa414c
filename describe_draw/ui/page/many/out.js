// What leaves the page: one zip of it all, and a data set on the Hub.

async function download() {
  await running("download", async () => {
    wait(text("many.packing"));
    hurry(text("many.packing"));
    const told = await ask("many_keep", [batch.id, language], (said) => said.state === "waiting" && hurry(said.said));
    rest();
    if (told.state === "failed") return told.stopped ? null : fail(told.problem);
    make("a", { href: told.file, download: "" }).click();
    $("download").focus({ preventScroll: true });
  });
}

/** A data set of the visitor's own, or of the operator's; where neither can be, nothing is said of it. */
function offersPush({ pushes }) {
  const enters = FACTS.signs_in && !pushes;
  $("pushing").hidden = !pushes && !enters;
  for (const node of $("pushing").querySelectorAll("label, button")) node.hidden = !pushes;
  $("enter").hidden = !enters;
}

async function push() {
  await running("push", async () => {
    put($("pushed"), "");
    wait(text("report.pushing"));
    hurry(text("report.pushing"));
    const values = [batch.id, $("repository").value, $("secret").checked];
    const told = await ask("many_push", values, (said) => said.state === "waiting" && hurry(said.said, said.done));
    rest();
    if (told.state === "failed") return told.stopped ? null : fail(told.problem);
    const said = text("many.pushed", { address: told.address });
    put($("pushed"), said);
    announce(said);
    $("pushed").querySelector("a").focus();
  });
}

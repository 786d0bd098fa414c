// What leaves the page: one zip of it all.

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

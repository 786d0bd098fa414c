// Files travel to the server: several in a request, several requests at a time.

const IN_ONE = 20; // what the server takes at once
const PIECE = 8 * 1024 ** 2;
const WAYS = 3;

/** A new run of these files. */
async function takeIn(files) {
  if (page.run || !files.length) return;
  if (batch.rows.length && !(await over())) return;
  await running("take", async (turn) => {
    if (files.length > FACTS.files) return fail(text("problem.batch_too_many", { limit: FACTS.files }));
    batch.refused = [];
    wait(text("many.sending", { done: 0, count: files.length }));
    const sent = await sentAll(files, turn);
    if (turn.stopped) return rest();
    table();
    if (!sent.length) return fail(batch.refused[0]?.problem ?? text("problem.batch_empty"));
    hurry(text("many.looking"));
    const listed = sent.map(({ path, name }) => ({ path, orig_name: name, meta: { _type: "gradio.FileData" } }));
    const told = await ask("many_take", [listed], (said) => said.state === "waiting" && hurry(said.said, said.done));
    if (told.state === "failed") return told.stopped ? rest() : fail(told.problem);
    knowsBlobs(sent);
    opened(told);
    rest();
    announce(text("many.counts", numbers()));
    $("describe").focus({ preventScroll: true });
  });
}

/** The pictures themselves are here for as long as the page is; of zips, the server has them alone. */
function knowsBlobs(sent) {
  blobs.clear();
  if (sent.some(({ name }) => /\.zip$/i.test(name))) return;
  for (const { name, blob } of sent) if (!blobs.has(name)) blobs.set(name, blob);
}

/** The files that came to the server, in their order; of the others it is told why. */
async function sentAll(files, turn) {
  const most = FACTS.megabytes * 1024 ** 2;
  const fits = files.filter(({ blob }) => blob.size <= most);
  for (const { name, blob } of files) if (blob.size > most) refuse(name, text("problem.upload_too_big", { limit: FACTS.megabytes }));
  const left = grouped(fits);
  let done = 0;
  const way = async () => {
    for (let group = left.shift(); group && !turn.stopped; group = left.shift()) {
      await sentTogether(group);
      done += group.length;
      hurry(text("many.sending", { done, count: fits.length }), done / fits.length);
    }
  };
  await Promise.all(Array.from({ length: WAYS }, way));
  return fits.filter(({ path }) => path);
}

/** Files in groups that travel together. */
function grouped(files) {
  const groups = [];
  let room = -1;
  for (const file of files) {
    room -= file.blob.size;
    if (room < 0 || groups.at(-1).length === IN_ONE) {
      groups.push([]);
      room = PIECE - file.blob.size;
    }
    groups.at(-1).push(file);
  }
  return groups;
}

/** One request; where it fails, each file on its own, so that one alone is refused. */
async function sentTogether(group) {
  try {
    const paths = await sendFiles(group);
    group.forEach((file, number) => {
      file.path = paths[number];
    });
  } catch (problem) {
    if (group.length > 1) for (const one of group) await sentTogether([one]);
    else refuse(group[0].name, problem.key ? problem : text("many.not_sent"));
  }
}

const refuse = (name, problem) => batch.refused.push({ name, problem });

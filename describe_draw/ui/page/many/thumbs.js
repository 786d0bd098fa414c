// Small pictures, made when they come into the view: here from the files, else by the server.

const SMALL = 160;
const AT_A_TIME = 24;

const blobs = new Map(); // the files that were chosen here, by their names
let wanted = []; // the numbers of those that the server is asked for next
let asking = false;

const watch = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach(({ target }) => comes(target)), { rootMargin: "300px" });
const watches = (thumb) => watch.observe(thumb);

function forgetThumbs() {
  watch.disconnect();
  wanted = [];
  for (const image of $("rows").querySelectorAll("img")) URL.revokeObjectURL(image.src);
}

async function comes(thumb) {
  watch.unobserve(thumb);
  const number = Number(thumb.dataset.n);
  const row = batch.rows[number];
  if (!row || row.final) return;
  const blob = blobs.get(row.name);
  const small = blob && (await shrunk(blob, SMALL, "image/webp", 0.8).catch(() => null));
  if (small) return pictured(thumb, URL.createObjectURL(small));
  wanted.push([number, thumb]);
  fetches();
}

/** The server's, several at a time. */
async function fetches() {
  if (asking) return;
  asking = true;
  await pause(50);
  while (wanted.length && batch.id) {
    const now = wanted.splice(0, AT_A_TIME);
    const told = await ask("many_thumbs", [batch.id, now.map(([number]) => number).join()]);
    if (told.state !== "done") wanted.unshift(...now);
    if (told.stopped) continue; // with whatever else ran
    if (told.state !== "done") break;
    for (const [number, thumb] of now) if (told.thumbs[number]) pictured(thumb, told.thumbs[number]);
  }
  asking = false;
}

const pictured = (thumb, src) => thumb.replaceChildren(make("img", { src, alt: "", decoding: "async" }));

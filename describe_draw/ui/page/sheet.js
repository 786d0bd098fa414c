// Several side by side as one picture to share, painted by the browser.

const SIDE_WIDE = 480;
const GAP = 20;

async function sheet(grid) {
  const { cells: all, models } = grid;
  const columns = models.length > 1 ? models.length : all.length > 4 ? 3 : Math.min(all.length, 2);
  const wide = 2 * EDGE + columns * SIDE_WIDE + (columns - 1) * GAP;
  const whole = wide - 2 * EDGE;
  const picture = grid.of === "describe" ? [await image(grid.picture.src, SIDE_WIDE)] : [];
  const top = [...(grid.asked ? [lines(common(grid) ?? grid.asked, 26, whole)] : []), ...picture];
  const cells = await Promise.all(all.map((cell) => cellOf(grid, cell)));
  const rows = Array.from({ length: Math.ceil(cells.length / columns) }, (_, row) => cells.slice(row * columns, (row + 1) * columns));
  const foot = lines([say(text("app.title")), location.host].join(" · "), 16, whole, COLOURS.quiet);
  const canvas = make("canvas", { width: wide, height: 1 });
  const brush = canvas.getContext("2d");
  const high = (parts) => parts.reduce((sum, part) => sum + part.measure(brush) + 8, 0);
  const heights = rows.map((row) => Math.max(...row.map(high)) + GAP);
  canvas.height = 2 * EDGE + high(top) + GAP + heights.reduce((sum, height) => sum + height, 0) + high([foot]);
  brush.fillStyle = COLOURS.paper;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  let y = stacked(brush, top, EDGE, EDGE) + GAP;
  rows.forEach((row, number) => {
    row.forEach((parts, column) => stacked(brush, parts, EDGE + column * (SIDE_WIDE + GAP), y));
    y += heights[number];
  });
  stacked(brush, [foot], EDGE, y);
  const blob = await new Promise((made) => canvas.toBlob(made, "image/png"));
  await handOver(blob, "side-by-side.png");
}

/** One cell's picture or words, and who made it; or why there is none. */
async function cellOf(grid, { job, result, problem }) {
  if (!result) return [lines(say(nameOf(grid.of, job)), 18, SIDE_WIDE), lines(say(problem), 16, SIDE_WIDE, COLOURS.quiet)];
  const by = lines(result.credit.map(say).join(" · "), 16, SIDE_WIDE, COLOURS.quiet);
  if (grid.of === "describe") return [lines(result.words, 22, SIDE_WIDE), by];
  const own = common(grid) ? [] : [lines(job.prompt, 18, SIDE_WIDE)];
  return [await image(result.picture.src, SIDE_WIDE), ...own, by];
}

/** Paint parts beneath each other, and tell where they end. */
function stacked(brush, parts, x, from) {
  return parts.reduce((y, part) => {
    part.paint(brush, y, x);
    return y + part.measure(brush) + 8;
  }, from);
}

async function image(src, wide) {
  const picture = make("img", { src });
  await picture.decode().catch(() => {});
  const high = picture.naturalWidth ? (wide * picture.naturalHeight) / picture.naturalWidth : 40;
  return { measure: () => high, paint: (brush, y, x) => picture.naturalWidth && brush.drawImage(picture, x, y, wide, high) };
}

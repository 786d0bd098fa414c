// A game as one tall picture to share, painted by the browser, which has fonts for every language.

const WIDE = 720;
const EDGE = 36;
const COLOURS = { paper: "#faf8f5", ink: "#1e1b19", quiet: "#5d564e", card: "#ffffff", accent: "#6446cf" };

async function tall(game) {
  const parts = [heading(say(text("app.title")), 34), ...(await Promise.all(game.links.map(part)))];
  const drift = game.drift.at(-1);
  if (drift) {
    const dials = ["meaning", "look"].map((name) => `${say(text(`game.${name}`))} ${Math.round(100 * drift[name])} %`);
    parts.push(heading(survivors(drift).map((list) => [...list.children].map((row) => row.textContent).join("\n")).join("\n"), 22));
    parts.push(heading(dials.join("   ·   "), 22, COLOURS.accent));
  }
  parts.push(heading(location.host, 16, COLOURS.quiet));
  const canvas = make("canvas", { width: WIDE, height: 1 });
  const brush = canvas.getContext("2d");
  const heights = parts.map((one) => one.measure(brush));
  canvas.height = heights.reduce((sum, height) => sum + height + 20, 2 * EDGE);
  brush.fillStyle = COLOURS.paper;
  brush.fillRect(0, 0, canvas.width, canvas.height);
  let y = EDGE;
  parts.forEach((one, number) => {
    one.paint(brush, y);
    y += heights[number] + 20;
  });
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  await handOver(blob, "telephone.png");
}

/** Words or a picture of the game: words on the right, pictures on the left. */
async function part(link) {
  if (link.words) return heading(`“${link.words}”`, 24, COLOURS.ink, "right");
  const picture = make("img", { src: link.picture });
  await picture.decode().catch(() => {});
  const width = WIDE * 0.62;
  const height = picture.naturalWidth ? (width * picture.naturalHeight) / picture.naturalWidth : 40;
  return { measure: () => height, paint: (brush, y) => picture.naturalWidth && brush.drawImage(picture, EDGE, y, width, height) };
}

const heading = (said, size, colour, align) => lines(said, size, align === "right" ? WIDE * 0.7 : WIDE - 2 * EDGE, colour, align);

/** Words of a size in a room of so many pixels, painted beneath each other. */
function lines(said, size, room, colour = COLOURS.ink, align = "left") {
  const font = `${size}px ui-serif, Georgia, "Songti SC", "Noto Serif CJK SC", serif`;
  const rows = (brush) => {
    brush.font = font;
    return wrapped(brush, said, room);
  };
  return {
    measure: (brush) => rows(brush).length * size * 1.35,
    paint(brush, y, x = align === "right" ? WIDE - EDGE : EDGE) {
      brush.fillStyle = colour;
      brush.textAlign = align;
      brush.textBaseline = "top";
      rows(brush).forEach((line, number) => brush.fillText(line, x, y + number * size * 1.35));
    },
  };
}

/** Words in lines that fit; languages without spaces break anywhere. */
function wrapped(brush, said, room) {
  const lines = [];
  for (const paragraph of said.split("\n")) {
    let line = "";
    for (const piece of paragraph.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+/g) ?? []) {
      if (line && brush.measureText(line + piece).width > room) {
        lines.push(line.trimEnd());
        line = "";
      }
      line += piece;
    }
    if (line) lines.push(line);
  }
  return lines;
}

/** To the share sheet where there is one, else into a file. */
async function handOver(blob, name) {
  const file = new File([blob], name, { type: blob.type });
  if (navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file] });
    } catch (error) {
      if (error.name === "AbortError") return;
    }
  }
  download(URL.createObjectURL(blob), name);
}

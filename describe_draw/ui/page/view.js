// What comes into the view, and what is said to who doesn't see the page.

/** Bring a part of the page into the view, its beginning where it is taller than that. */
function into(node) {
  const { top, bottom, height } = node.getBoundingClientRect();
  if (top >= 0 && bottom <= innerHeight) return;
  const block = height > innerHeight || top < 0 ? "start" : "end";
  node.scrollIntoView({ block, behavior: calm() ? "auto" : "smooth" });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Say something to who doesn't see the page. */
function announce(said, lang = language) {
  $("live").lang = lang;
  $("live").textContent = say(said);
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

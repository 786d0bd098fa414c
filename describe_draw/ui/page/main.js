// The page begins: what is seen first at once, the rest piece by piece, so that a slow phone can follow.

for (const first of [demo, sayAll, languages]) first();
const rest = [composes, takesPictures, opts, prefill, goesBack, tellsAbout, counts, keepsResults, shownBefore, knowsOffers];

(async () => {
  for (const next of rest) {
    await pause(0);
    next();
  }
  element.dataset.ready = "";
})();

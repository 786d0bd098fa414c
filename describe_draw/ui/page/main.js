// The page begins.

sayAll();
languages();
demo();
composes();
takesPictures();
opts();
prefill();
goesBack();
keepsResults();
tellsAbout();
counts();
shownBefore();
if (page.offered.describe.length === 0 && props.value?.state === "offered") offer(props.value);

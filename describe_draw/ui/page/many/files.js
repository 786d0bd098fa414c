// Files as they are chosen or dropped, folders with all that is in them: each with its name and its folders.

const named = (file) => ({ blob: file, name: file.webkitRelativePath || file.name });

/** What was dropped. The entries must be asked for before anything is waited for. */
async function dropped({ items, files }) {
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...files].map(named);
  const found = [];
  for (const entry of entries) await gathered(entry, found);
  return found;
}

async function gathered(entry, found) {
  if (entry.isFile) {
    const file = await new Promise((done) => entry.file(done, () => done(null)));
    if (file) found.push({ blob: file, name: entry.fullPath.replace(/^\//, "") });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done) => reader.readEntries(done, () => done([])));
    if (!some.length) return;
    for (const one of some) await gathered(one, found);
  }
}

function takesFiles() {
  for (const id of ["files", "folder"]) {
    $(id).addEventListener("change", ({ target }) => {
      const files = [...target.files].map(named);
      target.value = "";
      takeIn(files);
    });
  }
  $("folder").closest("label").hidden = !("webkitdirectory" in $("folder")); // as on some phones
  const drags = (is) => () => $("intake").classList.toggle("over", is);
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("dragenter", drags(true));
  element.addEventListener("dragleave", (event) => element.contains(event.relatedTarget) || drags(false)());
  element.addEventListener("drop", async (event) => {
    event.preventDefault();
    drags(false)();
    takeIn(await dropped(event.dataTransfer));
  });
}

// The visitor's picture: from a file, a drop, the clipboard or the camera.

const LARGE = 1.5 * 1024 ** 2;
const SIDE = 2048;

/** A picture by its blob, the visitor's unless more is known; a photo is made smaller before it travels, nothing shows more than that. */
async function pictureOf(blob, name, shows) {
  const small = blob.size > LARGE ? await shrunk(blob, SIDE, "image/jpeg", 0.9).catch(() => blob) : blob;
  const sent = small.size < blob.size ? small : blob;
  return { blob: sent, name: name || "picture", src: URL.createObjectURL(sent), path: "", shows };
}

/** A picture that the server keeps, drawn from these words. */
const serversPicture = (src, name = "picture.png", shows = null) => ({ src, name, shows, path: decodeURI(src.split("file=")[1] ?? ""), blob: null });

/** The same picture with an address of its own, which lasts when the other's is given back. */
const ownCopy = (picture) => ({ ...picture, ...(picture.blob && { src: URL.createObjectURL(picture.blob) }) });

/** What a picture's place says to who doesn't see it. */
const altOf = (picture) => picture?.shows ?? text("app.your_picture");

/** The picture's path on the server, where it is brought if it isn't there. */
async function pathOf(picture, anew = false) {
  if (anew || !picture.path) {
    picture.blob ??= await (await fetch(picture.src)).blob();
    picture.path = await sendFile(picture.blob, picture.name);
  }
  return picture.path;
}

/** Ask for something that needs the picture; the server may have cleaned it away since. */
async function askWith(picture, event, values, told) {
  if (!picture) return ask(event, [null, ...values], told);
  try {
    const answer = await ask(event, [await pathOf(picture), ...values], told);
    const isGone = answer.problem?.key === "problem.picture_gone" && picture.blob;
    return isGone ? await ask(event, [await pathOf(picture, true), ...values], told) : answer;
  } catch (problem) {
    return { state: "failed", problem: problem.key ? problem : text("page.upload_failed"), instead: false };
  }
}

/** Attach a picture, or none. */
function attach(picture) {
  if (page.picture?.src.startsWith("blob:") && page.result?.picture !== page.picture) URL.revokeObjectURL(page.picture.src);
  page.picture = picture;
  $("attached").hidden = !picture;
  $("attached-picture").src = picture?.src ?? "data:,";
  put($("attached-picture"), altOf(picture), "alt");
  $("draw-from").hidden = !picture;
  for (const attribute of ["placeholder", "aria-label"]) put($("prompt"), text(picture ? "app.write_from" : "app.write"), attribute);
  $("add-source").hidden = true;
  optionsChanged();
}

/** A picture came in: it is described at once, as the words say that were waiting for it. */
async function takeIn(blob, name, shows) {
  if (page.run) return;
  if (page.mode !== "describe") compose("");
  attach(await pictureOf(blob, name, shows));
  await describeInWords();
}

function takesPictures() {
  $("upload").addEventListener("change", ({ target }) => {
    const [file] = target.files;
    target.value = "";
    if (file) takeIn(file, file.name);
  });
  $("detach").addEventListener("click", () => {
    if (page.run) return;
    if (page.result?.kind === "describe" && page.result.picture === page.picture) clearStage();
    attach(null);
    $("prompt").focus();
  });
  element.addEventListener("dragover", (event) => event.preventDefault());
  element.addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) takeIn(file, file.name);
  });
  document.addEventListener("paste", ({ clipboardData, target }) => {
    const file = [...clipboardData.files].find((one) => one.type.startsWith("image/"));
    if (file && (element.contains(target) || target === document.body)) takeIn(file, file.name);
  });
  $("paste").addEventListener("click", pasted);
  $("camera").addEventListener("click", photographed);
}

async function pasted() {
  if (page.run) return;
  try {
    for (const item of await navigator.clipboard.read()) {
      const type = item.types.find((one) => one.startsWith("image/"));
      if (type) return await takeIn(await item.getType(type), "pasted");
    }
    fail(text("page.no_picture_to_paste"));
  } catch {
    fail(text("page.no_clipboard"));
  }
}

async function photographed() {
  if (page.run) return;
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    return fail(text("page.no_camera"));
  }
  const viewfinder = $("viewfinder");
  viewfinder.srcObject = stream;
  $("shutter").showModal();
  $("unshoot").onclick = () => $("shutter").close();
  $("shoot").onclick = () => {
    const photo = make("canvas", { width: viewfinder.videoWidth, height: viewfinder.videoHeight });
    photo.getContext("2d").drawImage(viewfinder, 0, 0);
    $("shutter").close();
    photo.toBlob((blob) => blob && takeIn(blob, "photo.jpg"), "image/jpeg", 0.9);
  };
  $("shutter").onclose = () => stream.getTracks().forEach((track) => track.stop());
}

() => {
  // Gradio's example pictures are buttons without a name: give each its file's, for screen readers.
  const name = () => {
    for (const picture of document.querySelectorAll("button.gallery-item:not([aria-label]) img")) {
      const file = new URL(picture.src, location.href).pathname.split("/").pop();
      picture.closest("button").setAttribute("aria-label", file.replace(/\.\w+$/, "").replace(/-/g, " "));
    }
  };
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  name();
}

"""Where things are on a page: in the view, under the focus, under a finger."""

TOLERANCE = 1
"""CSS pixels: browsers round."""

FINGER = 44
"""CSS pixels that a target has at least, either way: WCAG 2.2, target size (enhanced)."""

INTERACTIVE = (
    "a[href], button, input:not([type=hidden]), select, textarea, summary, "
    "[role=button], [role=checkbox], [role=link], [role=menuitem], [role=option], "
    "[role=radio], [role=slider], [role=switch], [role=tab]"
)

SEEN = """(element) => new Promise((done) => {
    const watch = new IntersectionObserver(([{boundingClientRect, intersectionRect}]) => {
        watch.disconnect()
        done({
            box: boundingClientRect.toJSON(),
            seen: intersectionRect.toJSON(),
            view: [document.documentElement.clientWidth, innerHeight],
        })
    })
    watch.observe(element)
})"""
"""An element's box, and what of it neither the view nor a scrolling part cuts off."""

TOO_SMALL = """([parts, finger, interactive]) => {
    const inText = (element) => element.localName === "a"
        && getComputedStyle(element).display === "inline"
        && element.textContent.trim() !== element.parentElement.textContent.trim()
    const size = (element) => {
        const isLabelled = ["checkbox", "file", "radio"].includes(element.type)
        const boxes = [element, ...(isLabelled ? element.labels : [])]
            .map((part) => part.getBoundingClientRect()).filter((box) => box.width && box.height)
        const length = (from, to) => Math.round(
            Math.max(...boxes.map((box) => box[to])) - Math.min(...boxes.map((box) => box[from])))
        return boxes.length ? [length("left", "right"), length("top", "bottom")] : [0, 0]
    }
    const label = (element) =>
        [element.ariaLabel, element.labels?.[0]?.innerText, element.innerText, element.title,
            element.querySelector("img")?.alt, element.id, element.localName]
            .find((name) => name?.trim()).trim()
    return [...new Set(parts.flatMap((part) => [
        ...(part.matches(interactive) ? [part] : []), ...part.querySelectorAll(interactive),
    ]))]
        .filter((element) => element.checkVisibility({visibilityProperty: true}))
        .filter((element) => !inText(element))
        .map((element) => [label(element), ...size(element)])
        .filter(([, width, height]) => width < finger || height < finger)
}"""


def inside(page, selector):
    """Whether an element is in the view, without scrolling.

    What is taller than the view is when its beginning is and fills half of the view, or half of it.
    """
    found = page.locator(selector).evaluate(SEEN)
    box, seen, (width, height) = found["box"], found["seen"], found["view"]
    if not box["width"] or not box["height"]:
        return False
    begins = all(abs(seen[side] - box[side]) <= TOLERANCE for side in ("left", "top"))
    across = min(box["width"], width) - seen["width"] <= TOLERANCE
    if box["height"] <= height + TOLERANCE:
        return begins and across and box["height"] - seen["height"] <= TOLERANCE
    return begins and across and seen["height"] >= min(box["height"], height) / 2


def focus(page):
    """What has the focus, as it is read out: `button "Draw"`; "BODY" where nothing has it."""
    if page.evaluate("[document.body, null].includes(document.activeElement)"):
        return "BODY"
    focused = page.locator(":focus").last
    said = focused.aria_snapshot().partition("\n")[0].removeprefix("- ").removesuffix(":")
    called = focused.evaluate("(e) => e.localName + (e.id && '#' + e.id)")
    return f"{called}: {said}" if said else called


def targets(page, selector="body"):
    """What is too small for a finger in a part of the page, a line each: `Draw: 60 x 30`.

    A checkbox, a radio or a file's input is as large as it is with its label; links within a
    sentence are left out, as WCAG does.
    """
    parts = page.locator(selector).element_handles()
    small = page.evaluate(TOO_SMALL, [parts, FINGER, INTERACTIVE])
    return [f"{label}: {width} x {height}" for label, width, height in small]

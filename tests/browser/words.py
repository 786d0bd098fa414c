"""What a page says in English, to whoever sees it or hears it."""

import re

WORD = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")

SAID = """() => {
    const ATTRIBUTES = [
        "aria-description", "aria-label", "aria-placeholder", "aria-roledescription",
        "aria-valuetext", "alt", "label", "placeholder", "title",
    ]
    const BUTTONS = ["button", "reset", "submit"]
    const said = [["title", document.title]]
    const isBoxless = (element) => getComputedStyle(element).display === "contents"
    const shows = (element) => isBoxless(element) && element.parentElement
        ? shows(element.parentElement)
        : (element.closest("select") ?? element).checkVisibility({visibilityProperty: true})
    const hear = (element, where) => {
        for (const name of ATTRIBUTES) said.push([`${where}[${name}]`, element.getAttribute(name)])
        if (BUTTONS.includes(element.type)) said.push([where, element.value])
        for (const part of ["::before", "::after"]) {
            const {content} = getComputedStyle(element, part)
            if (content.startsWith('"')) said.push([where + part, content.slice(1, -1)])
        }
    }
    const look = (node) => {
        if (node.nodeType === Node.TEXT_NODE) {
            const parent = node.parentElement ?? node.getRootNode().host
            if (parent.localName !== "textarea") said.push([parent.localName, node.data])
            return
        }
        if (node.nodeType === Node.ELEMENT_NODE) {
            if (["script", "style", "noscript", "template"].includes(node.localName)) return
            const isGone = getComputedStyle(node).display === "none" && !node.closest("select")
            if (isGone) return
            if (shows(node)) hear(node, node.localName)
            if (node.shadowRoot) look(node.shadowRoot)
        }
        for (const child of node.childNodes) {
            if (child.nodeType !== Node.TEXT_NODE || node.host || shows(node)) look(child)
        }
    }
    look(document.body)
    return said.filter(([, text]) => text?.trim())
}"""
"""All text, names and hints that are on show, in shadow roots too, but for what is written in
fields: that is the visitor's."""


def english_words(page, names=()):
    """What holds Latin words of two letters or more, a line each: where, and the text.

    Args:
        page: The page, as it is now.
        names: What is called so in every language: "Describe & Draw", "API".
    """
    known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    said = {(where, " ".join(text.split())) for where, text in page.evaluate(SAID)}
    return sorted(f"{where}: {text}" for where, text in said if WORD.search(_without(known, text)))


def _without(known, text):
    return re.sub(rf"(?<![A-Za-z])(?:{known})(?![A-Za-z])", " ", text) if known else text

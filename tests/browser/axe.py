"""What axe-core finds at fault on a page."""

GRADIOS_OWN = {
    "image-redundant-alt": "footer img",  # its logo beside "Settings" is called that too
    "label-content-name-mismatch": "button[aria-dropeffect]",  # an upload has a name of its own
    "aria-prohibited-attr": "div[aria-label='Empty value']",  # a picture that isn't there yet
}
"""Findings in Gradio's own parts, which no app can mend: the rule, and where it is broken."""

RUN = """async (ownFaults) => {
    const found = await axe.run(document, {resultTypes: ["violations"], elementRef: true})
    const isGradios = (rule, node) => rule in ownFaults && node.element?.matches(ownFaults[rule])
    return found.violations.flatMap(({id, nodes}) => nodes
        .filter((node) => !isGradios(id, node))
        .map((node) => [id, node.target.flat().join(" > "), node.failureSummary]))
}"""


def violations(page, script):
    """What is at fault, a line each: the rule, where, and what to do.

    Args:
        page: The page, as it is now.
        script: axe-core, as the fixture `violations` has it from npm.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(script)
    return [
        f"{rule}: {where}: {' '.join(summary.split())}"
        for rule, where, summary in page.evaluate(RUN, GRADIOS_OWN)
    ]

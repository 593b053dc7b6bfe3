"""What is looked for on a page? Scripts that give what is wrong with it.

`violations` gives what axe-core has against it.
"""

# Without `preload` axe asks for no style sheet again: no rule of these needs it.
AXE = """axe.run(document, {preload: false, resultTypes: ['violations'], runOnly: [
    'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"""

SIDEWAYS = """() => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const over = [...document.querySelectorAll('body *')].filter(
        (one) => one.getBoundingClientRect().right > page.clientWidth + 1);
    return over.slice(-3).map((one) => one.outerHTML.slice(0, 120));
}"""
STRUCTURE = """(language) => {
    const faults = [];
    if (document.querySelectorAll('h1').length !== 1) faults.push('h1');
    if (document.documentElement.lang !== language) faults.push('lang');
    if (document.title.length < 8) faults.push('title');
    if (!document.querySelector('main')) faults.push('main');
    return faults;
}"""
ERRORS = """() => {
    const summary = document.querySelector('.nhsuk-error-summary');
    const faults = [];
    if (!document.title.startsWith('Error')) faults.push('title');
    for (const link of summary.querySelectorAll('a')) {
        const target = document.getElementById(link.hash.slice(1));
        if (!target) faults.push('leads nowhere: ' + link.getAttribute('href'));
        else if (!target.matches('input, textarea, select, button, [tabindex="-1"]'))
            faults.push('no control: ' + link.getAttribute('href'));
    }
    return faults;
}"""


def violations(page, axe):
    """Run the source of axe-core on the page; give what it has against it."""
    if page.evaluate("!window.axe"):
        page.evaluate(axe)
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in page.evaluate(AXE)["violations"]
        for node in one["nodes"]
    ]


def at_widths(page, widths, then=lambda _width: ()):
    """Give what scrolls sideways at each width, and with text of twice the size.

    `then(width)` gives what else is wrong there. Afterwards the page is as it was.
    """
    size, found = page.viewport_size, []
    for width in widths:
        page.set_viewport_size({"width": width, "height": size["height"]})
        found += [f"sideways at {width}: {one}" for one in page.evaluate(SIDEWAYS)]
        found += [f"at {width}: {one}" for one in then(width)]
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.set_viewport_size({"width": 640, "height": size["height"]})
    found += [f"sideways at 200 %: {one}" for one in page.evaluate(SIDEWAYS)]
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size(size)
    return found

"""Checks the pages of this repository: their links, and that docs/CONFIGURATION.md names every setting.

usage: scripts/linting/docs.py

A link to a file must lead to a file of this repository, and its `#anchor` to a heading of that page. Links to other
sites are not followed: the check needs no network.
"""

import pathlib
import re
import sys

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
SETTING = re.compile(r'"((?:FLUENCE|LOG|OKAI|PUBLIC|SUI|TELEGRAM|WALRUS|WEBHOOK)_[A-Z_]+)"')
PAGES = ["*.md", "docs/**/*.md", "deploy/*.md", "image/**/*.md"]
CONFIGURATION = pathlib.Path("docs/CONFIGURATION.md")


def main():
    pages = [page for place in PAGES for page in sorted(pathlib.Path().glob(place))]
    problems = [problem for page in pages for problem in broken_links(page)] + list(missing_settings())
    for problem in problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if problems else 0)


def broken_links(page):
    for match in LINK.finditer(without_code(page.read_text())):
        link = match.group(1) or match.group(2)
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        if not target.exists():
            yield f"{page}: {link} leads to no file"
        elif anchor and anchor not in anchors(target):
            yield f"{page}: {target} has no heading #{anchor}"


def without_code(text):
    """The text without blocks between ``` lines, and without `code`."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))


def anchors(page):
    """The anchors that GitHub makes of a page's headings."""
    text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.*)$", text, flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def missing_settings():
    """Settings that the bot reads and docs/CONFIGURATION.md does not name."""
    read = {name for file in pathlib.Path("Sources/OKAIBot").rglob("*.swift") for name in SETTING.findall(file.read_text())}
    if not read:
        yield "no setting found in Sources/OKAIBot: if their table has moved, mend scripts/linting/docs.py"
    named = set(re.findall(r"`([A-Z]+_[A-Z_]+)`", CONFIGURATION.read_text()))
    for name in sorted(read - named):
        yield f"{CONFIGURATION}: the setting {name} is missing"


main()

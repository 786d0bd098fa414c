"""What the page's HTML says to those who show a link to it, and how it travels."""

import io
from html.parser import HTMLParser

import httpx
import pytest
from PIL import Image

from describe_draw.texts import catalog

NEEDED = {"title", "description", "image", "image:alt"}
"""What X's cards and the Open Graph protocol (https://ogp.me) show, all but the address."""


class Head(HTMLParser):
    """The `meta` tags of a page, its title and language."""

    def __init__(self, html):
        super().__init__()
        self.meta, self.title, self.language, self._inside = [], "", "", ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._inside, attributes = tag, dict(attrs)
        if tag == "html":
            self.language = attributes["lang"]
        if tag == "meta" and "content" in attributes:
            name = attributes.get("property") or attributes.get("name")
            self.meta.append((name, attributes["content"]))

    def handle_data(self, data):
        if self._inside == "title":
            self.title += data.strip()


def opened(url, path="/", **headers):
    return Head(httpx.get(f"{url}{path}", headers=headers).raise_for_status().text)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_link_shows_the_apps_own_title_text_and_picture(app, language):
    head, said = opened(app.url, **{"accept-language": language}), catalog(language)
    told = dict(head.meta)
    previews = [name for name, _ in head.meta if name and name.startswith(("og:", "twitter:"))]
    assert len(previews) == len(set(previews))
    assert head.language == language
    for site in ("og", "twitter"):
        assert told.keys() >= {f"{site}:{name}" for name in NEEDED}
        assert told[f"{site}:title"] == head.title == said["preview.title"]
        assert told[f"{site}:description"] == told["description"] == said["preview.description"]
    assert told["twitter:card"] == "summary_large_image"
    assert "radio" not in " ".join(told.values())


def test_the_page_of_many_pictures_has_a_title_and_an_address_of_its_own(app):
    head, said = opened(app.url, "/many"), catalog("en")
    told = dict(head.meta)
    assert told["og:title"] == head.title == said["many.tab"]
    assert told["description"] == said["many.lead"]
    assert told["og:url"] == f"{app.url}/many"


def test_the_picture_is_where_it_is_said_to_be(app):
    told = dict(opened(app.url).meta)
    answer = httpx.get(told["og:image"])
    with Image.open(io.BytesIO(answer.content)) as picture:
        assert picture.size == (1200, 630)  # X's and Facebook's shape of a large picture, 1.91:1
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert len(answer.content) < 150_000


def test_behind_a_proxy_addresses_are_those_by_which_visitors_come(app):
    proxied = {"x-forwarded-host": "owner-name.hf.space", "x-forwarded-proto": "https"}
    told = dict(opened(app.url, "/?prompt=a%20cat", **proxied).meta)
    assert told["og:image"].startswith("https://owner-name.hf.space/page/card.jpg")
    assert told["og:url"] == "https://owner-name.hf.space/?prompt=a%20cat"


def test_an_address_writes_nothing_into_the_page(app):
    html = httpx.get(f'{app.url}/?prompt="><script>alert(1)</script>').text
    assert "alert(1)" in html  # in the address of the page, which is told to whoever shows a link
    assert "<script>alert" not in html
    assert '"><script>' not in html


def test_it_has_a_colour_for_light_and_for_dark(app):
    html = httpx.get(app.url).text
    for scheme in ("light", "dark"):
        assert f'name="theme-color" media="(prefers-color-scheme: {scheme})" content="#' in html


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/info", "/theme.css"])
def test_texts_are_compressed(app, path):
    plain = httpx.get(f"{app.url}{path}", headers={"accept-encoding": "identity"})
    small = httpx.get(f"{app.url}{path}", headers={"accept-encoding": "gzip"})
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(plain.content) / 3
    assert len(small.content) == len(plain.content)


def test_pictures_are_not(app):
    answer = httpx.get(f"{app.url}/page/card.jpg", headers={"accept-encoding": "br, gzip"})
    assert "content-encoding" not in answer.headers


def test_what_a_page_is_told_arrives_at_once(app):
    """Gradio's heartbeat says that it is there, and never ends."""
    headers = {"accept-encoding": "br, gzip"}
    url = f"{app.url}/gradio_api/heartbeat/compressed"
    with httpx.stream("GET", url, headers=headers, timeout=30) as answer:
        assert "content-encoding" not in answer.headers
        assert next(answer.iter_lines()) == "data: ALIVE"

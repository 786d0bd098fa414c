import os
import time

import pytest

from describe_draw import store as stores
from describe_draw.store import AWAY, Store, page


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "files")


@pytest.fixture
def later(monkeypatch):
    """Lets pages have been closed for so many seconds."""
    now = time.monotonic()

    def jump(seconds):
        nonlocal now
        now += seconds

    monkeypatch.setattr(time, "monotonic", lambda: now)
    return jump


def written(store, of=""):
    """A file that was made for a page."""
    token = page.set(of)
    path = store.new() / "picture.png"
    page.reset(token)
    path.write_bytes(b"picture")
    return path


def used(store, path, by):
    token = page.set(by)
    found = store.held(str(path))
    page.reset(token)
    return found


def test_what_a_page_made_goes_after_it_was_closed(store, later):
    mine, others = written(store, "a"), written(store, "b")
    store.closed("a")
    later(AWAY / 2)
    store.sweep()
    assert mine.exists()
    later(AWAY / 2)
    store.sweep()
    assert not mine.parent.exists()
    assert others.exists()


def test_a_page_that_comes_back_has_its_files(store, later):
    mine = written(store, "a")
    store.closed("a")
    later(AWAY - 1)
    store.opened("a")
    later(AWAY)
    store.sweep()
    assert mine.exists()


@pytest.mark.parametrize("folder", ["", "0"])  # several that came at once have one each
def test_an_upload_is_of_the_page_that_uses_it_first(store, later, folder):
    upload = written(store)
    (upload.parent / folder).mkdir(exist_ok=True)
    upload = upload.rename(upload.parent / folder / upload.name)
    assert used(store, upload, by="a") == used(store, upload, by="b") == upload
    store.closed("b")
    later(AWAY)
    store.sweep()
    assert upload.exists()
    store.closed("a")
    later(AWAY)
    store.sweep()
    assert not upload.exists()
    assert used(store, upload, by="a") is None


def test_what_programs_make_stays_its_hour(store, later):
    drawn = written(store)
    store.closed("")
    later(AWAY)
    store.sweep()
    assert drawn.exists()
    store.sweep(age=-1)
    assert not drawn.exists()


def test_a_file_is_as_old_as_its_last_use(store, monkeypatch):
    monkeypatch.setattr(stores, "_age", lambda path: (time.time() - path.stat().st_mtime, 1))
    idle, in_use, game = written(store), written(store), written(store)
    for path in (idle, in_use, game):
        os.utime(path, (1, 1))
    store.held(str(in_use))
    store.use([game, game.with_name("gone.png")])
    store.sweep()
    assert [path.exists() for path in (idle, in_use, game)] == [False, True, True]


def test_nothing_is_remembered_of_what_is_gone(store, later):
    for number in range(5):
        written(store, f"page {number}").unlink()
    for folder in store.root.iterdir():
        folder.rmdir()
    store.closed("page 1")
    store.closed("a page without files")
    store.sweep()
    later(AWAY)
    store.sweep()
    assert store._owners == store._closed == store._folders == {}


def test_what_is_to_outlive_its_page_stays_its_hour(store, later):
    path, other = written(store, "mine"), written(store, "mine")
    store.outlive([path])
    assert used(store, path, "another") == path  # which doesn't take it over
    for session in ("mine", "another"):
        store.closed(session)
    later(2 * AWAY)
    store.sweep()
    assert path.exists()
    assert not other.exists()

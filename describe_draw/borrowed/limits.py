"""What `limits` remembers of visitors: nothing of those whose time is over."""

from limits.storage import MemoryStorage


class Storage(MemoryStorage):
    """Counts in memory, where the library keeps an empty list of everybody who ever came."""

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        for idle in [key for key, entries in list(self.events.items()) if not entries]:
            self.events.pop(idle, None)
        return super().acquire_entry(key, limit, expiry, amount)

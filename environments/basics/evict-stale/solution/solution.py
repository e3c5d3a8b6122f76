def evict(cache: dict[str, list], now: int) -> list[str]:
    """Remove the stale entries from the cache and return their keys, earliest first."""
    stale = []
    for key, (_, stored_at, ttl) in cache.items():
        if ttl is not None and now - stored_at >= ttl:
            stale.append((stored_at, key))
    keys = [key for _, key in sorted(stale)]
    for key in keys:
        del cache[key]
    return keys

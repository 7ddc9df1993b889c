"""Tells an IP address of the public internet from one inside somebody's network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

__all__ = ["is_public"]

_GLOBAL_UNICAST = IPv6Network("2000::/3")
# What the standard library takes for public all the same: kept for protocols (RFC 6890), for the
# old way of IPv6 over IPv4 (RFC 7526), for documentation (RFC 9637), and what clouds tell their own
# machines about themselves (the first, and Azure's one address).
_KEPT = tuple(
    ip_network(network)
    for network in ("192.0.0.0/24", "168.63.129.16/32", "192.88.99.0/24", "3fff::/20")
)


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet, also the one inside another."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        teredo = found.teredo[1] if found.teredo else None
        inside = found.ipv4_mapped or found.sixtofour or teredo
        if inside is not None:
            return is_public(str(inside))
        # 64:ff9b::/96 leads to the IPv4 address at its end (RFC 6052).
        if found.packed[:12] == bytes.fromhex("0064ff9b0000000000000000"):
            return is_public(str(IPv4Address(found.packed[12:])))
        # Nothing else is given out for the public internet; other ways to write an IPv4 address
        # into an IPv6 one, and the site's own networks, are outside it.
        if found not in _GLOBAL_UNICAST:
            return False
    kept = any(found in network for network in _KEPT)
    return found.is_global and not found.is_multicast and not kept

"""Clusters: what hangs together by links, whatever the order of the links."""

from collections.abc import Iterable


def clusters(links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected components of a graph, each sorted, in the order of their smallest members.

    Disjoint sets with path halving (Tarjan & van Leeuwen, 1984); the smaller number is always the root, so that a
    component's root is its leader. Takes memory for the linked members only.

    Args:
        links: pairs of document numbers (or any other numbers) that belong together.
    """
    parent: dict[int, int] = {}

    def root(member: int) -> int:
        parent.setdefault(member, member)
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for one, other in links:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    members: dict[int, list[int]] = {}
    for member in sorted(parent):
        members.setdefault(root(member), []).append(member)
    return list(members.values())

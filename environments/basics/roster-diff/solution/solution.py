Roster = dict[int, tuple[str, str | None]]


def compare_rosters(before: Roster, after: Roster) -> dict:
    """Return who joined, who left, and who moved from which team to which."""
    moved = {}
    for badge in before.keys() & after.keys():
        old_team, new_team = before[badge][1], after[badge][1]
        if old_team != new_team:
            moved[badge] = (old_team, new_team)
    return {
        "joined": after.keys() - before.keys(),
        "left": before.keys() - after.keys(),
        "moved": moved,
    }

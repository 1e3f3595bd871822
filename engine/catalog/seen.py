"""The ids of the rows so far; in a temporary file, for there may be millions."""

import sqlite3


class SeenIds:
    """Remembers ids and the lines that they stood in, in little memory."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("CREATE TABLE ids (id TEXT PRIMARY KEY, line) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def add(self, key: str, line: int) -> int | None:
        """Note an id; return the line of one that was noted before."""
        added = self._database.execute("INSERT OR IGNORE INTO ids VALUES (?, ?)", (key, line))
        if added.rowcount:
            return None
        row = self._database.execute("SELECT line FROM ids WHERE id = ?", (key,)).fetchone()
        return int(row[0])

    def close(self) -> None:
        """Remove the temporary file."""
        self._database.close()

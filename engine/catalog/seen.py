"""The ids of the rows so far; in a temporary file, for there may be millions."""

import sqlite3


class SeenIds:
    """Remembers ids and the lines that they stood in, in little memory."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("CREATE TABLE ids (id TEXT PRIMARY KEY, line, is_bad) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def add(self, key: str, line: int) -> int | None:
        """Note an id; return the line of one that was noted before."""
        added = self._database.execute("INSERT OR IGNORE INTO ids VALUES (?, ?, 0)", (key, line))
        if added.rowcount:
            return None
        row = self._database.execute("SELECT line FROM ids WHERE id = ?", (key,)).fetchone()
        return int(row[0])

    def mark_bad(self, key: str) -> None:
        """Note that the row of this id cannot be used for another reason."""
        self._database.execute("UPDATE ids SET is_bad = 1 WHERE id = ?", (key,))

    def is_bad(self, key: str) -> bool:
        """Tell whether the row that first had this id was marked as bad."""
        row = self._database.execute("SELECT is_bad FROM ids WHERE id = ?", (key,)).fetchone()
        return bool(row and row[0])

    def close(self) -> None:
        """Remove the temporary file."""
        self._database.close()

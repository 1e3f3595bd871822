"""Dumps of Open Food Facts and of its sisters for beauty, pets and other products.

The layout is that of `data-fields.txt` and `docs/api/how-to-download-images.md` in the repository
openfoodfacts/openfoodfacts-server. The data are under the ODbL 1.0, the pictures under CC BY-SA.
Both files of a day are read as they are: JSON Lines with all that is known, and a CSV that is
separated by tabs and lacks languages, pictures and scans.
"""

from engine.catalog.openfoodfacts.dump import Dump

__all__ = ["Dump"]

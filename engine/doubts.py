"""What a curator should look at: packs that contradict their claims, and sources that disagree.

The words of every reference picture are kept. Heard like those of a crop they point to countries;
where these are others than the claimed ones, the claim is wrong or the picture shows another pack.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from engine.catalog.contradictions import contradictions
from engine.catalog.models import Product, ReferenceImage
from engine.catalog.store import CatalogStore
from engine.embed.text.stored import unpack_words
from engine.embed.text.words import Word
from engine.markets.judge import CountryJudge
from engine.markets.printed import PrintedCountries, printed_countries


@dataclass(frozen=True)
class Doubt:
    """A reason to look at a product, in a sentence."""

    product: str
    name: str
    reason: str
    image: str = ""
    """SHA-256 of the picture that it is about; empty where it is about the product."""
    filename: str = ""
    """The name that the picture came with."""


class PackReader:
    """Tells what the packs on reference pictures say of countries; safe to call from threads."""

    def __init__(self, judge: CountryJudge, details_version: str | None) -> None:
        """Take who judges, and which extractor's words to read: None if none were kept."""
        self._judge = judge
        self._version = details_version

    def of_image(self, session: Session, key: str, sha256: str) -> PrintedCountries:
        """Return what is printed on one picture of a product.

        Raises
        ------
        NotFoundError
            If the product has no such picture.
        """
        image = CatalogStore(session).image(key, sha256)
        return self._printed(session, image, self._words(session, [image]).get(image.id, []))

    def count_unread(self, session: Session) -> int:
        """Count the pictures whose words were never read, or by an older reader."""
        total = CatalogStore(session).count_images()
        if self._version is None:
            return total
        return total - len(CatalogStore(session).detailed_images(self._version))

    def doubts(self, session: Session) -> Iterator[list[Doubt]]:
        """Yield what there is to doubt about each product, in the order of the catalog."""
        for product in CatalogStore(session).all_products():
            yield [*_of_sources(product), *self._of_packs(session, product)]

    def _of_packs(self, session: Session, product: Product) -> Iterator[Doubt]:
        words = self._words(session, product.images) if product.market_claims else {}
        for image in product.images:
            if image.id in words:
                reason = self._printed(session, image, words[image.id]).doubt
                if reason:
                    yield Doubt(product.key, product.name, reason, image.sha256, image.filename)

    def _printed(
        self, session: Session, image: ReferenceImage, words: list[Word]
    ) -> PrintedCountries:
        claimed = {claim.value for claim in image.market_claims}
        return printed_countries(self._judge.judge_pack(session, words), claimed)

    def _words(self, session: Session, images: list[ReferenceImage]) -> dict[int, list[Word]]:
        if self._version is None:
            return {}
        rows = CatalogStore(session).details_of([image.id for image in images], self._version)
        return {number: unpack_words(row.words) for number, row in rows.items()}


def _of_sources(product: Product) -> Iterator[Doubt]:
    for each in contradictions(product.claims):
        reason = f"Sources disagree on its {each.kind.value}: {each.detail}."
        yield Doubt(product.key, product.name, reason)

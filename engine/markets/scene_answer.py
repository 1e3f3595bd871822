"""The joint answer for a scene, in the words of the answer."""

from collections.abc import Sequence

from engine.markets.answer import market_list, region_list, rounded_verdict
from engine.markets.countries import country_name
from engine.markets.prior import CountryPrior
from engine.markets.results import Scene, SceneObjectRole
from engine.markets.scenes import ObjectRole, SceneObject, scene_posterior
from engine.markets.verdicts import verdict_of

TELLING = 0.05
"""An object without which the answer moves less than this carries no weight."""


def scene_answer(objects: Sequence[SceneObject], prior: CountryPrior) -> Scene:
    """Return what the objects of a scene say of countries together."""
    found = scene_posterior(objects, prior)
    markets, undetermined = market_list(found.posterior)
    return Scene(
        markets=markets,
        undetermined=undetermined,
        regions=region_list(found.posterior),
        verdict=rounded_verdict(verdict_of(found.posterior, [], found.testimony)),
        objects=[
            _role(place, each, role)
            for place, (each, role) in enumerate(zip(objects, found.roles, strict=True))
        ],
    )


def _role(place: int, each: SceneObject, role: ObjectRole) -> SceneObjectRole:
    order = sorted(each.countries, key=lambda country: (-each.countries[country], country))
    return SceneObjectRole(
        index=place,
        name=each.name,
        countries=order[:3],
        undetermined=round(max(1 - sum(each.countries.values()), 0.0), 6),
        weight=round(role.weight, 6),
        agreement=round(role.agreement, 6),
        disagrees=role.disagrees,
        sentence=_sentence(order, role),
    )


def _sentence(order: Sequence[str], role: ObjectRole) -> str:
    if not order:
        return "Says nothing of countries."
    said = country_name(order[0])
    if role.disagrees:
        return f"Disagrees: it points to {said}, the others elsewhere."
    if role.weight < TELLING:
        return f"Points to {said}; without it the answer would be the same."
    return (
        f"Carries weight: without it {role.weight:.0%} of the answer would lie elsewhere.".replace(
            "%", " %"
        )
    )

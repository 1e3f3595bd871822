"""The catalog that is written."""

from engine.catalog.demo import generate


def test_the_same_seed_writes_the_same_bytes(tmp_path):
    for name in ("first", "second"):
        generate(tmp_path / name, products=8, crops=4, seed=3)

    files = sorted(path for path in (tmp_path / "first").rglob("*") if path.is_file())
    assert files
    for path in files:
        assert (
            path.read_bytes()
            == (tmp_path / "second" / path.relative_to(tmp_path / "first")).read_bytes()
        )

from engine.markets.coverage import table_countries


def test_every_country_that_a_table_of_clues_names_is_reckoned_with():
    found = table_countries()

    assert {"SE", "DK", "NO", "FI", "DE", "BR", "JP"} <= found
    assert all(len(code) == 2 and code.isupper() for code in found)
    assert "UK" not in found

from engine.api import server
from engine.markets.clues import countries_named


def test_the_tables_of_clues_are_read_before_the_service_is_ready(engine, monkeypatch):
    countries_named._names.cache_clear()
    read = []

    def serve(_app, _host, port, on_ready):
        read.append(countries_named._names.cache_info().currsize)
        on_ready(f"http://127.0.0.1:{port}")

    monkeypatch.setattr(server, "serve", serve)

    printed = engine("serve", "--port", 8123)

    assert printed.exit_code == 0, printed.output
    assert printed.stdout == "http://127.0.0.1:8123\n"
    assert read == [1]

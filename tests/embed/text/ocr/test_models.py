import pytest

from engine.embed.text.ocr.models import ModelFile, detector_file, recogniser_file
from engine.errors import ModelError


def test_the_models_are_those_that_were_measured():
    assert len(detector_file().read()) == 4_745_517
    assert len(recogniser_file().read()) == 21_234_383


def test_another_model_is_refused(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"another")

    with pytest.raises(ModelError, match="not 000000000000"):
        ModelFile(tmp_path / "model.onnx", "0" * 64).read()


def test_a_missing_model_is_named(tmp_path):
    with pytest.raises(ModelError, match=r"gone\.onnx cannot be read"):
        ModelFile(tmp_path / "gone.onnx", "0" * 64).read()


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr("engine.embed.text.ocr.models.find_spec", lambda name: None)

    with pytest.raises(ModelError, match="install the package rapidocr"):
        recogniser_file()

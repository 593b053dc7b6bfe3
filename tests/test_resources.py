"""Where does each kind of installation find its templates and questionnaires?"""

from screening import resources


def test_a_checkout_uses_the_folders_that_people_edit(tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "questionnaires").mkdir()
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "screening")

    found = (resources.templates_folder(), resources.questionnaires_folder())

    assert found == (tmp_path / "templates", tmp_path / "questionnaires")


def test_an_installed_wheel_uses_the_copies_it_carries(tmp_path, monkeypatch):
    package = tmp_path / "screening"
    monkeypatch.setattr(resources, "PACKAGE", package)

    found = (resources.templates_folder(), resources.questionnaires_folder())

    assert found == (
        package / "_data" / "templates",
        package / "_data" / "questionnaires",
    )


def test_a_neighbour_called_questionnaires_does_not_make_a_checkout(
    tmp_path, monkeypatch
):
    (tmp_path / "questionnaires").mkdir()
    package = tmp_path / "screening"
    monkeypatch.setattr(resources, "PACKAGE", package)

    found = resources.questionnaires_folder()

    assert found == package / "_data" / "questionnaires"

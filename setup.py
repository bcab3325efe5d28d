"""The one thing that pyproject.toml cannot say: `models/` beside the package is shipped inside it."""

from setuptools import find_namespace_packages, setup

setup(
    packages=[*find_namespace_packages(include=["analyzer*"]), "analyzer.models"],
    package_dir={"analyzer.models": "models"},
    package_data={"analyzer": ["py.typed", "data/**"], "analyzer.models": ["**"]},
)

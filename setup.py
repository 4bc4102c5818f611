"""What a wheel carries besides the package: sql/ and expectations/, which stand beside it in a checkout."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

PROJECT = Path(__file__).resolve().parent
BESIDE = ("sql", "expectations")


class WithModels(build_py):
    """Builds the package, and copies into it what an installed `gouji` builds a warehouse from."""

    def run(self) -> None:
        """An editable installation finds them in the checkout."""
        super().run()
        if not self.editable_mode:
            for name in BESIDE:
                shutil.copytree(PROJECT / name, Path(self.build_lib) / "pipelines" / name, dirs_exist_ok=True)


setup(cmdclass={"build_py": WithModels})

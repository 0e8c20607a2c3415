"""Where the user's copy of the sample centre and new centres live."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from wfm.publishing import make_folder
from wfm.workspace import Workspace

NAME_BYTES = 180
"""File systems take 255 bytes, copies and numbers beside the centre included."""


def sample_location(language: str) -> Path:
    """Return where this user's copy of the sample centre lives."""
    from platformdirs import user_data_path

    return user_data_path("toban", appauthor=False) / f"sample-{language}.toban"


def ensure_sample(path: Path, language: str, who: str) -> bool:
    """Create the sample centre at ``path`` unless it is there; return whether it was created."""
    if path.exists():
        return False
    make_folder(path.parent)
    # filled elsewhere first: a start that is interrupted leaves no half-made sample behind
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".sample-") as folder:
        whole = Path(folder) / path.name
        Workspace.create(str(whole), who, language=language, sample_as_of=date.today()).close()
        whole.replace(path)
    return True


def new_centre_location(name: str, folder: Path | None = None) -> Path:
    """Return a free path for a new centre of that name, in the user's documents."""
    from platformdirs import user_documents_path

    where = folder or user_documents_path()
    plain = "".join(sign if sign.isalnum() or sign in " -_" else "_" for sign in name).strip()
    plain = plain.encode()[:NAME_BYTES].decode(errors="ignore")
    path, count = where / f"{plain or 'centre'}.toban", 2
    while path.exists():
        path = where / f"{plain or 'centre'} {count}.toban"
        count += 1
    return path

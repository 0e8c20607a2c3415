"""One open centre and one user: the only objects of the domain that a front end receives.

:class:`Workspace` hands out one small object per area of work, each a thin door to the use cases
in :mod:`wfm.services`.
"""

from wfm.workspace.centre import Workspace, restore_centre

__all__ = ["Workspace", "restore_centre"]

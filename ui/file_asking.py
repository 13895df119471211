"""Asks for a file without holding anything up: alarms must be answered while such a question stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

PAPER_KINDS = ("PDF (*.pdf)", "Word (*.docx)", "Excel (*.xlsx)")
TABLE_KINDS = ("Excel (*.xlsx)", "CSV (*.csv)")
_ENDING = re.compile(r"\*\.(\w+)")


def ask_file_to_save(
    parent: QWidget, title: str, kinds: Sequence[str], name: str, then: Callable[[str], object]
) -> FileDialog:
    """name: the one proposed; it gets the ending of the chosen kind. `then` gets the path."""
    dialog = FileDialog(parent, title, kinds, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.follow_kind(kinds[0])
    dialog.selectFile(name)
    dialog.show()
    return dialog


def ask_file_to_open(
    parent: QWidget, title: str, kinds: Sequence[str], then: Callable[[str], object]
) -> FileDialog:
    """kinds: none for any file. `then` gets the path of one that exists."""
    dialog = FileDialog(parent, title, kinds, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.show()
    return dialog


def ask_folder(parent: QWidget, title: str, folder: Path, then: Callable[[str], object]) -> FileDialog:
    """folder: where the question begins. `then` gets the path of one that exists."""
    dialog = FileDialog(parent, title, (), then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setDirectory(str(folder))
    dialog.show()
    return dialog


class FileDialog(QFileDialog):
    """A window beside the others. Asked again by the same widget, the earlier question is gone."""

    def __init__(
        self, parent: QWidget, title: str, kinds: Sequence[str], then: Callable[[str], object]
    ) -> None:
        for earlier in parent.findChildren(QFileDialog, options=Qt.FindChildOption.FindDirectChildrenOnly):
            earlier.close()
        super().__init__(parent, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        if kinds:
            self.setNameFilters(list(kinds))
        self.filterSelected.connect(self.follow_kind)
        self.fileSelected.connect(then)

    def follow_kind(self, kind: str) -> None:
        """A name typed without an ending gets this kind's."""
        ending = _ENDING.search(kind)
        self.setDefaultSuffix(ending[1] if ending else "")

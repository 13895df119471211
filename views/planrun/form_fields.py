"""The lines of a step that is a form."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from services.domain.plan_steps import NO, YES, FieldKind, FormField
from ui.text.places import local_name_of


class FormFields(QWidget):
    """Kept while its step is shown, so that nothing typed is lost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, tuple[FormField, ...]] = ("", ())
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._lines: dict[str, QLineEdit | QComboBox] = {}

    def show_fields(self, key: str, fields: tuple[FormField, ...]) -> None:
        """key: another one for each step that is taken."""
        self.setVisible(bool(fields))
        if (key, fields) == self._shown:
            return
        self._shown = (key, fields)
        while self._layout.rowCount():
            self._layout.removeRow(0)
        self._lines = {field.id: self._line(field) for field in fields}
        for field in fields:
            self._layout.addRow(QLabel(self), self._lines[field.id])
        self.name_fields()

    def name_fields(self) -> None:
        for field in self._shown[1]:
            line, name = self._lines[field.id], local_name_of(field.label, field.label_en)
            line.setAccessibleName(name)
            label = self._layout.labelForField(line)
            if isinstance(label, QLabel):
                label.setText(f"{name} *" if field.is_required else name)

    @property
    def values(self) -> dict[str, str]:
        found = {}
        for name, line in self._lines.items():
            is_box = isinstance(line, QComboBox)
            found[name] = str(line.currentData() or "") if is_box else line.text()  # type: ignore[union-attr]
        return found

    def _line(self, field: FormField) -> QLineEdit | QComboBox:
        if field.kind not in (FieldKind.CHOICE, FieldKind.YES_NO):
            edit = QLineEdit(self)
            edit.setMaxLength(400)
            return edit
        box = QComboBox(self)
        box.addItem("–", "")
        if field.kind is FieldKind.YES_NO:
            box.addItem(self.tr("是"), YES)
            box.addItem(self.tr("否"), NO)
        for number, option in enumerate(field.options):
            english = field.options_en[number] if number < len(field.options_en) else ""
            box.addItem(local_name_of(option, english), option)
        return box

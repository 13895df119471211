from __future__ import annotations

from PySide6.QtWidgets import QApplication, QPushButton

from services.core.clock import SystemClock
from ui.shell.top_bar import TopBar


def test_the_button_beside_the_user_asks_for_the_password_dialog(qapp: QApplication) -> None:
    qapp.processEvents()
    bar = TopBar(SystemClock())
    asked: list[bool] = []
    bar.password_asked.connect(lambda: asked.append(True))
    named = {button.accessibleName(): button for button in bar.findChildren(QPushButton)}
    named["修改我的密码"].click()
    assert asked == [True]
    bar.deleteLater()

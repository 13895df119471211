"""The Qt style sheet of every ordinary widget; `ui.theme` fills in its tokens."""

from __future__ import annotations

from string import Template

# Dynamic properties that screens may set: QPushButton[kind=primary|danger|quiet|chip],
# QLabel[tone=dim|title|heading|ok|warn|bad|mono], QFrame[surface=panel|raised|bar].
SHEET = Template("""
QWidget { color: $text; font-size: ${text_m}px; }
QMainWindow, QDialog { background: $ground; }
QToolTip { background: $raised; color: $text; border: 1px solid $line_strong; padding: 4px 6px; }

QFrame[surface="panel"] { background: $panel; border: none; }
QFrame[surface="bar"] { background: $panel; border: none; border-bottom: 1px solid $line; }
QFrame[surface="rail"] { background: $panel; border: none; border-right: 1px solid $line; }
QFrame[surface="side"] { background: $panel; border: none; border-left: 1px solid $line; }
QFrame[surface="raised"] { background: $raised; border: 1px solid $line; border-radius: ${radius}px; }
QFrame[surface="banner"] { background: $warn_fill; border: none; border-bottom: 1px solid $line_strong; }
QFrame[surface="notices"] { background: $panel; border: none; border-top: 1px solid $line; }
QFrame[surface="banner"] QLabel, QFrame[surface="banner"] QPushButton { color: $on_warn; }
QFrame[surface="banner"][severity="trouble"] { background: $bad_fill; }
QFrame[severity="trouble"] QLabel, QFrame[severity="trouble"] QPushButton { color: $on_bad; }
QFrame[surface="stage"] { background: $panel; border: 1px solid $line_strong; border-radius: ${radius}px; }
QFrame[line="true"] { background: $line; border: none; }

QLabel { background: transparent; }
QLabel[tone="dim"] { color: $text_dim; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[tone="title"] { font-size: ${text_l}px; font-weight: 600; }
QLabel[tone="heading"] { font-size: ${text_xl}px; font-weight: 600; }
QLabel[tone="reading"] { font-size: ${text_l}px; }
QLabel[tone="small"] { font-size: ${text_s}px; color: $text_dim; }
QLabel[letters="small"] { font-size: ${text_s}px; }
QLabel[tone="note"] { background: $raised; color: $text; font-size: ${text_m}px;
  border: 1px solid $accent; border-radius: ${radius}px; }
QLabel[tone="badge"] { background: $warn_fill; color: $on_warn; border: 1px solid $warn;
  border-radius: ${radius}px; padding: 1px 8px; font-weight: 600; }
QLabel[tone="typed"] { background: $accent_fill; color: $on_accent; font-size: ${text_m}px;
  font-weight: 600; border: 1px solid $accent; border-radius: ${radius}px; }
QLabel[tone="typed"][severity="trouble"] { background: $bad_fill; color: $on_bad; border-color: $bad; }

QPushButton { background: $raised; color: $text; border: 1px solid $line_strong; border-radius: ${radius}px;
  padding: 0 12px; min-height: 28px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border-color: $accent; }
QPushButton:checked { background: $accent_fill; color: $on_accent; border-color: $accent; }
QPushButton:disabled { color: $line_strong; border-color: $line; }
QPushButton:checked:disabled { background: $raised; border-color: $line_strong; }
QPushButton:default { border-color: $accent; }
QPushButton[kind="primary"] { background: $accent_fill; color: $on_accent; border-color: $accent_fill;
  font-weight: 600; }
QPushButton[kind="primary"]:hover { border-color: $accent; }
QPushButton[kind="primary"]:disabled { background: $raised; color: $line_strong; border-color: $line; }
QPushButton[kind="danger"] { background: $bad_fill; color: $on_bad; border-color: $bad; }
QPushButton[kind="danger"]:disabled { background: $raised; color: $line_strong; border-color: $line; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; padding: 0 8px; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:focus { border-color: $accent; }
QPushButton[kind="chip"] { padding: 0 8px; min-height: 24px; min-width: 20px; }

QToolButton { background: transparent; color: $text_dim; border: 1px solid transparent;
  border-radius: ${radius}px; padding: 2px; }
QToolButton:hover { background: $hover; color: $text; }
QToolButton:focus { border-color: $accent; }
QToolButton:checked { background: $accent_fill; color: $on_accent; }
QToolButton[kind="rail"] { font-size: ${text_s}px; padding: 6px 0 4px 0; border-radius: ${radius}px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateTimeEdit, QComboBox {
  background: $raised; color: $text; border: 1px solid $line_strong; border-radius: ${radius}px;
  padding: 3px 8px; min-height: 24px; selection-background-color: $accent_fill;
  selection-color: $on_accent; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border-color: $accent; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: $line_strong; border-color: $line; }
QAbstractSpinBox { qproperty-alignment: AlignCenter; padding: 2px 8px 1px 8px; }
QAbstractSpinBox:disabled { color: $line_strong; border-color: $line; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border;
  width: 20px; height: 15px; border: none; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url("$look/up.png"); width: 10px; height: 6px; }
QAbstractSpinBox::down-arrow { image: url("$look/down.png"); width: 10px; height: 6px; }
QDateTimeEdit::drop-down { subcontrol-origin: padding; subcontrol-position: center right;
  width: 20px; border: none; right: 4px; }
QComboBox::down-arrow, QDateTimeEdit::drop-down::down-arrow { image: url("$look/down.png"); width: 10px;
  height: 6px; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line_strong; outline: none;
  selection-background-color: $accent_fill; selection-color: $on_accent; }

QAbstractItemView { background: $panel; alternate-background-color: $ground; color: $text;
  border: 1px solid $line; gridline-color: $line; outline: none;
  selection-background-color: $accent_fill; selection-color: $on_accent; }
QAbstractItemView::item { padding: 4px 6px; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $accent_fill; color: $on_accent; }
QHeaderView { background: $panel; }
QHeaderView::section { background: $panel; color: $text_dim; border: none; border-bottom: 1px solid $line;
  padding: 6px; font-size: ${text_s}px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; }
QTabBar::tab { background: transparent; color: $text_dim; padding: 7px 12px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar[kind="tight"] { font-size: ${text_s}px; }
QTabBar[kind="tight"]::tab { padding: 7px 5px; }
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }

QGroupBox { border: 1px solid $line; border-radius: ${radius}px; margin-top: 10px; padding-top: 8px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: $text_dim; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator:unchecked, QAbstractItemView::indicator:unchecked { background: $raised;
  border: 1px solid $text_dim; border-radius: 2px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked { background: $accent_fill;
  border: 1px solid $text_dim; border-radius: 2px; image: url("$look/tick.png"); }
QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:disabled { border-color: $line_strong; }
QCheckBox::indicator:checked:disabled { background: $line_strong; }
QMenu { background: $raised; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: ${radius}px; }
QMenu::item:selected { background: $accent_fill; color: $on_accent; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 3px; }
QSplitter::handle:vertical { height: 3px; }
QProgressBar { background: $raised; border: 1px solid $line; border-radius: ${radius}px; text-align: center; }
QProgressBar::chunk { background: $accent_fill; }

QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 3px; min-height: 28px; min-width: 28px;
  margin: 2px; }
QScrollBar::handle:hover { background: $text_dim; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: none; width: 0; height: 0; }
""")

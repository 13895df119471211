"""Outputs 联动输出: who may switch what, and how every order is proved to have been carried out."""

from services.linkage.outputs.desk import Outputs
from services.linkage.outputs.feedback import Feedbacks
from services.linkage.outputs.switchboard import Switchboard
from services.linkage.outputs.wire import OutputWire

__all__ = ["Feedbacks", "OutputWire", "Outputs", "Switchboard"]

"""The text that lies in a package for whoever opens it without us."""

from __future__ import annotations

_TEXT = """\
守望证据包  /  Shouwang evidence package
========================================

video/          录像原件，未重新编码。recordings as they were made, not encoded anew
copies/         （如有）加水印或遮挡的副本，经重新编码。copies with watermark or masks, encoded anew, if any
list.pdf        （如有）清单。the list of all that is here, to print, if any
manifest.json   清单，供程序读取。the same for programs
verify.py       核验程序。the program that checks all of it

核验：安装 Python 3.8 或更新，在本文件夹运行   python verify.py
To check: with Python 3.8 or later run         python verify.py
Windows：也可双击 verify.py，或运行 py verify.py / a double click on verify.py does it, too

它说“未改动”，并且指纹与纸质清单相同，这里的每个字节就和导出时一样：
If it says "UNCHANGED" and the fingerprint is the one on the printed list, every byte here is as exported:

  {fingerprint}

不用本程序也能核验签名。The signature can be checked without it:
  openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin -in seal.json -sigfile seal.sig
  sha256sum manifest.json        = manifest_sha256 in seal.json
  sha256sum video/*              = sha256 in manifest.json

请不要在本文件夹里增加、改名或删除文件，否则核验会指出它。
Do not add, rename or remove files here: the check would name them.
"""


def read_me(fingerprint: str) -> bytes:
    """With the line ends of Windows: its editor is the one that needs them."""
    return _TEXT.format(fingerprint=fingerprint).replace("\n", "\r\n").encode("utf-8-sig")

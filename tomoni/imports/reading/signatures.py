"""What a file is, told from its bytes and never from its name; and a sentence for everything that is no table."""

from __future__ import annotations

import puremagic

from tomoni.imports.reading.compound import SIGNATURE as COMPOUND
from tomoni.imports.reading.compound import CompoundFile
from tomoni.imports.reading.limits import ADVICE, Unreadable
from tomoni.imports.reading.packages import Package, locked

PICTURES = {
    b"\xff\xd8\xff": "写真（JPEG）",
    b"\x89PNG\r\n": "画像（PNG）",
    b"GIF8": "画像（GIF）",
    b"BM": "画像（BMP）",
    b"II*\x00": "画像（TIFF）",
    b"MM\x00*": "画像（TIFF）",
}
OTHERS = {
    b"7z\xbc\xaf\x27\x1c": "圧縮ファイル（7z）",
    b"Rar!": "圧縮ファイル（RAR）",
    b"\x1f\x8b": "圧縮ファイル（gzip）",
    b"{\\rtf": "リッチテキスト文書（RTF）",
    b"SQLite format 3\x00": "データベース（SQLite）",
    b"MZ": "プログラム",
}
OLD_DOCUMENTS = {"WordDocument": "Word文書", "PowerPoint Document": "PowerPointのスライド"}
OLD_WORKBOOKS = {"Workbook", "WORKBOOK", "Book", "BOOK"}
OPEN_DOCUMENTS = {"text": "OpenDocument文書（odt）", "presentation": "OpenDocumentのスライド（odp）"}
BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # Excel 2 to 4, before compound files
UNICODE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def kind_of(data: bytes) -> str:
    """xlsx, ods, xls, pdf or text. Raises Unreadable with the name of what it is instead."""
    if data.startswith(COMPOUND):
        return _compound_kind(data)
    if data.startswith(b"PK"):
        return _package_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for signature, what in (PICTURES | OTHERS).items():
        if data.startswith(signature) and (len(signature) > 2 or b"\x00" in data[:1024]):
            raise _no_table(what)
    if data.startswith(BARE_BIFF):
        raise Unreadable("とても古い形式のExcelブックです。xlsxで保存し直してください。")
    if b"\x00" in data and not data.startswith(UNICODE_MARKS):
        raise _no_table(_guess(data))
    return "text"


def _compound_kind(data: bytes) -> str:
    names = CompoundFile(data).names
    if "EncryptedPackage" in names:
        raise locked()
    if OLD_WORKBOOKS & set(names):
        return "xls"
    raise _no_table(next((what for name, what in OLD_DOCUMENTS.items() if name in names), "Officeのファイル"))


def _package_kind(data: bytes) -> str:
    package = Package(data, what="圧縮ファイル")
    names = set(package.names)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise Unreadable("Excelバイナリブック（xlsb）です。xlsxで保存し直してください。")
    if "mimetype" in names:
        mimetype = package.whole("mimetype")[:200].decode("ascii", "replace").strip()
        family = mimetype.removeprefix("application/vnd.oasis.opendocument.").removesuffix("-template")
        if family == "spreadsheet":
            return "ods"
        raise _no_table(OPEN_DOCUMENTS.get(family, "文書"))
    for folder, what in (("word/", "Word文書（docx）"), ("ppt/", "PowerPointのスライド（pptx）")):
        if any(name.startswith(folder) for name in names):
            raise _no_table(what)
    if any(name.endswith(".iwa") for name in names):
        raise Unreadable("Numbersのファイルです。xlsxに書き出してから送ってください。")
    raise Unreadable("圧縮ファイル（zip）です。中のファイルを取り出して、1つずつ送ってください。")


def _guess(data: bytes) -> str:
    try:
        suffix = puremagic.from_string(data).lstrip(".")
    except (puremagic.PureError, ValueError):
        suffix = ""
    return f"{suffix}ファイル" if suffix else "表ではないデータ"


def _no_table(what: str) -> Unreadable:
    return Unreadable(f"中身は{what}です。{ADVICE}")

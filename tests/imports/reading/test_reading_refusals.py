"""Every bad file gets one sentence, quickly, and nothing else happens."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from tomoni.imports.reading.apart import answer, read_apart
from tomoni.imports.reading.compound import CompoundFile
from tomoni.imports.reading.read import MAX_BYTES, Unreadable, read, refuse_large


def refusal(data, name="x.xlsx"):
    with pytest.raises(Unreadable) as caught:
        read(data, name=name)
    sentence = str(caught.value)
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return sentence


def zipped(members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def test_an_empty_file():
    assert refusal(b"") == "ファイルが空です（0バイト）。もう一度保存して送ってください。"
    assert refusal(b" \n\t\n") == "ファイルに何も書かれていません。表の入ったファイルか確かめてください。"
    assert refusal(b",,,\n,,,\n") == "何も書かれていません。表の入ったファイルか確かめてください。"


def test_a_workbook_without_a_filled_cell(xlsx):
    assert refusal(xlsx({"空": []})) == "何も書かれていません。表の入ったファイルか確かめてください。"


def test_a_workbook_whose_cells_are_all_hidden_says_so(xlsx):
    data = xlsx({"空": [], "裏": [["x"]]}, lambda book: setattr(book["裏"], "sheet_state", "hidden"))

    assert refusal(data).endswith("表示されていないシート「裏」は読みませんでした。")


def test_a_file_of_200_megabytes_is_refused_by_its_size():
    with pytest.raises(Unreadable, match="大きすぎます（200 MB）。50 MBまで"):
        refuse_large(200 * 2**20)

    assert refusal(bytes(MAX_BYTES + 1)).startswith("ファイルが大きすぎます（50 MB）")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(xlsx, repacked):
    bomb = zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": bytes(60 * 2**20)})
    tracemalloc.start()

    sentence = refusal(bomb)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sentence.startswith("展開すると大きくなりすぎるファイルです。")
    assert peak < 5 * 2**20


def test_a_zip_of_very_many_members_is_refused():
    assert refusal(zipped({f"{n}": b"" for n in range(5_001)})).startswith("展開すると大きくなりすぎる")


def test_a_member_that_is_larger_than_it_says_is_damage(xlsx):
    data = bytearray(xlsx([["x"] * 50]))
    name = b"xl/worksheets/sheet1.xml"
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(name))
    data[entry + 24 : entry + 28] = struct.pack("<I", 100)

    assert refusal(bytes(data)).startswith("Excelブックとして開けません。")


def test_an_xml_entity_bomb_is_refused(xlsx, repacked):
    xml = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet><c><v>&b;</v></c></worksheet>'

    assert "安全のため開きませんでした" in refusal(repacked(xlsx([["x"]]), {"xl/worksheets/sheet1.xml": xml}))


def test_one_long_text_shown_in_very_many_cells_is_refused(xlsx, repacked):
    strings = b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    sheet = b"<worksheet><row>" + b'<c t="s"><v>0</v></c>' * 5_000 + b"</row></worksheet>"
    relation = b'<Relationship Id="s" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    changes = {
        "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation),
        "xl/sharedStrings.xml": strings,
        "xl/worksheets/sheet1.xml": sheet,
    }

    assert refusal(repacked(xlsx([["x"]]), changes)).startswith("セルが多すぎます")


def test_very_many_shared_texts_are_refused(xlsx, repacked):
    relation = b'<Relationship Id="s" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    changes = {
        "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation),
        "xl/sharedStrings.xml": b"<sst>" + b"<si/>" * 1_000_001 + b"</sst>",
    }

    assert refusal(repacked(xlsx([["x"]]), changes)).startswith("文字列が多すぎます")


def test_a_locked_xlsx_says_so(compound_file):
    assert refusal(compound_file({"EncryptedPackage": b"x" * 100, "EncryptionInfo": b""})) == (
        "パスワードで保護されています。パスワードを外して保存し直してから送ってください。"
    )


def test_a_locked_xls_says_so(compound_file):
    stream = struct.pack("<HHHH", 0x0809, 4, 0x0600, 5) + struct.pack("<HHH", 0x2F, 2, 0)

    assert answer("xls", compound_file({"Workbook": stream}))["refusal"].startswith("パスワードで保護されています")


def test_a_locked_zip_says_so(xlsx):
    data = bytearray(xlsx([["x"]]))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/workbook.xml"))
    data[entry + 8] |= 1

    assert refusal(bytes(data)).startswith("パスワードで保護されています")


def test_a_workbook_of_1000_sheets_is_refused(xlsx, repacked):
    sheets = b"".join(b'<sheet name="s%d" sheetId="1" r:id="r%d"/>' % (n, n) for n in range(1000))
    data = repacked(xlsx([["x"]]), {"xl/workbook.xml": b'<workbook xmlns:r="r">' + sheets + b"</workbook>"})

    assert refusal(data) == "シートが100枚を超えています。必要なシートだけのファイルにしてください。"


def test_an_old_workbook_of_1000_sheets_is_refused(compound_file):
    stream = struct.pack("<HHHH", 0x0809, 4, 0x0600, 5) + struct.pack("<HHIBBH", 0x85, 8, 9, 0, 0, 0) * 1000

    assert refusal(compound_file({"Workbook": stream})).startswith("シートが100枚を超えています")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "写真（JPEG）"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "画像（PNG）"),
        (b"BM\x00\x00\x00\x00", "画像（BMP）"),
        (b"MZ\x90\x00\x03", "プログラム"),
        (b"{\\rtf1 abc}", "リッチテキスト文書（RTF）"),
        (b"\x1f\x8b\x08\x00\x00", "圧縮ファイル（gzip）"),
        (b"OggS\x00\x02" + bytes(40), "ogg"),
        (b"\x00\x01\x02\x03\xfe\xfd\x00", "表ではないデータ"),
        (zipped({"word/document.xml": b""}), "Word文書（docx）"),
        (zipped({"ppt/presentation.xml": b""}), "PowerPointのスライド（pptx）"),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "OpenDocument文書（odt）"),
        (zipped({"mimetype": b"application/epub+zip"}), "文書"),
    ],
)
def test_what_is_no_table_is_called_by_its_name_whatever_the_file_is_called(data, what):
    sentence = refusal(data, name="進行管理.xlsx")

    assert sentence.startswith(f"中身は{what}")
    assert "表の入ったファイル" in sentence


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (zipped({"xl/workbook.bin": b""}), "Excelバイナリブック（xlsb）です。"),
        (zipped({"Index/Document.iwa": b""}), "Numbersのファイルです。"),
        (zipped({"a.xlsx": b""}), "圧縮ファイル（zip）です。中のファイルを取り出して"),
        (b"\x09\x02\x06\x00\x00\x00", "とても古い形式のExcelブックです。"),
        (b"PK\x03\x04broken", "圧縮ファイルとして開けません。"),
    ],
)
def test_near_relatives_are_told_how_to_become_readable(data, start):
    assert refusal(data).startswith(start)


def test_a_picture_called_by_two_letters_may_be_the_beginning_of_a_text(texts):
    assert texts(read(b"BMI,kg\nMZ,2\n", name="x"))["A1"] == "BMI"


def test_word_of_old_is_called_by_its_name(compound_file):
    assert refusal(compound_file({"WordDocument": b""})).startswith("中身はWord文書です。")


def test_a_workbook_cut_off_half_way(xlsx):
    data = xlsx([["x"]])

    assert refusal(data[: len(data) // 2]).startswith("圧縮ファイルとして開けません。")


def test_a_workbook_without_its_sheet(xlsx):
    members = zipfile.ZipFile(io.BytesIO(xlsx([["x"]])))
    data = zipped({n: members.read(n) for n in members.namelist() if "sheet1" not in n})

    assert refusal(data).startswith("Excelブックとして開けません。")


def test_a_sheet_that_claims_to_be_endless_is_as_large_as_its_cells(xlsx, repacked, texts):
    claim = lambda xml: xml.replace(b"<dimension ref=", b'<dimension ref="A1:XFD1048576" x=')  # noqa: E731
    data = repacked(xlsx([["x"]]), {"xl/worksheets/sheet1.xml": claim})

    assert texts(read(data, name="x")) == {"A1": "x"}


def test_a_cell_at_the_far_end_of_a_sheet_is_read(xlsx, texts):
    data = xlsx([["x"]], lambda book: book["表"].cell(1_048_576, 16_384, "y"))

    assert texts(read(data, name="x")) == {"A1": "x", "XFD1048576": "y"}


def test_a_cell_beyond_every_sheet_is_refused(xlsx, repacked):
    far = lambda xml: xml.replace(b'r="A1"', b'r="XFE1"')  # noqa: E731

    assert refusal(repacked(xlsx([["x"]]), {"xl/worksheets/sheet1.xml": far})).startswith("表が大きすぎます。")


def test_rows_of_10000_columns_are_read(texts):
    row = ",".join(str(n) for n in range(10_000))

    grid = read(f"{row}\n{row}\n".encode(), name="x.csv")

    assert sum(1 for _ in grid.cells()) == 20_000
    assert grid.sheets[0].rows[1][-1].at == "NTP2"


def test_more_cells_than_anyone_reviews_are_refused():
    assert refusal(b"1,2\n" * 500_001).startswith("セルが多すぎます（1,000,000個まで読めます）。")


def test_a_line_wider_than_any_sheet_is_refused():
    assert refusal(b"," * 16_384).startswith("列が多すぎます。16,384列まで")


def test_a_web_page_too_large_for_its_tree_is_refused():
    assert refusal(b"<table>" + b" " * 10_000_000).startswith("HTMLとしては大きすぎます。")


def test_an_old_workbook_with_a_cell_far_away_is_refused(xls):
    data = xls({"a": [["x"]]}, lambda book: [book.add_sheet(f"{n}").write(65_535, 255, "x") for n in range(2)])

    assert "遠く離れた場所" in answer("xls", data)["refusal"]


def test_a_locked_pdf_says_so():
    assert answer("pdf", LOCKED_PDF)["refusal"].startswith("パスワードで保護されています")


def test_a_pdf_whose_letters_have_no_meaning_is_refused():
    assert answer("pdf", unmapped_pdf("<00010002>"))["refusal"].startswith("文字を取り出せないPDFです")


def test_single_letters_without_meaning_are_said():
    said = answer("pdf", unmapped_pdf("<0001> Tj /G 12 Tf (1 2 3 4 5 6 7 8 9 10)"))

    assert said["notes"] == ["取り出せない文字が(cid:…)として残っています。"]


def test_a_child_that_takes_too_long_is_ended():
    with pytest.raises(Unreadable, match="決められた時間とメモリーの中で読み終わりませんでした"):
        read_apart("pdf", b"%PDF-", seconds=-5)


def test_a_compound_file_whose_chains_run_in_circles_has_an_end(circular_file):
    assert len(CompoundFile(circular_file).stream("Workbook")) == 5_000


def test_a_reader_that_never_ends_is_ended_and_survived(circular_file):
    with pytest.raises(Unreadable, match="決められた時間とメモリーの中で読み終わりませんでした"):
        read_apart("xls", circular_file, seconds=1)


def test_a_compound_file_with_senseless_sizes_is_damage(compound_file):
    assert refusal(compound_file({"Workbook": b""})[:60]).startswith("古い形式のExcelブックとして開けません")

    data = bytearray(compound_file({"Workbook": b""}))
    struct.pack_into("<H", data, 30, 31)

    assert refusal(bytes(data)).startswith("古い形式のExcelブックとして開けません")


def test_streams_of_a_compound_file_are_found_small_and_large(compound_file):
    streams = {"small": b"s" * 100, "large": b"l" * 5_000}

    compound = CompoundFile(compound_file(streams))

    assert {name: compound.stream(name) for name in compound.names} == streams


def test_a_table_of_allocation_tables_is_followed(compound_file):
    data = compound_file({"Workbook": b"x" * 5_000})
    table = struct.unpack_from("<I", data, 76)[0]
    moved = bytearray(data)
    struct.pack_into("<I", moved, 76, 0xFFFFFFFF)
    struct.pack_into("<II", moved, 68, len(data) // 512 - 1, 1)
    moved += struct.pack("<I", table) + b"\xff" * 504 + struct.pack("<I", 0xFFFFFFFE)

    assert CompoundFile(bytes(moved)).stream("Workbook") == b"x" * 5_000


@pytest.fixture
def circular_file(compound_file):
    """A workbook each of whose sectors is said to be followed by itself."""
    data = bytearray(compound_file({"Workbook": b"x" * 5_000}))
    for sector in range(128):
        struct.pack_into("<I", data, 512 + 4 * sector, sector)
    return bytes(data)


def unmapped_pdf(text):
    """A PDF whose font does not say which characters its glyphs are."""
    stream = f"BT /F 12 Tf 50 50 Td {text} Tj ET".encode()
    return assembled(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 200]>>",
        b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R/G 8 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        b"/FontDescriptor 7 0 R>>",
        b"<</Type/FontDescriptor/FontName/X/Flags 4/Ascent 800/Descent -200/FontBBox[0 0 1000 1000]>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )


def assembled(*objects, trailer=b""):
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, content)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, xref)


LOCKED_PDF = assembled(
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[]/Count 0>>",
    trailer=b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32),
)

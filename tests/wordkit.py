"""A small writer of Word files for the tests: their XML as it is, wrapped in a package."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {
    "w": MAIN,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "wpsCustomData": "http://www.wps.cn/officeDocument/2013/wpsCustomData",
}
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_SPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMES.items())


def word(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    parts: dict[str, bytes] | None = None,
    related: str = "",
    core: str = "",
    main: str = "word/document.xml",
) -> bytes:
    """A package with this body; the other texts are the insides of the parts they are named for."""
    folder = main.rsplit("/", 1)[0]
    links = "".join(
        f'<Relationship Id="k{kind}" Type="{NAMES["r"]}/{kind}" Target="{kind}.xml"/>'
        for kind, inside in (("styles", styles), ("numbering", numbering), ("footnotes", footnotes))
        if inside
    )
    files: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _links(f'<Relationship Id="r1" Type="{NAMES["r"]}/officeDocument" Target="/{main}"/>'),
        main: _part("document", f"<w:body>{body}</w:body>"),
        f"{folder}/_rels/{main.rsplit('/', 1)[1]}.rels": _links(links + related),
    }
    for kind, inside in (("styles", styles), ("numbering", numbering), ("footnotes", footnotes)):
        if inside:
            files[f"{folder}/{kind}.xml"] = _part(kind, inside)
    if core:
        title = f'<p xmlns="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{core}</dc:title></p>'
        files["docProps/core.xml"] = title
    return packed({**files, **(parts or {})})


def packed(files: dict[str, bytes | str]) -> bytes:
    """A ZIP of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in files.items():
            package.writestr(path, content)
    return out.getvalue()


def _part(root: str, inside: str) -> str:
    ignorable = 'mc:Ignorable="wps wpsCustomData"'
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_SPACES} {ignorable}>{inside}</w:{root}>'


def _links(inside: str) -> str:
    return f'<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'


def run(text: str, properties: str = "") -> str:
    """A run with this text."""
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def para(text: str = "", properties: str = "", inside: str = "") -> str:
    """A paragraph: properties, a run of text, then what else stands in it."""
    look = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{look}{run(text) if text else ''}{inside}</w:p>"


def listed(text: str, num: int, level: int = 0) -> str:
    """An item of a list."""
    return para(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def cell(text: str = "", properties: str = "", inside: str = "") -> str:
    """A cell; lines of text are paragraphs."""
    paragraphs = "".join(para(line) for line in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}{paragraphs}</w:tc>"


def table(*rows: str) -> str:
    """A table of rows that are cells put together; a row may begin with its `<w:trPr>`."""
    made = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{made}</w:tbl>"


def level(at: int, form: str, text: str, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*abstracts: str, more: str = "") -> str:
    """Lists from 1 on, each with a `w:num` of the same number."""
    made = "".join(f'<w:abstractNum w:abstractNumId="{n}">{a}</w:abstractNum>' for n, a in enumerate(abstracts, 1))
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(1, len(abstracts) + 1))
    return made + nums + more


def field(code: str, result: str = "") -> str:
    """A field with its code and result (runs)."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    inside = mark("separate") + result if result else ""
    return f'{mark("begin")}<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>{inside}{mark("end")}'


def shape(inside: str, *, wide: int = 5_000_000, high: int = 2_000_000) -> str:
    """A drawing of a size (12,700 units in a point) with what stands in it."""
    size = f'<wp:extent cx="{wide}" cy="{high}"/>'
    data = f"<a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic>"
    return f"<w:drawing><wp:anchor>{size}{data}</wp:anchor></w:drawing>"


def box(inside: str) -> str:
    """A text box as Word writes it: once for new programs, once for old ones."""
    content = f"<w:txbxContent>{inside}</w:txbxContent>"
    new = shape(f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>")
    old = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{new}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(*, wide: int = 5_000_000, high: int = 2_000_000, part: str = "rId9") -> str:
    """A run with a picture."""
    inside = f'<pic:pic><pic:blipFill><a:blip r:embed="{part}"/></pic:blipFill></pic:pic>'
    return f"<w:r>{shape(inside, wide=wide, high=high)}</w:r>"

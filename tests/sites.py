"""Writes web pages of several kinds of government sites round one report, for tests of the body finder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

TITLE = "某某县水利局2021年政府信息公开工作年度报告"
PARAGRAPHS = (
    "根据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。本报告所列数据的统计期限为2021年1月1日至12月31日。",
    "一、总体情况",
    "2021年，我局坚持以公开为常态、不公开为例外，全年主动公开政府信息120条，其中政府网站80条、政务微信40条。",
    "（一）主动公开。及时更新机构职能、规划计划等栏目",
    "（二）依申请公开。全年收到政府信息公开申请8件，均按时办结。",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "公开的内容还不够丰富；下一步，我局将加强培训，提高公开质量。",
    "六、其他需要报告的事项",
    "无。",
    "某某县水利局",
    "2022年1月18日",
)
AFTER = {5: 0, 6: 1, 7: 2}
"""Behind which paragraph which table stands."""


def _row(cells: Sequence[object], tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}><p align=center><span>{cell}</span></p></{tag}>" for cell in cells) + "</tr>"


def _active() -> str:
    head = '<tr><td colspan="4">第二十条第（一）项</td></tr>' + _row(
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    )
    return f"<table border=1>{head}{_row(['规章', 0, 0, 0])}{_row(['行政规范性文件', 2, '', 5])}</table>"


def _requests() -> str:
    names = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    head = (
        '<tr><td rowspan="3" colspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>'
        '<td colspan="7">申请人情况</td></tr><tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td>'
        f"<td rowspan=2>总计</td></tr>{_row(names)}"
    )
    numbers = "".join(f"<td>{n}</td>" for n in (5, 2, 0, 0, 1, 0, 8))
    body = f"<tr><td colspan=3>一、本年新收政府信息公开申请数量</td>{numbers}</tr>"
    body += f"<tr><td rowspan=3>三、<br>本年度<br>办理结果</td><td colspan=2>（一）予以公开</td>{numbers}</tr>"
    body += (
        f"<tr><td rowspan=2>（三）不予公开</td><td>1.属于国家秘密</td>{numbers}</tr><tr><td>2.其他</td>{numbers}</tr>"
    )
    return f"<table border='1' class='MsoNormalTable'><tbody>{head}{body}</tbody></table>"


def _review() -> str:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    first = "".join(f"<td rowspan=2>{name}</td>" for name in results)
    head = f"<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr><tr>{first}"
    head += "<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
    return f"<table>{head}{_row(results * 2)}{_row(range(15))}</table>"


TABLES = (_active(), _requests(), _review())
SHAPES = [(4, 4), (7, 10), (4, 15)]
NAV = (
    "<div class='top'><ul>"
    + "".join(f"<li><a href='/c{n}/'>信息公开栏目{n}</a></li>" for n in range(40))
    + "</ul></div>"
)
SIDE = (
    "<div class='left'><h3>最新公开</h3><ul>"
    + "".join(
        f"<li><a href='/n{n}.html'>关于做好第{n}批防汛工作的通知，请遵照执行。</a>"
        f"<span>2022-01-{n % 28 + 1:02d}</span></li>"
        for n in range(30)
    )
    + "</ul></div>"
)
CRUMBS = "<div class='weizhi'>当前位置：<a href='/'>首页</a> &gt; <a href='/x'>政务公开</a> &gt; 年报</div>"
TOOLS = "<div class='tools'>分享到：<a href='#'>微信</a> 【<a href='#'>打印</a>】【<a href='#'>关闭</a>】</div>"
STAMP = "<div class='info'><span>发布时间：2022-01-20 10:12</span> <span>来源：县水利局</span>"
STAMP += " <span>浏览次数：17</span></div>"
FOOT = (
    "<div class='foot'><p>版权所有：某某县人民政府　主办：某某县人民政府办公室，承办：县信息中心</p>"
    "<p>地址：某某路1号，邮编：100000。建议使用IE浏览器，1024×768分辨率。</p><a href='#'>某ICP备00000001号</a></div>"
)
RECORD = (
    "<table class='xxgk'><tr><td>索引号：</td><td>0001-2022-0003</td><td>主题分类：</td><td>政务公开</td></tr>"
    "<tr><td>发布机构：</td><td>县水利局</td><td>发布日期：</td><td>2022年1月20日</td></tr></table>"
)


def body(write: Callable[[str], str], between: str = "\n") -> str:
    """The report, each paragraph written by `write`, the tables between them."""
    parts = []
    for number, paragraph in enumerate(PARAGRAPHS):
        parts.append(write(paragraph))
        if number in AFTER:
            parts.append(TABLES[AFTER[number]])
    return between.join(parts)


def page(inner: str, *, head: str = "", charset: str = "utf-8") -> str:
    """A whole page with navigation, breadcrumbs, scripts and footer round `inner`."""
    meta = f"<meta http-equiv='Content-Type' content='text/html; charset={charset}'>{head}"
    script = "<script>var a = '一、不是正文，也不是标题。';</script><style>.a { color: red }</style>"
    return (
        f"<!DOCTYPE html><html><head>{meta}<title>{TITLE}_某某县人民政府门户网站</title>{script}</head>"
        f"<body>{script}{NAV}{CRUMBS}{inner}{FOOT}</body></html>"
    )


def _p(text: str) -> str:
    return f"<p style='text-indent:2em'>　　{text}</p>"


def _fonts(text: str) -> str:
    words = "".join(
        f"<font face='仿宋' size='4'><span>{text[at : at + 4]}</span></font>" for at in range(0, len(text), 4)
    )
    return f"<P class=a><FONT face=仿宋>&nbsp;&nbsp;&nbsp;&nbsp;</FONT>{words}</P>"


def _word(text: str) -> str:
    bold = ("<b>", "</b>") if text[1:2] == "、" else ("", "")
    blank = "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
    said = f"<span lang=EN-US style='mso-bidi-font-size:16.0pt'>{text}</span>"
    return f"<p class=MsoNormal>{bold[0]}{said}{bold[1]}</p>{blank}"


def _columns() -> str:
    """Nested layout tables, the whole report in one cell."""
    inner = f"<tr><td>{RECORD}</td></tr><tr><td align=center><b>{TITLE}</b></td></tr><tr><td>{body(_p)}</td></tr>"
    inner += f"<tr><td>{TOOLS}</td></tr>"
    return f"<table width=1000><tr><td width=200>{SIDE}</td><td><table>{inner}</table></td></tr></table>"


def _split() -> str:
    """A report whose prose stands in several editors' boxes with tables between them."""
    parts = body(_p, "\f").split("\f")
    boxes = [part if part.startswith("<table") else f"<div class='TRS_Editor'>{part}</div>" for part in parts]
    return f"<div class='wrap'>{SIDE}<div class='mid'><h1>{TITLE}</h1>{STAMP}{''.join(boxes)}</div></div>"


SITES: dict[str, str] = {
    "known": page(
        f"<div class='main'>{SIDE}<div class='right'><h1>{TITLE}</h1>{STAMP}"
        f"<div id='zoom'>{body(_p)}</div>{TOOLS}</div></div>"
    ),
    "columns": page(_columns(), charset="gb2312"),
    "fonts": page(f"<div>{SIDE}<div class='TRS_Editor'><style>P {{}}</style>{RECORD}{body(_fonts)}</div>{TOOLS}</div>"),
    "breaks": page(
        f"<div>{SIDE}<div class='c2'>{STAMP}{body('&nbsp;&nbsp;&nbsp;&nbsp;{}'.format, '<br>')}</div></div>"
    ),
    "boxes": page(
        f"<div>{SIDE}<div class='zz'>{body(lambda text: f'<div><div>{text}</div></div>')}</div>{TOOLS}</div>"
    ),
    "word": page(f"<div class='view2'>{RECORD}<h2>{TITLE}</h2><div>{body(_word)}</div></div>{SIDE}"),
    "split": page(_split()),
    "bare": page(f"<h2>{TITLE}</h2>{body(_p)}"),
}

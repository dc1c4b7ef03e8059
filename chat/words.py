"""The words of the interface, in Chinese and in English. What documents print and what answers say stays as it is.

A text is written in Chinese where it is used, t("公开材料"), and `ENGLISH` has its translation; tests/chat/test_words.py holds
that none is missing. Places in braces are filled by the caller after translation.
"""

from __future__ import annotations

from collections.abc import Callable

Words = Callable[[str], str]


def CHINESE(text: str) -> str:  # noqa: N802 — a constant of type Words, which happens to be a function
    """The words as they are written."""
    return text


def english(text: str) -> str:
    """The words in English; as written where there is no translation."""
    return ENGLISH.get(text, text)


def words_of(language: str) -> Words:
    """The words of a language by its tag: en, en-GB …; Chinese for every other."""
    return english if language.lower().partition("-")[0] == "en" else CHINESE


def is_english(words: Words) -> bool:
    return words is english


ENGLISH: dict[str, str] = {
    # answers
    "✓ 多处印证": "✓ several places agree",
    "✓ 有出处，单处记载": "✓ printed in one place",
    "⚠ 各处不一致": "⚠ places disagree",
    "✓ 与勾稽关系相符": "✓ an identity confirms it",
    "请选一种理解": "Choose what is meant",
    "材料中没有答案": "Not in the disclosures",
    "不在可答范围": "Not a question about disclosures",
    "共 {n} 个数字": "{n} figures",
    "理解为：{reading}": "Read as: {reading}",
    "回答": "answer",
    "提示": "Warnings",
    "计算": "Formula",
    "原文，第{page}页": "Verbatim, page {page}",
    "正文": "text",
    "第{page}页": "page {page}",
    "出处 {number}": "source {number}",
    "出处（点开看原页）": "Sources (press to see the page)",
    "名称": "Name",
    "数值": "Value",
    "单位": "Unit",
    "页": "Page",
    "印证": "Confirmed",
    "引用与链接": "Cite and link",
    "引用语": "To cite it",
    "重新提出这个问题的链接": "A link that asks this again",
    "导出": "Export",
    "换成": "Instead:",
    "接着问": "Next:",
    "其中": "Made of:",
    "为什么？（可不填）": "Why? (optional)",
    "提交": "Send",
    "已记下，谢谢。": "Noted, thank you.",
    # the conversation
    "提问": "Ask",
    "问一个数字，或一段说明": "Ask in Chinese: a figure, or a passage",
    "问部门预算、决算公开里的数字与说明。每个数字都附出处，点开即见原页与单元格；材料里没有的，就说没有。": (
        "Ask for figures and passages of Chinese budget and final-account disclosures. Each figure names its source: "
        "press it to see the printed page and cell. What they do not say is said not to be there. Questions and answers are in Chinese, the language of the disclosures."
    ),
    "现有 {bodies} 个单位 {years} 年的 {n} 份公开材料。": "{n} disclosures of {bodies} bodies, {years}.",
    "正在查阅…": "Looking it up …",
    "这个问题没能答出来": "This question could not be answered",
    "请换个说法，或稍后再试。": "Put it in other words, or try again later.",
    "已收录 {n} 份公开材料": "{n} disclosures held",
    "浏览、筛选公开材料": "Browse the disclosures",
    "开始新对话": "New conversation",
    "以前的对话": "Earlier conversations",
    "清除以前的对话": "Delete earlier conversations",
    # pages
    "第 {page} 页 / 共 {pages} 页": "Page {page} of {pages}",
    "印刷页码 {printed}": "printed number {printed}",
    "本页没有印刷页码": "no printed number",
    "本页是扫描图像，文字由识别得来，请以图像为准。": "This page is a scan: its text was recognised, the picture is what counts.",
    "本页是图像，没有读出文字，不在可查范围。": "This page is a picture without text: nothing on it can be found.",
    "这一页没有图像": "No picture of this page",
    "可在原文件中按页码查看。": "See the page in the original file.",
    "上一页": "Previous page",
    "下一页": "Next page",
    "回到引用处": "Back to the cited page",
    "放大": "Larger",
    "缩小": "Smaller",
    "下载原件": "Download the original",
    "在新窗口打开原件的这一页": "Open the original at this page",
    # disclosures
    "公开材料": "Disclosures",
    "材料": "Disclosure",
    "全部公开材料": "All disclosures",
    "筛选": "Filter",
    "单位、标题或文件名": "body, title or file name",
    "年度": "Year",
    "文种": "Kind",
    "层级": "Level",
    "没有符合条件的材料。": "No disclosure fits.",
    "再显示一些（还有 {n} 份）": "Show more ({n} left)",
    "不是预决算公开，只按文字收录": "no budget or final account, held as text only",
    "{fields}据文件名推断": "{fields} taken from the file's name",
    "还没有收录任何公开材料": "No disclosure is held yet",
    "先收录预算或决算公开文件，再刷新本页：": "Add budgets or final accounts first, then load this page again:",
    "python -m ingest 文件或文件夹": "python -m ingest FILES OR FOLDERS",
    "资料库打不开": "The store cannot be opened",
    "另一个程序正在写入，请稍候再刷新本页。": "Another program is writing to it: load this page again in a while.",
    "资料库由更新的版本写成，请更新本程序。": "A newer version wrote it: update this program.",
    "按下面的提示处理，再刷新本页。": "Do as it says below, then load this page again.",
    "没有这个页面": "There is no such page",
    "地址可能写错了。可以从这里去：": "The address may be mistyped. From here you can go to:",
    "没有收录这份材料": "This disclosure is not held",
    "它可能已被移除。请从公开材料的目录里选。": "It may have been removed. Choose from the list of disclosures.",
    "{pages} 页，{tables} 张表": "{pages} pages, {tables} tables",
    "勾稽核对 {tried} 处，疑似不符 {violated} 处": "{tried} identities tried, {violated} suspected not to hold",
    "看什么": "View",
    "表格": "Tables",
    "对账": "Checks",
    "原页": "Pages",
    "读取报告": "Reading report",
    "表": "Table",
    "单位：{unit}": "Unit: {unit}",
    "空表": "empty table",
    "这份材料里没有读出表格。": "No table was read in this disclosure.",
    "与另一份并排对照": "Compare with another",
    "点一个格子，看它在原页上的位置；点表头排序。": "Press a cell to see it on its page; press a heading to sort.",
    "这份材料没有可以核对的勾稽关系。": "This disclosure has no identities to check.",
    "对照原页": "Show the pages",
    "另有 {n} 处": "{n} more",
    # side by side
    "并排对照": "Compare",
    "同一种表在两份材料里的数字：一个单位的两年，或两个单位。": "One kind of table in two disclosures: two years of a body, or two bodies.",
    "至少要有两份材料才能对照。": "It takes two disclosures to compare.",
    "对照": "Compared with",
    "项目": "Item",
    "列": "Column",
    "增减": "Change",
    "增减％": "Change %",
    "只看两边都有的": "Only what both print",
    "两份材料没有同一种标准报表。": "The two disclosures have no standard table in common.",
    "点一个数字，看它在原页上的位置；点表头排序。增减是{there}比{here}；单位不同的，已换算成{here}的单位。": (
        "Press a figure to see it on its page; press a heading to sort. The change is from {here} to {there}, in the unit of {here}."
    ),
    # signing in, limits
    "登录": "Sign in",
    "退出登录": "Sign out",
    "问得太快了": "Too many questions",
    "请稍候片刻再问。": "Wait a moment, then ask again.",
    # adding disclosures
    "上传": "Add",
    "上传公开材料": "Add disclosures",
    "部门预算、决算公开文件：PDF（扫描件也可）、DOCX、XLSX、XLS、HTML、DOC，每个不超过 {most} MB。读取一份约需几秒到几分钟。": (
        "Budget and final-account disclosures as PDF (scans too), DOCX, XLSX, XLS, HTML or DOC, up to {most} MB each. "
        "Reading one takes seconds to minutes."
    ),
    "把文件拖到这里": "Drop files here",
    "收录": "Take in",
    "一次最多 {n} 个文件，其余请再传一次。": "Up to {n} files at once: add the others afterwards.",
    "检查文件": "Checking the file",
    "等待": "waiting",
    "读取各页": "Reading the pages",
    "读取第 {number} 页，共 {of} 页": "Reading page {number} of {of}",
    "整理表格和文字": "Making out tables and text",
    "核对勾稽关系": "Trying identities",
    "写入资料库": "Storing",
    "更新检索索引": "Indexing",
    "正在读取…": "Reading …",
    "没有收录": "not taken in",
    "已在库中": "held already",
    "已收录：{pages} 页，{tables} 张表，{records} 条记录，核对 {checks} 处": "taken in: {pages} pages, {tables} tables, {records} records, {checks} checks",
    "看它的表格、对账和读取报告": "Its tables, checks and reading report",
    "文件是空的。": "The file is empty.",
    "文件有 {size} MB，超过 {most} MB 的上限，请拆分或精简后再上传。": "The file has {size} MB, more than the {most} MB allowed: split or shrink it.",
    "文件名太长，或含有不能用的字符，请改名后再上传。": "The file's name is too long or has characters that cannot be used: rename it.",
    "内容与已收录的“{title}”完全相同，不必再上传。": 'The content is the same as that of "{title}", which is held: there is no need to add it.',
    "已收录一份同名而内容不同的文件。如果是另一份材料，请改名后再上传。": (
        "A file of this name with other content is held. If this is another disclosure, rename it."
    ),
}

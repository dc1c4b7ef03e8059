"""The marks of clauses in the narrative: what grows or falls, against what, the share of what, of which plan, for which reason."""

from __future__ import annotations

import re

_UP = "增加|(?<![稳保促])增长|上升|提高|净增|增收|调增|追加|增幅|涨幅|上涨|(?<!新)增"
_DOWN = "减少|下降|降低|压减|压缩|减收|调减|核减|减幅|降幅|少|减"
VERB = re.compile(
    rf"(?:各|均|共|同比|相应|分别|略有)*(?:(?P<up>{_UP}|多)|(?P<down>{_DOWN}))"
    r"(?:支出|收入|预算|幅度|比例|（[一-鿿]{1,4}）)?(?:了|为|约|是|共|计|各|合计)*$"
)
RATE = re.compile(rf"[，、]?(?:同比|比上年|较上年)?(?:{_UP}|{_DOWN})(?:（[一-鿿]+）)?(?:了|为|约|比例)?")
AGAINST = re.compile(
    r"(?:比|较|(?P<even>与|同|和))(?P<base>[^，。；]*?(?:\d{2,4}年|上一?年|去年|年初|预算|决算|执行|同期|前一?年|上一度)(?:（[^）]*）)?[^，。；]*?)"
    r"(?:相比|比较|相较|对比|(?P<open>$))"
)
SHARE = re.compile(r"(?:占到?(?![有用地])|所占)(?P<base>[^，。；占]*?)的?(?:比重|比例|百分比)?(?:为|达到?|约|是)*$")
DONE = re.compile(r"(?:完成(?:了|率)?|执行率)(?P<base>[^，。；]*?)的?(?:为|达到?|是)*$")
REASON = re.compile(r"(?:主要)?(?:增减变动)?(?:原因|主要情况|变动情况)(?:一是|是|为|：|系|$)|由于|因为|主要是|主要用于|用于|主要系|主要为")
OPENS = re.compile(r"(?:其中|包括|包含|如下|以下(?:几个)?方面|分别(?:是|为)?|构成(?:情况)?)(?:（[^）]*）)?$")
LISTED = re.compile(r"^(?:其中|(?:主要)?包括|包含)(?=[^，：])")
WITHIN = re.compile(r"^(?P<whole>[^，。；：]{2,40}?)(?:之中|当中|中)$")
STOP = re.compile(r"[，；。：！？]")
ITEM = re.compile(r"^[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)、.]|（[类款项]）|^“")

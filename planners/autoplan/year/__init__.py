"""一年的事实 ↔ 排期问题：要排什么、能排在哪里，排好之后写成建议，每项说明理由。

``facts`` 事实 · ``customs`` 惯例 · ``needs`` 缺什么 · ``fixed_events`` 不动的与可动的 · ``building`` 成题 ·
``writing`` 成建议 · ``reasons`` 理由 · ``unassigned`` 仍无法满足。入口在 ``planners.autoplan.planning``：
``plan_year``（一年）、``propose_one``（一处）；换一天是 ``single.reconsider``。
"""

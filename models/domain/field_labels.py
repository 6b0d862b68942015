"""字段叫什么：各列表的字段名与中文名。"""

from __future__ import annotations

from collections.abc import Mapping

FIELD_LABELS: Mapping[str, str] = {
    "key": "编号", "year": "年度", "district": "区", "ruleset": "规则集", "holidays": "放假安排",
    "quarter_themes": "季度主题", "settings": "设置", "name": "名称", "kind": "类别", "aliases": "别名",
    "week_cap": "每周上限", "address": "地址", "unit": "单位", "capacity": "容纳人数", "stages": "学段",
    "first": "第一天", "last": "最后一天", "reason": "原因", "units": "单位", "venues": "场地", "campaigns": "工作线",
    "title": "名称", "number": "文号", "issuer": "发文机关", "published_on": "公开日期", "office_name": "以区政府名义",
    "online_service": "一网通办事项", "forms": "形式", "filed_on": "备案日期", "linked_on": "上线日期",
    "integrated": "集成推送", "campaign": "工作线", "short": "简称", "starts_at": "开始时间", "ends_at": "结束时间",
    "precision": "时间精度", "tentative": "暂定", "raw_time": "时间原文", "status": "状态", "status_reason": "状态原因",
    "lead_units": "牵头单位", "responsible_units": "责任单位", "towns": "街镇", "park": "园区", "schools": "学校",
    "venue": "场地", "place": "地点", "theme": "主题", "theme_class": "主题分类", "platforms": "直播平台",
    "online_only": "仅线上", "audience": "参与对象", "expected": "拟参与人数", "attended": "实到人数",
    "host_event": "所在会议活动", "policy": "解读政策", "contact": "联系方式", "url": "网址", "note": "备注",
    "pinned": "锁定", "body": "会议或目录", "listed_on": "列入目录日期", "meeting": "会议", "exemption": "特殊情况",
    "hearing_forms": "听取意见形式", "noticed_on": "公告日期", "selected_on": "遴选日期", "phone": "电话",
    "group": "类别", "selected_by": "产生方式", "reserve": "候补", "decision": "决策事项", "delegate": "代表",
    "invited_on": "邀请日期", "attendance": "到会情况", "told_on": "反馈日期", "text": "意见", "outcome": "采纳情况",
    "reply": "答复", "decided_on": "研究日期", "rule": "规则",
    "signup": "报名方式", "signed_up": "已报名人数", "received": "来件版本", "quota": "名额", "closes_on": "报名截止", "exempted_by": "批准人",
    "heard_on": "听取意见日期", "hearing_note": "听取意见情况", "closed_on": "结案日期", "referred_on": "转办日期",
    "materials": "备案材料", "event": "活动", "file_name": "文件名", "digest": "校验值", "size": "大小", "link": "链接",
    "dated_on": "材料日期", "added_on": "归集日期", "background": "背景", "background_by": "背景讲解人", "basis": "依据",
    "basis_by": "依据讲解人", "purpose": "目的", "purpose_by": "目的讲解人", "practice": "创新做法",
    "practice_by": "创新做法讲解人", "leaflets": "宣传资料",
}  # fmt: skip

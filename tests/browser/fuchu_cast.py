"""Who takes part in the story of Fuchu, and the words that run through it. Everybody is invented."""

from tomoni.parties.permissions import Role

TITLE = "夜道の見守りとあかり"
ISSUE = "駅から西の通学路が暗く、冬の下校時に人通りが絶えます。"
GROUP, PARTNER = "けやき台自治会", "NPO法人あかりの輪"
DESK, DIVISION, ROADS = "市民活動センタープラッツ", "協働推進課", "道路課"
JURY, COUNCIL = "協働事業審査会", "市民協働推進会議"
CAST = {
    "member": ("架空 花江", GROUP, Role.MEMBER),
    "partner": ("見本 灯", PARTNER, Role.MEMBER),
    "coordinator": ("例示 結", DESK, Role.COORDINATOR),
    "officer": ("道野 進", ROADS, Role.OFFICER),
    "division": ("協田 働子", DIVISION, Role.DIVISION),
    "first": ("審査 一郎", JURY, Role.SCREENER),
    "second": ("審査 二子", JURY, Role.SCREENER),
    "third": ("審査 三郎", JURY, Role.SCREENER),
    "council": ("推進 会子", COUNCIL, Role.COUNCIL),
}

"""The grammar of the syllable: what is one, and where its tone mark may stand."""

from __future__ import annotations

import pytest

from qc.text.spelling._syllable import is_well_placed, key_of, parse, spell, spell_key

SAME = [("hòa", "hoà"), ("kỹ", "kĩ"), ("quý", "quí"), ("thủy", "thuỷ"), ("khỏe", "khoẻ")]
BROKEN = ["nghành", "tuơng", "tiêp", "thiêt", "quìnhh", "kác", "gê", "nga2", "", "strong", "đựợc"]
GOOD = "giết giếng gì quốc khuỷu yêu uống thuở người hươu cứu mùa của gịa"


@pytest.mark.parametrize(("old", "new"), SAME)
def test_two_right_spellings_have_one_key(old: str, new: str) -> None:
    assert key_of(old) == key_of(new) is not None


@pytest.mark.parametrize("word", BROKEN)
def test_no_syllable(word: str) -> None:
    assert key_of(word) is None


@pytest.mark.parametrize("word", GOOD.split()[:-1])
def test_syllable_spelled_back(word: str) -> None:
    key = key_of(word)
    assert key is not None
    assert key_of(spell_key(key)) == key


@pytest.mark.parametrize(
    ("written", "right"),
    [("tòan", "toàn"), ("lọai", "loại"), ("taị", "tại"), ("vựơt", "vượt"), ("gịa", "giạ")],
)
def test_misplaced_mark(written: str, right: str) -> None:
    syllable = parse(written)
    assert syllable is not None
    assert not is_well_placed(syllable)
    assert key_of(written) is None
    toneless = key_of(right)
    assert toneless is not None
    assert spell(toneless[:-1], syllable.tone) == right

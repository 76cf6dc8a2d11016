"""Secrets behind Vietnamese cues, and sentences that only speak of passwords."""

from __future__ import annotations

import unicodedata

import pytest

from tests.security.drafts import findings_of

FOUND = [
    ("Mật khẩu: Truong@2024", "secret-password", "Truong@2024"),
    ("mật khẩu wifi là truonghoc2024.", "secret-password", "truonghoc2024"),
    ("Mật khẩu mặc định: 123456", "secret-password", "123456"),
    ("Tài khoản hs01, mk: Abc12345", "secret-password", "Abc12345"),
    ("Password = hunter2!", "secret-password", "hunter2!"),
    ("mat khau: hocsinh@1", "secret-password", "hocsinh@1"),
    ("MK mặc định của các em là 12345678a", "secret-password", "12345678a"),
    ("mật khẩu vào phòng zoom: 123456", "secret-password", "123456"),
    ("Mật khẩu (mặc định): 123456a@", "secret-password", "123456a@"),
    ("mật khẩu cấp 2: Abc#12", "secret-password", "Abc#12"),
    ("Zoom ID 812 3456 7890, passcode: 9xK2mP", "secret-meeting-code", "9xK2mP"),
    ("Mã phòng: abc-defg-hij1", "secret-meeting-code", "abc-defg-hij1"),
    ("key AKIA" + "ABCDEFGHIJKLMNOP", "secret-key", "AKIA" + "ABCDEFGHIJKLMNOP"),
    ("api_key = 9f8e7d6c5b4a3f2e1d0c", "secret-key", "9f8e7d6c5b4a3f2e1d0c"),
    ("-----BEGIN RSA PRIVATE KEY-----", "secret-key", "-----BEGIN RSA PRIVATE KEY-----"),
]
CLEAN = [
    "",
    "Mật khẩu: do giáo viên chủ nhiệm cấp",
    "Mật khẩu là chìa khóa bảo vệ tài khoản.",
    "Mật khẩu phải có ít nhất 8 ký tự.",
    "Mật khẩu: ********",
    "Mật khẩu: ............",
    "Mật khẩu: (xem trong thư)",
    "Mật khẩu: xem email",
    "Không đặt mật khẩu là ngày sinh.",
    "Mật khẩu mạnh gồm chữ hoa, chữ thường và số.",
    "Quên mật khẩu liên hệ thầy Nam: 0912000000",
    "Đổi mật khẩu trước ngày: 12/10/2026",
    "Mật khẩu được gửi cho phụ huynh: 0912000000",
    "Mật khẩu của các em: họ tên viết liền",
    "Mật khẩu phải dài: 8 đến 12 ký tự",
    "Mã phòng: sẽ gửi sau",
    "Mã số học sinh: 0123456789",
    "Token: xem hướng dẫn",
    "Buổi họp trên Zoom lúc 19 giờ 30.",
]


@pytest.mark.parametrize(("text", "rule_id", "value"), FOUND)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_secret_is_found_and_masked(text: str, rule_id: str, value: str, form: str) -> None:
    text = "<p>" + unicodedata.normalize(form, text) + "</p>"
    (finding,) = findings_of(text, rule_id)
    block = finding.subject
    assert block.text[finding.start : finding.end] == value  # type: ignore[attr-defined]
    assert value not in str(finding.facts["value"])
    assert finding.rule.masks


@pytest.mark.parametrize("text", CLEAN)
def test_speaking_of_passwords_passes(text: str) -> None:
    for rule_id in ("secret-password", "secret-meeting-code", "secret-key"):
        assert not findings_of(f"<p>Tin</p><p>{text}</p>", rule_id)

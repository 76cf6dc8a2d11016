"""Hard negatives: drafts that speak of code, betting and passwords, and are fine to publish.

None of them may be blocked by the markup, hidden, link and secret rules. (name, html) each.
"""

from __future__ import annotations

_LESSON = "<h2>Bài 5: Lập trình web</h2>"
_VIDEO = '<iframe title="Video" width="560" height="315" src="{}" allowfullscreen></iframe>'

HARD_NEGATIVES: list[tuple[str, str]] = [
    ("escaped script", _LESSON + "<pre><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>"),
    ("escaped script inline", "<p>Thẻ <code>&lt;script&gt;</code> nhúng mã JavaScript.</p>"),
    ("escaped handler", "<pre>&lt;button onclick=\"chao()\"&gt;Chào&lt;/button&gt;</pre>"),
    ("escaped iframe", "<pre>&lt;iframe src=\"javascript:alert(1)\"&gt;&lt;/iframe&gt;</pre>"),
    ("escaped php", "<pre><code>&lt;?php echo 'Xin chào'; ?&gt;</code></pre>"),
    ("escaped jsp", "<pre>&lt;%= request.getParameter(\"ten\") %&gt;</pre>"),
    ("escaped svg", "<pre>&lt;svg onload=alert(1)&gt;</pre>"),
    ("entity lesson", "<p>Viết &amp;lt;script&amp;gt; để hiện dấu &lt;.</p>"),
    ("prose onclick", "<p>Thuộc tính onclick= gọi một hàm khi người dùng bấm chuột.</p>"),
    ("prose javascript", "<p>javascript: là tiền tố của một loại địa chỉ đã lỗi thời.</p>"),
    ("prose data", "<p>Địa chỉ data:text/html chứa cả một trang.</p>"),
    ("prose eval", "<p>Không dùng eval() và expression() trong bài tập.</p>"),
    ("commented script", "<p>Bài học</p><!-- <script>alert(1)</script> -->"),
    ("commented handler", "<p>Bài học</p><!-- <img src=x onerror=alert(1)> -->"),
    ("office comment", "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><p>Kế hoạch</p>"),  # noqa: E501
    ("gutenberg", "<!-- wp:paragraph {\"align\":\"center\"} --><p>Tin</p><!-- /wp:paragraph -->"),
    ("python", "<pre><code>for i in range(10):\n    print(i &lt; 5)</code></pre>"),
    ("c++", "<pre>#include &lt;iostream&gt;\nint main() { std::cout &lt;&lt; 1; }</pre>"),
    ("math signs", "<p>Với a < b và b > c ta có a <> c, x<5.</p>"),
    ("less than percent", "<p>Tỉ lệ <% học sinh yếu là 3%> giảm.</p>"),
    ("latex", "<p>\\(\\frac{{a}}{{b}} = {{x}^2}\\) và $\\sqrt{x}$</p>"),
    ("set braces", "<p>Tập hợp A = {1; 2; 3}, B = {{1}; {2}}.</p>"),
    ("template in code", "<p>Viết <code>{{ ten }}</code> trong mẫu Jinja.</p>"),
    ("template in pre", "<pre>{% for x in ds %}{{ x }}{% endfor %}</pre>"),
    ("mathml", "<math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>"),
    ("mathml annotation", "<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x</annotation></semantics></math>"),  # noqa: E501
    ("inline svg", "<p>Hình</p><svg width='9' viewBox='0 0 9 9'><path d='M0 0h9v9'/><title>Ô</title></svg>"),  # noqa: E501
    ("svg gradient", "<svg><defs><linearGradient id='a'><stop/></linearGradient></defs><rect fill='url(#a)'/></svg>"),  # noqa: E501
    ("youtube", "<p>Video</p>" + _VIDEO.format("https://www.youtube.com/embed/dQw4w9WgXcQ")),
    ("youtube nocookie", _VIDEO.format("https://www.youtube-nocookie.com/embed/a?rel=0&amp;start=5")),
    ("youtube no scheme", _VIDEO.format("//www.youtube.com/embed/a")),
    ("maps", _VIDEO.format("https://www.google.com/maps/embed?pb=!1m18!2zVHLGsOG7nW5n")),
    ("drive", _VIDEO.format("https://drive.google.com/file/d/1a2b/preview")),
    ("docs form", _VIDEO.format("https://docs.google.com/forms/d/e/1FAI/viewform?embedded=true")),
    ("facebook video", _VIDEO.format("https://www.facebook.com/plugins/video.php?href=x")),
    ("vimeo", _VIDEO.format("https://player.vimeo.com/video/123")),
    ("own viewer", _VIDEO.format("/assets/pdf/viewer.html?file=/uploads/ke-hoach.pdf")),
    ("office viewer", _VIDEO.format("https://view.officeapps.live.com/op/embed.aspx?src=x")),
    ("school frame", _VIDEO.format("https://sgddt.hungyen.gov.vn/video/1")),
    ("blank frame", "<iframe title='x' src='about:blank'></iframe><p>a</p>"),
    ("pdf object", "<object data='/uploads/a.pdf' type='application/pdf'><a href='/uploads/a.pdf'>Tải</a></object>"),  # noqa: E501
    ("video", "<video controls poster='/a.jpg'><source src='/a.mp4' type='video/mp4'></video>"),
    ("data png", "<img alt='' src='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUA'>"),
    ("lazy placeholder", "<img alt='Lễ' data-src='/a.jpg' src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'%3E%3C/svg%3E\">"),  # noqa: E501
    ("lazy noscript", "<img alt='' class='lazy' data-src='/a.jpg'><noscript><img alt='' src='/a.jpg'></noscript>"),  # noqa: E501
    ("json-ld", "<p>Tin</p><script type='application/ld+json'>{\"@type\": \"NewsArticle\"}</script>"),  # noqa: E501
    ("void link", "<p><a href='javascript:void(0)'>In trang</a></p>"),
    ("void link 2", "<p><a href='javascript:;'>Chia sẻ</a></p>"),
    ("task list", "<ul><li><input type='checkbox' disabled checked> Nộp hồ sơ</li></ul>"),
    ("accordion", "<button class='accordion'>Mở</button><div class='accordion-body' style='display:none'><p>Nội dung chi tiết của kế hoạch năm học mới.</p></div>"),  # noqa: E501
    ("tabs", "<div class='tab-content'><div class='tab-pane' style='display:none'>Danh sách học sinh giỏi các lớp khối 5</div></div>"),  # noqa: E501
    ("details", "<details><summary>Đáp án</summary><p>Câu 1: A. Câu 2: C.</p></details>"),
    ("sr-only", "<style>.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}</style><span class='sr-only'>Bảng điểm của khối lớp 5 năm học</span>"),  # noqa: E501
    ("katex hidden", "<span class='katex-mathml' style='position:absolute;clip:rect(1px,1px,1px,1px);overflow:hidden;height:1px;width:1px'><math><mi>x</mi></math></span>"),  # noqa: E501
    ("mce bookmark", "<p>Tin<span data-mce-type='bookmark' style='display:inline-block;width:0px;overflow:hidden;line-height:0' class='mce_SELRES_start'></span></p>"),  # noqa: E501
    ("white on blue", "<table><tr style='background-color:#1f4e79'><td style='color:#ffffff'><a href='https://example.org/'>Môn thi</a></td></tr></table>"),  # noqa: E501
    ("white on bgcolor", "<table bgcolor='#003366'><tr><td><font color='#FFFFFF'>Thời gian biểu của lớp</font></td></tr></table>"),  # noqa: E501
    ("white on picture", "<div style=\"background-image:url('/nen.jpg')\"><h2 style='color:#fff'>Chào mừng năm học mới</h2></div>"),  # noqa: E501
    ("word paste", "<p class='MsoNormal' style='margin:0cm 0cm 8pt;text-indent:36pt;mso-ansi-language:VI'><span style='font-family:\"Times New Roman\",serif;color:black'>Kính gửi</span><o:p></o:p></p>"),  # noqa: E501
    ("docs paste", "<b id='docs-internal-guid-1' style='font-weight:normal'><p dir='ltr' style='line-height:1.38'><span style='white-space:pre-wrap;background-color:transparent'>Thông báo</span></p></b>"),  # noqa: E501
    ("facebook paste", "<div class='x11i5rnm' dir='auto' style='text-align:start'><span><img height='16' alt='🎉' src='https://static.xx.fbcdn.net/a.png'></span>Chúc mừng</div>"),  # noqa: E501
    ("zero indent", "<p style='text-indent:-18pt;margin-left:36pt'>- Khối 1: 120 em</p>"),
    ("wide table", "<div style='overflow-x:auto;width:100%'><table style='width:1200px'><tr><td>a</td></tr></table></div>"),  # noqa: E501
    ("collapse border", "<table style='border-collapse:collapse;line-height:0'><tr><td>a</td></tr></table>"),  # noqa: E501
    ("footnote", "<p>Theo Nghị định<sup style='font-size:60%'><a href='#fn1'>1</a></sup></p>"),
    ("police news", "<p>Công an tỉnh triệt phá đường dây cá độ bóng đá. Xem <a href='https://congan.com.vn/tin'>bài viết</a>.</p>"),  # noqa: E501
    ("warning news", "<p>Nhà trường cảnh báo phụ huynh về game bài đổi thưởng, nhà cái, tài xỉu trên mạng.</p>"),  # noqa: E501
    ("lottery history", "<p>Xổ số kiến thiết góp tiền xây trường học.</p>"),
    ("sports news", "<p>Đội bóng lớp 9A thắng trận. <a href='https://bongdaplus.vn/a'>Tin thể thao</a></p>"),  # noqa: E501
    ("probability", "<p>Bài toán: tung xúc xắc, xác suất ra mặt chẵn là bao nhiêu? Trò chơi may rủi không nên tham gia.</p>"),  # noqa: E501
    ("password lesson", "<p>Mật khẩu: phải có ít nhất 8 ký tự. Không dùng 123456 làm mật khẩu.</p>"),  # noqa: E501
    ("password by teacher", "<p>Tài khoản là mã học sinh, mật khẩu: do giáo viên chủ nhiệm cấp.</p>"),  # noqa: E501
    ("school port", "<p><a href='https://tuyensinh.hungyen.edu.vn:8443/'>Nộp hồ sơ</a></p>"),
    ("resource list", "<ul>" + "".join(f"<li><a href='https://trang{n}.edu.vn/'>Trường số {n}</a>: trang tin</li>" for n in range(14)) + "</ul>"),  # noqa: E501
    ("vietnamese idn", "<p><a href='https://trườnghọc.vn/'>Trường học</a></p>"),
    ("mail link", "<p>Liên hệ <a href='mailto:c1phungcong@hungyen.edu.vn'>hòm thư</a>, <a href='tel:02213000000'>điện thoại</a></p>"),  # noqa: E501
    ("deep list", "<ul><li>" * 40 + "x" + "</li></ul>" * 40),
    ("long table", "<table>" + "<tr><td>1</td><td>Nguyễn Văn A</td><td>5A</td></tr>" * 400 + "</table>"),  # noqa: E501
    ("empty", "<p></p>"),
]  # fmt: skip

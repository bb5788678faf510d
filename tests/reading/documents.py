"""Digest documents put together from what authors write: front matter × form of the papers × bodies × encoding."""

import codecs

from hypothesis import strategies as st

TITLES = (
    "Counting Sheep with Language Models",
    "DuoAD: Leveraging [CLS] Dual Tokens",
    "$E^3$-Pruner: Pruning in Three Steps",
    "Training in <1 GB VRAM",
    '"Are We There Yet?" Asked of Benchmarks',
    "SP$^3$: Structured Priors | A Site",
    "《未闭合的标题",
    "LLM 에이전트의 메모리 계층 (Memory Hierarchies)",
    "拡散モデルの潜在空間",
    "**似然引导选择（LGS）**直接",
    "~RTL\u202e and \u200bzero width",
    "요약",
    "Overview",
    "A",
    "",
    "x" * 300,
)
FRONT_MATTER = (
    "",
    '---\ntitle: "Daily Digest / 28 Feb 2023"\n---\n',
    "---\ntitle: Daily Digest: 2023-02-28\n---\n",
    "---\ntitle: \\[Papers\\] x\ndate: 2023-02-28 00:15:00 +0900\n---   \n",
    "---\ndate: 2020-12-08T13:04:41.Z\ntags: ['논문', \"b\"]\n\n---\n",
    "---\ndate: 2023-02-30\npublished: false\n---\n",
    "---\n\ttabs: 1\ntitle: a\ntitle: b\n---\n",
    "---\na: &a [*a]\n---\n",
    "---\nx: !!python/object:os.system {}\n---\n",
    "---\n- list\n---\n",
    "---\nunclosed: yes\n",
    "---\n",
    "+++\ntitle = 'toml'\ndate = 2023-02-28\n+++\n",
    '{\n"title": "2023-02-28"\n}\n',
)
OPENINGS = (
    "",
    "# Papers of 2023-02-28\n\n",
    "# 2026‑01‑13 논문 (3편)\n\n",
    "**2026-01-02** papers\n\n",
    "총 3개\n\n## Table of Contents\n\n- [a](#a)\n- [b](#b)\n\n",
    "Fri, 27 May 22\n==============\n\n",
    "> Papers found: 0\n\n",
    "## 📰 AI 뉴스\n\n### 1. 소식 하나\n- https://news.example/1\n\n## 오늘의 논문\n\n",
)
HEADS = (
    "### {n}. {title}",
    "### {n}.{title}",
    "###{n}. {title}",
    "### {n}\\. {title} ###",
    "## {n}) {title}",
    "# {n}. {title}",
    "### {title}",
    "### [{n}] [{title}](https://arxiv.org/abs/2601.0000{n})",
    "## 📄 [{title}](https://arxiv.org/abs/2601.0000{n})  `9/10`",
    "### {n}️⃣ {title} ⭐⭐",
    "## Title: {title}",
    "### Title:\n    {title}",
    "## 论文 {n}：{title}",
    "{title}\n-----",
    "{n}. **{title}** - 👍 {n}",
    "- **{title}**",
    "- [{title}](https://arxiv.org/abs/2601.0000{n}) — 2026-01-02",
    "* {title}\n  https://arxiv.org/abs/2601.0000{n}",
    "- 标题：{title}",
    "**《{title}》**",
    "**[{n}]{title}**",
    "| {n} | {title} | [arXiv](https://arxiv.org/abs/2601.0000{n}) |",
    "| # | Title |\n|---|---|\n| {n} | {title} |",
    "<table><tr><th>Title</th></tr><tr><td>{title}</td></tr></table>",
    "<h3 id='{n}'>{title}</h3>",
    "---\n\n{title}",
    "## {n}. Section\n\n### 1. {title}",
    "- 2026-01-0{n}, **{title}**, Ann Lee et.al., Paper: [http://arxiv.org/abs/2601.0000{n}](http://arxiv.org/abs/2601.0000{n})",
    "{n}\\. [{title}](https://arxiv.org/abs/2601.0000{n})",
    "* {title} ([notes](./summary/{n}.md))",
    "<details>\n<summary><strong>{title}</strong> - Ann Lee et al. - <a href='https://arxiv.org/abs/2601.0000{n}'>x</a></summary>",
    "**2026-01-02**  **⬜️ Other** | Ann Lee et.al.\n[{title}](https://arxiv.org/abs/2601.0000{n})",
    "### **{title} (Ann Lee, Bo Kim, 2026-05)** — preprint",
    "## 3.{n} {title} 📦代码",
    "## Topic {n}\n\n- [{title}](https://arxiv.org/abs/2601.0000{n})",
)
BODIES = (
    "",
    "\n-  두 칸을 띄운 글머리표입니다.\n- https://github.com/ridgerchu/SpikeGPT에서 확인\n",
    "\n- **Authors**: Ann Lee, Bo Kim\n- **arXiv**: [2601.00001](https://arxiv.org/abs/2601.00001v2)\n",
    "\n- 作者：王一，李二\n- 链接：https://arxiv.org/pdf/unknown.pdf\n",
    "\n*venue | 2026-05-01T01:52:01Z | Ann Lee, Bo Kim*\n\n> A quoted abstract\n> in two lines\n",
    "\n## 한 줄 요약\n짧다.\n\n## 방법론\n길다.\n",
    "\n#### Abstract\ntext\n",
    "\n```python\n# 3. not a heading\n",
    "\n~~~\n### 3. not a paper\n~~~\n",
    "\n<details>\n<summary>never closed</summary>\n",
    "\n<!-- ### 9. comment\n",
    "\n<script async src='https://a.example/x.js'></script>\n![x](https://a.example/x.png)\n",
    "\n- a\n  - b\n    - c\n\t\t- d\n1. e\n   * f\n",
    "\n**bold that is wrapped\nover two lines** and **한글(abc)**는\n",
    "\n@everyone <@123> </cmd:1> [https://a.example](https://b.example) [a](javascript:x)\n",
    "\nEnergy $E = mc^2$ and \\(x_{i}\\) \\frac{1}{2}\n",
    "\n[ref]: https://arxiv.org/abs/2601.00009 'title'\n[^1]: a note\n[see][ref] here[^1]\n{: .notice}\n{% raw %}\n",
    "\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n",
    "\n## Idea Sparks\n\n### 1. An idea of ours\n",
    "\n## Papers that failed review\n\n- **Not this one** [id](https://arxiv.org/abs/2601.00009)\n",
    "\n" + "word " * 400 + "\n",
    "\n" + "[a](" * 60 + "\n",
)
ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "latin-1")
ENDINGS = ("\n", "\n", "\n", "\r\n", "\r")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A digest as one author would write it: one form all through, with a foreign piece now and then."""
    head = draw(st.sampled_from(HEADS))
    parts = [draw(st.sampled_from(FRONT_MATTER)), draw(st.sampled_from(OPENINGS))]
    for n in range(1, draw(st.integers(0, 6)) + 1):
        form = draw(st.sampled_from(HEADS)) if draw(st.integers(0, 9)) == 0 else head
        number = draw(st.sampled_from((0, 1, n + 1, 10**20))) if draw(st.integers(0, 9)) == 0 else n
        parts += [form.format(n=number, title=draw(st.sampled_from(TITLES))), "\n", draw(st.sampled_from(BODIES)), "\n"]
    if draw(st.integers(0, 9)) == 0:
        parts.insert(draw(st.integers(0, len(parts))), draw(st.text(max_size=80)))
    return "".join(parts)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """A digest file: a text in one of the encodings and line endings that editors write."""
    text = draw(texts()).replace("\n", draw(st.sampled_from(ENDINGS)))
    encoding = draw(st.sampled_from(ENCODINGS))
    raw = text.encode(encoding, errors="replace")
    if draw(st.integers(0, 19)) == 0:
        at = draw(st.integers(0, len(raw)))
        raw = raw[:at] + draw(st.sampled_from((b"\0", b"\xff", b"\xc3", codecs.BOM_UTF8, b"\x1b[31m"))) + raw[at:]
    return raw

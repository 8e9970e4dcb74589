"""An article sorted out: which passages are its headline, its prose and headings, and what stands around it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from services.extract.core.calendar_names import CalendarNames
from services.extract.core.layout import Paragraph, paragraphs
from services.extract.core.metadata import shapes
from services.extract.core.metadata.below import captions_below, signatures_below
from services.extract.core.metadata.bylines import bylines
from services.extract.core.metadata.chronology import dated_headings
from services.extract.core.metadata.copied import with_the_pages_own
from services.extract.core.metadata.date_lines import DateLine, date_line, opening, prefix
from services.extract.core.metadata.furniture import furniture, only_networks
from services.extract.core.metadata.glued import glued, goes_on
from services.extract.core.metadata.glued_ends import Glued
from services.extract.core.metadata.house_lines import NOTES, is_released, opens_notes
from services.extract.core.metadata.near_headline import below_headline, left_out_day
from services.extract.core.metadata.page_labels import Finding, others_start, shared_end
from services.extract.core.metadata.sheet import HEADING, PROSE, TITLE, Passage, Sheet
from services.extract.core.metadata.sites import squeezed
from services.extract.core.metadata.unlabelled import unlabelled_links
from services.extract.core.metadata.unrelated import headline_of, is_saying

# Headlines, date lines and bylines are looked for so many paragraphs from either end, and no further.
_HEAD = 12
_TAIL = 8
_LONGEST_MOTTO = 400
# A paragraph of so many words is part of the article, whatever its last mark.
_WORDY = 12
_FURTHEST_DATE = 5  # of a weblog, below its motto and its menu
_MOST_RELATED = 10
# The date that opens the prose stands in its first paragraph, or below a lede and notes.
_OPENINGS = 4
_LEADS = 2  # paragraphs of prose, a lede's, above a dateline that is the article's own


def sort_out(text: str, names: CalendarNames, claimed_title: str | None = None) -> Sheet:
    """`text` as passages; what is not surely something else stays prose. A title that a claim gave is found by it."""
    head = prefix(text, names)
    blocks = paragraphs(text, head.end if head else 0)
    dated = {index for index, block in enumerate(blocks[:_HEAD]) if date_line(text, block, names)}
    findings, headline = with_the_pages_own(blocks, [_of_all(block.text) for block in blocks], dated)
    desk = _Desk(text, names, blocks, findings)
    if headline is not None and not claimed_title:
        desk.set_title(headline, "of the lines above the prose the one with its words")
    desk.cut_closing()
    desk.read_date_lines()
    if not desk.date_lines:
        desk.date_lines += left_out_day(text, blocks, desk.findings, names)
    desk.read_share_bars()
    desk.read_related()
    desk.read_unlabelled()
    desk.read_bylines()
    desk.find_title(claimed_title)
    below_headline(desk.blocks, desk.findings)
    desk.read_signatures()
    desk.read_captions()
    desk.find_headings()
    desk.cut_opening()
    desk.cut_glued(has_lines=headline is not None)
    passages = list(desk.passages())
    if head:
        passages.insert(0, Passage(0, min(head.end, len(text)), "metadata_prefix", "a date at the head of the file"))
    return Sheet(tuple(passages), tuple([head] if head else []) + tuple(desk.date_lines))


@dataclass
class _Desk:
    """One text while it is sorted: a finding for each paragraph that is more than prose."""

    text: str
    names: CalendarNames
    blocks: tuple[Paragraph, ...]
    findings: list[Finding | None]
    date_lines: list[DateLine] = field(default_factory=list)
    cut: dict[int, tuple[int, Finding]] = field(default_factory=dict)
    closing: dict[int, tuple[int, Finding]] = field(default_factory=dict)
    inner: dict[int, list[Glued]] = field(default_factory=dict)

    def margins(self) -> list[int]:
        """Paragraphs near the head and near the tail that nothing is known of yet."""
        count = len(self.blocks)
        near = [*range(min(_HEAD, count)), *range(max(_HEAD, count - _TAIL), count)]
        return [index for index in near if self.findings[index] is None]

    def read_date_lines(self) -> None:
        prose = [index for index, block in enumerate(self.blocks) if shapes.is_prose(block)]
        for index in dated_headings(self.text, self.blocks, self.names):
            self.findings[index] = self.findings[index] or Finding(
                HEADING, "one of several dates that divide the prose"
            )
        for index in self.margins():
            line = date_line(self.text, self.blocks[index], self.names)
            # In the midst of the prose a bare date heads what happened then; papers put theirs above or below it.
            midst = len(prose) > 1 and prose[1] < index < prose[-1]
            if line and (line.label != "none" or not midst):
                self.date_lines.append(line)
                self.findings[index] = Finding("date_line", "a date by itself")

    def read_share_bars(self) -> None:
        bars = [index for index, finding in enumerate(self.findings) if finding and finding.kind == "share_bar"]
        following = 0  # up to there it is known which lines are networks' names: a bar of many lines is read once
        for bar in bars:
            if bar < following:
                continue
            following = bar + 1
            while following < len(self.blocks) and only_networks(self.blocks[following].text):
                self.findings[following] = Finding("share_bar", "a network's name below a share bar")
                following += 1

    def read_related(self) -> None:
        """The headlines of other articles that stand below an invitation to read them, up to the next prose."""
        heads = [index for index, finding in enumerate(self.findings) if finding and finding.kind == "related"]
        for head in heads:
            if furniture(self.blocks[head].text) is None or ":" in self.blocks[head].text.rstrip(" :\uff1a"):
                continue  # it names one itself
            for index in range(head + 1, min(head + 1 + _MOST_RELATED, len(self.blocks))):
                block = self.blocks[index]
                if self.findings[index] is not None or not (shapes.is_headline(block) or shapes.is_item(block)):
                    break
                self.findings[index] = Finding("related", "a headline below an invitation to read something else")

    def read_unlabelled(self) -> None:
        for index in unlabelled_links(self.blocks, self.findings):
            self.findings[index] = Finding("related", "one of several headlines in a row within the prose")

    def read_bylines(self) -> None:
        for index, finding in bylines(self.blocks, self.findings, self.margins()):
            self.findings[index] = finding

    def find_title(self, claimed: str | None) -> None:
        if claimed and (index := self._standing_title(claimed)) is not None:
            self.set_title(index, "as the document claims it")
            return
        if claimed or any(finding and finding.kind == TITLE for finding in self.findings):
            return
        first = self._past_motto()
        candidates = list(self._candidates(first))
        if not candidates:
            return
        lines = [index for index in candidates if not shapes.is_label(self.blocks[index].text)] or candidates[:1]
        better = lines[headline_of([self.blocks[index].text for index in lines], self._prose_below(lines[-1]))]
        for index in lines[: lines.index(better)]:
            kind = "motto" if is_saying(self.blocks[index].text) else "label"
            self.findings[index] = Finding(kind, "above the headline, without a word of the article")
        for index in range(first):
            self.findings[index] = self.findings[index] or Finding("motto", "a saying above the date line and headline")
        self.set_title(better, "a headline by itself above the prose")

    def _prose_below(self, index: int) -> str:
        rest = zip(self.blocks[index + 1 :], self.findings[index + 1 :], strict=True)
        return "\n".join(block.text for block, finding in rest if finding is None)

    def set_title(self, index: int, reason: str) -> None:
        self.findings[index] = Finding(TITLE, reason)
        if end := shapes.section_end(self.blocks[index].text):
            section = Finding("label", "a section's name in capitals before the headline")
            self.cut[index] = self.blocks[index].start + end, section
        for above in range(index):
            if self.findings[above] is None and shapes.is_label(self.blocks[above].text):
                self.findings[above] = Finding("label", "a word or two above the headline")

    def _standing_title(self, claimed: str) -> int | None:
        wanted = squeezed(claimed)
        for index in self.margins()[:_HEAD]:
            if index < _HEAD and squeezed(self.blocks[index].text) == wanted:
                return index
        return None

    def _past_motto(self) -> int:
        # A blog's motto is whole sentences above the date line, with the headline right below it.
        for index in range(1, min(_FURTHEST_DATE, len(self.blocks))):
            above = [block for block, each in zip(self.blocks[:index], self.findings, strict=False) if each is None]
            finding = self.findings[index]
            if finding and finding.kind == "date_line" and above:
                wordy = all(shapes.is_saying(block) and len(block.text) <= _LONGEST_MOTTO for block in above)
                return index + 1 if wordy and any(self._candidates(index + 1)) else 0
        return 0

    def _candidates(self, first: int) -> Iterator[int]:
        # Headlines above the first prose, and only where prose follows.
        found: list[int] = []
        for index in range(first, min(first + _HEAD, len(self.blocks))):
            block = self.blocks[index]
            if self.findings[index] is not None:
                continue
            is_told = shapes.is_told(block) or (not index and self._follows_prefix() and shapes.is_told(block, 2))
            if not is_told and (shapes.is_headline(block) or (not found and shapes.is_label(block.text))):
                found.append(index)
            elif shapes.is_prose(block) or shapes.words(block.text) >= _WORDY:
                yield from (each for each in found if shapes.is_headline(self.blocks[each]))
                return

    def _follows_prefix(self) -> bool:
        """Whether the first paragraph stands on the line of the date at the head of the file, as prose does."""
        before = self.text[: self.blocks[0].start]
        return bool(before.strip()) and "\n" not in before

    def read_signatures(self) -> None:
        for index, finding in signatures_below(self.blocks, self.findings):
            self.findings[index] = finding

    def find_headings(self) -> None:
        seen_prose = False
        for index, block in enumerate(self.blocks):
            if self.findings[index] is not None:
                continue
            if shapes.is_prose(block):
                seen_prose = True
            elif seen_prose and self._opens_prose(index) and shapes.is_heading(block) and not self._ends_a_table(index):
                self.findings[index] = Finding(HEADING, "a headline within the prose")

    def _ends_a_table(self, index: int) -> bool:
        """Whether a line is the last of several that give figures behind a label: Mars : 47 tués."""
        return all(shapes.is_row(block.text) for block in self.blocks[max(0, index - 1) : index + 1])

    def _opens_prose(self, index: int) -> bool:
        if index + 1 >= len(self.blocks) or self.findings[index + 1] is not None:
            return False
        return shapes.is_prose(self.blocks[index + 1])

    def cut_opening(self) -> None:
        prose = [index for index, finding in enumerate(self.findings[:_HEAD]) if finding is None][:_OPENINGS]
        lines = {i: line for i in prose if (line := opening(self.text, self.blocks[i], self.names))}
        if len(lines) == 1 and (index := next(iter(lines))) in prose[_LEADS:] and lines[index].method == "dateline":
            lines = {}  # of a dispatch that is quoted: the article has begun before
        # Where one paragraph after another opens with a date, these are the days of a chronicle.
        if len(lines) == 1:
            [(index, line)] = lines.items()
            self.date_lines.append(line)
            if line.end < self.blocks[index].end:
                self.cut[index] = line.end, Finding("date_line", "a date that the prose opens with")
        if prose and prose[0] not in self.cut and (end := shared_end(self.blocks[prose[0]].text)):
            shared = Finding("share_bar", "words of sharing before the first sentence")
            self.cut[prose[0]] = self.blocks[prose[0]].start + end, shared
        if prose and prose[0] not in self.cut and (end := shapes.label_end(self.blocks[prose[0]].text)):
            label = Finding("label", "a section's name in capitals before the first sentence")
            self.cut[prose[0]] = self.blocks[prose[0]].start + end, label

    def cut_closing(self) -> None:
        """An author's other articles behind the prose: all that is left of the text."""
        for index in range(max(0, len(self.blocks) - _TAIL), len(self.blocks)):
            block = self.blocks[index]
            if opens_notes(block.text, released=is_released(self.findings[:index])):
                self.findings[index:] = [one or NOTES for one in self.findings[index:]]
                return
            if self.findings[index] is None and (at := others_start(block.text)) is not None:
                others = Finding("related", "an author's other articles behind their label")
                self.findings[index + 1 :] = [one or others for one in self.findings[index + 1 :]]
                if at:
                    self.closing[index] = block.start + at, others
                else:
                    self.findings[index] = others
                return

    def read_captions(self) -> None:
        for index, finding in captions_below(self.blocks, self.findings):
            self.findings[index] = finding

    def cut_glued(self, *, has_lines: bool) -> None:
        """What was glued to the prose within its paragraphs."""
        prose = [index for index, finding in enumerate(self.findings) if finding is None]
        for index in prose:
            if found := glued(self.blocks[index].text, closes=index == prose[-1], has_lines=has_lines):
                self.inner[index] = found

    def passages(self) -> Iterator[Passage]:
        for index, (block, finding) in enumerate(zip(self.blocks, self.findings, strict=True)):
            start = block.start
            end, opening_finding = self.cut.get(index, (start, None))
            if opening_finding and end > start:
                yield Passage(start, end, *opening_finding)
                start = self._past_blanks(end, block.end)
            end, closing_finding = self.closing.get(index, (block.end, None))
            for one in self.inner.get(index, ()):
                first, last = block.start + one.start, block.start + one.end
                if start <= first and last <= end:
                    yield from self._passage(start, first, PROSE, "")
                    yield Passage(first, last, *one.finding)
                    start = self._past_blanks(last, block.end)
            kind, reason = finding or (PROSE, "")
            yield from self._passage(start, end, kind, reason)
            if closing_finding:
                yield Passage(end, block.end, *closing_finding)

    def _passage(self, start: int, end: int, kind: str, reason: str) -> Iterator[Passage]:
        if rest := self.text[start:end].rstrip():
            yield Passage(start, start + len(rest), kind, reason)

    def _past_blanks(self, start: int, end: int) -> int:
        rest = self.text[start:end]
        return start + len(rest) - len(rest.lstrip())


def _of_all(paragraph: str) -> Finding | None:
    """What a paragraph is besides prose; an invitation to read something else that goes on as prose is glued to it."""
    finding = furniture(paragraph)
    return None if finding and goes_on(paragraph, finding.kind) else finding

import { readFile } from 'node:fs/promises';
import { hoursText } from '../../domain/text/durations.ts';
import type { ReasonLanguage } from '../credit/reasons.ts';
import type { RecordView } from './record-view.ts';
import { recordWords } from './record-words.ts';

/** The font of the TV app: the characters of GB 2312. */
const font = new URL('../../../static/fonts/field-classroom-sc.woff2', import.meta.url);
/** Printed where a font lacks a character, as printers have always done. */
const LACKING = '〓';

const margin = 48;
const size = { title: 20, heading: 14, text: 11, small: 9 } as const;
const ink = { text: '#12201b', soft: '#4c5a54', rule: '#9aa59f' } as const;
/** Shares of the page's width. */
const shares = [0.13, 0.33, 0.1, 0.09, 0.09, 0.26] as const;

/** A person's record as a PDF of A4 pages, with the font embedded. */
export async function recordPdf(view: RecordView, language: ReasonLanguage): Promise<Buffer> {
  const { default: PDFDocument } = await import('pdfkit');
  const t = recordWords(language);
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    bufferPages: true,
    lang: language,
    displayTitle: true,
    info: { Title: t('title', { year: view.year }), Creator: 'Field Classroom TV' },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.registerFont('text', await fontFile()).font('text');
  const { shown, wasLacking } = lackingMarked(doc);
  const width = doc.page.width - 2 * margin;
  const bottom = doc.page.height - margin - 24;

  const say = (text: string, height: number, color: string = ink.text): void => {
    doc.fontSize(height).fillColor(color).text(shown(text), margin, doc.y, { width, lineGap: 3 });
  };
  const makeRoom = (height: number): boolean => {
    if (doc.y + height <= bottom) return false;
    doc.addPage();
    return true;
  };
  const row = (cells: readonly string[], height: number, color: string): void => {
    doc.fontSize(height).fillColor(color);
    const widths = shares.map((share) => share * width);
    const tall = Math.max(
      ...cells.map((cell, index) => doc.heightOfString(shown(cell), { width: widths[index]! - 8 })),
    );
    const y = doc.y;
    let x = margin;
    cells.forEach((cell, index) => {
      doc.text(shown(cell), x, y, { width: widths[index]! - 8 });
      x += widths[index]!;
    });
    doc.y = y + tall + 8;
    doc
      .moveTo(margin, doc.y - 4)
      .lineTo(margin + width, doc.y - 4)
      .lineWidth(0.5)
      .strokeColor(ink.rule)
      .stroke();
  };
  const head = (): void =>
    row(
      ['day', 'lesson', 'modeHeading', 'minutes', 'hoursHeading', 'source'].map((key) => t(key)),
      size.small,
      ink.soft,
    );

  say(t('title', { year: view.year }), size.title);
  doc.moveDown(0.4);
  say(view.name === '' ? t('nobody') : `${t('name')}  ${view.name}  ${view.role}`, size.heading);
  say(t('hours', { hours: hoursText(view.hours) }), size.text);
  if (view.target)
    say(t('target', { hours: view.target.hours, reached: hoursText(view.target.reached) }), size.text);
  doc.moveDown(0.8);
  say(t('lines'), size.heading);
  doc.moveDown(0.3);
  if (view.lines.length === 0) say(t('noLines'), size.text, ink.soft);
  else head();
  for (const { day, lesson, mode, minutes, hours, source, correction } of view.lines) {
    if (makeRoom(3 * size.text)) head();
    const said = correction === null ? source : `${source}\n${correction}`;
    row([day, lesson, mode, String(minutes), hoursText(hours), said], size.text, ink.text);
  }
  if (view.pending.length > 0) {
    makeRoom(90);
    doc.moveDown(0.8);
    say(t('pending'), size.heading);
    doc.moveDown(0.3);
  }
  for (const { day, lesson, mode, summary, reasons } of view.pending) {
    makeRoom(70);
    say(`${day}  ${lesson}  ${mode}`, size.text);
    say([summary, ...reasons.map(({ text, next }) => `${text}${next}`)].join('\n'), size.text, ink.soft);
    doc.moveDown(0.5);
  }
  const { count } = doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(page);
    // In the margin, where a text would otherwise begin another page.
    doc.page.margins.bottom = 0;
    const words = [
      t('made', { day: view.today }),
      t('page', { page: page + 1, pages: count }),
      ...(wasLacking() ? [t('missing')] : []),
    ];
    doc
      .fontSize(size.small)
      .fillColor(ink.soft)
      .text(words.join('    '), margin, doc.page.height - margin, { width, lineBreak: false });
  }
  doc.end();
  await done;
  return Buffer.concat(chunks);
}

let loaded: Promise<Buffer> | undefined;

function fontFile(): Promise<Buffer> {
  loaded ??= readFile(font);
  return loaded;
}

/** Puts a mark where the current font of a document lacks a character. */
function lackingMarked(doc: PDFKit.PDFDocument): {
  shown: (text: string) => string;
  wasLacking: () => boolean;
} {
  const { font: face } = (
    doc as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } }
  )._font;
  let lacking = false;
  return {
    shown: (text) =>
      Array.from(text, (character) => {
        if (character === '\n' || face.hasGlyphForCodePoint(character.codePointAt(0)!)) return character;
        lacking = true;
        return LACKING;
      }).join(''),
    wasLacking: () => lacking,
  };
}

import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ZipPart } from '#support/sample-files.ts';
import {
  compound,
  docx,
  gif,
  joined,
  jpeg,
  jpegSegment,
  officeParts,
  pdf,
  pdfStream,
  png,
  pngChunk,
  wordBlock,
  wordMain,
  workbook,
  xlsx,
  zip,
} from '#support/sample-files.ts';
import { SeededRandom } from '#support/seeded-random.ts';
import { inspectFile, LARGEST_FILE } from './inspect-file.ts';

const text = (content: string): Buffer => Buffer.from(content);
const doc = (more: Record<string, Buffer | undefined> = {}): Buffer =>
  compound({ WordDocument: wordBlock(), '1Table': Buffer.alloc(5000), ...more });
const xls = (more: Record<string, Buffer | undefined> = {}): Buffer => compound({ Workbook: workbook(), ...more });
const script = '<script>alert(1)</script>';
const part = (name: string, content: string | Buffer = 'x'): { parts: ZipPart[] } => ({ parts: [{ name, content }] });
const relation = (type: string, target: string): { parts: ZipPart[] } =>
  part(
    'word/_rels/document.xml.rels',
    `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`,
  );

describe('受け付けるファイル', () => {
  it.each<[string, string, Buffer]>([
    ['JPEG', 'image/jpeg', jpeg()],
    ['二枚目の画像を含むJPEG', 'image/jpeg', joined(jpeg(), jpeg(), [0, 0])],
    ['GIF', 'image/gif', gif()],
    ['コメントのあるGIF', 'image/gif', gif({ comment: 'scanned' })],
    ['PNG', 'image/png', png()],
    ['PDF', 'application/pdf', pdf()],
    ['圧縮されたPDF', 'application/pdf', pdf([pdfStream('3 0 <</Type /Font>>'), pdfStream('BT (/JavaScript) Tj ET'.repeat(3), '')])],
    ['白紙の多いPDF', 'application/pdf', pdf([pdfStream('\xff'.repeat(5_000_000), '/Subtype /Image')])],
    ['Word 97-2003', 'application/msword', doc()],
    ['Excel 97-2003', 'application/vnd.ms-excel', xls()],
    ['大きなExcel 97-2003', 'application/vnd.ms-excel', compound({ Workbook: joined(workbook(), Buffer.alloc(9000)) })],
    ['Word', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', docx()],
    [
      'リンクのあるWord',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      docx(relation('hyperlink', 'https://example.jp/')),
    ],
    [
      '手元のひな形によるWord',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      docx(relation('attachedTemplate', 'file:///C:\\Users\\x\\a.dotx')),
    ],
    ['Excel', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', xlsx(part('xl/printerSettings/printerSettings1.bin'))],
  ])('%s', async (_title, mediaType, bytes) => {
    expect(await inspectFile(bytes, '書類.xyz')).toMatchObject({ ok: true, mediaType });
  });

  it('種類は名前ではなく内容で決まる', async () => {
    expect(await inspectFile(png(), '免許証.pdf')).toMatchObject({ mediaType: 'image/png', safeName: '免許証.png' });
  });

  it('10MBちょうどまで受け付ける', async () => {
    const frame = pdf([joined('<< /Length 1 >>\nstream\n', '\nendstream')]).length;
    const full = pdf([joined('<< /Length 1 >>\nstream\n', Buffer.alloc(LARGEST_FILE - frame, 0x80), '\nendstream')]);
    expect(full).toHaveLength(LARGEST_FILE);
    expect(await inspectFile(full, 'a.pdf')).toMatchObject({ ok: true });
    expect(await inspectFile(Buffer.concat([full, text('\n')]), 'a.pdf')).toMatchObject({ code: 'fileSize' });
  });
});

type Hostile = readonly [title: string, bytes: Buffer];

const wrongType: readonly Hostile[] = [
  ['HTML', text(`<!DOCTYPE html>${script}`)],
  ['SVG', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['XML', text('<?xml version="1.0"?><a/>')],
  ['文字だけのファイル', text('医師免許証')],
  ['実行ファイル', joined('MZ', Buffer.alloc(200))],
  ['Linuxの実行ファイル', joined('\x7fELF', Buffer.alloc(200))],
  ['シェルスクリプト', text('#!/bin/sh\nrm -rf /\n')],
  ['PHP', text('<?php system($_GET[0]);')],
  ['WebP', joined('RIFF', [4, 0, 0, 0], 'WEBPVP8 ')],
  ['BMP', joined('BM', Buffer.alloc(60))],
  ['TIFF', joined('II*\0', Buffer.alloc(60))],
  ['HEIC', joined([0, 0, 0, 24], 'ftypheic', Buffer.alloc(40))],
  ['MP4', joined([0, 0, 0, 24], 'ftypmp42', Buffer.alloc(40))],
  ['RAR', joined('Rar!\x1a\x07\x01\0', Buffer.alloc(40))],
  ['7z', joined('7z\xbc\xaf\x27\x1c', Buffer.alloc(40))],
  ['gzip', joined([0x1f, 0x8b, 8, 0], Buffer.alloc(40))],
  ['RTF', text('{\\rtf1 x}')],
  ['PostScript', text('%!PS-Adobe-3.0\n')],
  ['ただのZIP', zip([{ name: 'a.txt', content: 'x' }])],
  [
    'JAR',
    zip([
      { name: 'META-INF/MANIFEST.MF', content: 'x' },
      { name: 'A.class', content: 'x' },
    ]),
  ],
  ['OpenDocument', zip([{ name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', method: 0 }])],
  ['PowerPoint', zip(officeParts('application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml', 'ppt'))],
  ['Wordのひな形', zip(officeParts('application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml', 'word'))],
  ['PowerPoint 97-2003', compound({ 'PowerPoint Document': Buffer.alloc(5000) })],
  ['Outlookのメール', compound({ '__properties_version1.0': Buffer.alloc(100) })],
  ['前に文字のあるPDF', joined('GIF89', pdf())],
  ['前に空白のあるPDF', joined('\n', pdf())],
  ['BOMの後のHTML', joined([0xef, 0xbb, 0xbf], '<html>')],
];

const unsafe: readonly Hostile[] = [
  ['0バイト', Buffer.alloc(0)],
  ['途中で切れたJPEG', jpeg({ end: false })],
  ['頭だけのJPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ['画像の無いJPEG', joined([0xff, 0xd8], jpegSegment(0xe0, 'JFIF\0'), [0xff, 0xd9])],
  ['後ろにZIPの付いたJPEG', joined(jpeg(), zip([{ name: 'a.class', content: 'x' }]))],
  ['後ろにHTMLの付いたJPEG', joined(jpeg(), script)],
  ['コメントにスクリプトのあるJPEG', jpeg({ segments: [jpegSegment(0xfe, script)] })],
  ['EXIFにPHPのあるJPEG', jpeg({ segments: [jpegSegment(0xe1, 'Exif\0\0<?php system(1);')] })],
  ['巨大な寸法のJPEG', jpeg({ width: 65_500, height: 65_500 })],
  ['GIFを装うスクリプト', text('GIF89a=1;/*' + 'x'.repeat(50) + '*/alert(1)')],
  ['途中で切れたGIF', gif().subarray(0, -3)],
  ['後ろにJARの付いたGIF', joined(gif(), zip([{ name: 'A.class', content: 'x' }]))],
  ['コメントにスクリプトのあるGIF', gif({ comment: script })],
  ['巨大な寸法のGIF', gif({ width: 65_535, height: 65_535 })],
  ['途中で切れたPNG', png().subarray(0, -8)],
  ['後ろにHTMLの付いたPNG', joined(png(), script)],
  ['検査値の合わないPNG', Buffer.from(png()).fill(0x41, 18, 19)],
  ['画像の無いPNG', png({ data: false })],
  ['文字情報にスクリプトのあるPNG', png({ extra: [pngChunk('tEXt', text(`Comment\0${script}`))] })],
  ['巨大な寸法のPNG', png({ width: 100_000, height: 100_000 })],
  ['途中で切れたPDF', pdf().subarray(0, -30)],
  ['後ろにHTMLの付いたPDF', pdf([], { tail: `\n${script}` })],
  ['後ろにZIPの付いたPDF', joined(pdf(), zip([{ name: 'a', content: 'x' }]))],
  ['暗号化されたPDF', pdf([], { trailer: '/Encrypt 5 0 R' })],
  ['スクリプトのあるPDF', pdf(['<< /S /JavaScript /JS (app.alert(1)) >>'])],
  ['名前を崩したスクリプトのあるPDF', pdf(['<< /S /J#61vaScr#69pt >>'])],
  ['短い名前のスクリプトのあるPDF', pdf(['<< /S /Named /JS 5 0 R >>'])],
  ['プログラムを起動するPDF', pdf(['<< /S /Launch /F (cmd.exe) >>'])],
  ['ファイルを含むPDF', pdf(['<< /Type /EmbeddedFile /Length 0 >>'])],
  ['ファイルの一覧を含むPDF', pdf(['<< /Names << /EmbeddedFiles 4 0 R >> >>'])],
  ['動画などを含むPDF', pdf(['<< /Subtype /RichMedia >>'])],
  ['XFA様式のPDF', pdf(['<< /AcroForm << /XFA 4 0 R >> >>'])],
  ['入力を送信するPDF', pdf(['<< /S /SubmitForm /F (https://example.com) >>'])],
  ['圧縮の中にスクリプトのあるPDF', pdf([pdfStream('3 0 << /S /JavaScript >>')])],
  ['種類を偽った圧縮の中にスクリプトのあるPDF', pdf([pdfStream(' 3 0 << /S /J#61vaScript >>', '/Type /XObject')])],
  ['注釈の後にスクリプトを隠した圧縮のあるPDF', pdf([pdfStream('%x\n3 0 << /S /Launch >>', '/Length 3')])],
  ['古い圧縮で物を隠したPDF', pdf(['<< /Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode] >>\nstream\n789c>\nendstream'])],
  [
    '膨らむ圧縮のあるPDF',
    pdf([joined('<< /Filter /FlateDecode >>\nstream\n', deflateSync(joined('1 0 ', Buffer.alloc(40_000_000, 32))), '\nendstream')]),
  ],
  ['終わりの無い流れのあるPDF', pdf([joined('<< >>\nstream\n', deflateSync(text('1 0 x')))])],
  ['マクロのあるWord 97-2003', doc({ Macros: undefined, VBA: undefined, _VBA_PROJECT: Buffer.alloc(100) })],
  ['暗号化されたWord 97-2003', compound({ WordDocument: wordBlock(0x0100) })],
  ['プログラムを含むWord 97-2003', doc({ '\u0001Ole10Native': Buffer.alloc(100) })],
  ['途中で切れたWord 97-2003', doc().subarray(0, 3000)],
  ['WordでもExcelでもあるファイル', doc({ Workbook: workbook() })],
  ['マクロのあるExcel 97-2003', xls({ _VBA_PROJECT_CUR: undefined })],
  ['マクロを示す印のあるExcel 97-2003', compound({ Workbook: workbook([[0xd3, []]]) })],
  ['暗号化されたExcel 97-2003', compound({ Workbook: workbook([[0x2f, [0, 0]]]) })],
  ['マクロシートのあるExcel 97-2003', compound({ Workbook: workbook([[0x85, [0, 0, 0, 0, 2, 1, 1, 0, 65]]]) })],
  ['暗号化されたWord・Excel', compound({ EncryptionInfo: Buffer.alloc(200), EncryptedPackage: Buffer.alloc(5000) })],
  ['終わりの無い鎖のある複合ファイル', endlessChain()],
  ['頭だけの複合ファイル', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['マクロのあるWord', docx(part('word/vbaProject.bin'))],
  ['マクロ有効と宣言したWord', zip(officeParts('application/vnd.ms-word.document.macroEnabled.main+xml', 'word'))],
  ['マクロを別の名で持つWord', docx({ types: '<Override PartName="/word/a.dat" ContentType="application/vnd.ms-office.vbaProject"/>' })],
  ['種類の宣言を崩したWord', docx({ types: '<Override ContentType="application/vnd.ms-office.&#118;baProject"/>' })],
  ['ActiveXのあるWord', docx(part('word/activeX/activeX1.xml'))],
  ['埋め込まれた物のあるWord', docx(part('word/embeddings/oleObject1.bin'))],
  ['外のひな形を読むWord', docx(relation('attachedTemplate', 'https://example.com/t.dotm'))],
  ['リンクを装って外のひな形を読むWord', docx(relation('attachedTemplate', 'https://example.com/hyperlink'))],
  ['外の物を読むWord', docx(relation('oleObject', '\\\\203.0.113.1\\x'))],
  ['外の画像を読むWord', docx(relation('image', 'https://example.com/pixel.png'))],
  ['Excel 4.0マクロのあるExcel', xlsx(part('xl/macrosheets/sheet1.xml'))],
  ['バイナリ形式のExcel', zip(officeParts('application/vnd.ms-excel.sheet.binary.macroEnabled.main', 'xl'))],
  [
    'WordでもExcelでもあるZIP',
    docx({ types: '<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>' }),
  ],
  ['主な部分の無いWord', zip(officeParts(wordMain, 'other'))],
  ['上の階層へ出る名前のあるWord', docx(part('../../etc/passwd'))],
  ['根から始まる名前のあるWord', docx(part('/etc/passwd'))],
  ['逆斜線の名前のあるWord', docx(part('word\\..\\..\\a'))],
  [
    '同じ名前が二つあるWord',
    docx({
      parts: [
        { name: 'word/a.xml', content: '1' },
        { name: 'WORD/A.xml', content: '2' },
      ],
    }),
  ],
  ['内と外で名前の違うWord', docx({ parts: [{ name: 'word/a.xml', localName: 'word/b.xml', content: '1' }] })],
  ['暗号化された部分のあるWord', docx({ parts: [{ name: 'word/a.xml', flags: 1, content: '1' }] })],
  ['未知の圧縮のWord', docx({ parts: [{ name: 'word/a.xml', method: 12, content: '1' }] })],
  ['大きさを偽ったWord', docx({ parts: [{ name: 'word/a.xml', declared: 10, content: 'x'.repeat(5000) }] })],
  ['検査値の合わないWord', docx({ parts: [{ name: 'word/a.xml', crc: 1, content: 'x' }] })],
  ['爆弾のWord', docx(part('word/a.xml', Buffer.alloc(40_000_000)))],
  [
    '小さな爆弾を集めたWord',
    docx({ parts: Array.from({ length: 130 }, (_, n) => ({ name: `word/a${n}.xml`, content: Buffer.alloc(999_999) })) }),
  ],
  ['同じ内容を重ねた爆弾のWord', docx(part('word/a.xml'), { sameData: true })],
  ['多すぎる部分のWord', docx({ parts: Array.from({ length: 4100 }, (_, n) => ({ name: `word/a${n}.xml`, content: '' })) })],
  ['隠れた内容のあるWord', docx({}, { hidden: Buffer.alloc(300, 65) })],
  ['注釈付きのZIPのWord', docx({}, { comment: 'x' })],
  ['後ろに文字の付いたWord', joined(docx(), script)],
  ['部分の数を偽ったWord', docx({}, { count: 2 })],
  ['途中で切れたWord', docx().subarray(0, -40)],
];

function endlessChain(): Buffer {
  const file = Buffer.from(compound({ WordDocument: wordBlock() }));
  file.writeUInt32LE(1, 512 + 4); // the second sector follows itself
  return file;
}

const mutations = Number(process.env['PROOF_P12_MUTATIONS'] ?? 2_000);

describe('P12 受け付けないファイル', () => {
  it.each(wrongType)('種類が違う: %s', async (_title, bytes) => {
    expect(await inspectFile(bytes, '免許証.pdf')).toEqual({
      ok: false,
      code: 'fileType',
      message: 'このファイルは受け付けられません。JPEG、GIF、PNG、PDF、MS Word、MS Excelのいずれかをアップロードしてください',
    });
  });

  it.each(unsafe)('安全でない: %s', async (_title, bytes) => {
    expect(await inspectFile(bytes, '免許証.pdf')).toEqual({
      ok: false,
      code: 'fileSafe',
      message: '安全に確認できないファイルのため受け付けられません。保存し直すか、別の形式でアップロードしてください',
    });
  });

  it('大きすぎる', async () => {
    expect(await inspectFile(Buffer.alloc(LARGEST_FILE + 1), 'a.png')).toEqual({
      ok: false,
      code: 'fileSize',
      message: 'ファイルの大きさが10MBを超えています。10MB以内のファイルをアップロードしてください',
    });
  });

  it('でたらめに崩したファイルでも、必ず判定し、長く考え込まない', async () => {
    const random = new SeededRandom(12);
    const good = [jpeg(), gif(), png(), pdf([pdfStream('3 0 <<>>')]), doc(), xls(), docx(), xlsx()];
    for (let round = 0; round < mutations; round += 1) {
      const bytes = Buffer.from(random.pick(good));
      for (let times = random.from(1, 6); times > 0; times -= 1) bytes[random.from(0, bytes.length - 1)] = random.from(0, 255);
      const cut = random.next() < 0.2 ? bytes.subarray(0, random.from(0, bytes.length)) : bytes;
      expect(await inspectFile(cut, 'x')).toHaveProperty('ok');
    }
  }, 600_000);

  it.each<Hostile>([
    ['始まりばかりのPDF', pdf(['stream\n'.repeat(1_400_000)])],
    ['名前の崩しばかりのPDF', pdf(['/#41'.repeat(2_400_000)])],
    [
      '小さな爆弾ばかりのPDF',
      pdf(Array.from({ length: 9000 }, () => joined('stream\n', deflateSync(Buffer.alloc(500_000, 32)).subarray(0, 600), '\nendstream'))),
    ],
    ['印ばかりのJPEG', joined(jpeg({ end: false }), Buffer.alloc(9_000_000, 0xff))],
    ['小さな区切りばかりのGIF', joined(gif().subarray(0, -1), Buffer.from('21fe010100'.repeat(2_000_000), 'hex'), [0x3b])],
    ['小さな塊ばかりのPNG', png({ extra: [Buffer.concat(Array.from({ length: 700_000 }, () => pngChunk('tEXt', Buffer.alloc(1))))] })],
    ['入れ子の目次ばかりのZIP', joined('PK\x03\x04', 'PK\x05\x06'.repeat(2_500_000))],
  ])('10MB近い嫌がらせにも長く考え込まない: %s', async (_title, bytes) => {
    expect(bytes.length).toBeLessThanOrEqual(LARGEST_FILE + 1_000_000);
    const started = performance.now();
    await inspectFile(bytes.subarray(0, LARGEST_FILE), 'x');
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

import { sizeText } from '#ui/fields/FileField.tsx';
import { texts } from '../messages.ts';

/** Files on 審査時連絡メッセージ, the same for doctor and office. */

export const filesHint = 'JPEG / GIF / PNG / PDF / MS Word / MS Excel。あわせて30MBまで。';

type Props = { files: readonly { id: string; fileName: string; size: number; erased: boolean }[]; base: string };

/** プレビュー and ダウンロード of one file; the sentence where its content is no longer kept. */
export function FileLinks({ file, to }: { file: { fileName: string; erased: boolean }; to: string }) {
  if (file.erased) return <span>{texts.erased}</span>;
  return (
    <>
      <a
        className="inline-flex min-h-11 items-center"
        href={`${to}/preview`}
        target="_blank"
        rel="noreferrer"
        aria-label={`${file.fileName}をプレビュー(新しいタブ)`}
      >
        プレビュー
      </a>
      <a className="inline-flex min-h-11 items-center" href={`${to}?download=1`} aria-label={`${file.fileName}をダウンロード`}>
        ダウンロード
      </a>
    </>
  );
}

export function MessageFiles({ files, base }: Props) {
  if (files.length === 0) return null;
  return (
    <ul className="ui-files" aria-label="メッセージの添付">
      {files.map((file) => (
        <li key={file.id}>
          <span className="ui-files-name">{file.fileName}</span>
          <span>{sizeText(file.size)}</span>
          <FileLinks file={file} to={`${base}/documents/${file.id}`} />
        </li>
      ))}
    </ul>
  );
}

import { sizeText } from '#ui/fields/FileField.tsx';

/** Files on 審査時連絡メッセージ, the same for doctor and office. */

export const filesHint = 'JPEG / GIF / PNG / PDF / MS Word / MS Excel。あわせて30MBまで。';

type Props = { files: readonly { id: string; fileName: string; size: number }[]; base: string };

export function MessageFiles({ files, base }: Props) {
  if (files.length === 0) return null;
  return (
    <ul className="ui-files" aria-label="メッセージの添付">
      {files.map((file) => (
        <li key={file.id}>
          <span className="ui-files-name">{file.fileName}</span>
          <span>{sizeText(file.size)}</span>
          <a
            className="inline-flex min-h-11 items-center"
            href={`${base}/documents/${file.id}/preview`}
            target="_blank"
            rel="noreferrer"
            aria-label={`${file.fileName}をプレビュー(新しいタブ)`}
          >
            プレビュー
          </a>
          <a
            className="inline-flex min-h-11 items-center"
            href={`${base}/documents/${file.id}?download=1`}
            aria-label={`${file.fileName}をダウンロード`}
          >
            ダウンロード
          </a>
        </li>
      ))}
    </ul>
  );
}

/** 各地の医師会 | 日本医師会(med.or.jp): the page of the JMA that lists all associations. */
export function AssociationsLink() {
  return (
    <a className="inline-flex min-h-11 items-center" href="https://www.med.or.jp/" target="_blank" rel="noreferrer">
      各地の医師会 | 日本医師会(med.or.jp)<span className="sr-only">(新しいタブで開きます)</span>
    </a>
  );
}

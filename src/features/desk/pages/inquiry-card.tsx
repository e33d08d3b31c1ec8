import { Card, CardGrid, CountLink } from '#ui/parts/Card.tsx';

type Props = { title: string; counts: { open: number; late: number }; to: string };

/** Questions that wait for an answer, and those that have waited beyond their 期限 (P-01, O-01). */
export function InquiryCard({ title, counts, to }: Props) {
  return (
    <CardGrid>
      <Card title={title} level={3}>
        <p>
          <CountLink to={to} count={counts.open} label="未対応" />
        </p>
        <p>{`うち期限(3営業日)を過ぎたもの ${counts.late}件`}</p>
      </Card>
    </CardGrid>
  );
}

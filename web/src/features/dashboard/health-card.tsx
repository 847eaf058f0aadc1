import { Card } from '../../components/card.tsx';

/** No system of the graph measures how customers are, so the card says that instead of a figure. */
export function HealthCard() {
  return (
    <Card title="Customer health" className="figure-card" busy={false} foot={<p className="freshness">no source</p>}>
      <p className="card-value">
        <span className="quiet">NPS</span> N/A
      </p>
      <div className="figure-note">not measured</div>
    </Card>
  );
}

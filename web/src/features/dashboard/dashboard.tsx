import './dashboard.css';
import { CampaignsCard } from './campaigns-card.tsx';
import { FinancialCards } from './financial-cards.tsx';
import { HealthCard } from './health-card.tsx';
import { PipelineCard } from './pipeline-card.tsx';
import type { DashboardAnswer } from './use-dashboard.ts';

export function Dashboard({ answer }: { answer: DashboardAnswer }) {
  const { metrics, ...state } = answer;
  return (
    <section id="dashboard" className="dashboard" aria-labelledby="dashboard-title">
      <h2 id="dashboard-title" className="sr-only">
        Company figures
      </h2>
      <FinancialCards metrics={metrics} state={state} />
      <HealthCard />
      <PipelineCard metrics={metrics} state={state} />
      <CampaignsCard metrics={metrics} state={state} />
    </section>
  );
}

import { toFloat, toMoney } from '@customer360/kit/decimal';
import type { Person, Touch } from '@customer360/marketo/model';
import { byScore, engagementScore, lastCampaign, lastTouch, leadSource } from '@customer360/marketo/people';
import { activeCampaigns, peopleOf } from './marketo.ts';
import { customerOf, documentsOf, financials } from './netsuite.ts';
import { accountOf, openDeals, pipeline } from './salesforce.ts';
import type { MeshContext } from './sources.ts';

/**
 * The three operations by hand: what can run at the same time does, and every vendor is asked once for all rows. What
 * fails is told by the fields that needed it.
 */
export const additionalResolvers = {
  Query: {
    async customer(_: unknown, { id }: { id: string }, context: MeshContext) {
      const erp = later(customerOf(context, id));
      const papers = later(documentsOf(context, [id], true).then((of) => of(id)));
      const people = later(peopleOf(context, [id]).then((of) => of(id)));
      const account = await accountOf(context, id);
      return account && { accountId: id, ...account, ...erpFields(erp, papers), ...marketingFields(people) };
    },
    async getActivePipeline(_: unknown, { first }: { first: number }, context: MeshContext) {
      const deals = await openDeals(context, first);
      const accountIds = [...new Set(deals.flatMap(({ accountId }) => accountId ?? []))];
      const papersOf = later(documentsOf(context, accountIds, false));
      const people = later(peopleOf(context, accountIds));
      return deals.map((deal) => ({
        ...deal,
        invoices: async () => shown((await papersOf())(deal.accountId))?.invoices.slice(0, 20) ?? null,
        paymentStatus: async () => shown((await papersOf())(deal.accountId))?.status ?? null,
        lastMarketingTouch: async () => printTouch(lastTouch((await people())(deal.accountId))),
      }));
    },
    getDashboardMetrics: (_: unknown, __: unknown, context: MeshContext) => ({
      financials: later(financials(context)),
      pipeline: later(pipeline(context)),
      marketing: later(activeCampaigns(context)),
    }),
  },
};

type Later<Value> = () => Promise<Value>;
type Papers = ReturnType<Awaited<ReturnType<typeof documentsOf>>>;

/** Started now and reported by whoever asks, so that a failure meanwhile is not one that nobody handles. */
function later<Value>(running: Promise<Value>): Later<Value> {
  running.catch(() => undefined);
  return () => running;
}

const shown = (papers: Papers) => (papers.isGuess ? null : papers);

function erpFields(erp: Later<Awaited<ReturnType<typeof customerOf>>>, papers: Later<Papers>) {
  const amount = (name: string) => async () => {
    const value = (await erp()).row?.[name];
    return value == null ? null : toFloat(value);
  };
  return {
    lifetimeValue: amount('lifetimevalue'),
    openBalance: amount('balancesearch'),
    creditLimit: amount('creditlimit'),
    paymentTerms: async () => (await erp()).row?.terms ?? null,
    async finance() {
      const { row } = await erp();
      if (!row) return null;
      return {
        lifetimeValue: toMoney(row.lifetimevalue, row.symbol),
        openBalance: toMoney(row.balancesearch, row.symbol),
        overdueBalance: toMoney(row.overduebalancesearch, row.symbol),
        paymentStatus: (await papers()).status,
      };
    },
    async erpLink() {
      const { row, candidates } = await erp();
      return { status: row ? 'LINKED' : candidates === 0 ? 'NOT_FOUND' : 'AMBIGUOUS', candidates };
    },
    invoices: async ({ status }: { status?: string }) =>
      shown(await papers())?.invoices.filter(({ state }) => !status || state === status) ?? null,
    recentOrders: async () => shown(await papers())?.orders.slice(0, 10) ?? null,
  };
}

function marketingFields(people: Later<Person[]>) {
  return {
    leadSource: async () => leadSource(await people()),
    lastCampaign: async () => printCampaign(lastCampaign(await people())),
    engagementScore: async () => engagementScore(await people()),
    lastMarketingTouch: async () => printTouch(lastTouch(await people())),
    marketingPeople: async () =>
      byScore(await people())
        .slice(0, 20)
        .map((person) => ({ ...person, leadId: person.id })),
  };
}

const printCampaign = (campaign: Touch['campaign']) => campaign && { campaignId: campaign.id, name: campaign.name };

const printTouch = (touch: Touch | null) => touch && { ...touch, campaign: printCampaign(touch.campaign) };

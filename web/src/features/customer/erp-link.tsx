import { BrokenLinkIcon } from '../../components/icons.tsx';
import type { ErpLinkStatus } from '../../generated/graphql.ts';

type Link = { status: ErpLinkStatus; candidates: number } | null | undefined;

/** Why there are no ERP values although NetSuite answered; null when a customer is linked. */
export function linkProblem(link: Link): string | null {
  if (link?.status === 'NOT_FOUND') return 'No NetSuite customer linked';
  if (link?.status === 'AMBIGUOUS') return `${countWord(link.candidates)} NetSuite customers claim this account`;
  return null;
}

const numerals = ['No', 'One', 'Two', 'Three', 'Four', 'Five'];
const countWord = (count: number) => numerals[count] ?? String(count);

/** Stands for ERP values that do not exist: the broken link if that is why, else the given words. */
export function NoErpValue({ link, words }: { link: Link; words: string }) {
  const problem = linkProblem(link);
  if (!problem) return <p className="quiet">{words}</p>;
  return (
    <p className="quiet link-problem">
      <BrokenLinkIcon />
      {problem}
    </p>
  );
}

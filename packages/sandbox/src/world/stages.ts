/** The stages of an open deal in their order, each with its probability in percent. */
export const openStages = [
  ['Prospecting', 10],
  ['Qualification', 10],
  ['Needs Analysis', 20],
  ['Value Proposition', 50],
  ['Id. Decision Makers', 60],
  ['Perception Analysis', 70],
  ['Proposal/Price Quote', 75],
  ['Negotiation/Review', 90],
] as const;

export const forecastOf = (probability: number) =>
  probability === 100 ? 'Closed' : probability === 0 ? 'Omitted' : 'Pipeline';

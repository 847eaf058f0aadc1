/** One stage of a sale with what follows from it. */
export interface Stage {
  name: string;
  probability: number;
  forecast: string;
}

const stage = (name: string, probability: number, forecast = 'Pipeline'): Stage => ({ name, probability, forecast });

export const stages: readonly Stage[] = [
  stage('Prospecting', 10),
  stage('Qualification', 10),
  stage('Needs Analysis', 20),
  stage('Value Proposition', 50),
  stage('Id. Decision Makers', 60),
  stage('Perception Analysis', 70),
  stage('Proposal/Price Quote', 75),
  stage('Negotiation/Review', 90),
  stage('Closed Won', 100, 'Closed'),
  stage('Closed Lost', 0, 'Omitted'),
];

/** The values that an org starts with, by the name that the field definitions use. `*` marks the default. */
const lists: Record<string, string> = {
  AccountType:
    'Prospect, Customer - Direct, Customer - Channel, Channel Partner / Reseller, Installation Partner, Technology Partner, Other',
  Industry:
    'Agriculture, Apparel, Banking, Biotechnology, Chemicals, Communications, Construction, Consulting, Education, Electronics, Energy, Engineering, Entertainment, Environmental, Finance, Food & Beverage, Government, Healthcare, Hospitality, Insurance, Machinery, Manufacturing, Media, Not For Profit, Recreation, Retail, Shipping, Technology, Telecommunications, Transportation, Utilities, Other',
  Rating: 'Hot, Warm, Cold',
  LeadSource: 'Web, Phone Inquiry, Partner Referral, Purchased List, Trade Show, Other',
  LeadStatus: 'Open - Not Contacted*, Working - Contacted, Closed - Converted, Closed - Not Converted',
  Stage: stages.map(({ name }) => name).join(', '),
  Forecast: 'Omitted, Pipeline, Best Case, Commit, Closed',
  OpportunityType:
    'New Customer, Existing Customer - Upgrade, Existing Customer - Replacement, Existing Customer - Downgrade',
  CaseStatus: 'New*, Working, Escalated, Closed',
  CasePriority: 'High, Medium*, Low',
  CaseOrigin: 'Phone, Email, Web',
  CaseType: 'Mechanical, Electrical, Electronic, Structural, Other',
  CaseReason: 'Installation, Equipment Complexity, Performance, Breakdown, Equipment Design, Feedback, Other',
  CampaignType:
    'Conference, Webinar, Trade Show, Public Relations, Partners, Referral Program, Advertisement, Banner Ads, Direct Mail, Email, Telemarketing, Other',
  CampaignStatus: 'Planned*, In Progress, Completed, Aborted',
  MemberStatus: 'Sent*, Responded',
  TaskSubject: 'Call, Send Letter, Send Quote, Other',
  TaskStatus: 'Not Started*, In Progress, Completed, Waiting on someone else, Deferred',
  TaskPriority: 'High, Normal*, Low',
  TaskSubtype: 'Task*, Email, ListEmail, Call',
  CallType: 'Internal, Inbound, Outbound',
  EventSubject: 'Call, Email, Meeting, Send Letter/Quote, Other',
  NotifyFields: 'Referenced*, All, Select, Where',
};

export interface Picklist {
  values: readonly string[];
  default: string | undefined;
}

export function picklist(name: string): Picklist {
  const texts = (lists[name] ?? '').split(', ');
  const chosen = texts.find((text) => text.endsWith('*'));
  return { values: texts.map((text) => text.replace(/\*$/, '')), default: chosen?.slice(0, -1) };
}

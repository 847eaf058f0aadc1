const attribute = (name: string, dataType = 'string') => ({ name, dataType });
const source = [attribute('API Method Name'), attribute('Modifying User')];

/** An activity type: what it is about, and what else it tells. Ids are Marketo's. */
interface Type {
  id: number;
  name: string;
  description: string;
  primaryAttribute: { name: string; dataType: string };
  attributes: { name: string; dataType: string }[];
}

const type = (
  id: number,
  name: string,
  description: string,
  primary: string,
  attributes: { name: string; dataType: string }[],
): Type => ({ id, name, description, primaryAttribute: attribute(primary, 'integer'), attributes });

export const activityTypes: readonly Type[] = [
  type(1, 'Visit Webpage', 'User visits a web page', 'Webpage ID', [
    attribute('Client IP Address'),
    attribute('Query Parameters'),
    attribute('Referrer URL'),
    attribute('Search Engine'),
    attribute('Search Query'),
    attribute('User Agent'),
    attribute('Webpage URL'),
  ]),
  type(2, 'Fill Out Form', 'User fills out a form', 'Webform ID', []),
  type(3, 'Click Link', 'User clicks a link on a page', 'Link ID', []),
  type(6, 'Send Email', 'An email is sent to a person', 'Mailing ID', []),
  type(7, 'Email Delivered', 'An email reaches its server', 'Mailing ID', []),
  type(8, 'Email Bounced', 'An email is refused for good', 'Mailing ID', []),
  type(9, 'Unsubscribe Email', 'Person unsubscribes', 'Mailing ID', []),
  type(10, 'Open Email', 'User opens an email', 'Mailing ID', [
    attribute('Campaign Run ID', 'integer'),
    attribute('Device'),
    attribute('Is Mobile Device', 'boolean'),
    attribute('Platform'),
    attribute('User Agent'),
  ]),
  type(11, 'Click Email', 'User clicks a link', 'Mailing ID', []),
  type(12, 'New Lead', 'New person is created', 'Lead ID', [attribute('Source Type'), ...source]),
  type(13, 'Change Data Value', 'A field of a person changes', 'Attribute Name', [
    attribute('New Value'),
    attribute('Old Value'),
    attribute('Reason'),
    attribute('Source'),
    ...source,
  ]),
  type(22, 'Change Score', 'A score of a person changes', 'Score Name', [
    attribute('Change Value'),
    attribute('New Value', 'integer'),
    attribute('Old Value', 'integer'),
    attribute('Reason'),
    ...source,
  ]),
  type(24, 'Add to List', 'Person is added to a list', 'List ID', [attribute('Source'), ...source]),
  type(25, 'Remove from List', 'Person is removed from a list', 'List ID', [attribute('Source'), ...source]),
  type(27, 'Email Bounced Soft', 'An email is refused for now', 'Mailing ID', []),
  type(32, 'Merge Leads', 'People are merged into one', 'Lead ID', [
    attribute('Merge IDs'),
    attribute('Merge Source'),
    ...source,
  ]),
  type(34, 'Add to Opportunity', 'Person gets a role in an opportunity', 'Opportunity ID', [
    attribute('Role'),
    attribute('Is Primary', 'boolean'),
    ...source,
  ]),
  type(35, 'Remove from Opportunity', 'Person loses a role in an opportunity', 'Opportunity ID', [
    attribute('Role'),
    ...source,
  ]),
  type(36, 'Update Opportunity', 'An opportunity of a person changes', 'Opportunity ID', [
    attribute('Data Value Changes'),
    ...source,
  ]),
  type(37, 'Delete Lead', 'Person is deleted', 'Lead ID', source),
  type(46, 'Interesting Moment', 'An interesting moment is noted', 'Type', [
    attribute('Description'),
    attribute('Source'),
  ]),
  type(47, 'Request Campaign', 'A campaign is requested for a person', 'Campaign ID', [attribute('Source'), ...source]),
  type(101, 'Change Revenue Stage', 'Person changes stage in a revenue model', 'Model ID', [
    attribute('New Stage'),
    attribute('Old Stage'),
    attribute('Reason'),
  ]),
  type(104, 'Change Status in Progression', 'Person changes status in a program', 'Program ID', [
    attribute('Old Status'),
    attribute('New Status'),
    attribute('Old Status ID', 'integer'),
    attribute('New Status ID', 'integer'),
    attribute('Success', 'boolean'),
    attribute('Acquired By', 'boolean'),
    attribute('Program Member ID', 'integer'),
    attribute('Reason'),
    ...source,
  ]),
  type(108, 'Change Segment', 'Person changes segment', 'Segmentation ID', [attribute('New Segment ID', 'integer')]),
  type(110, 'Call Webhook', 'A web service is called', 'Webhook ID', [
    attribute('Response'),
    attribute('Error Type', 'integer'),
    ...source,
  ]),
  type(113, 'Add to Nurture', 'Person is added to an engagement program', 'Program ID', [
    attribute('Track ID', 'integer'),
  ]),
  type(123, 'Change Program Member Data', 'A field of a membership changes', 'Attribute Name', [
    attribute('New Value'),
    attribute('Old Value'),
    attribute('Reason'),
    attribute('Source'),
    ...source,
  ]),
  type(145, 'Push Lead to Marketo', 'Person is pushed into a program', 'Program ID', [
    attribute('Reason'),
    attribute('Source'),
    ...source,
  ]),
];

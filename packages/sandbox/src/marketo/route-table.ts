import { activityRoutes } from './activities/read.ts';
import { exportRoutes } from './bulk/routes.ts';
import { campaignRoutes } from './campaigns/campaigns.ts';
import { requestRoutes } from './campaigns/requests.ts';
import { emailRoutes } from './emails/emails.ts';
import { folderReadRoutes } from './folders/read.ts';
import { folderWriteRoutes } from './folders/write.ts';
import { leadChangeRoutes } from './leads/change.ts';
import { leadDescribeRoutes } from './leads/describe.ts';
import { leadReadRoutes } from './leads/read.ts';
import { leadSyncRoutes } from './leads/sync.ts';
import { listAssetRoutes } from './lists/assets.ts';
import { listRoutes } from './lists/lists.ts';
import { listMemberRoutes } from './lists/members.ts';
import { objectRoutes } from './objects/routes.ts';
import { memberStatusRoutes } from './programs/member-status.ts';
import { memberRoutes } from './programs/members.ts';
import { programRoutes } from './programs/read.ts';
import { smartCampaignRoutes } from './programs/smart-campaigns.ts';
import { tagRoutes } from './programs/tags.ts';
import { programWriteRoutes } from './programs/write.ts';
import { createFinder } from './routes.ts';
import { statsRoutes } from './stats.ts';

/** Every call this instance answers, identity aside. */
export const findRoutes = createFinder([
  ...leadReadRoutes,
  ...leadDescribeRoutes,
  ...leadSyncRoutes,
  ...leadChangeRoutes,
  ...listRoutes,
  ...listAssetRoutes,
  ...listMemberRoutes,
  ...activityRoutes,
  ...campaignRoutes,
  ...requestRoutes,
  ...folderReadRoutes,
  ...folderWriteRoutes,
  ...programRoutes,
  ...programWriteRoutes,
  ...smartCampaignRoutes,
  ...tagRoutes,
  ...memberRoutes,
  ...memberStatusRoutes,
  ...objectRoutes,
  ...exportRoutes,
  ...emailRoutes,
  ...statsRoutes,
]);

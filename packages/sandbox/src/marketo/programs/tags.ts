import { channels, tagTypes } from '../../world/programs.ts';
import type { Answer } from '../answers.ts';
import { assets, assetTime } from '../answers.ts';
import { readOffset } from '../paging.ts';
import type { Parameters } from '../parameters.ts';
import type { Desk, Route } from '../routes.ts';

export const tagRoutes: readonly Route[] = [
  { path: '/rest/asset/v1/channels.json', operation: 'channels', answer: browseChannels },
  { path: '/rest/asset/v1/channel/byName.json', operation: 'channels', answer: channelByName },
  { path: '/rest/asset/v1/tagTypes.json', operation: 'tags', answer: browseTags },
  { path: '/rest/asset/v1/tagType/byName.json', operation: 'tags', answer: tagByName },
];

function browseChannels({ reader }: Desk, parameters: Parameters): Answer {
  const { maxReturn, offset } = readOffset(parameters);
  return assets(allChannels(reader).slice(offset, offset + maxReturn));
}

function channelByName({ reader }: Desk, parameters: Parameters): Answer {
  const name = parameters.text('Name') ?? parameters.required('name');
  return assets(allChannels(reader).filter((channel) => channel.name === name));
}

function allChannels(reader: Desk['reader']) {
  const [first] = reader.all('SELECT min(created_at) AS at FROM mk_program');
  const at = assetTime(String(first?.at ?? '1970-01-01T00:00:00Z'));
  return Object.entries(channels).map(([name, { type, steps, success }], index) => ({
    id: index + 1,
    name,
    applicableProgramType: type.toLowerCase(),
    progressionStatuses: [...steps, success].map((status, step) => ({
      name: status,
      description: '',
      hidden: false,
      type: status,
      step: (step + 1) * 10,
      success: status === success,
    })),
    createdAt: at,
    updatedAt: at,
  }));
}

const everyType = '[program,email_batch,nurture,event,webinar]';

function browseTags(_: Desk, parameters: Parameters): Answer {
  const { maxReturn, offset } = readOffset(parameters);
  const all = Object.entries(tagTypes).map(([tagType, { required }]) => ({
    tagType,
    applicableProgramTypes: everyType,
    required,
  }));
  return assets(all.slice(offset, offset + maxReturn));
}

function tagByName(_: Desk, parameters: Parameters): Answer {
  const name = parameters.required('name');
  const found = Object.entries(tagTypes).filter(([tagType]) => tagType === name);
  return assets(
    found.map(([tagType, { required, values }]) => ({
      tagType,
      applicableProgramTypes: everyType,
      required,
      allowableValues: `[${values.join(', ')}]`,
    })),
  );
}

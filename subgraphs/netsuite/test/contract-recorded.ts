import { join } from 'node:path';
import { describeRecordedAnswers } from '@customer360/testing/recorded-answers';
import { createNetSuiteClient } from '../src/client.ts';
import { readsOf, smallVendor } from './reads.ts';
import type { Sandbox, Transport } from './support.ts';
import { configFor, startSandbox } from './support.ts';
import { driftsOfEnvelope } from './xml-drift.ts';

const { args, start } = smallVendor();

export function describeRecorded(transport: Transport): void {
  let described: Sandbox;
  beforeAll(async () => {
    described = await startSandbox({ size: 1 });
  });
  afterAll(() => described.close());

  describeRecordedAnswers({
    system: 'NETSUITE',
    folder: join(import.meta.dirname, 'recorded', transport),
    isRecording: process.env.RECORD === '1',
    startVendor: start,
    args,
    readsOf: ({ accountIds, internalIds }) => readsOf(accountIds, internalIds),
    clientAt: (url) =>
      createNetSuiteClient(
        configFor(url, {
          NETSUITE_TRANSPORT: transport,
          // So many answers that cannot be read would open the circuit.
          NETSUITE_VOLUME_THRESHOLD: '1000',
          // Not on the tape: the service description is no answer about anybody.
          NETSUITE_WSDL: `${described.url}/wsdl/v2023_1_0/netsuite.wsdl`,
        }).netsuite,
      ),
    enumerated: ['status', 'type', 'accttype', 'xsi:type', 'searchValue'],
    mayBeEmpty: {
      companyname: 'a person has none and is shown by entity id',
      companyName: 'a person has none and is shown by entity id',
      tranid: 'the internal id stands in for the number',
      tranId: 'the internal id stands in for the number',
    },
    // An order's status over SOAP is the ERP's own words, whatever they are.
    neutral: ['OTHER', 'Unknown', '_new'],
    driftsOfText: driftsOfEnvelope,
    fewestDrifts: 50,
  });
}

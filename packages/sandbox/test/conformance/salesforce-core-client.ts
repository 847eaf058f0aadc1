import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { salesforceCredentials } from '../../src/salesforce/credentials.ts';

/**
 * Uses the library that the official command line is built on, unchanged, and prints what it found as JSON. It keeps
 * what it knows in the home folder, so it runs in a process with a home of its own.
 */
const core = createRequire(import.meta.url)('@salesforce/core') as typeof import('@salesforce/core');
const { AuthInfo, Connection, Org, StreamingClient } = core;
const { clientId, clientSecret, refreshToken, username, privateKey } = salesforceCredentials;
const url = String(process.argv[2]);

const failed = (work: PromiseLike<unknown>) =>
  work.then(
    () => 'no error',
    (error: { errorCode?: string; name: string }) => error.errorCode ?? error.name,
  );

async function useRefreshToken() {
  const oauth2Options = { loginUrl: url, instanceUrl: url, refreshToken, clientId, clientSecret };
  const authInfo = await AuthInfo.create({ oauth2Options });
  const connection = await Connection.create({ authInfo, connectionOptions: { version: '57.0' } });
  const accounts = connection.sobject('Account');
  const { id = '' } = await accounts.create({ Name: 'From the library' });
  const created = await connection.singleRecordQuery<{ Name: string }>(`SELECT Name FROM Account WHERE Id = '${id}'`);
  await accounts.update({ Id: id, Name: 'Changed' });
  const changed = await accounts.retrieve(id);
  await accounts.destroy(id);
  const all = await connection.autoFetchQuery('SELECT Id FROM OpportunityHistory');
  const { fields } = await connection.describe('Account');
  const invalid = await failed(connection.query('SELECT Nope FROM Account'));
  const deleted = await failed(accounts.retrieve(id));
  const newest = await connection.retrieveMaxApiVersion();
  await fetch(`${url}/_control/faults`, { method: 'PUT', body: '{"expireTokens":true}' });
  const { totalSize: users } = await connection.query('SELECT Id FROM User');
  return {
    connection,
    found: {
      username: authInfo.getUsername(),
      orgId: authInfo.getFields().orgId,
      created: created.Name,
      changed: changed.Name,
      rows: all.records.length,
      fields: fields.length,
      invalid,
      deleted,
      newest,
      users,
    },
  };
}

async function listen(connection: InstanceType<typeof Connection>) {
  const org = await Org.create({ connection });
  await connection
    .sobject('PushTopic')
    .create({ Name: 'CoreTopic', Query: 'SELECT Id, Name FROM Account', ApiVersion: 57 });
  const heard: unknown[] = [];
  const options = new StreamingClient.DefaultOptions(org, '/topic/CoreTopic', (message) => {
    heard.push(message);
    return { completed: true, payload: 'done' };
  });
  const client = await StreamingClient.create(options);
  const handshake = await client.handshake();
  const answer = await client.subscribe(async () => {
    await connection.sobject('Account').create({ Name: 'Streamed' });
  });
  return { handshake, answer, heard: heard[0] };
}

async function useSignedToken() {
  const keyFile = join(homedir(), 'key.pem');
  writeFileSync(keyFile, privateKey);
  const remover = await core.AuthRemover.create();
  await remover.removeAuth(username);
  core.StateAggregator.clearInstance();
  const authInfo = await AuthInfo.create({ username, oauth2Options: { clientId, loginUrl: url, privateKey: keyFile } });
  const connection = await Connection.create({ authInfo });
  return { isJwt: authInfo.isJwt(), users: (await connection.query('SELECT Id FROM User')).totalSize };
}

const { connection, found } = await useRefreshToken();
const streamed = await listen(connection);
const signed = await useSignedToken();
process.stdout.write(`\n${JSON.stringify({ found, streamed, signed })}\n`);
process.exit(0);

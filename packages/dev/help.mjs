/** What `npm start -- --help` prints. Kept free of imports so that it needs nothing installed. */
export const startHelp = `Customer360 on one machine: three vendor sandboxes, four subgraphs, the gateway and the page.

  npm start                         install what is missing, start everything, say where it is
  npm start -- --port-base 5000     move every address: the gateway to 5000, the rest beside it
  npm start -- --size 2000          number of customer accounts in the sandboxes (default 500)
  npm start -- --seed 7             another world of the same size (default 1)
  npm start -- --set marketo.limits.perDay=1000
                                    a sandbox other than usual; its README lists the names
  npm start -- --host 0.0.0.0       listen elsewhere than on 127.0.0.1; nothing is protected by a password yet
  npm start -- --scaled 3           as deployed: each service in processes of its own, three copies of the gateway
                                    and of each subgraph (default 2), over a Redis; needs redis-server or REDIS_URL
  npm start -- --help               this text

Addresses, counted from the port base (default 4000), all on 127.0.0.1:
  +0    gateway: the page at /, the graph at /graphql, health at /health/ready
  +1    subgraph netsuite         +101  sandbox NetSuite
  +2    subgraph salesforce       +102  sandbox Salesforce
  +3    subgraph marketo          +103  sandbox Marketo
  +6    subgraph workspace
                                  +120  Redis, with --scaled

Each sandbox can be watched and broken on purpose at /_control/calls and /_control/faults;
packages/sandbox/README.md says how and lists the sandbox credentials.
Real vendors are used instead by setting the variables that each subgraph's README names.
Ctrl-C stops everything.
`;

/**
 * What the Salesforce sandbox accepts. Every value is made up and printed in the documentation:
 * none opens anything but a sandbox, the private key included.
 */
export const salesforceCredentials = {
  clientId: 'c360-salesforce-client',
  clientSecret: 'c360-salesforce-secret',
  refreshToken: '5Aep861.c360-sandbox-refresh-token',
  /** For the password flow: the security token is appended to the password. */
  username: 'morgan@customer360.example',
  password: 'c360-salesforce-password',
  securityToken: 'c360token',
  /** For the JWT bearer flow, RS256: `iss` is the client id, `sub` the username. */
  privateKey: `-----BEGIN PRIVATE KEY-----
MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDvm6yubDmLQzom
6B2CIdP4Q7PqAJuHAabSI32Bn14tGzy67uLw9ZYAiSC+e4ArZJN5bSpS7ZVP5OsD
9TM+dnylbatPTXQ6BeGg7/9apfiEEr4f0F2ddRHTVZRToaziXeU6zIo1vUlguLFP
5yPtn8WowDcg8wucsMwB9pHm9XD2Y7XPJ0y2AJ1nj+esLq8T0KwMRmCCexNmnTQp
sQvaSU/mMZFX7THCqlWp6kKktwy/ZOmA5doF3VDrelxk9k2j7S01qxWFOxZkdmtF
UCyfgTcV8cun2tfqvgBDXUyaqZBQAtOxhj2gOGmewcqkiVnkM5S4CB+RBJiirKGC
s5pLKp/xAgMBAAECggEAEFwWCOgQGxdr+7FoJ7Uc6UaLcjQNv8S3xIFH1cyGfENF
J5OdSyEkLMUwHHwHiZmZuCC2qGgwWal3omg2J32k5RFShlzzd+1kNRODNofpKptc
/9m/ipCuYY+Q9mTY47ElhZjm7Dm7A4TuFlaMeB0AkepjLoy/A455X2jxF/k0zUhq
ZgzOSu+MUYKrYrW6p9gVri3t1VolST25nb0LXKNSzbE/zpRfpDyQuAMgTBMxmjVQ
fgxlQOiggHyXdX8hGI8IvuelyLK/oP96U3xOvQ1YNeOGB/KquVOYieIHK0Hwhiuv
X9D42PsJ4ThaYaUk+uZ7AVec+GYO/aZ+oSH9JbrzAQKBgQD/TzCwJho8F7Z+uIGQ
fkjXK2zjvLBihcOlwgKS/lj8b7/xGz9LVpME7E6kVDfVqQTObnKDbPIe3Qyqjgse
WbMIeKCH+jd1I0ZH54EdSvLfm+tEe1gSsCeIadn0FveHJ8j4XS1W3YuH5CcTxn8R
Udgy+yn4cE3KnExw8flZUDVPRQKBgQDwQZxZ6DRh3JHiFXs6y2GHBKXYH1jhgSxj
CBn3PL0Y0g3+ObGp0eotscsMNIfkPfN6sGDXg65lGeJofXH6Xluh9SloTEfOgQKj
C1nDu+mUAvczN+m/90BQ8BkaHnuo4kOb0NGKWS9PybudRmuLZDzWJzTnqTyjGF6S
YRe4c+9SvQKBgQCRQ9SXFUbuFCvxFDgcJ854JywwtAbEOAnnAWmHi5LEJy1WGUO9
MQg7z9y7IXQXbLDgZ/VeFBn7N5jiXimzXiRA2Km2VMdDLgvqE63iJeflFQkbEPc+
wt3rfxbVDFBQpXFy50lJ2Ipwin81gEaCa0gRUdlCk1ufwai4xuUyTTHX5QKBgGuq
a1+bAIZuau2vBLc3VzBDc/KjMZh046hJhCFYlcEeuOiZgDWC/XeWulBw5gjxfkAX
9H3/49IoxF5hAQfa6yNsEy9LJ86x37WjK4nclvMeVRsdzmGZcrgSsJ0U1gO7yeJ0
tMJT7zDJTYtQeHdR5zVtAndiTusjy5W7bv7Y7YHdAoGBAMIYGQ/OYHVOSWUTs2HK
k7603RZwXSEEA2panK6RoptUmAIic+7rb8qN/gVGTRGm9Xv/Zdmlfsiczbhvao/6
UWHlzcJyf+i44BWHJn4LE3UHWa8iMcnnqjepoYsTz+Njq6apkCimMuXABfkaBixm
Hs6L+fhswnjvc016qZZFnALL
-----END PRIVATE KEY-----
`,
  certificate: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA75usrmw5i0M6JugdgiHT
+EOz6gCbhwGm0iN9gZ9eLRs8uu7i8PWWAIkgvnuAK2STeW0qUu2VT+TrA/UzPnZ8
pW2rT010OgXhoO//WqX4hBK+H9BdnXUR01WUU6Gs4l3lOsyKNb1JYLixT+cj7Z/F
qMA3IPMLnLDMAfaR5vVw9mO1zydMtgCdZ4/nrC6vE9CsDEZggnsTZp00KbEL2klP
5jGRV+0xwqpVqepCpLcMv2TpgOXaBd1Q63pcZPZNo+0tNasVhTsWZHZrRVAsn4E3
FfHLp9rX6r4AQ11MmqmQUALTsYY9oDhpnsHKpIlZ5DOUuAgfkQSYoqyhgrOaSyqf
8QIDAQAB
-----END PUBLIC KEY-----
`,
} as const;

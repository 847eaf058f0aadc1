// The gateway library starts a metrics exporter to its maker at import unless told not to before it loads.
// biome-ignore lint/style/noProcessEnv: the library reads nothing but the environment
process.env.APOLLO_TELEMETRY_DISABLED = '1';

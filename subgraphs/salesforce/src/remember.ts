/**
 * Keeps what was loaded for a key, failures included: DataLoader forgets a failure, and each field that needs the same
 * record would ask a dead vendor again.
 */
export function remember<Value>(load: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const loaded = new Map<string, Promise<Value>>();
  return (key) => {
    const known = loaded.get(key);
    if (known !== undefined) return known;
    const loading = load(key);
    loaded.set(key, loading);
    return loading;
  };
}

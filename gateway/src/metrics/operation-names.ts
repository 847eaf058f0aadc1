const maxNames = 100;

/**
 * Gives the name under which an operation is counted. Callers choose names, and each costs memory here and wherever
 * figures are kept: only the first hundred that were answered stand for themselves.
 */
export function createOperationNames(): (name: string | undefined, answered: boolean) => string {
  const known = new Set<string>();
  return (name, answered) => {
    if (name === undefined) return answered ? 'anonymous' : 'other';
    if (known.has(name)) return name;
    if (!answered || known.size >= maxNames || name.length > 100) return 'other';
    known.add(name);
    return name;
  };
}

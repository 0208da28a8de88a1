import type { Operation } from "./operation";

type Found = { operation: Operation; params: Record<string, string> } | { methods: string[] };

/**
 * The one of these operations at an address below `/api/v1`; the methods that there are when it has not this one (none: no
 * such address).
 */
export function findOperation(operations: readonly Operation[], method: string, address: string): Found {
  const parts = partsOf(address);
  const here = operations
    .map((operation) => ({ operation, params: matched(partsOf(operation.path), parts) }))
    .filter((each): each is { operation: Operation; params: Record<string, string> } => each.params !== null)
    // A word of its own comes before any id: `/campaigns/templates` is not the campaign “templates”.
    .toSorted((one, other) => Object.keys(one.params).length - Object.keys(other.params).length);
  const own = here.find(({ operation }) => operation.method === method);
  return own ?? { methods: here.map(({ operation }) => operation.method) };
}

const partsOf = (address: string): string[] => address.split("/").filter(Boolean);

function matched(pattern: string[], parts: string[]): Record<string, string> | null {
  if (pattern.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [at, wanted] of pattern.entries()) {
    const name = /^\{(\w+)\}$/.exec(wanted)?.[1];
    if (name) params[name] = parts[at] ?? "";
    else if (wanted !== parts[at]) return null;
  }
  return params;
}

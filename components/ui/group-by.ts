/** Items under their keys, both in the order of first appearance. (`Map.groupBy` needs a newer Node than ours.) */
export function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Array<[string, Item[]]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups];
}

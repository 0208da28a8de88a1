import { customerFilterNames, type ListCustomersInput } from "@/server/customers/schemas";

/** Where the CSV of a list is downloaded: of the ticked customers, or of everybody whom the filters leave. */
export function exportHref({ ids, input }: { ids?: readonly string[]; input: ListCustomersInput }): string {
  const query = new URLSearchParams({ sort: input.sort });
  if (ids) for (const id of ids) query.append("id", id);
  else {
    if (input.search) query.set("q", input.search);
    for (const name of customerFilterNames) for (const value of input[name]) query.append(name, value);
  }
  return `/api/customers/export?${query}`;
}

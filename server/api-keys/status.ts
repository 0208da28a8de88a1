/** What a key opens. `*` opens everything, also what later releases add. */
export const apiScopes = {
  "*": { label: "Everything", hint: "Also what later releases add" },
  "events:write": { label: "Send events", hint: "POST /events" },
  "customers:read": { label: "Read customers", hint: "GET /customers" },
  "customers:write": { label: "Add, change and erase customers", hint: "POST, PUT and DELETE /customers" },
  "conversions:read": { label: "Read conversions", hint: "GET /conversions" },
  "conversions:write": { label: "Record and correct conversions", hint: "POST and PATCH /conversions" },
  "suppressions:read": { label: "Read suppressed addresses", hint: "GET /suppressions" },
  "suppressions:write": { label: "Suppress addresses", hint: "POST /suppressions" },
} as const satisfies Record<string, { label: string; hint: string }>;
export type ApiScope = keyof typeof apiScopes;
export const apiScopeKeys = Object.keys(apiScopes) as [ApiScope, ...ApiScope[]];

/** Whether a key with these scopes opens what needs `wanted`. */
export const opens = (scopes: readonly string[], wanted: ApiScope): boolean =>
  scopes.includes("*") || scopes.includes(wanted);

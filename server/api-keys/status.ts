/** What a key opens. `*` opens everything, also what later releases add. */
export const apiScopes = {
  "*": { label: "Everything", hint: "Also what later releases add" },
  "events:write": { label: "Send events", hint: "POST /events" },
  "customers:read": { label: "Read customers", hint: "GET /customers" },
  "customers:write": { label: "Add, change and erase customers", hint: "POST, PUT and DELETE /customers" },
  "campaigns:read": { label: "Read campaigns, templates and figures", hint: "GET /campaigns" },
  "campaigns:write": {
    label: "Make, change and launch campaigns",
    hint: "POST, PUT and DELETE /campaigns",
  },
  "callbacks:read": { label: "Read callback requests", hint: "GET /callbacks" },
  "callbacks:write": {
    label: "Ask for calls, give them out and close them",
    hint: "POST and PUT /callbacks",
  },
  "policies:read": { label: "Read policies and payments", hint: "GET /policies" },
  "policies:write": { label: "Write policies and payments", hint: "POST and PUT /policies, /payments" },
  "consents:read": { label: "Read consents", hint: "GET /consents" },
  "consents:write": { label: "Record consents", hint: "POST /customers/{id}/consents" },
  "segments:read": { label: "Read segments and who is in them", hint: "GET /segments" },
  "users:read": { label: "Read who belongs to the workspace", hint: "GET /users" },
  "settings:read": { label: "Read the workspace's settings", hint: "GET /settings" },
  "settings:write": { label: "Change the workspace's settings", hint: "PATCH /settings" },
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

import { Card } from "@/components/ui/card";
import { PageBody } from "@/components/ui/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { type Described, OperationEntry } from "./operation-entry";

export type ApiDocument = {
  info: { title: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, unknown>>;
};

/** What the first part of an address is about, in the order of reading. */
const parts: Record<string, string> = {
  auth: "Signing in",
  campaigns: "Campaigns",
  callbacks: "Callbacks",
  customers: "Customers",
  policies: "Policies",
  payments: "Payments",
  consents: "Consents",
  events: "Events",
  conversions: "Conversions",
  suppressions: "Suppressed addresses",
  segments: "Segments",
  users: "People",
  settings: "Settings",
};

type Entry = { method: string; path: string; operation: Described };

/** The document of the REST door, to be read. */
export function DocumentView({ document }: { document: ApiDocument }) {
  const entries: Entry[] = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation: operation as Described,
    })),
  );
  const of = (part: string) => entries.filter(({ path }) => path.split("/")[1] === part);
  const shown = [...new Set([...Object.keys(parts), ...entries.map(({ path }) => path.split("/")[1] ?? "")])];
  return (
    <main className="mx-auto max-w-300">
      <PageHeader
        title="REST API"
        description={`JSON at ${document.servers[0]?.url ?? "/api/v1"}. For programs the same is at /api/v1/openapi.json.`}
      />
      <PageBody>
        <Card title="How it works">
          <div className="flex max-w-180 flex-col gap-2 text-sm">
            <p>
              Send a key with every request: <code className="font-mono">Authorization: Bearer rb_…</code>.
              Administrators make keys in the settings. A person signs in at{" "}
              <code className="font-mono">POST /auth/login</code> and sends the access token in the same way.
            </p>
            <p>
              A success is <code className="font-mono">{"{ success, data, message }"}</code>, with{" "}
              <code className="font-mono">next_cursor</code> where there are more rows: send it as{" "}
              <code className="font-mono">cursor</code>. A failure is{" "}
              <code className="font-mono">
                {"{ success: false, error: { code, message, details }, message }"}
              </code>
              .
            </p>
            <p>
              A POST with an <code className="font-mono">Idempotency-Key</code> is done once, however often it
              is sent. An edit with <code className="font-mono">If-Match</code> is done only while the row is
              as you read it. Amounts are in major units, rates in percent, null where nothing can be divided.
            </p>
          </div>
        </Card>
        <nav aria-label="Parts" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
          {shown
            .filter((part) => of(part).length > 0)
            .map((part) => (
              <a key={part} href={`#${part}`} className="text-accent-ink underline-offset-2 hover:underline">
                {parts[part] ?? part}
              </a>
            ))}
        </nav>
        {shown
          .filter((part) => of(part).length > 0)
          .map((part) => (
            <div key={part} id={part} className="scroll-mt-4">
              <Card title={parts[part] ?? part} flush>
                <div className="border-line border-t">
                  {of(part).map((entry) => (
                    <OperationEntry key={entry.operation.operationId} {...entry} />
                  ))}
                </div>
              </Card>
            </div>
          ))}
      </PageBody>
    </main>
  );
}

import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import { Fields, FieldTable } from "./field-table";
import { kindOf, type Schema } from "./schema";

type Parameter = { name: string; in: string; required: boolean; description?: string; schema: Schema };
type Content = { "application/json": { schema: Schema; example?: unknown } };

/** An operation as the OpenAPI document describes it. */
export type Described = {
  operationId: string;
  summary: string;
  description: string;
  parameters: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<string, { description: string; content: Content }>;
};

const tones: Record<string, Tone> = {
  GET: "information",
  POST: "good",
  PUT: "attention",
  PATCH: "attention",
  DELETE: "danger",
};

/** One operation: opened, it says what it takes and what it answers. Works without scripts. */
export function OperationEntry({
  method,
  path,
  operation,
}: {
  method: string;
  path: string;
  operation: Described;
}) {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  const [status = "200"] = Object.keys(responses).filter((code) => code.startsWith("2"));
  const answer = responses[status]?.content["application/json"].schema;
  const body = requestBody?.content["application/json"];
  const fields = parameters.map(({ name, in: where, required, schema, description: about }) => ({
    key: `${where} ${name}`,
    path: where === "header" ? `${name} (header)` : name,
    depth: 0,
    kind: about ?? kindOf(schema),
    needed: required,
  }));
  return (
    <details id={operationId} className="border-line border-b last:border-b-0">
      <summary className="cursor-pointer px-4 py-2.5 hover:bg-hover">
        <span className="inline-flex max-w-[calc(100%-1.5rem)] flex-wrap items-baseline gap-x-3 gap-y-0.5 align-top">
          <Badge tone={tones[method] ?? "neutral"}>{method}</Badge>
          <code className="break-all font-mono text-sm">{path}</code>
          <span className="w-full text-muted text-sm">{summary}</span>
        </span>
      </summary>
      <div className="flex flex-col gap-4 px-4 pt-1 pb-5">
        <p className="text-muted text-sm">{description.replaceAll("`", "")}</p>
        {fields.length > 0 && <Fields title="Takes" fields={fields} />}
        {body && (
          <FieldTable title={requestBody.required ? "Body" : "Body, may be left out"} schema={body.schema} />
        )}
        {body?.example !== undefined && (
          <section aria-label="Example">
            <h4 className="mb-1 font-medium text-sm">Example</h4>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long line scrolls, and a keyboard has to reach it */}
            <pre tabIndex={0} className="overflow-x-auto rounded-md bg-subtle p-3 font-mono text-sm">
              {JSON.stringify(body.example, null, 2)}
            </pre>
          </section>
        )}
        {answer && <FieldTable title={`Answers ${status}`} schema={answer} answered />}
      </div>
    </details>
  );
}

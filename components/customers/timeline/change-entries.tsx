import Link from "next/link";
import type { AttributeDefinition } from "@/server/attributes/schemas";
import { formatCount } from "@/server/platform/format";
import { changedFields, sentence } from "../words";
import type { EntryOf } from "./contact-entries";

type Definitions = readonly AttributeDefinition[];

/** Acts that change no field. */
const acts: Record<string, string> = {
  "customer.exported": "exported the data of this customer",
  "customer.erasure_requested": "asked for the erasure of this customer",
  "customer.erasure_cancelled": "took the erasure of this customer back",
};

const verbs = {
  customer: { created: "added the customer", changed: "changed" },
  policy: { created: "added policy", changed: "changed policy" },
  payment: { created: "recorded a payment of", changed: "changed a payment of" },
} as const;

/** An edit: who, what, and each field before and after. */
export function ChangeEntry({ entry, definitions }: { entry: EntryOf<"change">; definitions: Definitions }) {
  const { detail, actorName } = entry;
  const who = actorName ?? "Ringback";
  const act = acts[detail.action];
  if (act)
    return (
      <p>
        {who} {act}
      </p>
    );
  const created = detail.action === "created";
  const verb = verbs[detail.subject][created ? "created" : "changed"];
  const fields = changedFields(detail.before, detail.after, definitions);
  const what =
    detail.subject === "customer"
      ? created
        ? ""
        : fields.map(({ label }) => label.toLowerCase()).join(", ")
      : (detail.label ?? "");
  return (
    <>
      <p>
        {who} {verb} {what}
      </p>
      <FieldLines fields={fields} created={created} />
    </>
  );
}

/** What a file did with the customer. */
export function ImportEntry({ entry, definitions }: { entry: EntryOf<"import">; definitions: Definitions }) {
  const { detail } = entry;
  const created = detail.action === "created";
  const records = [
    detail.policies > 0 && `${formatCount(detail.policies)} ${detail.policies === 1 ? "policy" : "policies"}`,
    detail.payments > 0 &&
      `${formatCount(detail.payments)} ${detail.payments === 1 ? "payment" : "payments"}`,
  ].filter(Boolean);
  return (
    <>
      <p>
        {created ? "Added by the file" : "Brought up to date by the file"}{" "}
        <Link
          href={`/customers/imports/${detail.importId}`}
          className="hover:text-accent-ink hover:underline"
        >
          {detail.fileName}
        </Link>
      </p>
      {records.length > 0 && <p className="text-muted text-xs">{records.join(" and ")}</p>}
      {!created && <FieldLines fields={changedFields(detail.before, detail.after, definitions)} />}
    </>
  );
}

type FieldLinesProps = { fields: ReturnType<typeof changedFields>; created?: boolean };

function FieldLines({ fields, created = false }: FieldLinesProps) {
  if (fields.length === 0) return null;
  return (
    <dl className="mt-0.5 grid grid-cols-[minmax(4rem,max-content)_minmax(0,1fr)] gap-x-3 text-xs">
      {fields.map(({ field, label, before, after }) => (
        <div key={field} className="col-span-2 grid grid-cols-subgrid">
          <dt className="text-faint">{sentence(label)}</dt>
          <dd className="min-w-0 break-words text-muted">
            {!created && (
              <>
                <del className="no-underline opacity-80">{before}</del>
                <span aria-hidden> → </span>
                <span className="sr-only"> became </span>
              </>
            )}
            <ins className="text-ink no-underline">{after}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}

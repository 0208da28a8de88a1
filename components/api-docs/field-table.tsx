import { cn } from "@/components/ui/cn";
import { type Field, fieldsOf, type Schema } from "./schema";

const indents = ["pl-0", "pl-4", "pl-8", "pl-12", "pl-16"];

type FieldTableProps = { title: string; schema: Schema; answered?: boolean };

/** The fields of a body or an answer. */
export function FieldTable({ title, schema, answered = false }: FieldTableProps) {
  // Of an answer every field is there: nothing has to be said.
  const fields = fieldsOf(schema).map((field) => (answered ? { ...field, needed: false } : field));
  return fields.length === 0 ? null : <Fields title={title} fields={fields} />;
}

/** Names with what they take; a name in the middle of the ink is needed. */
export function Fields({ title, fields }: { title: string; fields: readonly Field[] }) {
  return (
    <section aria-label={title}>
      <h4 className="mb-1 font-medium text-sm">{title}</h4>
      <dl className="border-line border-t">
        {fields.map(({ key, path, depth, kind, needed }) => (
          <div
            key={key}
            className="grid gap-x-4 border-line border-b py-1 text-sm sm:grid-cols-[16rem_minmax(0,1fr)]"
          >
            <dt className={cn("min-w-0 break-words font-mono", indents[depth])}>
              {path}
              {needed && <span className="ml-2 font-sans text-faint">needed</span>}
            </dt>
            <dd className={cn("min-w-0 break-words text-muted", indents[depth], "sm:pl-0")}>{kind}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

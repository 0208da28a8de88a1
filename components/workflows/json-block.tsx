import { formatBytes } from "@/server/platform/format";

type JsonBlockProps = { label: string; value: unknown };

/** The engine leaves large values out and says how large they are. */
function omitted(value: unknown): number | null {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) return null;
  return "truncated" in value && typeof value.truncated === "number" ? value.truncated : null;
}

/** A value as it went in or came out, for reading and copying. */
export function JsonBlock({ label, value }: JsonBlockProps) {
  const bytes = omitted(value);
  return (
    <div>
      <p className="mb-1 text-muted text-xs">{label}</p>
      {bytes === null ? (
        <section
          aria-label={label}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="max-h-72 overflow-y-auto rounded-sm bg-subtle px-2.5 py-2"
        >
          <pre className="whitespace-pre-wrap break-all font-mono text-ink text-xs">
            {JSON.stringify(value, null, 2)}
          </pre>
        </section>
      ) : (
        <p className="text-sm">Too large to show: {formatBytes(bytes)}.</p>
      )}
    </div>
  );
}

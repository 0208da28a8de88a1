import { formatBytes } from "@/server/platform/format";

type JsonBlockProps = { label: string; value: unknown };
type TextBlockProps = { label: string; text: string };

/** The engine leaves large values out and says how large they are. */
function omitted(value: unknown): number | null {
  if (typeof value !== "object" || value === null || Object.keys(value).length !== 1) return null;
  return "truncated" in value && typeof value.truncated === "number" ? value.truncated : null;
}

/** A value as it went in or came out, for reading and copying. */
export function JsonBlock({ label, value }: JsonBlockProps) {
  const bytes = omitted(value);
  const text = bytes === null ? JSON.stringify(value, null, 2) : `Too large to show: ${formatBytes(bytes)}.`;
  return <TextBlock label={label} text={text} />;
}

/** Text with its line breaks, such as where an error came from. */
export function TextBlock({ label, text }: TextBlockProps) {
  return (
    <div>
      <p className="mb-1 text-muted text-xs">{label}</p>
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-72 overflow-y-auto rounded-sm bg-subtle px-2.5 py-2"
      >
        <pre className="wrap-anywhere whitespace-pre-wrap font-mono text-ink text-xs">{text}</pre>
      </section>
    </div>
  );
}

import { cn } from "@/components/ui/cn";
import type { Glimpse } from "@/server/template-library/glimpse";

/** The first words of a template, as small as a card: a sheet of mail, or a message on a phone. */
export function GlimpseView({ glimpse }: { glimpse: Glimpse | null }) {
  if (!glimpse) return <div className="h-44 bg-subtle" />;
  const { channel, language, subject, text, buttons } = glimpse;
  return (
    <div aria-hidden lang={language} className="relative h-44 overflow-hidden bg-subtle px-5 pt-4">
      {channel === "email" ? (
        <div className="h-full rounded-t-md border border-line border-b-0 bg-surface px-4 pt-3 shadow-xs">
          <p className="truncate font-medium text-sm">{subject}</p>
          <div className="mt-1.5 mb-2 border-line border-b" />
          <p className="whitespace-pre-line text-muted text-xs">{text}</p>
        </div>
      ) : (
        <div className="flex flex-col items-start gap-1 text-xs">
          <p
            className={cn(
              "max-w-[92%] whitespace-pre-line rounded-md rounded-tl-sm bg-surface px-3 py-2 shadow-xs",
              channel === "whatsapp" && buttons.length > 0 && "line-clamp-6",
            )}
          >
            {text}
          </p>
          {channel === "whatsapp" &&
            buttons.map((label) => (
              <p
                key={label}
                className="w-[92%] truncate rounded-md bg-surface px-3 py-1 text-center font-medium text-accent-ink shadow-xs"
              >
                {label}
              </p>
            ))}
        </div>
      )}
      <div className="absolute inset-x-0 bottom-0 h-10 bg-linear-to-t from-subtle to-transparent" />
    </div>
  );
}

import { cn } from "@/components/ui/cn";
import { formatCount } from "@/server/platform/format";
import { countSms, unicodeCharacters } from "@/server/platform/sms";

type SmsMeterProps = {
  /** The SMS as one customer gets it, or as it is written while nobody is there to show it as. */
  text: string;
  /** Who that customer is. */
  as: string | null;
};

/** How many parts an SMS has, how full the last one is, and what makes it dear. */
export function SmsMeter({ text, as }: SmsMeterProps) {
  const { encoding, parts, units, left } = countSms(text);
  const size = units + left;
  const odd = unicodeCharacters(text);
  const scripts = odd.some((character) => /[\p{L}\p{M}]/u.test(character));
  return (
    <div aria-live="polite" className="flex flex-col gap-1.5 text-sm">
      <div aria-hidden className="flex h-1 gap-0.5">
        {Array.from({ length: Math.min(parts, 12) }, (_, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its number
          <span key={nth} className="flex-1 overflow-hidden rounded-full bg-pressed">
            <span
              className={cn("block h-full", parts > 3 ? "bg-attention-solid" : "bg-accent")}
              style={{
                width:
                  nth < parts - 1 ? "100%" : `${Math.round(100 - (left / partSize(encoding, parts)) * 100)}%`,
              }}
            />
          </span>
        ))}
      </div>
      <p className="flex flex-wrap gap-x-3 text-muted tabular-nums">
        <span className="font-medium text-ink">{parts === 1 ? "1 part" : `${formatCount(parts)} parts`}</span>
        <span>
          {formatCount(units)} of {formatCount(size)}{" "}
          {encoding === "GSM-7" ? "characters" : "Unicode characters"}
        </span>
        {as && <span className="text-faint">as {as} gets it</span>}
      </p>
      {encoding === "UCS-2" && (
        <p className="text-muted">
          {scripts ? (
            "Letters of this script make it a Unicode SMS: 70 characters in one part, 67 in each of several."
          ) : (
            <>
              {odd.length === 1 ? "This character makes" : "These characters make"} it a Unicode SMS, with 70
              characters a part in place of 160:{" "}
              {odd.slice(0, 8).map((character) => (
                <kbd
                  key={character}
                  className="mx-0.5 rounded-sm bg-attention-soft px-1 font-sans text-attention"
                >
                  {character === "\t" ? "tab" : character}
                </kbd>
              ))}
            </>
          )}
        </p>
      )}
    </div>
  );
}

function partSize(encoding: "GSM-7" | "UCS-2", parts: number): number {
  if (encoding === "GSM-7") return parts === 1 ? 160 : 153;
  return parts === 1 ? 70 : 67;
}

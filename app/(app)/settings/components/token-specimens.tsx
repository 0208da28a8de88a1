import { dotClass } from "@/components/charts/series";
import { cn } from "@/components/ui/cn";
import { Specimen } from "./specimen";

const sizes = [
  { className: "text-2xl font-medium", label: "24/32 key figures 1,24,500" },
  { className: "text-xl font-medium", label: "20/28 titles of pages" },
  { className: "text-lg font-medium", label: "16/24 titles of dialogs" },
  { className: "text-base", label: "14/20 body, नमस्ते आशा जी" },
  { className: "text-sm", label: "13/20 tables and labels" },
  { className: "text-muted text-xs", label: "12/16 meta" },
] as const;

const fills = [
  { className: "bg-canvas", label: "canvas" },
  { className: "bg-surface", label: "surface" },
  { className: "bg-raised", label: "raised" },
  { className: "bg-subtle", label: "subtle" },
  { className: "bg-pressed", label: "pressed" },
  { className: "bg-accent", label: "accent" },
  { className: "bg-good-solid", label: "good" },
  { className: "bg-attention-solid", label: "attention" },
  { className: "bg-danger-solid", label: "danger" },
  { className: "bg-information-solid", label: "information" },
] as const;

export function TokenSpecimens() {
  return (
    <>
      <Specimen name="Type">
        <div className="flex flex-col gap-1.5">
          {sizes.map(({ className, label }) => (
            <p key={label} className={className}>
              {label}
            </p>
          ))}
        </div>
      </Specimen>
      <Specimen name="Colour">
        {fills.map(({ className, label }) => (
          <span key={label} className="flex flex-col gap-1 text-faint text-xs">
            <span className={cn("h-10 w-20 rounded-md border border-line", className)} />
            {label}
          </span>
        ))}
        <span className="flex flex-col gap-1 text-faint text-xs">
          <span className="flex h-10 items-center gap-1.5">
            {Object.values(dotClass).map((className) => (
              <span key={className} className={cn("size-5 rounded-full", className)} />
            ))}
          </span>
          series 1 to 8
        </span>
      </Specimen>
    </>
  );
}

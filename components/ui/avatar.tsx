import { cn } from "./cn";

type AvatarProps = {
  name: string;
  size?: "sm" | "md";
  /** A square is a workspace, a circle a person. */
  shape?: "circle" | "square";
  className?: string;
};

const tints = [
  "bg-accent-soft text-accent-ink",
  "bg-good-soft text-good",
  "bg-attention-soft text-attention",
  "bg-information-soft text-information",
  "bg-danger-soft text-danger",
] as const;

/** Initials in a tint that always belongs to this name. Decoration: the name stands beside it or in a label. */
export function Avatar({ name, size = "md", shape = "circle", className }: AvatarProps) {
  const words = name.trim().split(/\s+/u);
  const [first = "", last = ""] = words.length > 1 ? [words.at(0), words.at(-1)] : words;
  const initials = [...first]
    .slice(0, 1)
    .concat([...last].slice(0, 1))
    .join("")
    .toLocaleUpperCase("en-IN");
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return (
    <span
      aria-hidden
      className={cn(
        "inline-flex shrink-0 select-none items-center justify-center font-medium",
        size === "sm" ? "size-5 text-[0.625rem]" : "size-7 text-xs",
        shape === "circle" ? "rounded-full" : "rounded-md",
        tints[sum % tints.length],
        className,
      )}
    >
      {initials || "?"}
    </span>
  );
}

import type { ComponentProps } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { Tooltip } from "./tooltip";

type IconButtonProps = Omit<ComponentProps<typeof Button>, "children" | "asChild" | "icon"> & {
  /** What it does, in words: read aloud, and shown on hover. */
  label: string;
  icon: ComponentProps<typeof Button>["icon"];
  /** Off where the label already stands beside it. */
  tooltip?: boolean;
};

/** A square button for an act so common that its icon is enough. */
export function IconButton({
  label,
  icon,
  size = "md",
  variant = "ghost",
  tooltip = true,
  className,
  ...rest
}: IconButtonProps) {
  const button = (
    <Button
      aria-label={label}
      variant={variant}
      size={size}
      icon={icon}
      className={cn("px-0", size === "sm" ? "w-control-sm" : "w-control", className)}
      {...rest}
    />
  );
  return tooltip ? <Tooltip content={label}>{button}</Tooltip> : button;
}

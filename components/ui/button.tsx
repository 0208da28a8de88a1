import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";
import { Spinner } from "./spinner";

const variants = {
  primary: "bg-accent text-on-accent shadow-xs hover:bg-accent-hover",
  secondary: "border border-line-strong bg-surface text-ink shadow-xs hover:bg-hover active:bg-pressed",
  ghost: "text-muted hover:bg-pressed hover:text-ink",
  danger: "bg-danger-solid text-white shadow-xs hover:bg-danger-hover",
} as const;

const sizes = {
  sm: "h-control-sm gap-1.5 px-2 text-sm",
  md: "h-control gap-1.5 px-3 text-base",
} as const;

export type ButtonVariant = keyof typeof variants;

type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  size?: keyof typeof sizes;
  /** Shows a spinner, keeps the width and refuses further clicks. */
  loading?: boolean;
  /** Renders the child (a `Link`, say) with the looks of a button. */
  asChild?: boolean;
  icon?: ReactNode;
};

/** The look of a button, for the rare element that cannot be one. */
export function buttonClass(variant: ButtonVariant = "secondary", size: keyof typeof sizes = "md"): string {
  return cn(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors",
    "disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
    sizes[size],
    variants[variant],
  );
}

/** An act. One `primary` for each view; `danger` only for what cannot be taken back. */
export function Button({
  variant = "secondary",
  size = "md",
  loading = false,
  asChild = false,
  icon,
  type = "button",
  className,
  disabled,
  children,
  ...rest
}: ButtonProps) {
  const classes = cn(buttonClass(variant, size), className);
  if (asChild)
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  return (
    <button
      type={type}
      className={classes}
      disabled={disabled || loading}
      aria-busy={loading || undefined}
      {...rest}
    >
      {loading ? <Spinner /> : icon}
      {children}
    </button>
  );
}

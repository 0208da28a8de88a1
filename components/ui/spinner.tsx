import { LoaderCircle } from "lucide-react";
import { cn } from "./cn";

/** A turning ring for work under a second or two; longer work deserves `Progress`. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cn("size-4 animate-spin", className)} />;
}

import Link from "next/link";
import { usePathname } from "next/navigation";
import { Button } from "./button";

/** The way out of a list that its filters emptied: "Show all events", which is the same screen without them. */
export function ShowAll({ noun }: { noun: string }) {
  return (
    <Button asChild>
      <Link href={usePathname()}>Show all {noun}</Link>
    </Button>
  );
}

import { Minimize2 } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

/** Lies over everything, so that a wall shows numbers and nothing else. */
export function WallFrame({ children }: { children: ReactNode }) {
  return (
    <div className="fixed inset-0 z-30 flex flex-col overflow-y-auto bg-canvas p-4 lg:p-6">
      <div className="flex items-center justify-between gap-4 pb-3">
        <h1 className="font-medium text-xl">Floor</h1>
        <Button asChild size="sm" variant="ghost">
          <Link href="/floor">
            <Minimize2 aria-hidden />
            Leave the wall screen
          </Link>
        </Button>
      </div>
      {children}
    </div>
  );
}

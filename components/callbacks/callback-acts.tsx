"use client";

import { useQueryClient } from "@tanstack/react-query";
import {
  CalendarClock,
  Ellipsis,
  Forward,
  Hand,
  Link2,
  MessageSquareText,
  PhoneForwarded,
  RotateCcw,
  SlidersHorizontal,
  UserPlus,
  X,
} from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem, MenuSeparator } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { useShortcuts } from "@/components/ui/shortcuts";
import { ThumbBar } from "@/components/ui/thumb-bar";
import { toast } from "@/components/ui/toaster";
import type { CallbackDetail } from "@/server/callbacks/get";
import { useTRPC, useTRPCClient } from "@/server/trpc/react";
import { callerName } from "./callback-columns";
import { ChangeMany } from "./change-many";
import { copyLink } from "./copy-link";
import { EditUrgency } from "./edit-urgency";
import { HandOver, type HandOverAct } from "./hand-over";

type CallbackActsProps = { callback: CallbackDetail; lead: boolean };

const takeable = ["pending", "assigned", "scheduled"];

/** What can be done with one request: take it, and for supervisors assign, reschedule, change, cancel and reopen. */
export function CallbackActs({ callback, lead }: CallbackActsProps) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [open, setOpen] = useState<"assign" | "reschedule" | "cancel" | "edit" | null>(null);
  const [handing, setHanding] = useState<HandOverAct | null>(null);
  const [pending, start] = useTransition();
  const run = (what: string, act: () => Promise<unknown>) =>
    start(async () => {
      try {
        await act();
        await queryClient.invalidateQueries(trpc.callbacks.pathFilter());
      } catch (error) {
        toast.error(what, { description: error instanceof Error ? error.message : "Try again." });
      }
    });
  const canTake = takeable.includes(callback.status);
  const take = () =>
    run("It was not taken", async () => {
      await client.callbacks.take.mutate({ callbackId: callback.id });
      router.push("/callbacks/work");
    });
  useShortcuts([{ keys: "t", label: "Take this request", group: "Callbacks", run: take }], canTake);
  const isOpen = callback.closedAt === null;
  return (
    <>
      {lead && isOpen && (
        <DropdownMenu trigger={<IconButton label="More" icon={<Ellipsis aria-hidden />} />}>
          {canTake && (
            <MenuItem icon={<UserPlus aria-hidden />} onSelect={() => setOpen("assign")}>
              Assign
            </MenuItem>
          )}
          <MenuItem icon={<CalendarClock aria-hidden />} onSelect={() => setOpen("reschedule")}>
            {callback.slotStart ? "Move the time" : "Promise a time"}
          </MenuItem>
          <MenuItem icon={<SlidersHorizontal aria-hidden />} onSelect={() => setOpen("edit")}>
            Change topic or urgency
          </MenuItem>
          <MenuItem icon={<MessageSquareText aria-hidden />} onSelect={() => setHanding("message")}>
            Message the customer
          </MenuItem>
          <MenuItem icon={<Forward aria-hidden />} onSelect={() => setHanding("pass")}>
            Pass on
          </MenuItem>
          <MenuItem icon={<Hand aria-hidden />} onSelect={() => setHanding("raise")}>
            Ask the supervisors
          </MenuItem>
          {callback.customerUrl && (
            <MenuItem
              icon={<Link2 aria-hidden />}
              onSelect={() =>
                copyLink(callback.customerUrl ?? "", "Whoever opens it can move or cancel this call.")
              }
            >
              Copy the customer’s link
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem danger icon={<X aria-hidden />} onSelect={() => setOpen("cancel")}>
            Cancel the request
          </MenuItem>
        </DropdownMenu>
      )}
      {lead && !isOpen && (
        <Button
          icon={<RotateCcw aria-hidden />}
          loading={pending}
          onClick={() =>
            run("It was not opened again", () => client.callbacks.reopen.mutate({ callbackId: callback.id }))
          }
        >
          Open again
        </Button>
      )}
      {callback.hold && (
        <ThumbBar>
          <Button className="max-md:h-11" variant="primary" asChild>
            <Link href="/callbacks/work">Go on working</Link>
          </Button>
        </ThumbBar>
      )}
      {canTake && (
        <ThumbBar>
          <Button
            className="max-md:h-11"
            variant="primary"
            icon={<PhoneForwarded aria-hidden />}
            loading={pending}
            onClick={take}
          >
            Take
          </Button>
        </ThumbBar>
      )}
      {handing && (
        <HandOver
          act={handing}
          callbackId={callback.id}
          generation={callback.hold?.generation ?? null}
          onDone={() => {}}
          onClose={() => setHanding(null)}
        />
      )}
      {open === "edit" && <EditUrgency callback={callback} onClose={() => setOpen(null)} />}
      {open && open !== "edit" && (
        <ChangeMany
          act={open}
          requests={new Map([[callback.id, callerName(callback)]])}
          onClose={() => setOpen(null)}
          onDone={() => setOpen(null)}
        />
      )}
    </>
  );
}

"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Ellipsis } from "lucide-react";
import { cn } from "@/components/ui/cn";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { Switch } from "@/components/ui/switch";
import { type Tone, toneLooks } from "@/components/ui/tone";
import type { FallBack } from "@/server/campaigns/content";
import type { Preflight } from "@/server/campaigns/preflight";
import type { AccountLine } from "@/server/channels/accounts/account-line";
import { channels as all, type Channel, channelLabels } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import { useTRPC } from "@/server/trpc/react";
import { channelIcons } from "./channel-icons";

type ChannelCardsProps = {
  /** Those that are used, in their order of preference. */
  channels: Channel[];
  fallBack: FallBack | null;
  current: Channel;
  preflight: Preflight;
  onOpen: (channel: Channel) => void;
  onChange: (channels: Channel[]) => void;
};

/** The three ways to a customer: which are used, in what order they are tried, what carries them and whom they reach. */
export function ChannelCards({
  channels,
  fallBack,
  current,
  preflight,
  onOpen,
  onChange,
}: ChannelCardsProps) {
  const trpc = useTRPC();
  const accounts = useQuery(trpc.channels.accounts.queryOptions());
  const shown = [...channels, ...all.filter((channel) => !channels.includes(channel))];
  const move = (channel: Channel, by: -1 | 1) => {
    const order = channels.filter((each) => each !== channel);
    order.splice(channels.indexOf(channel) + by, 0, channel);
    onChange(order);
  };
  return (
    <section aria-label="Channels" className="flex flex-col gap-2">
      <ul className="grid gap-2 sm:grid-cols-3">
        {shown.map((channel) => {
          const place = channels.indexOf(channel);
          const used = place >= 0;
          const several = used && channels.length > 1;
          return (
            <li
              key={channel}
              className={cn(
                "relative flex flex-col gap-2 rounded-md border bg-surface p-3 transition-colors",
                channel === current ? "border-accent-ink shadow-xs" : "border-line hover:border-line-strong",
                !used && channel !== current && "bg-canvas",
              )}
            >
              <div className="flex items-center gap-2">
                <ChannelMark channel={channel} quiet={!used} />
                <button
                  type="button"
                  aria-pressed={channel === current}
                  onClick={() => onOpen(channel)}
                  // The whole card opens it; what stands above the layer keeps its own press.
                  className="min-w-0 flex-1 truncate text-left font-medium outline-offset-4 after:absolute after:inset-0 after:rounded-md"
                >
                  {channelLabels[channel]}
                  {several && (
                    <span className="ml-1.5 font-normal text-faint text-xs">{ordinals[place]}</span>
                  )}
                </button>
                {several && (
                  <span className="relative z-1 -my-1">
                    <DropdownMenu
                      trigger={
                        <IconButton
                          label={`Order of ${channelLabels[channel]}`}
                          tooltip={false}
                          size="sm"
                          icon={<Ellipsis aria-hidden />}
                        />
                      }
                    >
                      <MenuItem
                        icon={<ArrowUp aria-hidden />}
                        disabled={place === 0}
                        onSelect={() => move(channel, -1)}
                      >
                        Try earlier
                      </MenuItem>
                      <MenuItem
                        icon={<ArrowDown aria-hidden />}
                        disabled={place === channels.length - 1}
                        onSelect={() => move(channel, 1)}
                      >
                        Try later
                      </MenuItem>
                    </DropdownMenu>
                  </span>
                )}
                <Switch
                  aria-label={`Use ${channelLabels[channel]}`}
                  checked={used}
                  className="relative z-1"
                  onCheckedChange={(on) => {
                    onChange(on ? [...channels, channel] : channels.filter((each) => each !== channel));
                    onOpen(channel);
                  }}
                />
              </div>
              <p className="text-muted text-sm tabular-nums">
                {used ? (
                  <Reached count={preflight.byChannel[channel]} />
                ) : fallBack?.channel === channel ? (
                  `Follows WhatsApp after ${fallBack.afterHours} h`
                ) : (
                  "Not used"
                )}
              </p>
              <CarrierLine
                carrier={accounts.data?.accounts.find((each) => each.carries && each.channel === channel)}
                loading={accounts.isPending}
              />
            </li>
          );
        })}
      </ul>
      {channels.length > 1 && (
        <p className="text-faint text-sm">
          Each customer gets one message: by {channelLabels[channels[0] ?? "email"]} where it reaches and they
          allow it, else by the next.
        </p>
      )}
    </section>
  );
}

const ordinals = ["1st", "2nd", "3rd"] as const;

function Reached({ count }: { count: number }) {
  return (
    <>
      <span className="font-medium text-ink">{formatCount(count)}</span>{" "}
      {count === 1 ? "customer" : "customers"}
    </>
  );
}

/** The channel's own sign, on its own ground. */
export function ChannelMark({ channel, quiet = false }: { channel: Channel; quiet?: boolean }) {
  const Icon = channelIcons[channel];
  return (
    <span
      className={cn(
        "flex size-7 shrink-0 items-center justify-center rounded-md",
        quiet ? "bg-pressed text-faint" : "bg-accent-soft text-accent-ink",
      )}
    >
      <Icon aria-hidden className="size-4" />
    </span>
  );
}

function CarrierLine({ carrier, loading }: { carrier: AccountLine | undefined; loading: boolean }) {
  if (loading) return <p className="h-4 w-2/3 animate-pulse rounded-sm bg-pressed" />;
  if (!carrier)
    return (
      <p className="flex items-center gap-1.5 text-danger text-xs">
        No account. An administrator can add one.
      </p>
    );
  const { tone, words } = healthWords(carrier);
  const { icon: Icon, text } = toneLooks[tone];
  return (
    <p className={cn("flex min-w-0 items-center gap-1.5 text-xs", text)} title={`${carrier.name}: ${words}`}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate">
        {carrier.provider === "sandbox" ? "Sandbox inbox" : carrier.name}
        {words && <span className="text-faint">{`, ${words}`}</span>}
      </span>
    </p>
  );
}

function healthWords({ health, provider }: AccountLine): { tone: Tone; words: string } {
  switch (health.state) {
    case "works":
      return { tone: "good", words: provider === "sandbox" ? "" : "works" };
    case "untried":
      return { tone: "neutral", words: provider === "sandbox" ? "" : "not tried yet" };
    case "paused":
      return { tone: "attention", words: "paused: messages wait" };
    case "trouble":
      return { tone: "danger", words: health.sentence };
  }
}

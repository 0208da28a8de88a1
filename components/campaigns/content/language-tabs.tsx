"use client";

import { Ellipsis, Plus, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu, MenuItem, MenuLabel } from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { type Bodies, isBlank } from "@/server/campaigns/content";
import type { Preflight } from "@/server/campaigns/preflight";
import { type Channel, channelLabels } from "@/server/channels/status";
import { formatCount } from "@/server/platform/format";
import { languageChoices, languageName } from "./languages";
import { isWritten } from "./use-place";

type LanguageTabsProps = {
  /** The first is for customers of all other languages. */
  languages: string[];
  current: string;
  channel: Channel;
  bodies: Bodies;
  /** Customers of the audience by the language that they read. */
  readers: Preflight["languages"];
  onOpen: (language: string) => void;
  onChange: (languages: string[]) => void;
  onRemove: (language: string) => void;
};

/** The languages that the message is written in, each with how many read it; and who gets another one instead. */
export function LanguageTabs(props: LanguageTabsProps) {
  const { languages, current, channel, bodies, readers, onOpen, onChange, onRemove } = props;
  const [leaving, setLeaving] = useState<string | null>(null);
  const count = (language: string) => readers.find((each) => each.language === language)?.count ?? 0;
  const first = languages[0] ?? "en";
  const others = [...new Set([...readers.map(({ language }) => language), ...languageChoices])].filter(
    (language) => !languages.includes(language) && /^[a-z]{2,3}$/.test(language),
  );
  const remove = (language: string) =>
    isWritten(bodies, language) ? setLeaving(language) : onRemove(language);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-1 border-line border-b">
        <div
          role="tablist"
          aria-label={`Languages of the ${channelLabels[channel]} message`}
          className="-mb-px flex min-w-0 gap-4 overflow-x-auto"
        >
          {languages.map((language) => (
            <button
              key={language}
              type="button"
              role="tab"
              aria-selected={language === current}
              onClick={() => onOpen(language)}
              className={cn(
                "flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 text-muted outline-offset-[-2px] transition-colors hover:text-ink pointer-coarse:h-11",
                language === current && "border-accent-ink font-medium text-ink",
              )}
            >
              {languageName(language)}
              <span className="font-normal text-faint text-xs tabular-nums">
                {formatCount(count(language))}
              </span>
              {isBlank(bodies, channel, language) && (
                <span className="rounded-sm bg-attention-soft px-1 font-normal text-attention text-xs">
                  empty
                </span>
              )}
            </button>
          ))}
        </div>
        {languages.length > 1 && (
          <DropdownMenu
            trigger={
              <IconButton
                label={`More about ${languageName(current)}`}
                tooltip={false}
                size="sm"
                icon={<Ellipsis aria-hidden />}
              />
            }
          >
            <MenuItem
              icon={<Star aria-hidden />}
              disabled={current === first}
              onSelect={() => onChange([current, ...languages.filter((each) => each !== current)])}
            >
              {current === first ? "The default language" : "Make it the default language"}
            </MenuItem>
            <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => remove(current)}>
              Remove {languageName(current)}
            </MenuItem>
          </DropdownMenu>
        )}
        <DropdownMenu
          align="start"
          className="max-h-80"
          trigger={
            <Button variant="ghost" size="sm" icon={<Plus aria-hidden />} disabled={others.length === 0}>
              Language
            </Button>
          }
        >
          <MenuLabel>Write it in another language</MenuLabel>
          {others.map((language) => (
            <MenuItem
              key={language}
              onSelect={() => {
                onChange([...languages, language]);
                onOpen(language);
              }}
            >
              <span className="flex-1">{languageName(language)}</span>
              {count(language) > 0 && (
                <span className="text-faint text-xs tabular-nums">{formatCount(count(language))}</span>
              )}
            </MenuItem>
          ))}
        </DropdownMenu>
      </div>
      <MissingLine {...props} count={count} />
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={(open) => !open && setLeaving(null)}
        title={`Remove ${languageName(leaving ?? "en")}?`}
        description="What is written in it goes with it, on every channel."
        confirmLabel={`Remove ${languageName(leaving ?? "en")}`}
        onConfirm={() => {
          if (leaving) onRemove(leaving);
        }}
      />
    </div>
  );
}

/** Who gets the default language because nothing is written in their own. */
function MissingLine({
  languages,
  bodies,
  channel,
  readers,
  count,
}: LanguageTabsProps & { count: (language: string) => number }) {
  const first = languages[0] ?? "en";
  const missing = languages
    .slice(1)
    .filter((language) => isBlank(bodies, channel, language) && count(language) > 0);
  const elsewhere = readers
    .filter(({ language }) => !languages.includes(language))
    .reduce((sum, each) => sum + each.count, 0);
  const sentences = [
    ...missing.map(
      (language) =>
        `Missing in ${languageName(language)}: ${formatCount(count(language))} customers get ${languageName(first)}.`,
    ),
    ...(elsewhere > 0
      ? [`${formatCount(elsewhere)} customers of other languages get ${languageName(first)}.`]
      : []),
  ];
  return sentences.length === 0 ? null : (
    <p className="text-muted text-sm tabular-nums">{sentences.join(" ")}</p>
  );
}

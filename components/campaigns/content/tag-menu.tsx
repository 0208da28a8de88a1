"use client";

import { Braces } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Popover } from "@/components/ui/popover";
import { Spinner } from "@/components/ui/spinner";
import { limits } from "@/server/campaigns/schemas";
import { type TagChoice, useTags } from "./use-tags";

const OptionList = dynamic(() => import("@/components/ui/option-list").then((part) => part.OptionList), {
  loading: () => <Spinner className="m-3 text-faint" />,
});

/** What is said instead of tags without a value, and how to change it. */
export type Fallbacks = {
  fallbacks: Record<string, string>;
  /** Before the tag's name in it: "" for the default language, "hi/" for Hindi. */
  prefix: string;
  onFallbacks: (fallbacks: Record<string, string>) => void;
};

type TagMenuProps = Fallbacks & {
  /** Puts `{{tag}}` where the cursor was; the menu has closed by then. */
  onInsert: (name: string) => void;
};

/** Finds a tag, asks what to say where a customer has no value, and puts it in. */
export function TagMenu({ onInsert, fallbacks, prefix, onFallbacks }: TagMenuProps) {
  const tags = useTags();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<TagChoice | null>(null);
  const chosen = useRef<string | null>(null);
  const finish = (name: string) => {
    chosen.current = name;
    setOpen(false);
  };
  const choose = (name: string) => {
    const tag = tags.find((each) => each.name === name);
    if (tag && !tag.certain && fallbacks[prefix + name] === undefined) setAsked(tag);
    else finish(name);
  };
  return (
    <Popover
      label="Insert a tag"
      align="end"
      open={open}
      onOpenChange={(next) => {
        setOpen(next);
        setAsked(null);
      }}
      onClosed={() => {
        if (chosen.current) onInsert(chosen.current);
        chosen.current = null;
      }}
      className="w-80 p-0"
      trigger={
        <Button
          variant="ghost"
          size="sm"
          className="-my-1 h-6 px-1.5 font-normal text-xs"
          icon={<Braces aria-hidden />}
        >
          Tag
        </Button>
      }
    >
      {asked ? (
        <InsteadForm
          tag={asked}
          onDone={(words) => {
            if (words) onFallbacks({ ...fallbacks, [prefix + asked.name]: words });
            finish(asked.name);
          }}
        />
      ) : (
        <OptionList
          label="Find a tag"
          options={tags.map(({ name, label, example, group }) => ({
            value: name,
            label,
            description: `${group}: ${example}`,
          }))}
          onChoose={choose}
        />
      )}
    </Popover>
  );
}

function InsteadForm({ tag, onDone }: { tag: TagChoice; onDone: (words: string) => void }) {
  const [words, setWords] = useState("");
  return (
    <form
      className="flex flex-col gap-3 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onDone(words.trim());
      }}
    >
      <Field
        label={`When there is no ${tag.label.toLowerCase()}, say`}
        optional
        help="Left empty, customers without it are left out."
      >
        <Input
          autoFocus
          value={words}
          maxLength={limits.fallback}
          placeholder={tag.example}
          onChange={(event) => setWords(event.target.value)}
        />
      </Field>
      <Button type="submit" variant="primary" size="sm" className="self-end">
        Insert {tag.label.toLowerCase()}
      </Button>
    </form>
  );
}

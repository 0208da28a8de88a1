"use client";

import { useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { DialogActions } from "./dialog-actions";
import { Field } from "./field";
import { Input } from "./input";
import { Notice } from "./notice";
import { useForm } from "./use-form";

type Options<Values extends Record<string, string>, Output> = Parameters<typeof useForm<Values, Output>>[0];

type NumbersDialogProps<Values extends Record<string, string>, Output> = {
  /** On the button that opens it. */
  opens: string;
  title: string;
  description: string;
  fields: readonly { name: keyof Values & string; label: string; help: string }[];
  /** With what the schema made of the values, and what was typed. */
  submit: (output: Output, typed: Values) => Promise<void>;
} & Omit<Options<Values, Output>, "submit">;

/** A few numbers that may be left empty, changed in a dialog behind a small button. */
export function NumbersDialog<Values extends Record<string, string>, Output>(
  props: NumbersDialogProps<Values, Output>,
) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {props.opens}
      </Button>
      {open && <NumbersForm {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

function NumbersForm<Values extends Record<string, string>, Output>({
  title,
  description,
  fields,
  onClose,
  submit,
  ...options
}: NumbersDialogProps<Values, Output> & { onClose: () => void }) {
  const form = useForm<Values, Output>({
    ...options,
    submit: async (output) => {
      await submit(output, form.values);
      onClose();
    },
  });
  return (
    <Dialog title={title} description={description} open onOpenChange={onClose}>
      <form onSubmit={form.onSubmit} noValidate className="flex flex-col gap-4 pt-2">
        {form.problem && <Notice tone="danger">{form.problem}</Notice>}
        {fields.map(({ name, label, help }, nth) => (
          <Field key={name} label={label} optional help={help} error={form.errors[name]}>
            <Input
              autoFocus={nth === 0}
              inputMode="decimal"
              autoComplete="off"
              value={form.values[name]}
              onChange={(event) => form.set(name, event.target.value as Values[typeof name])}
              onBlur={form.leave(name)}
            />
          </Field>
        ))}
        <DialogActions pending={form.pending} />
      </form>
    </Dialog>
  );
}

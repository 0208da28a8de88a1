"use client";

import { type FormEvent, useState, useTransition } from "react";
import { sameValue } from "./same-value";

/** The part of Standard Schema that is used; every zod schema has it. */
type Schema<Output> = {
  readonly "~standard": {
    readonly validate: (value: unknown) => Result<Output> | Promise<Result<Output>>;
  };
};
type Issue = {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }>;
};
type Result<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

type Errors<Values> = Partial<Record<keyof Values, string>>;

type FormOptions<Values, Output> = {
  schema: Schema<Output>;
  initial: Values;
  /** Called with what the schema made of the values. What it throws is shown as `problem`; what was typed stays. */
  submit: (output: Output) => unknown;
};

function issuesByField<Values>(issues: readonly Issue[]): Errors<Values> {
  const errors: Record<PropertyKey, string> = {};
  for (const { message, path } of issues) {
    const [first] = path ?? [];
    const key = typeof first === "object" ? first.key : first;
    if (key !== undefined) errors[key] ??= message;
  }
  return errors as Errors<Values>;
}

/**
 * A form that says what is wrong with a field when it is left, and with all of them on submit; nothing typed is ever
 * lost. The schema's messages are shown as they are, so they should be plain words.
 */
export function useForm<Values extends Record<string, unknown>, Output>({
  schema,
  initial,
  submit,
}: FormOptions<Values, Output>) {
  const [start, setStart] = useState(initial);
  const [values, setValues] = useState(start);
  const [errors, setErrors] = useState<Errors<Values>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, startTransition] = useTransition();
  const check = (candidate: Values) => schema["~standard"].validate(candidate);
  const set = <Name extends keyof Values>(name: Name, value: Values[Name]) => {
    setValues((before) => ({ ...before, [name]: value }));
    // A field that is being mended is not scolded until it is left again.
    setErrors(({ [name]: _, ...others }) => others as Errors<Values>);
  };
  const leave = async (name: keyof Values) => {
    const result = await check(values);
    const message = result.issues && issuesByField<Values>(result.issues)[name];
    setErrors((before) => ({ ...before, [name]: message }));
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const form = event.currentTarget;
    startTransition(async () => {
      const result = await check(values);
      if (result.issues) {
        setErrors(issuesByField(result.issues));
        setProblem(null);
        // After React has painted the errors, the first of them gets the focus.
        requestAnimationFrame(() => form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
        return;
      }
      try {
        setProblem(null);
        await submit(result.value);
        // What is saved is what the next change is told from.
        setStart(values);
      } catch (cause) {
        setProblem(
          cause instanceof Error ? cause.message : "It was not saved. What you typed is still here.",
        );
      }
    });
  };
  return {
    values,
    errors,
    /** What went wrong with the whole form. */
    problem,
    pending,
    /** Something is to be saved: it differs from what the form began with, or saved last. */
    changed: !sameValue(values, start),
    set,
    leave: (name: keyof Values) => () => void leave(name),
    setErrors,
    onSubmit,
  };
}

import * as z from "zod";
import { isPath } from "../../component/path.ts";
import { type SettingField, withSettingField } from "../../component/setting-field.ts";

/** A bare path into the model, such as `_user.userName`. */
export function modelPath(field: Omit<SettingField, "control" | "literal">): z.ZodString {
  return withSettingField(z.string().min(1).refine(isPath, { error: 'Expected a path such as "data.userName".' }), {
    ...field,
    control: "model-path",
    literal: true,
  });
}

/** A bare path with a default. */
export function modelPathWithDefault(
  path: string,
  field: Omit<SettingField, "control" | "literal">,
): z.ZodDefault<z.ZodString> {
  const setting = { ...field, control: "model-path", literal: true } as const;
  return withSettingField(modelPath(field).default(path), setting);
}

/** A bare path that may be left out. */
export function optionalModelPath(field: Omit<SettingField, "control" | "literal">): z.ZodOptional<z.ZodString> {
  const setting = { ...field, control: "model-path", literal: true } as const;
  return withSettingField(modelPath(field).optional(), setting);
}

import { lazy, type ReactElement, Suspense } from "react";
import { ownSteps } from "../run/own-steps.ts";
import { useDesigner, useStep, useView } from "../store/designer-context.tsx";
import { FieldFrame } from "./field-frame.tsx";
import type { SettingControlProps } from "./setting-control.ts";
import { useScriptPaths } from "./use-script-paths.ts";

// CodeMirror is a hundred kilobytes that most steps never need.
const ScriptEditor = lazy(async () => ({ default: (await import("./script-editor.tsx")).ScriptEditor }));

/** The text of a script, with its last error on its line. */
export function ScriptSetting({
  id,
  stepKey,
  label,
  help,
  required,
  value,
  error,
  readOnly,
  onChange,
}: SettingControlProps): ReactElement {
  const { t, colorScheme, actions } = useDesigner();
  const step = useStep(stepKey);
  const failure = useView(
    ({ run }) => (run && ownSteps(run.state).findLast((one) => one.stepId === step?.id)?.error) ?? null,
  );
  const paths = useScriptPaths(stepKey);
  const code = typeof value === "string" ? value : "";
  const language = step?.settings?.["language"] === "javascript" ? "javascript" : "python";
  const said =
    failure?.line === undefined
      ? failure?.message
      : t("settings.scriptError", { line: failure.line, text: failure.message });
  return (
    <FieldFrame
      id={id}
      label={label}
      required={required}
      error={error ?? said}
      help={help}
      group
      aside={<em>{language === "python" ? "Python" : "JavaScript"}</em>}
    >
      <Suspense
        fallback={
          <textarea
            id={id}
            className="ofs-input ofs-area ofs-mono"
            rows={8}
            aria-labelledby={`${id}-label`}
            value={code}
            readOnly={readOnly}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        }
      >
        <ScriptEditor
          code={code}
          language={language}
          dark={colorScheme === "dark"}
          readOnly={readOnly}
          labelledBy={`${id}-label`}
          errorLine={failure?.line ?? null}
          paths={paths}
          onChange={onChange}
          onLeave={actions.seal}
        />
      </Suspense>
    </FieldFrame>
  );
}

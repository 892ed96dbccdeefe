import { type Component, localize } from "@onceflow/step-runtime";
import type { ReactElement } from "react";
import { type Designer, useDesigner, useDocument } from "../store/designer-context.tsx";
import { FieldFrame } from "./field-frame.tsx";
import { InlineModal } from "./inline-modal.tsx";
import { SelectBox } from "./select-box.tsx";
import type { SettingControlProps } from "./setting-control.ts";
import { TextSetting } from "./text-setting.tsx";

/** The id of a modal, template, dataflow or definition of the component, or of a registered client. */
export function ReferenceSetting(props: SettingControlProps): ReactElement {
  const { id, field, label, help, required, value, error, readOnly, onChange } = props;
  const designer = useDesigner();
  const { t, actions, document, clients } = designer;
  const component = useDocument(() => document.toComponent());
  const known = referenced(field.references, component, designer);
  // Without a list to choose from, and for a client that the model names, it is a text.
  if (typeof value === "object" && value !== null) return <TextSetting {...props} />;
  if (known.length === 0 && field.references === "client") return <TextSetting {...props} />;

  const current = typeof value === "string" ? value : "";
  const options = [
    { value: "", label: field.references === "client" ? t("settings.callersClient") : t("settings.choose") },
    ...known,
    ...(current === "" || known.some((option) => option.value === current)
      ? []
      : [{ value: current, label: t("settings.gone", { name: current }) }]),
  ];
  const testClient = field.references === "client" && clients.find((client) => client.id === current)?.test;
  return (
    <>
      <FieldFrame
        id={id}
        label={label}
        required={required}
        error={error}
        help={testClient ? t("settings.testClient") : help}
      >
        <SelectBox
          id={id}
          value={current}
          options={options}
          mono={field.references === "client" && current !== ""}
          invalid={error !== null}
          disabled={readOnly}
          onChange={(next) => {
            onChange(next === "" ? undefined : next);
            actions.seal();
          }}
        />
      </FieldFrame>
      {field.references === "modal" && <InlineModal modalId={current} />}
    </>
  );
}

function referenced(
  kind: SettingControlProps["field"]["references"],
  component: Component,
  { clients, locale }: Designer,
): readonly { readonly value: string; readonly label: string }[] {
  switch (kind) {
    case "modal":
      return component.modals.map(({ id, title }) => ({ value: id, label: `${localize(title, locale)} (${id})` }));
    case "template":
      return component.templates.map(({ id, subject }) => ({
        value: id,
        label: subject === undefined ? id : `${localize(subject, locale)} (${id})`,
      }));
    case "dataflow":
      return component.dataflows.map(({ id, name }) => ({ value: id, label: `${localize(name, locale)} (${id})` }));
    case "definition":
      return component.definitions.map(({ name }) => ({ value: name, label: name }));
    case "client":
      return clients.map(({ id }) => ({ value: id, label: id }));
    case undefined:
      return [];
  }
}
